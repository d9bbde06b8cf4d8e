package org.ringfence.daemon.agents;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.port.ResourceAgents.Request;
import org.ringfence.daemon.process.Ended;

/** {@code ocf:PROVIDER:TYPE}: an executable that is given the operation as its argument, the rest in its environment. */
final class OcfAgents implements AgentStandard {

    @Override
    public Outcome carryOut(Operation operation) {
        Request request = operation.request();
        AgentSettings settings = operation.settings();
        Optional<Path> executable =
                settings.ocfAgent(request.agent().provider(), request.agent().type());
        if (executable.isEmpty()) {
            return Outcome.notInstalled("no executable agent " + request.agent() + " in " + settings.ocfFolders());
        }
        Ended ended = operation.runAgent(
                List.of(executable.get().toString(), request.operation()),
                OcfEnvironment.of(settings, request, executable.get()));
        return Outcome.of(ended, reason(ended));
    }

    /** The last reason that the agent gave: the one Pacemaker shows too. */
    static String reason(Ended ended) {
        String reason = "";
        for (String line : ended.errorLines()) {
            int at = line.indexOf(OcfEnvironment.REASON_PREFIX);
            if (at >= 0) {
                reason = line.substring(at + OcfEnvironment.REASON_PREFIX.length())
                        .strip();
            }
        }
        return reason;
    }
}
