/** Watchdogs: what resets the host when it is not fed. */
@NullMarked
package org.ringfence.guard.watchdog;

import org.jspecify.annotations.NullMarked;
