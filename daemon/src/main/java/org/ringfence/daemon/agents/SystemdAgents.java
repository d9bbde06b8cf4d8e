package org.ringfence.daemon.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.ringfence.controller.port.ResourceAgents.Request;
import org.ringfence.daemon.process.Ended;
import org.ringfence.model.status.ExitCode;

/**
 * {@code systemd:UNIT}: a unit, through {@code systemctl}. Start and stop wait for their job and then look at the unit; a unit
 * that is on its way is looked at again until it has arrived. While the cluster runs a unit, systemd does not restart it by
 * itself, and stops it after Ringfence at shutdown.
 */
final class SystemdAgents implements AgentStandard {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String OVERRIDE = "50-ringfence.conf";
    private static final String OVERRIDE_TEXT = """
        # Written by Ringfence while the cluster runs this unit.
        [Unit]
        Before=ringfence.service
        """;
    private static final String SERVICE_OVERRIDE_TEXT = "[Service]\nRestart=no\n";

    /** systemd.unit(5): the suffixes by which a unit's type is told. */
    private static final List<String> SUFFIXES = List.of(
            ".service", ".socket", ".mount", ".automount", ".swap", ".target", ".path", ".timer", ".slice", ".scope");

    private final ResourceWatch watch;

    SystemdAgents(ResourceWatch watch) {
        this.watch = watch;
    }

    @Override
    public Outcome carryOut(Operation operation) throws IOException, InterruptedException {
        Request request = operation.request();
        if (operation.settings().systemctl().isEmpty()) {
            return Outcome.notInstalled("systemd does not run on this host");
        }
        Path systemctl = operation.settings().systemctl().get();
        String unit = unit(request.agent().type());
        return switch (request.operation()) {
            case "monitor", "status" -> judge(operation, systemctl, unit, Wanted.STATE);
            case "start" -> {
                override(operation, systemctl, unit);
                Ended ended = operation.runTool(systemctl, "start", unit);
                yield ended.succeeded()
                        ? judge(operation, systemctl, unit, Wanted.ACTIVE)
                        : failed(operation, ended, unit);
            }
            case "stop" -> {
                Ended ended = operation.runTool(systemctl, "stop", unit);
                if (!ended.succeeded() && !state(operation, systemctl, unit).missing()) {
                    yield failed(operation, ended, unit);
                }
                Outcome outcome = judge(operation, systemctl, unit, Wanted.INACTIVE);
                endOverride(operation, systemctl, unit);
                yield outcome;
            }
            case "reload" -> Outcome.of(operation.runTool(systemctl, "reload", unit), "");
            default -> Outcome.done(ExitCode.UNIMPLEMENTED, "a systemd unit has no " + request.operation(), "");
        };
    }

    /** Whether there is such a unit. */
    boolean exists(Operation operation) {
        return operation.settings().systemctl().isPresent()
                && !state(
                                operation,
                                operation.settings().systemctl().get(),
                                unit(operation.request().agent().type()))
                        .missing();
    }

    static String unit(String type) {
        return SUFFIXES.stream().anyMatch(type::endsWith) ? type : type + ".service";
    }

    /** What an operation wants to find at its end. */
    private enum Wanted {
        STATE,
        ACTIVE,
        INACTIVE
    }

    private Outcome judge(Operation operation, Path systemctl, String unit, Wanted wanted) throws InterruptedException {
        State state = state(operation, systemctl, unit);
        while (state.isOnItsWay() && !operation.isOver()) {
            Thread.sleep(PAUSE);
            state = state(operation, systemctl, unit);
        }
        if (operation.isCancelled()) {
            return Outcome.cancelled("cancelled while " + unit + " was " + state.active());
        }
        if (state.isOnItsWay()) {
            return Outcome.timedOut(unit + " is still " + state.active(), "");
        }
        if (state.query().how() != Ended.How.EXITED) {
            return Outcome.of(state.query(), "");
        }
        return switch (wanted) {
            case ACTIVE -> {
                if (!state.isActive()) {
                    yield Outcome.failed(unit + " ended right after its start: " + state.describe(), "");
                }
                state.mainPid()
                        .ifPresent(pid -> watch.mainProcess(operation.request().resource(), pid));
                yield Outcome.done(ExitCode.OK, "", "");
            }
            case INACTIVE ->
                state.isActive()
                        ? Outcome.failed(unit + " is active again after its stop: " + state.describe(), "")
                        : Outcome.done(ExitCode.OK, "", "");
            case STATE -> {
                if (state.missing()) {
                    yield Outcome.notInstalled("no unit " + unit);
                }
                yield state.isActive()
                        ? Outcome.done(ExitCode.OK, "", "")
                        : Outcome.done(ExitCode.NOT_RUNNING, unit + " is " + state.describe(), "");
            }
        };
    }

    private Outcome failed(Operation operation, Ended ended, String unit) {
        Path systemctl = operation.settings().systemctl().orElseThrow();
        if (ended.how() == Ended.How.EXITED && state(operation, systemctl, unit).missing()) {
            return Outcome.notInstalled("no unit " + unit);
        }
        String last = ended.errorLines().isEmpty() ? "" : ended.errorLines().getFirst();
        Outcome outcome = Outcome.of(ended, last);
        // Its numbers are not OCF's: whatever it says, the operation failed.
        return ended.how() == Ended.How.EXITED ? Outcome.done(ExitCode.ERROR, last, outcome.output()) : outcome;
    }

    private static State state(Operation operation, Path systemctl, String unit) {
        Ended query =
                operation.runTool(systemctl, "show", "--property=LoadState,ActiveState,SubState,Result,MainPID", unit);
        Map<String, String> properties = new LinkedHashMap<>();
        query.output().lines().forEach(line -> {
            int at = line.indexOf('=');
            if (at > 0) {
                properties.put(line.substring(0, at), line.substring(at + 1));
            }
        });
        return new State(query, properties);
    }

    /** What {@code systemctl show} says of a unit. */
    private record State(Ended query, Map<String, String> properties) {
        String active() {
            return properties.getOrDefault("ActiveState", "unknown");
        }

        boolean missing() {
            String load = properties.getOrDefault("LoadState", "");
            return load.equals("not-found") && !isActive();
        }

        boolean isActive() {
            return active().equals("active") || active().equals("reloading") || active().equals("refreshing");
        }

        boolean isOnItsWay() {
            return active().equals("activating") || active().equals("deactivating");
        }

        OptionalInt mainPid() {
            String pid = properties.getOrDefault("MainPID", "0");
            return pid.matches("[1-9][0-9]{0,8}") ? OptionalInt.of(Integer.parseInt(pid)) : OptionalInt.empty();
        }

        String describe() {
            String result = properties.getOrDefault("Result", "");
            String more = result.isEmpty() || result.equals("success") ? "" : ", result " + result;
            return active() + " (" + properties.getOrDefault("SubState", "?") + more + ")";
        }
    }

    private static void override(Operation operation, Path systemctl, String unit) throws IOException {
        Path file = overrideFile(operation, unit);
        String text = OVERRIDE_TEXT + (unit.endsWith(".service") ? SERVICE_OVERRIDE_TEXT : "");
        if (!text.equals(Files.exists(file) ? Files.readString(file) : "")) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text);
            operation.runTool(systemctl, "daemon-reload");
        }
    }

    private static void endOverride(Operation operation, Path systemctl, String unit) throws IOException {
        if (Files.deleteIfExists(overrideFile(operation, unit))) {
            operation.runTool(systemctl, "daemon-reload");
        }
    }

    private static Path overrideFile(Operation operation, String unit) {
        return operation.settings().unitOverrides().resolve(unit + ".d").resolve(OVERRIDE);
    }
}
