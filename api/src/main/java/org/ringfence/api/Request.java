package org.ringfence.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;

/**
 * What may be asked of a node. Any node can be asked for anything; it passes on what concerns the cluster.
 *
 * <p>Those with {@code planOnly} change nothing when it is set and are answered with a {@link Reply.Plan}.
 */
public sealed interface Request {

    /** Whether it may change the cluster. Such a request is on record with who made it. */
    default boolean changes() {
        return switch (this) {
            case Status _,
                    Watch _,
                    Snapshot _,
                    HostCheck _,
                    ConfigureShow _,
                    ConfigureHistory _,
                    ConfigureShowKept _,
                    History _,
                    WaitSettled _,
                    AttributeGet _,
                    FenceHistory _,
                    Helper _ -> false;
            case ConfigureLoad load -> !load.planOnly;
            case SetProperty set -> !set.planOnly;
            case Standby standby -> !standby.planOnly;
            case Maintenance maintenance -> !maintenance.planOnly;
            case Move move -> !move.planOnly;
            case Ban ban -> !ban.planOnly;
            case Unmove unmove -> !unmove.planOnly;
            case Cleanup cleanup -> !cleanup.planOnly;
            case Waive waive -> !waive.planOnly;
            case WithdrawWaiver withdraw -> !withdraw.planOnly;
            case Fence fence -> !fence.planOnly;
            case ConfirmFenced _, FenceTest _, AdmitNode _, TrustDevice _, AttributeSet _, Shutdown _ -> true;
        };
    }

    /** Answered with {@link StatusReply}. */
    record Status() implements Request {}

    /** A {@link StatusReply} now and after every change, until the caller closes the connection. */
    record Watch() implements Request {}

    /** The configuration with its status, as the DC knows it: what it decides by. Answered with {@link Reply.Configuration}. */
    record Snapshot() implements Request {}

    /** What can be wrong with the host of the node that is asked. Answered with {@link Reply.HostFindings}. */
    record HostCheck() implements Request {}

    /** Answered with {@link Reply.Configuration}. */
    record ConfigureShow() implements Request {}

    /** The configurations that this node has kept; answered with {@link Reply.KeptConfigurations}. */
    record ConfigureHistory() implements Request {}

    /**
     * One of them; answered with {@link Reply.Configuration}.
     *
     * @param number as {@link ConfigureHistory} is answered
     */
    record ConfigureShowKept(int number) implements Request {}

    /**
     * Replaces the configuration.
     *
     * @param cib          CIB XML
     * @param file         what messages call the text: the name of the file it came from
     * @param reason       why, for the record; may be empty
     * @param acceptUnsafe whether a configuration with which nothing would start is taken all the same
     * @param onlyIf       the version that it was made from: when another change came between, it is refused; empty to
     *     replace whatever is there
     */
    record ConfigureLoad(
            String cib, String file, String reason, boolean planOnly, boolean acceptUnsafe, Optional<CibVersion> onlyIf)
            implements Request {
        /** Whatever is there is replaced. */
        public ConfigureLoad(String cib, String file, String reason, boolean planOnly, boolean acceptUnsafe) {
            this(cib, file, reason, planOnly, acceptUnsafe, Optional.empty());
        }
    }

    /** @param value empty to remove the property */
    record SetProperty(String name, Optional<String> value, String reason, boolean planOnly) implements Request {
        public SetProperty {
            required(name, "name");
        }
    }

    record Standby(NodeId node, boolean on, boolean planOnly) implements Request {}

    /** @param node empty for the whole cluster */
    record Maintenance(Optional<NodeId> node, boolean on, boolean planOnly) implements Request {}

    /**
     * Prefers another node for a resource for a while.
     *
     * @param to    empty for any but the one where it runs
     * @param lasts positive; after it the preference is gone
     */
    record Move(String resource, Optional<NodeId> to, Duration lasts, boolean planOnly) implements Request {
        public Move {
            required(resource, "resource");
            positive(lasts, "lasts");
        }
    }

    /**
     * Keeps a resource off a node for a while.
     *
     * @param node  empty for the one where it runs
     * @param lasts positive; after it the ban is gone
     */
    record Ban(String resource, Optional<NodeId> node, Duration lasts, boolean planOnly) implements Request {
        public Ban {
            required(resource, "resource");
            positive(lasts, "lasts");
        }
    }

    /** Takes back moves and bans of a resource. */
    record Unmove(String resource, boolean planOnly) implements Request {
        public Unmove {
            required(resource, "resource");
        }
    }

    /**
     * Forgets failures.
     *
     * @param resource empty for all
     * @param node     empty for all
     */
    record Cleanup(Optional<String> resource, Optional<NodeId> node, boolean planOnly) implements Request {}

    /** Lets resources run without fencing until the waiver expires. It names its giver: the caller. */
    record Waive(List<String> resources, Duration lasts, String reason, boolean planOnly) implements Request {
        public Waive {
            resources = List.copyOf(resources);
            if (resources.isEmpty()) {
                throw new IllegalArgumentException("a waiver names the resources that it covers");
            }
            positive(lasts, "lasts");
            required(reason, "reason");
        }
    }

    /** @param resources empty for all waivers */
    record WithdrawWaiver(List<String> resources, boolean planOnly) implements Request {
        public WithdrawWaiver {
            resources = List.copyOf(resources);
        }
    }

    /** Fences a node; answered when it is confirmed, or has failed, with {@link Reply.Progress} in between. */
    record Fence(NodeId node, FenceAction action, String reason, boolean planOnly) implements Request {}

    /** What fencing does to a node. */
    enum FenceAction {
        OFF,
        REBOOT,
        ON
    }

    /** The caller answers for it that the node is off: what is waiting for its fencing goes on. */
    record ConfirmFenced(NodeId node, String reason) implements Request {
        public ConfirmFenced {
            required(reason, "reason");
        }
    }

    /**
     * Finds out by which paths nodes can be fenced, without fencing anybody. Answered with {@link FenceTestReply}; what is found
     * is on record with its date.
     *
     * @param node   to be fenced; empty for all
     * @param device empty for all
     */
    record FenceTest(Optional<NodeId> node, Optional<String> device) implements Request {}

    /**
     * Answered with {@link FenceHistoryReply}.
     *
     * @param node only of this node; empty for all
     */
    record FenceHistory(Optional<NodeId> node) implements Request {}

    /** A node that was fenced too often may run resources again. */
    record AdmitNode(NodeId node, String reason) implements Request {
        public AdmitNode {
            required(reason, "reason");
        }
    }

    /** A device that said yes while a node went on is to be counted on again for that node. */
    record TrustDevice(String device, NodeId node, String reason) implements Request {
        public TrustDevice {
            required(device, "device");
            required(reason, "reason");
        }
    }

    /**
     * Answered with {@link HistoryReply}.
     *
     * @param since    entries at or after; empty for all that is kept
     * @param incident only of this incident
     */
    record History(Optional<Instant> since, Optional<String> incident) implements Request {}

    /**
     * Waits until the cluster has nothing to do, with {@link Reply.Progress} in between.
     *
     * @param timeout positive; not settled by then is {@link Reply.NotDone}
     */
    record WaitSettled(Duration timeout) implements Request {
        public WaitSettled {
            positive(timeout, "timeout");
        }
    }

    /**
     * Sets an attribute of a node, a promotion score for instance.
     *
     * @param node  empty for the one that is asked
     * @param value empty to remove the attribute
     */
    record AttributeSet(Optional<NodeId> node, String name, Optional<String> value, Lifetime lifetime)
            implements Request {
        public AttributeSet {
            required(name, "name");
        }
    }

    /** How long an attribute of a node lives. */
    enum Lifetime {
        /** Until the node leaves the cluster: the transient attributes of its status. */
        REBOOT,
        /** As part of the configuration. */
        FOREVER
    }

    /**
     * Answered with {@link Reply.Attributes}.
     *
     * @param node empty for all nodes
     * @param name empty for all attributes
     */
    record AttributeGet(Optional<NodeId> node, Optional<String> name, Lifetime lifetime) implements Request {}

    /**
     * What a helper of a resource agent was called with; answered with {@link Reply.Helped}. What it changes is on record like any
     * other change of the configuration; what it says of its node with every monitor is not.
     *
     * @param program  {@code crm_attribute}, {@code crm_node}, ...
     * @param resource whose agent calls it, as the agent's environment says; empty outside of agents
     */
    record Helper(String program, List<String> arguments, Optional<String> resource) implements Request {
        public Helper {
            required(program, "program");
            arguments = List.copyOf(arguments);
        }
    }

    /** The node that is asked stops its resources, leaves the cluster and ends its daemon. */
    record Shutdown(String reason) implements Request {}

    private static void required(String text, String name) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }

    private static void positive(Duration duration, String name) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than nothing, not " + duration);
        }
    }
}
