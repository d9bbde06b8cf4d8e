package org.ringfence.daemon.agents;

import java.io.IOException;

/** {@code service:NAME}: the systemd unit of that name where there is one, else the init script. */
final class ServiceAgents implements AgentStandard {
    private final SystemdAgents systemd;
    private final LsbAgents lsb;

    ServiceAgents(SystemdAgents systemd, LsbAgents lsb) {
        this.systemd = systemd;
        this.lsb = lsb;
    }

    @Override
    public Outcome carryOut(Operation operation) throws IOException, InterruptedException {
        return systemd.exists(operation) ? systemd.carryOut(operation) : lsb.carryOut(operation);
    }
}
