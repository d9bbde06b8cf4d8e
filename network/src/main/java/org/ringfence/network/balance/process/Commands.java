package org.ringfence.network.balance.process;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs what a configuration wants to be run. Each on a thread of its own; one that does not end in time is ended. */
final class Commands {
    private final Duration timeout;

    /** @param timeout for one command; what it started is ended with it */
    Commands(Duration timeout) {
        this.timeout = timeout;
    }

    void run(String command, List<String> arguments, Notices notices) {
        Thread.ofVirtual().name("command").start(() -> runHere(command, arguments, notices));
    }

    private void runHere(String command, List<String> arguments, Notices notices) {
        List<String> words = new ArrayList<>(List.of(command.strip().split("\\s+")));
        words.addAll(arguments);
        String shown = String.join(" ", words);
        try {
            Process process = new ProcessBuilder(words)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                notices.say(shown + " did not end within " + timeout.toSeconds() + " s and was ended");
            } else if (process.exitValue() != 0) {
                notices.say(shown + " ended with status " + process.exitValue());
            }
        } catch (IOException failed) {
            notices.say(shown + " cannot be run: " + failed.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
