package org.ringfence.daemon.agents;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.port.ResourceAgents.Request;
import org.ringfence.model.agent.AgentMetadata;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;

/**
 * {@code stonith:AGENT}: a fence device as a resource, started on the node that looks after it. Starting it proves that the
 * device answers, monitoring it does so again, stopping it is forgetting it; fencing itself does not need it to be started.
 */
final class FenceDevices implements AgentStandard {
    private final FenceAgents fenceAgents;
    private final AgentCatalog catalog;
    private final Set<String> started = ConcurrentHashMap.newKeySet();

    FenceDevices(FenceAgents fenceAgents, AgentCatalog catalog) {
        this.fenceAgents = fenceAgents;
        this.catalog = catalog;
    }

    @Override
    public Outcome carryOut(Operation operation) {
        Request request = operation.request();
        if (!catalog.exists(request.agent())) {
            return Outcome.notInstalled(
                    "no executable fence agent " + request.agent().type() + " in "
                            + operation.settings().fenceAgents().folders());
        }
        return switch (request.operation()) {
            case "start" -> {
                Outcome outcome = ask(operation);
                if (outcome.status() == ExecutionStatus.DONE && outcome.exitCode() == ExitCode.OK.number()) {
                    started.add(request.resource());
                }
                yield outcome;
            }
            case "stop" -> {
                started.remove(request.resource());
                yield Outcome.done(ExitCode.OK, "", "");
            }
            case "monitor", "status" ->
                started.contains(request.resource()) ? ask(operation) : Outcome.done(ExitCode.NOT_RUNNING, "", "");
            default -> Outcome.done(ExitCode.UNIMPLEMENTED, "a fence device has no " + request.operation(), "");
        };
    }

    /** Whether the device answers: its agent's {@code monitor}, or {@code status} where it has no such action. */
    private Outcome ask(Operation operation) {
        Request request = operation.request();
        SequencedMap<String, String> parameters = new LinkedHashMap<>(request.parameters());
        String action =
                Optional.ofNullable(parameters.get("pcmk_monitor_action")).orElseGet(() -> watchAction(operation));
        var answer = new CompletableFuture<FenceAgents.Result>();
        fenceAgents.execute(
                new FenceAgents.Request(
                        request.token(), request.agent().type(), action, parameters, operation.remaining()),
                answer::complete);
        FenceAgents.Result result = answer.join();
        String output = String.join("\n", result.output());
        if (result.exitCode() >= 0) {
            ExitCode code = result.succeeded() ? ExitCode.OK : ExitCode.ERROR;
            return Outcome.done(code, result.succeeded() ? "" : result.reason(), output);
        }
        return operation.isOver() ? Outcome.timedOut(result.reason(), output) : Outcome.failed(result.reason(), output);
    }

    private String watchAction(Operation operation) {
        Optional<AgentMetadata> metadata = catalog.metadata(operation.request().agent(), operation.remaining());
        boolean onlyStatus = metadata.map(known -> !known.supports("monitor") && known.supports("status"))
                .orElse(false);
        return onlyStatus ? "status" : "monitor";
    }
}
