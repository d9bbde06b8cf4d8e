package org.ringfence.demo.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs short commands of this machine, {@code ip} above all, to their end. Its results are text. */
final class Command {
    private static final List<Path> FOLDERS =
            Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").map(Path::of).toList();

    private Command() {}

    /** @param output standard output and standard error, as they came */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    static Optional<Path> find(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a command that is expected to succeed. */
    static String run(String input, String... command) {
        Result result = attempt(input, command);
        if (!result.succeeded()) {
            throw new UncheckedIOException(new IOException(
                    String.join(" ", command) + ": status " + result.status + ": " + result.output.strip()));
        }
        return result.output;
    }

    /** Runs a command that may fail. */
    static Result attempt(String input, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException readNothing) {
                // It ended without reading its input; its status tells the story.
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command[0], interrupted);
        }
    }
}
