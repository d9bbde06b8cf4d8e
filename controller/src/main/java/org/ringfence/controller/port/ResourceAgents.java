package org.ringfence.controller.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.ringfence.model.AgentName;
import org.ringfence.model.status.ExecutionStatus;

/** Runs operations of resource agents on this node. */
public interface ResourceAgents {

    /**
     * Begins one operation and returns at once. The result is given exactly once, from any thread. At the timeout the
     * operation's whole process tree is ended before the result is given.
     *
     * <p>Operations of one resource are never asked for at the same time; those of different resources are.
     */
    void execute(Request request, Consumer<Result> whenDone);

    /** Asks to end the operation early, its process tree with it; its result comes as {@link ExecutionStatus#CANCELLED}. */
    void cancel(long token);

    /**
     * Watches the processes of a started resource where the kernel allows, and calls back with its name when one has ended
     * that nothing of the resource looks after, or all have, without a change of the resource being under way. {@code start}
     * begins the watch by itself; this sets who is told, on a thread that may wait.
     *
     * <p>It is a reason to run the monitor at once, not a verdict: some agents leave a helper that ends by itself, and some
     * services replace their own main process.
     */
    void whenProcessesEnd(Consumer<String> resource);

    /**
     * One operation.
     *
     * @param token       unique among the requests of this process
     * @param resource    the instance's name, {@code db} or {@code db:0}
     * @param operation   {@code start}, {@code stop}, {@code monitor}, {@code promote}, ...
     * @param parameters  instance attributes by their own names
     * @param meta        {@code CRM_meta_*} by their full names, as the graph's action carries them
     * @param timeout     positive
     */
    record Request(
            long token,
            String resource,
            AgentName agent,
            String operation,
            SequencedMap<String, String> parameters,
            SequencedMap<String, String> meta,
            Duration interval,
            Duration timeout) {
        public Request {
            parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
            meta = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(meta));
        }
    }

    /**
     * How it ended.
     *
     * @param exitCode the agent's, as a number; meaningful when {@code status} is DONE
     * @param reason   what the agent gave as {@code ocf_exit_reason}, or why it could not run; one line, may be empty
     * @param output   the end of what it printed, bounded
     * @param digests  of the parameters that it ran with, as {@code OperationRecord} has them; empty when it did not run
     */
    record Result(
            long token,
            ExecutionStatus status,
            int exitCode,
            String reason,
            String output,
            Instant started,
            Duration took,
            SequencedMap<String, String> digests) {
        public Result {
            digests = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(digests));
        }

        /** A result of something that did not run an agent. */
        public Result(
                long token,
                ExecutionStatus status,
                int exitCode,
                String reason,
                String output,
                Instant started,
                Duration took) {
            this(token, status, exitCode, reason, output, started, took, new LinkedHashMap<>());
        }
    }
}
