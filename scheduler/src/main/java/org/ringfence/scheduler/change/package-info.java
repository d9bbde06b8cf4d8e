/**
 * Decides again after a small change in a large cluster, in time that depends on what the change touches.
 *
 * <p>A configuration falls into parts that no constraint joins. Where no choice was made for want of any reason but how full nodes
 * are, a part is decided without regard to the others; so after a change only those parts are decided that the change touches,
 * and those that have something to do. The answer is the one that deciding about everything gives, always: what may reach
 * across parts, or may change with time alone, is recognised, and then everything is decided.
 *
 * <p>{@link org.ringfence.scheduler.change.IncrementalScheduler} is for who asks again and again; the steps are
 * {@link org.ringfence.scheduler.change.Decided}, immutable.
 */
@NullMarked
package org.ringfence.scheduler.change;

import org.jspecify.annotations.NullMarked;
