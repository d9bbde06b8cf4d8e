/** What could be done, in which order, and what of it has to be done: actions, orderings, and how need spreads along them. */
@NullMarked
package org.ringfence.scheduler.action;

import org.jspecify.annotations.NullMarked;
