/** The text of a node's configuration file. Pure. */
@NullMarked
package org.ringfence.model.settings;

import org.jspecify.annotations.NullMarked;
