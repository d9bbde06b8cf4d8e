/**
 * Measures fail-over, of Ringfence and of a peer, with the same faults and the same client: {@code bench/failover/run}.
 *
 * <p>The peer, Pacemaker with Corosync, runs in a laboratory that is not part of this project; where it is missing the peer is
 * left out and the report says so.
 */
@NullMarked
package org.ringfence.demo.failover;

import org.jspecify.annotations.NullMarked;
