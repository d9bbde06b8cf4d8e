package org.ringfence.cli.offline;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.input.TextFile;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphXml;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.BatchTime;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.Scheduler;

/** A graph for every case of a folder, and its scores if they are wanted. A case that cannot be computed gets an empty one, and is named. */
final class Batch {
    private final Terminal terminal;
    private final Instant now;
    private final boolean scores;

    /** @param scores whether each NAME.xml is to have its NAME.scores beside it */
    Batch(Terminal terminal, Instant now, boolean scores) {
        this.terminal = terminal;
        this.now = now;
        this.scores = scores;
    }

    /** @throws UnusableInputException when a folder or the times cannot be read, or a graph cannot be written */
    ExitStatus run(Path cases, Path graphs, @Nullable Path times) throws UnusableInputException {
        List<Path> files = cases(cases);
        Map<String, String> asked = times == null ? Map.of() : times(times);
        int failed = 0;
        try {
            Files.createDirectories(graphs);
        } catch (IOException e) {
            throw TextFile.unusable(graphs, "cannot be made: " + e.getMessage());
        }
        for (Path file : files) {
            String name = name(file);
            TransitionGraph graph = TransitionGraph.EMPTY;
            try {
                var list = new ScoreList();
                graph = graph(file, asked.get(name), list);
                if (scores) {
                    TextFile.write(graphs.resolve(name + ".scores"), list.text());
                }
            } catch (UnusableInputException unusable) {
                failed++;
                terminal.complain(unusable.problem().toString());
            } catch (RuntimeException broken) {
                // A broken invariant of the scheduler: it must not hide what the other cases have to say.
                failed++;
                terminal.complain(file + ": the scheduler failed: " + broken);
            }
            TransitionGraph found = graph;
            TextFile.write(graphs.resolve(name + ".xml"), taker -> GraphXml.write(found, taker));
        }
        terminal.line(files.size() + " cases, " + files.size() + " graphs, " + failed
                + " of them empty because of a failure");
        terminal.flush();
        return failed == 0 ? ExitStatus.DONE : ExitStatus.NOT_DONE;
    }

    private TransitionGraph graph(Path file, @Nullable String asked, ScoreList list) throws UnusableInputException {
        Cib cib = Cib.read(TextFile.read(file), file.toString());
        Instant at = BatchTime.of(cib, asked, now);
        return Scheduler.schedule(cib, at, scores ? list : Observer.NONE).graph();
    }

    private static List<Path> cases(Path folder) throws UnusableInputException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.xml")) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw TextFile.unusable(folder, "is not a folder that can be read");
        }
        if (files.isEmpty()) {
            throw TextFile.unusable(folder, "has no file NAME.xml in it");
        }
        files.sort(null);
        return files;
    }

    private static Map<String, String> times(Path file) throws UnusableInputException {
        Map<String, String> times = new HashMap<>();
        int number = 0;
        for (String line : TextFile.read(file).lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int tab = line.indexOf('\t');
            if (tab <= 0 || BatchTime.parse(line.substring(tab + 1).strip()).isEmpty()) {
                throw new UnusableInputException(Problem.error(
                        new Place(file.toString(), number, 1), "", "'" + line + "' is not NAME<tab>TIME", ""));
            }
            times.put(line.substring(0, tab), line.substring(tab + 1).strip());
        }
        return times;
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ".xml".length());
    }
}
