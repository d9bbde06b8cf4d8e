package org.ringfence.daemon.process;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.ringfence.linux.Descriptors;
import org.ringfence.linux.PollSet;
import org.ringfence.linux.Spawn;

/** One run of a program, as the thread of {@link Processes} sees it: its descriptors, what it printed, how it stands. */
final class Run {
    /** More than a full pipe; a child that keeps on printing must not hold up the result. */
    private static final int DRAIN_READS = 8;

    final int pid;
    final ProcessTree tree;
    final CompletableFuture<Ended> ended = new CompletableFuture<>();

    private final Program program;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final int pidfd;
    private final OutputPipe output;
    private final OutputPipe errors;
    private int position = -1;

    /** Why its tree is being ended; EXITED while it is not. */
    private Ended.How ending = Ended.How.EXITED;

    private boolean treeGone;
    private String problem = "";
    private OptionalInt status = OptionalInt.empty();

    Run(Program program, ProcessTree tree, int pid, int pidfd, int output, int errors) {
        this.program = program;
        this.tree = tree;
        this.pid = pid;
        this.pidfd = pidfd;
        this.output = new OutputPipe(output, program.outputBytes());
        this.errors = new OutputPipe(errors, program.outputBytes());
    }

    Program program() {
        return program;
    }

    boolean isEnding() {
        return ending != Ended.How.EXITED;
    }

    boolean isOver() {
        return status.isPresent();
    }

    /** Nanoseconds until its timeout; never, once it has ended or is being ended. */
    long nanosLeft(long now) {
        return isEnding() || isOver()
                ? Long.MAX_VALUE
                : startedNanos + program.timeout().toNanos() - now;
    }

    /** Without a pidfd its end shows only by asking again and again. */
    boolean mustBeAsked() {
        return pidfd < 0 && !isOver();
    }

    void addTo(PollSet set) {
        position = pidfd < 0 || isOver() ? -1 : set.add(pidfd);
        output.addTo(set);
        errors.addTo(set);
    }

    /** Reads what is there, and notices the end. @return whether it ended by this call */
    boolean advance(PollSet set, MemorySegment buffer) {
        output.readIfReady(set, buffer);
        errors.readIfReady(set, buffer);
        boolean mayHaveEnded = position >= 0 ? set.ready(position) : mustBeAsked();
        position = -1;
        if (!mayHaveEnded || isOver()) {
            return false;
        }
        try {
            status = Spawn.reap(pid);
        } catch (IOException e) {
            // Someone else reaped our child: its status is lost, its end is not.
            status = OptionalInt.of(1 << 8);
            problem = String.valueOf(e.getMessage());
        }
        if (status.isEmpty()) {
            return false;
        }
        if (pidfd >= 0) {
            Descriptors.close(pidfd);
        }
        output.drain(buffer, DRAIN_READS);
        errors.drain(buffer, DRAIN_READS);
        return true;
    }

    void beginEnding(Ended.How why) {
        ending = why;
    }

    void treeIsGone(String how) {
        treeGone = true;
        problem = how;
        output.close();
        errors.close();
    }

    /** Whether its result is to be given now. */
    boolean isDue() {
        return !ended.isDone() && (isEnding() ? treeGone : status.isPresent());
    }

    /** Gives the result. */
    void complete() {
        int signal = status.isPresent() ? Spawn.endingSignal(status.getAsInt()) : 0;
        Ended.How how = isEnding() ? ending : signal == 0 ? Ended.How.EXITED : Ended.How.SIGNALLED;
        int number = switch (how) {
            case EXITED -> Spawn.exitStatus(status.getAsInt());
            case SIGNALLED -> signal;
            case TIMED_OUT, CANCELLED, NOT_STARTED -> -1;
        };
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        ended.complete(new Ended(how, number, output.text(), errors.text(), problem, started, took));
    }

    /** The read end of a pipe that the program prints to. */
    private static final class OutputPipe {
        private final OutputTail tail;
        private int descriptor;
        private int position = -1;

        OutputPipe(int descriptor, int limit) {
            this.descriptor = descriptor;
            this.tail = new OutputTail(limit);
        }

        void addTo(PollSet set) {
            position = descriptor < 0 ? -1 : set.add(descriptor);
        }

        void readIfReady(PollSet set, MemorySegment buffer) {
            if (position >= 0 && set.ready(position)) {
                read(buffer);
            }
            position = -1;
        }

        private void read(MemorySegment buffer) {
            try {
                int count = Descriptors.read(descriptor, buffer);
                if (count < 0) {
                    close();
                } else {
                    tail.append(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), count);
                }
            } catch (IOException e) {
                close();
            }
        }

        /** What was printed before the end is still in the pipe; a child that holds the other end may go on printing. */
        void drain(MemorySegment buffer, int reads) {
            try {
                for (int count = 0; count < reads && descriptor >= 0 && PollSet.isReady(descriptor); count++) {
                    read(buffer);
                }
            } catch (IOException e) {
                // What is lost of an agent's output is not worth more than its result.
                close();
            }
            close();
        }

        void close() {
            if (descriptor >= 0) {
                Descriptors.close(descriptor);
                descriptor = -1;
            }
        }

        String text() {
            return tail.text();
        }
    }
}
