package org.ringfence.daemon.agents;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;

/**
 * Resource agents whose address, once one of them has started it, is announced to neighbours, whether the agent does so itself
 * or not. An address is what the parameter {@code ip} holds, as all address agents have it.
 *
 * <p>Instances of a clone share their address by design: theirs is left to the agent.
 */
public final class AnnouncingAgents implements ResourceAgents {
    private static final String ADDRESS = "ip";
    private static final String CLONE = "CRM_meta_clone";

    private final ResourceAgents agents;
    private final Consumer<InetAddress> announcer;

    /** @param announcer tells neighbours of an address that this host may or may not have; returns soon */
    public AnnouncingAgents(ResourceAgents agents, Consumer<InetAddress> announcer) {
        this.agents = agents;
        this.announcer = announcer;
    }

    @Override
    public void execute(Request request, Consumer<Result> whenDone) {
        agents.execute(request, result -> {
            if (request.operation().equals("start") && succeeded(result)) {
                address(request).ifPresent(announcer);
            }
            whenDone.accept(result);
        });
    }

    @Override
    public void cancel(long token) {
        agents.cancel(token);
    }

    @Override
    public void whenProcessesEnd(Consumer<String> resource) {
        agents.whenProcessesEnd(resource);
    }

    private static boolean succeeded(Result result) {
        return result.status() == ExecutionStatus.DONE && result.exitCode() == ExitCode.OK.number();
    }

    private static Optional<InetAddress> address(Request request) {
        String literal = request.parameters().getOrDefault(ADDRESS, "");
        if (literal.isEmpty() || request.meta().containsKey(CLONE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException hostName) {
            // Looking up a name could take long; its agent may.
            return Optional.empty();
        }
    }
}
