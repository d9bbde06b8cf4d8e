package org.ringfence.demo.failover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Memory and processor time of processes, from {@code /proc}. */
final class Usage {
    /** Ticks of a second in /proc/PID/stat, on every Linux that has Java 25. */
    private static final double TICKS = 100;

    private Usage() {}

    /**
     * @param resident     all pages that are in memory
     * @param proportional the same, with a page that n processes share counted as one n-th
     */
    record Memory(double resident, double proportional) {}

    /** In MiB, of all of them together. */
    static Memory memory(List<Long> pids) {
        double resident = 0;
        double proportional = 0;
        for (long pid : pids) {
            for (String line : read(pid, "smaps_rollup").lines().toList()) {
                String[] words = line.split("\\s+");
                if (words[0].equals("Rss:")) {
                    resident += Double.parseDouble(words[1]) / 1024;
                } else if (words[0].equals("Pss:")) {
                    proportional += Double.parseDouble(words[1]) / 1024;
                }
            }
        }
        return new Memory(resident, proportional);
    }

    /** Seconds of processor time that they, and the children they have waited for, have used so far. */
    static double processorSeconds(List<Long> pids) {
        double ticks = 0;
        for (long pid : pids) {
            String line = read(pid, "stat");
            if (!line.isEmpty()) {
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                ticks += LongStream.of(11, 12, 13, 14)
                        .map(index -> Long.parseLong(fields[(int) index]))
                        .sum();
            }
        }
        return ticks / TICKS;
    }

    /** Every process in the process namespace of another. */
    static List<Long> sharingProcessTable(long of) throws IOException {
        Path wanted = Files.readSymbolicLink(Path.of("/proc", Long.toString(of), "ns", "pid"));
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry ->
                            Character.isDigit(entry.getFileName().toString().charAt(0)))
                    .filter(entry -> {
                        try {
                            return Files.readSymbolicLink(entry.resolve("ns/pid"))
                                    .equals(wanted);
                        } catch (IOException gone) {
                            return false;
                        }
                    })
                    .map(entry -> Long.parseLong(entry.getFileName().toString()))
                    .toList();
        }
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
