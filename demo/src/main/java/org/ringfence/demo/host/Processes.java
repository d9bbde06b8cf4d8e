package org.ringfence.demo.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What {@code /proc} tells of the processes of this machine. A process that ends while it is looked at counts as absent. */
final class Processes {
    private static final Path PROC = Path.of("/proc");

    private Processes() {}

    /** Ticks from the machine's start to the process's; with the pid it names one process for ever. Empty when it is gone or a zombie. */
    static Optional<Long> startTicks(long pid) {
        return fields(pid).filter(fields -> !fields[0].equals("Z")).map(fields -> Long.parseLong(fields[19]));
    }

    /** Processor time used by it and by those of its children that it has waited for; zero when it is gone. */
    static long processorTicks(long pid) {
        return fields(pid)
                .map(fields -> LongStream.of(11, 12, 13, 14)
                        .map(index -> Long.parseLong(fields[(int) index]))
                        .sum())
                .orElse(0L);
    }

    /** Every process for which {@code path}, {@code ns/pid} say, is a link to {@code target}. */
    static List<Long> linkedTo(String path, String target) {
        return matching(pid -> link(pid, path).filter(target::equals).isPresent());
    }

    static Optional<String> link(long pid, String path) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(PROC.resolve(Long.toString(pid)).resolve(path))
                            .toString());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Every process with this {@code NAME=value} in the environment it was started with. */
    static List<Long> withEnvironment(String variable) {
        String wanted = "\0" + variable + "\0";
        return matching(pid -> read(pid, "environ")
                .filter(all -> ("\0" + all).contains(wanted))
                .isPresent());
    }

    static Optional<String> read(long pid, String file) {
        try {
            return Optional.of(
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static List<Long> matching(LongPredicate wanted) {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(letter -> letter >= '0' && letter <= '9'))
                    .mapToLong(Long::parseLong)
                    .filter(wanted)
                    .filter(pid -> startTicks(pid).isPresent())
                    .boxed()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The fields of {@code /proc/PID/stat} from the third, the state, on: see proc_pid_stat(5). */
    private static Optional<String[]> fields(long pid) {
        return read(pid, "stat")
                .map(line -> line.substring(line.lastIndexOf(')') + 2).split(" "));
    }
}
