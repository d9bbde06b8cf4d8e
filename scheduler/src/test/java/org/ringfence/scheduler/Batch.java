package org.ringfence.scheduler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphXml;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.UnusableInputException;

/** Schedules every file of a folder: {@code Batch CASES TIMES OUT [NAME ...]}. */
final class Batch {
    private Batch() {}

    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[2]);
        Files.createDirectories(out);
        Map<String, String> times = times(Path.of(arguments[1]));
        List<String> names = List.of(arguments).subList(3, arguments.length);
        int failed = 0;
        long begun = System.nanoTime();
        for (Path file : cases(Path.of(arguments[0]))) {
            String name = file.getFileName().toString().replace(".xml", "");
            if (!names.isEmpty() && !names.contains(name)) {
                continue;
            }
            try {
                String text = Files.readString(file);
                Files.writeString(out.resolve(name + ".xml"), GraphXml.write(graph(text, name, times)));
            } catch (UnusableInputException | RuntimeException broken) {
                failed++;
                System.err.println(name + ": " + broken);
                StackTraceElement[] trace = broken.getStackTrace();
                for (int index = 0; index < Math.min(names.isEmpty() ? 4 : 40, trace.length); index++) {
                    System.err.println("    " + trace[index]);
                }
            }
        }
        System.err.println(failed + " failed, " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }

    static TransitionGraph graph(String text, String name, Map<String, String> times) throws UnusableInputException {
        Cib cib = Cib.read(text, name);
        Instant now = BatchTime.of(cib, times.get(name), Instant.ofEpochSecond(1_780_000_000));
        return Scheduler.schedule(cib, now).graph();
    }

    static List<Path> cases(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    static Map<String, String> times(Path file) throws IOException {
        Map<String, String> times = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", 2);
            if (parts.length == 2) {
                times.put(parts[0], parts[1]);
            }
        }
        return times;
    }
}
