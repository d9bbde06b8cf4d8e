/** What a node is told by its configuration file. */
@NullMarked
package org.ringfence.daemon.settings;

import org.jspecify.annotations.NullMarked;
