/**
 * The simulated world: clock, hosts, network, disks, resource agents, fence devices. It knows the truth that nodes can only
 * guess, and is changed by nodes through their effects and by faults directly.
 */
@NullMarked
package org.ringfence.simulator.world;

import org.jspecify.annotations.NullMarked;
