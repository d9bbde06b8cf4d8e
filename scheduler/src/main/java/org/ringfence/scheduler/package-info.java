/**
 * A pure function from configuration, status and time to a transition, with its reasons.
 *
 * <p>How it is driven: {@link org.ringfence.scheduler.Scheduler#schedule} is called with a configuration, its status and the
 * present time, whenever one of them has changed. The result is data. Nothing is kept from one call to the next, so the
 * same input gives the same output on every node; the caller carries out what it can and asks again. Who asks often has
 * {@code change}, which remembers the last answer and gives the same one sooner.
 *
 * <p>The phases, in the order in which {@code Scheduler} goes through them. Each finishes what the next ones read:
 *
 * <ol>
 *   <li>{@code cluster}: options with their defaults; nodes, and which of them are online, joining, leaving or lost.
 *   <li>{@code resource}: the tree of instances, from the configured resources and their templates, sets and defaults.
 *   <li>{@code history}: what each instance is and where, what failed, what follows from that for it and for its node.
 *   <li>{@code constraint}: locations become scores; colocations, orderings and tickets are resolved from names.
 *   <li>{@code placement}: scores are completed, every instance is assigned a node, some are promoted.
 *   <li>{@code action}: all that could be done, with the orderings between; need and impossibility spread along them;
 *       then moves become migrations and instances are told what happens to others.
 *   <li>{@code transition}: what is necessary and possible is written down.
 * </ol>
 *
 * <p>Built after Pacemaker's scheduler as its documents describe it and as its regression cases show it; see
 * {@code docs/compatibility.md} for where it departs. Most of all: with fencing wanted and no usable fence device, what needs
 * fencing does not start, and a problem says so.
 */
@NullMarked
package org.ringfence.scheduler;

import org.jspecify.annotations.NullMarked;
