package org.ringfence.guard.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.settings.SettingsLines;

/**
 * {@code ringfence guard [--config FILE] [--without-watchdog]}. Ends with 0 when it ended in order, 1 when this host refused,
 * 2 for a configuration that cannot be used, 3 where guarding would be none.
 */
public final class Main {
    private static final Path DEFAULT_CONFIG = Path.of("/etc/ringfence/ringfence.conf");
    private static final int NOT_DONE = 1;
    private static final int UNUSABLE = 2;
    private static final int REFUSED = 3;

    private Main() {}

    @SuppressWarnings("SystemOut") // for whoever starts it by hand
    public static void main(String[] arguments) throws InterruptedException {
        Path config = DEFAULT_CONFIG;
        boolean without = false;
        try {
            for (int index = 0; index < arguments.length; index++) {
                String word = arguments[index];
                if (word.equals("--without-watchdog")) {
                    without = true;
                } else if (word.startsWith("--config=")) {
                    config = Path.of(word.substring("--config=".length()));
                } else if (word.equals("--config") && index + 1 < arguments.length) {
                    index++;
                    config = Path.of(arguments[index]);
                } else {
                    throw new UnusableInputException(Problem.error(
                            Place.NONE,
                            word,
                            "is not understood",
                            "the command is: ringfence guard [--config FILE] [--without-watchdog]"));
                }
            }
            run(settings(config), without);
        } catch (UnusableInputException unusable) {
            System.err.println("ringfence guard: " + unusable.getMessage());
            System.exit(UNUSABLE);
        } catch (IOException refused) {
            System.err.println("ringfence guard: " + refused.getMessage());
            System.exit(NOT_DONE);
        } catch (Guard.RefusedException unsafe) {
            System.err.println("ringfence guard: refused: " + unsafe.getMessage());
            System.exit(REFUSED);
        }
        System.exit(0);
    }

    private static GuardSettings settings(Path config) throws UnusableInputException {
        List<String> lines;
        try {
            lines = Files.readAllLines(config);
        } catch (NoSuchFileException absent) {
            throw unusable(config, "does not exist", "name the node's configuration with --config FILE");
        } catch (IOException failed) {
            throw unusable(config, "cannot be read: " + failed.getMessage(), "");
        }
        // What is not the guard's is for the daemon to check.
        Optional<GuardSettings> settings =
                GuardSettings.of(SettingsLines.read(config.toString(), lines, key -> true, ""));
        if (settings.isEmpty()) {
            throw unusable(
                    config,
                    "says nothing about a guard",
                    "add sbd-devices = DEVICE, or watchdog = /dev/watchdog for a guard without disks");
        }
        return settings.get();
    }

    private static UnusableInputException unusable(Path config, String why, String remedy) {
        return new UnusableInputException(Problem.error(Place.NONE, config.toString(), why, remedy));
    }

    private static void run(GuardSettings settings, boolean without)
            throws IOException, Guard.RefusedException, InterruptedException {
        var guard = new Guard(settings, new HostWatchdogs(settings, without), Say.toStandardError());
        var over = new CountDownLatch(1);
        // The signal is answered when the guard may end; until then it goes on. Who cannot wait kills it, and the
        // watchdog fires.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            guard.end();
            try {
                over.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }));
        try {
            guard.run();
        } finally {
            over.countDown();
        }
    }
}
