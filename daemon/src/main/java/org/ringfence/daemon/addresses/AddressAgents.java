package org.ringfence.daemon.addresses;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;
import org.ringfence.network.address.Arrival;

/**
 * Resource agents whose addresses are cared for, whatever the agent does by itself: none is started that another host has, and
 * {@link Care} is told when one comes and goes. An address is what the parameter {@code ip} holds, as all address agents have it.
 *
 * <p>Instances of a clone share their address by design: theirs is left to the agent.
 */
public final class AddressAgents implements ResourceAgents {
    private static final String ADDRESS = "ip";
    private static final String INTERFACE = "nic";
    private static final String CLONE = "CRM_meta_clone";

    private final ResourceAgents agents;
    private final Care care;
    /** Operations whose agent does not run yet. */
    private final Set<Long> preparing = ConcurrentHashMap.newKeySet();

    /** What is done about an address besides. Called on threads that may wait, for one resource by one at a time. */
    public interface Care {
        /**
         * Before it comes here.
         *
         * @param nic the interface that it will be on; may be empty
         * @return why it must not; one line
         */
        Optional<String> conflict(InetAddress address, String nic);

        /**
         * Its agent is about to run. Who notices that it is here before the agent is done says so to the arrival, which has
         * {@link #arrived} called.
         */
        void arriving(Arrival arrival);

        /** It is here since now. */
        void arrived(String resource, InetAddress address);

        /** It was here already. */
        void present(InetAddress address);

        /** It is about to go, on purpose. */
        void leaving(String resource, InetAddress address);

        /** It is not here any more. */
        void gone(InetAddress address);
    }

    public AddressAgents(ResourceAgents agents, Care care) {
        this.agents = agents;
        this.care = care;
    }

    @Override
    public void execute(Request request, Consumer<Result> whenDone) {
        Optional<InetAddress> address = address(request);
        if (address.isEmpty()) {
            agents.execute(request, whenDone);
            return;
        }
        switch (request.operation()) {
            case "start", "stop" -> prepared(request, address.get(), whenDone);
            case "monitor" ->
                agents.execute(request, result -> {
                    if (ended(result, ExitCode.OK)) {
                        care.present(address.get());
                    } else if (ended(result, ExitCode.NOT_RUNNING)) {
                        care.gone(address.get());
                    }
                    whenDone.accept(result);
                });
            default -> agents.execute(request, whenDone);
        }
    }

    @Override
    public void cancel(long token) {
        if (!preparing.remove(token)) {
            agents.cancel(token);
        }
    }

    @Override
    public void whenProcessesEnd(Consumer<String> resource) {
        agents.whenProcessesEnd(resource);
    }

    /** On a thread of its own, since whoever asks must not wait; a platform thread, since it waits in the kernel. */
    private void prepared(Request request, InetAddress address, Consumer<Result> whenDone) {
        Instant begun = Instant.now();
        preparing.add(request.token());
        Thread.ofPlatform()
                .daemon()
                .name(request.resource() + " " + request.operation())
                .start(() -> {
                    boolean starts = request.operation().equals("start");
                    Optional<String> refusal = Optional.empty();
                    if (starts) {
                        refusal = care.conflict(address, request.parameters().getOrDefault(INTERFACE, ""));
                    } else {
                        care.leaving(request.resource(), address);
                    }
                    if (!preparing.remove(request.token())) {
                        whenDone.accept(
                                without(request, begun, ExecutionStatus.CANCELLED, "cancelled before it began"));
                    } else if (refusal.isPresent()) {
                        whenDone.accept(without(request, begun, ExecutionStatus.DONE, refusal.get()));
                    } else if (starts) {
                        start(request, address, whenDone);
                    } else {
                        agents.execute(request, result -> {
                            if (ended(result, ExitCode.OK)) {
                                care.gone(address);
                            }
                            whenDone.accept(result);
                        });
                    }
                });
    }

    private void start(Request request, InetAddress address, Consumer<Result> whenDone) {
        var arrival = new Arrival(address, () -> care.arrived(request.resource(), address));
        care.arriving(arrival);
        agents.execute(request, result -> {
            if (ended(result, ExitCode.OK)) {
                arrival.here();
            } else {
                arrival.calledOff();
            }
            whenDone.accept(result);
        });
    }

    /** No agent has run. */
    private static Result without(Request request, Instant begun, ExecutionStatus status, String reason) {
        return new Result(
                request.token(),
                status,
                ExitCode.ERROR.number(),
                reason,
                "",
                begun,
                Duration.between(begun, Instant.now()));
    }

    private static boolean ended(Result result, ExitCode exitCode) {
        return result.status() == ExecutionStatus.DONE && result.exitCode() == exitCode.number();
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
