/**
 * Runs resource agents: OCF agents with the environment that the OCF resource agent API 1.1 and stock agents ask for, systemd
 * units, LSB init scripts, and fence devices as resources; knows their metadata; notices when a started resource's
 * processes end.
 *
 * <p>{@link org.ringfence.daemon.agents.LocalResourceAgents} is the port's face. Each operation has a virtual thread that
 * waits; what really happens is on the one thread of {@link org.ringfence.daemon.process.Processes}.
 */
@NullMarked
package org.ringfence.daemon.agents;

import org.jspecify.annotations.NullMarked;
