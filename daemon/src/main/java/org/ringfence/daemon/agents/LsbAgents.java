package org.ringfence.daemon.agents;

import java.nio.file.Path;
import java.util.List;
import org.ringfence.controller.port.ResourceAgents.Request;
import org.ringfence.daemon.process.Ended;
import org.ringfence.model.status.ExitCode;

/**
 * {@code lsb:NAME}: an init script. Exit statuses are those of the Linux Standard Base 5.0, "Init Script Actions": for
 * {@code status} they have a meaning of their own, for the other actions those from 1 to 7 are OCF's.
 */
final class LsbAgents implements AgentStandard {
    private static final int STATUS_RUNNING = 0;
    private static final int STATUS_DEAD_WITH_PID_FILE = 1;
    private static final int STATUS_DEAD_WITH_LOCK_FILE = 2;
    private static final int STATUS_NOT_RUNNING = 3;

    @Override
    public Outcome carryOut(Operation operation) {
        Request request = operation.request();
        Path script = operation.settings().initScripts().resolve(request.agent().type());
        if (!AgentSettings.isProgram(script)) {
            return Outcome.notInstalled("no executable init script " + script);
        }
        boolean monitor = operation.onlyLooks();
        String action = monitor ? "status" : request.operation();
        Ended ended = operation.runAgent(
                List.of(script.toString(), action), operation.settings().commonEnvironment());
        Outcome outcome = Outcome.of(ended, "");
        if (!monitor || ended.how() != Ended.How.EXITED) {
            return outcome;
        }
        ExitCode code = switch (ended.number()) {
            case STATUS_RUNNING -> ExitCode.OK;
            case STATUS_DEAD_WITH_PID_FILE, STATUS_DEAD_WITH_LOCK_FILE, STATUS_NOT_RUNNING -> ExitCode.NOT_RUNNING;
            default -> ExitCode.ERROR;
        };
        return Outcome.done(code, reason(ended.number()), outcome.output());
    }

    private static String reason(int status) {
        return switch (status) {
            case STATUS_DEAD_WITH_PID_FILE -> "dead, its pid file is left";
            case STATUS_DEAD_WITH_LOCK_FILE -> "dead, its lock file is left";
            case STATUS_RUNNING, STATUS_NOT_RUNNING -> "";
            default -> "status ended with " + status;
        };
    }
}
