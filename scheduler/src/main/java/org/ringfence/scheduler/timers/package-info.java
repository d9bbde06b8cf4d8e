/**
 * Timers that add up: from the cluster's one figure, {@code recovery-target}, and from what its nodes measured,
 * {@link org.ringfence.scheduler.timers.Timers} derives detection, watchdog timeout, msgwait, fencing timeout and the wait for a
 * node that only its watchdog can stop; and {@link org.ringfence.scheduler.timers.Contradictions} says where what was set by hand,
 * or measured since, does not add up. Both take a CIB with its status and nothing else, so that the same arithmetic refuses a
 * change, warns in the status, and is shown by a command.
 */
@NullMarked
package org.ringfence.scheduler.timers;

import org.jspecify.annotations.NullMarked;
