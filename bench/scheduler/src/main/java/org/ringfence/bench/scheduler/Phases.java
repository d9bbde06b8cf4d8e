package org.ringfence.bench.scheduler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphXml;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.BatchTime;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.Scheduler.Schedule;
import org.ringfence.scheduler.change.Decided;

/** What a run of the scheduler is made of, in a daemon that has been up for a while: read, decide, write. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Phases {
    /** Inputs are {@code NAME.xml} in the folder that the system property {@code inputs} names. */
    @Param("3x10-cold")
    public String input = "";

    private String text = "";
    private Cib cib = Cib.EMPTY;
    private Instant now = Instant.EPOCH;
    private Schedule schedule = Scheduler.schedule(cib, now);
    private Decided before = Decided.first(cib, now);
    private Cib failed = cib;

    @Setup
    public void prepare() throws IOException, UnusableInputException {
        text = Files.readString(Path.of(System.getProperty("inputs", "."), input + ".xml"));
        cib = Cib.read(text, input);
        now = BatchTime.of(cib, null, Instant.parse("2026-11-25T00:00:00Z"));
        before = Decided.first(cib, now);
        schedule = before.schedule();
        failed = new Failures(cib).first();
    }

    @Benchmark
    public Cib read() throws UnusableInputException {
        return Cib.read(text, input);
    }

    /** From the model to the transition, about everything. */
    @Benchmark
    public Schedule schedule() {
        return Scheduler.schedule(cib, now);
    }

    /** One resource has failed since the last decision. */
    @Benchmark
    public Decided oneFailure() {
        return before.next(failed, now);
    }

    @Benchmark
    public String write() {
        return GraphXml.write(schedule.graph());
    }
}
