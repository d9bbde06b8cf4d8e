package org.ringfence.guard.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ringfence.guard.disk.Majority;
import org.ringfence.guard.watchdog.Reset;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.settings.SettingsLines;

/**
 * The guard's part of {@code ringfence.conf}. What it does not say is taken from the file that {@code sbd-config} names, with the
 * options and the meanings that {@code sbd} gives them.
 *
 * @param node      whose slot it is
 * @param devices   shared disks, 0 to 3; none is diskless
 * @param watchdog  the device, or {@code simulated:FILE}
 * @param timeout   asked of the watchdog where no disk says otherwise; whole seconds
 * @param hold      how long feeding goes on after a good sign; empty to go by the other times
 * @param clean     whether to refuse to start while a message that stops the node lies in its slot
 * @param delay     before the watchdog is armed; negative for as long as msgwait
 * @param flush     whether what is not written back yet is written before acting
 * @param action    what to do when the watchdog has starved for most of its timeout
 * @param state     where the note is kept
 * @param runFolder where the board is
 */
public record GuardSettings(
        String node,
        List<String> devices,
        String watchdog,
        Duration timeout,
        Optional<Duration> hold,
        boolean clean,
        Duration delay,
        boolean flush,
        Reset.Kind action,
        Path state,
        Path runFolder) {
    /** Keys of the node's configuration that are the guard's. */
    public static final Set<String> KEYS = Set.copyOf(new TreeSet<>(List.of(
            "sbd-config",
            "sbd-devices",
            "watchdog",
            "watchdog-timeout",
            "guard-hold",
            "guard-start",
            "guard-delay-start",
            "guard-timeout-action")));

    public static final Duration AS_LONG_AS_MSGWAIT = Duration.ofSeconds(-1);

    private static final String SIMULATED = "simulated:";
    private static final String DEFAULT_DEVICE = "/dev/watchdog";
    private static final String DEFAULT_SECONDS = "5";
    private static final String DEFAULT_SOCKET = "/run/ringfence/ringfence.sock";
    private static final String DEFAULT_STATE = "/var/lib/ringfence";

    public GuardSettings {
        devices = List.copyOf(devices);
    }

    /** Empty when the node is to have no guard: nothing of it stands in its configuration. */
    public static Optional<GuardSettings> of(SettingsLines lines) throws UnusableInputException {
        boolean wanted = lines.keys().stream().anyMatch(KEYS::contains);
        return wanted ? Optional.of(read(lines)) : Optional.empty();
    }

    private static GuardSettings read(SettingsLines lines) throws UnusableInputException {
        SbdOptions sbd = sbd(lines);
        Path socket = Path.of(lines.optional("socket").orElse(DEFAULT_SOCKET));
        Path folder = socket.toAbsolutePath().getParent();
        if (folder == null) {
            throw lines.unusable("socket", "is no file", "name one");
        }
        List<String> devices = devices(lines, sbd);
        Duration timeout = timeout(lines, sbd);
        String start =
                lines.optional("guard-start").or(() -> sbd.get("SBD_STARTMODE")).orElse("always");
        if (!start.equals("always") && !start.equals("clean")) {
            throw lines.unusable("guard-start", "is always or clean, not " + start, "");
        }
        String action = lines.optional("guard-timeout-action")
                .or(() -> sbd.get("SBD_TIMEOUT_ACTION"))
                .orElse("");
        return new GuardSettings(
                sbd.get("SBD_NODENAME").orElse(lines.required("node")),
                devices,
                lines.optional("watchdog").or(() -> sbd.get("SBD_WATCHDOG_DEV")).orElse(DEFAULT_DEVICE),
                timeout,
                lines.spanMillis("guard-hold").map(Duration::ofMillis),
                start.equals("clean"),
                delay(lines, sbd),
                !words(action).contains("noflush"),
                action(lines, words(action)),
                Path.of(lines.optional("state").orElse(DEFAULT_STATE)),
                folder);
    }

    private static SbdOptions sbd(SettingsLines lines) throws UnusableInputException {
        Optional<String> file = lines.optional("sbd-config");
        if (file.isEmpty()) {
            return SbdOptions.none();
        }
        try {
            return SbdOptions.read(Files.readAllLines(Path.of(file.get())));
        } catch (IOException unreadable) {
            throw lines.unusable("sbd-config", file.get() + " cannot be read: " + unreadable.getMessage(), "");
        }
    }

    private static List<String> devices(SettingsLines lines, SbdOptions sbd) throws UnusableInputException {
        String text =
                lines.optional("sbd-devices").or(() -> sbd.get("SBD_DEVICE")).orElse("");
        Set<String> devices = new LinkedHashSet<>();
        for (String device : text.split("[;,\\s]+")) {
            if (!device.isEmpty() && !devices.add(device)) {
                throw lines.unusable("sbd-devices", device + " stands twice", "name each disk once");
            }
        }
        if (devices.size() > Majority.DISKS_MAX) {
            throw lines.unusable("sbd-devices", "there are at most " + Majority.DISKS_MAX + " disks", "name fewer");
        }
        return new ArrayList<>(devices);
    }

    private static Duration timeout(SettingsLines lines, SbdOptions sbd) throws UnusableInputException {
        Optional<Long> own = lines.spanMillis("watchdog-timeout");
        Duration timeout = own.map(Duration::ofMillis)
                .orElse(Duration.ofSeconds(seconds(
                        lines,
                        "SBD_WATCHDOG_TIMEOUT",
                        sbd.get("SBD_WATCHDOG_TIMEOUT").orElse(DEFAULT_SECONDS))));
        if (timeout.toSeconds() < 1 || timeout.toMillis() % 1000 != 0) {
            throw lines.unusable("watchdog-timeout", "watchdogs take whole seconds from 1 on", "write 5s");
        }
        return timeout;
    }

    /** {@code yes}, and {@code 1} as {@code sbd} has it, is msgwait; {@code no} is none; a number is seconds. */
    private static Duration delay(SettingsLines lines, SbdOptions sbd) throws UnusableInputException {
        String text = lines.optional("guard-delay-start")
                .or(() -> sbd.get("SBD_DELAY_START"))
                .orElse("no");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on", "1" -> AS_LONG_AS_MSGWAIT;
            case "no", "false", "off", "0" -> Duration.ZERO;
            default -> Duration.ofSeconds(seconds(lines, "guard-delay-start", text));
        };
    }

    private static long seconds(SettingsLines lines, String key, String text) throws UnusableInputException {
        String digits = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        if (!digits.isEmpty() && digits.length() < 7 && digits.chars().allMatch(Character::isDigit)) {
            return Long.parseLong(digits);
        }
        throw lines.unusable(key, "'" + text + "' is not a number of seconds", "");
    }

    private static List<String> words(String action) {
        return List.of(action.strip().split("\\s*,\\s*"));
    }

    private static Reset.Kind action(SettingsLines lines, List<String> words) throws UnusableInputException {
        Reset.Kind kind = Reset.Kind.RESET;
        for (String word : words) {
            switch (word) {
                case "", "flush", "noflush" -> {}
                case "reboot" -> kind = Reset.Kind.RESET;
                case "off" -> kind = Reset.Kind.OFF;
                case "crashdump" -> kind = Reset.Kind.CRASHDUMP;
                default ->
                    throw lines.unusable(
                            "guard-timeout-action",
                            "'" + word + "' is none of flush, noflush, reboot, off and crashdump",
                            "");
            }
        }
        return kind;
    }

    /** The file of a simulated watchdog; empty for a device. */
    public Optional<Path> simulated() {
        return watchdog.startsWith(SIMULATED)
                ? Optional.of(Path.of(watchdog.substring(SIMULATED.length())))
                : Optional.empty();
    }

    /** Where the note is left. */
    public Path note() {
        return state.resolve("guard-note");
    }
}
