/** What a guard is told: the node's configuration, and the options of {@code sbd} where an administrator has them. */
@NullMarked
package org.ringfence.guard.settings;

import org.jspecify.annotations.NullMarked;
