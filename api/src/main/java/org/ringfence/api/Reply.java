package org.ringfence.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.api.status.Role;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;
import org.ringfence.model.problem.Problem;

/** What a node says to a request: any number of {@link Progress}, then an {@link Outcome}. */
public sealed interface Reply permits Reply.Progress, Reply.Outcome {

    /** How far long work is. */
    record Progress(String text, int done, int of) implements Reply {}

    /** How a request ended. {@link Request.Watch} alone has many. */
    sealed interface Outcome extends Reply
            permits Done,
                    NotDone,
                    Unusable,
                    Refused,
                    Plan,
                    Configuration,
                    KeptConfigurations,
                    Attributes,
                    Helped,
                    HostFindings,
                    StatusReply,
                    HistoryReply,
                    FenceTestReply,
                    FenceHistoryReply {

        /** What the command that asked ends with; an outcome that says no, or may, says so itself. */
        default ExitStatus exitStatus() {
            return ExitStatus.DONE;
        }
    }

    /**
     * It is done.
     *
     * @param text    one line
     * @param details what else the caller should know, a line each
     */
    record Done(String text, List<String> details) implements Outcome {
        public Done {
            details = List.copyOf(details);
        }
    }

    /** It failed, or did not happen in time, or this node may not decide it now. */
    record NotDone(List<Problem> problems) implements Outcome {
        public NotDone {
            problems = List.copyOf(problems);
        }

        @Override
        public ExitStatus exitStatus() {
            return ExitStatus.NOT_DONE;
        }
    }

    /** What was given cannot be used. Nothing was changed. */
    record Unusable(List<Problem> problems) implements Outcome {
        public Unusable {
            problems = List.copyOf(problems);
        }

        @Override
        public ExitStatus exitStatus() {
            return ExitStatus.UNUSABLE_INPUT;
        }
    }

    /** It would be unsafe. Nothing was changed. */
    record Refused(List<Problem> problems) implements Outcome {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public ExitStatus exitStatus() {
            return ExitStatus.REFUSED_AS_UNSAFE;
        }
    }

    /**
     * What a change would cause. Nothing was changed.
     *
     * @param steps    in an order in which they may happen
     * @param unsafe   why the change would be refused; empty when it would be accepted
     * @param problems mistakes in the configuration as it would be
     * @param away     what would be away for a time, or for good
     */
    record Plan(List<PlannedStep> steps, List<Problem> unsafe, List<Problem> problems, List<Away> away)
            implements Outcome {
        public Plan {
            steps = List.copyOf(steps);
            unsafe = List.copyOf(unsafe);
            problems = List.copyOf(problems);
            away = List.copyOf(away);
        }

        /** Of which it is not known for how long anything would be away. */
        public Plan(List<PlannedStep> steps, List<Problem> unsafe, List<Problem> problems) {
            this(steps, unsafe, problems, List.of());
        }

        /** The same plan, with more that would be unsafe. */
        public Plan withUnsafe(List<Problem> more) {
            List<Problem> all = new ArrayList<>(unsafe);
            all.addAll(more);
            return new Plan(steps, all, problems, away);
        }
    }

    /**
     * A resource that would be away.
     *
     * @param role    {@code STARTED} when it would be stopped, {@code PROMOTED} when no instance of it would be promoted meanwhile
     * @param lasts   by what its operations took before; empty when it would not come back with this change
     * @param guessed whether an operation was never measured, and counts a second
     */
    record Away(String resource, Role role, Optional<Duration> lasts, boolean guessed) {}

    /**
     * One thing that would be done.
     *
     * @param operation {@code start}, {@code stop}, {@code promote}, {@code fence}, ...
     * @param subject   the resource; the node for what is done to a node
     * @param from      where it leaves, for a move
     */
    record PlannedStep(String operation, String subject, NodeId node, Optional<NodeId> from) {}

    /** @param cib CIB XML, without status */
    record Configuration(CibVersion version, String cib, ChangeNote lastChange) implements Outcome {}

    /** Who changed the configuration, when and why. */
    record ChangeNote(String who, Instant when, String reason) {}

    /**
     * The configurations that the node that was asked has kept.
     *
     * @param damaged what could not be read of them, a line each
     */
    record KeptConfigurations(List<KeptConfiguration> newestFirst, List<String> damaged) implements Outcome {
        public KeptConfigurations {
            newestFirst = List.copyOf(newestFirst);
            damaged = List.copyOf(damaged);
        }
    }

    /** @param number counts the changes that the node has seen; another node may count otherwise */
    record KeptConfiguration(int number, CibVersion version, ChangeNote change) {}

    /**
     * What was found on the host of {@code node}.
     *
     * @param checked the codes of all that was looked for
     */
    record HostFindings(NodeId node, List<HostFinding> findings, List<String> checked) implements Outcome {
        public HostFindings {
            findings = List.copyOf(findings);
            checked = List.copyOf(checked);
        }
    }

    /** @param code of the catalogue that {@code ringfence doctor} prints */
    record HostFinding(String code, String element, String detail) {}

    /** Values by node, in the nodes' order; a node without any is left out. */
    record Attributes(SequencedMap<NodeId, SequencedMap<String, String>> values) implements Outcome {
        public Attributes {
            var copy = new LinkedHashMap<NodeId, SequencedMap<String, String>>();
            values.forEach((node, of) -> copy.put(node, Collections.unmodifiableSequencedMap(new LinkedHashMap<>(of))));
            values = Collections.unmodifiableSequencedMap(copy);
        }
    }

    /**
     * What a helper of a resource agent prints and ends with.
     *
     * @param status its exit status, one of those that agents compare
     */
    record Helped(int status, String out, String err) implements Outcome {
        @Override
        public ExitStatus exitStatus() {
            return status == 0 ? ExitStatus.DONE : ExitStatus.NOT_DONE;
        }
    }
}
