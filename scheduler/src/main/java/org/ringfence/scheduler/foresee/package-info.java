/**
 * What would be if something were otherwise: a change of the configuration, a failure. Everything here is found by scheduling and by carrying the
 * transition out on the status, until nothing is left to do; nothing is concluded from rules of thumb.
 * {@link org.ringfence.scheduler.foresee.Why} answers why a resource is where it is and which changes would start it; {@link
 * org.ringfence.scheduler.foresee.Outlook} is how a status goes on.
 */
@NullMarked
package org.ringfence.scheduler.foresee;

import org.jspecify.annotations.NullMarked;
