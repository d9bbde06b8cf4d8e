package org.ringfence.controller.port;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** Runs fence agents on this node: any executable that speaks the fence agent protocol. */
public interface FenceAgents {

    /** Begins one call of an agent and returns at once; the result is given exactly once, from any thread. */
    void execute(Request request, Consumer<Result> whenDone);

    /**
     * One call.
     *
     * @param agent      the executable's name, {@code fence_ipmilan}
     * @param action     {@code off}, {@code on}, {@code reboot}, {@code status}, {@code monitor}, {@code list}, {@code metadata}
     * @param parameters {@code key=value} for its standard input; {@code action} is added by the port
     * @param timeout    positive; at its end the process tree is ended
     */
    record Request(long token, String agent, String action, SequencedMap<String, String> parameters, Duration timeout) {
        public Request {
            parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        }
    }

    /**
     * How it ended.
     *
     * @param succeeded whether the agent ended by itself with status 0
     * @param exitCode  its status; -1 when it did not end by itself or could not be run
     * @param output    what it printed on standard output, line by line, bounded
     * @param reason    one line: the last of its standard error, or why it could not be run; may be empty
     */
    record Result(long token, boolean succeeded, int exitCode, List<String> output, String reason, Duration took) {
        public Result {
            output = List.copyOf(output);
        }
    }
}
