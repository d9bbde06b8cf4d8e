package org.ringfence.bench.scheduler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.BatchTime;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.Scheduler.Schedule;
import org.ringfence.scheduler.change.Decided;

/**
 * How long a DC that has been up for a while takes to decide about the failure of one resource in a steady cluster. Each failure is
 * decided once, as it would be in a cluster, after others have warmed the virtual machine up.
 *
 * <p>{@code SingleFailures FILE MEASURED WARMING}: prints one line for each measured failure, {@code wall ms, processor ms, parts decided,
 * parts in all}; ends with status 1 when one was decided otherwise than the plain scheduler decides.
 */
public final class SingleFailures {
    private static final long SEED = 4;

    private SingleFailures() {}

    public static void main(String[] arguments) throws IOException, UnusableInputException {
        Path file = Path.of(arguments[0]);
        int measured = Integer.parseInt(arguments[1]);
        int warming = Integer.parseInt(arguments[2]);
        Cib cib = Cib.read(Files.readString(file), file.toString());
        Instant now = BatchTime.of(cib, null, Instant.parse("2026-11-25T00:00:00Z"));
        Decided steady = Decided.first(cib, now);
        var failures = new Failures(cib);
        var chance = new Random(SEED);
        for (int failure = 0; failure < warming; failure++) {
            steady.next(failures.any(chance), now);
        }
        List<Cib> questions = new ArrayList<>();
        List<Schedule> answers = new ArrayList<>();
        for (int failure = 0; failure < measured; failure++) {
            Cib failed = failures.any(chance);
            long processor = ProcessorTime.nanos();
            long begin = System.nanoTime();
            Decided decided = steady.next(failed, now);
            long end = System.nanoTime();
            System.out.printf(
                    "%.1f %.1f %d %d%n",
                    (end - begin) / 1e6,
                    (ProcessorTime.nanos() - processor) / 1e6,
                    decided.partsDecided(),
                    steady.partsDecided());
            questions.add(failed);
            answers.add(decided.schedule());
        }
        for (int failure = 0; failure < measured; failure++) {
            if (!answers.get(failure).equals(Scheduler.schedule(questions.get(failure), now))) {
                System.err.println("failure " + failure + " was decided otherwise than by the plain scheduler");
                System.exit(1);
            }
        }
    }
}
