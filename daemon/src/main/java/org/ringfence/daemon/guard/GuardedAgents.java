package org.ringfence.daemon.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;

/**
 * Resource agents of a node that has to have a guard: nothing is started or promoted while it is not armed, since nothing could stop
 * this host then. Fence devices are no resources in this sense; starting one touches nothing.
 */
public final class GuardedAgents implements ResourceAgents {
    private static final Set<String> BEGINNING = Set.of("start", "promote", "migrate_from");

    private final ResourceAgents agents;
    private final BooleanSupplier armed;

    public GuardedAgents(ResourceAgents agents, BooleanSupplier armed) {
        this.agents = agents;
        this.armed = armed;
    }

    @Override
    public void execute(Request request, Consumer<Result> whenDone) {
        boolean begins = BEGINNING.contains(request.operation())
                && !request.agent().standard().equals("stonith");
        if (begins && !armed.getAsBoolean()) {
            whenDone.accept(new Result(
                    request.token(),
                    ExecutionStatus.ERROR,
                    ExitCode.ERROR.number(),
                    "the guard of this node is not armed; start it: ringfence guard",
                    "",
                    Instant.now(),
                    Duration.ZERO));
            return;
        }
        agents.execute(request, whenDone);
    }

    @Override
    public void cancel(long token) {
        agents.cancel(token);
    }

    @Override
    public void whenProcessesEnd(Consumer<String> resource) {
        agents.whenProcessesEnd(resource);
    }
}
