package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.constraint.RoleLocation;
import org.ringfence.scheduler.reason.Account;
import org.ringfence.scheduler.reason.Cause;

/**
 * A resource as one run sees it. What it is stands from the start; what is known of it ({@code state}) is settled when the
 * history has been read, its {@code scores} when constraints have been read, its place when it has been assigned.
 */
public abstract sealed class Resource permits Primitive, Collective {
    public final String id;
    public final @Nullable Collective parent;
    public final Settings settings;
    /** Order of appearance in the configuration; ties are broken by it. */
    public final int position;

    /** Per node; minus infinity where it may not run. */
    public final int[] scores;

    /** In an opt-in cluster: which nodes a location constraint names for it or for what holds it, whatever their score; else null. */
    public boolean @Nullable [] listed;

    /** Which nodes' history is known: it was probed or ran there. */
    public final boolean[] probed;

    /** Which nodes are to be probed for it, where a constraint says so. */
    public final @Nullable Discovery[] discovery;

    public final List<Colocation> asDependent = new ArrayList<>();
    public final List<Colocation> asPrimary = new ArrayList<>();
    public final List<RoleLocation> roleLocations = new ArrayList<>();

    public boolean managed;
    public boolean maintenance;
    /** No action may be taken on it: an earlier failure asked for that. */
    public boolean blocked;

    public boolean removed;
    public boolean exclusiveDiscovery;
    public int priority;

    /** Nodes it is active on, as the history says. */
    public final List<ClusterNode> active = new ArrayList<>();

    public Role role = Role.UNKNOWN;
    public Role nextRole = Role.UNKNOWN;
    /** Why {@link #nextRole} is less than one might expect; empty when nothing holds it down. */
    public Cause nextRoleReason = Cause.NONE;

    public final State state = new State();

    /** What the scores are made of; kept only when somebody asks about this resource. */
    public @Nullable Account account;
    /** The same for the one score that decides whether it is promoted. */
    public @Nullable Account promotionAccount;
    /** Whether somebody asks about it or about something in it. */
    public boolean explained;

    /** While a place is being found, to notice going in circles; and that one was looked for. */
    public boolean assigning;

    public boolean provisional = true;
    public @Nullable ClusterNode assigned;

    /** What a location constraint says of probing. */
    public enum Discovery {
        NEVER,
        EXCLUSIVE
    }

    /** Anything else that the history said. */
    public static final class State {
        public boolean failed;
        /** The history tells of a failure, whatever came of it. */
        public boolean everFailed;

        /** Its place depended on how many resources nodes had already, since scores did not tell them apart. */
        public boolean placedByLoad;

        /** In whose turn it was assigned: the number of the outermost resource, counted from 0 in their order; -1 before. */
        public int turn = -1;

        public boolean failureIgnored;
        /** A failure asks for it to be demoted, and no more. */
        public boolean demote;

        public boolean startPending;

        /** The last attempt to promote it came to nothing, and no success since has made up for that. */
        public boolean promotionFailed;

        public boolean stopOnly;
        public boolean stopUnexpected;
        public boolean reload;
        public boolean restartForParameters;
        /** A failure of what runs in it asks for a restart. */
        public boolean restartForContents;

        public boolean multiplyActive;
        public final List<ClusterNode> unexpectedOn = new ArrayList<>();
        public final List<ClusterNode> dangling = new ArrayList<>();
        public @Nullable ClusterNode partialSource;
        public @Nullable ClusterNode partialTarget;
        public boolean pendingMigration;
        /** What decided whether it is promoted where it is going to be; null when that was not asked. */
        public @Nullable Integer promotionScore;

        public @Nullable ClusterNode lockedTo;
        public long lockTime;
        /** Where a lock is kept that does not hold any more. */
        public @Nullable ClusterNode lockToForget;
    }

    Resource(String id, @Nullable Collective parent, Settings settings, int position, int nodes) {
        this.id = id;
        this.parent = parent;
        this.settings = settings;
        this.position = position;
        this.scores = new int[nodes];
        this.probed = new boolean[nodes];
        this.discovery = new @Nullable Discovery[nodes];
        this.managed = settings.managed();
        this.maintenance = settings.maintenance();
        this.priority = settings.priority();
    }

    public List<? extends Resource> children() {
        return List.of();
    }

    /** Whether the node is one of those that it may run on as far as opting in goes; constraints may rule it out all the same. */
    public boolean isListed(ClusterNode node) {
        return listed == null || listed[node.index];
    }

    /** The outermost resource that holds it, or itself; a bundle counts for what is in it. */
    public Resource top() {
        Resource at = this;
        while (at.parent != null) {
            at = at.parent;
        }
        return at;
    }

    /** Whether the other resource holds it, directly or not. */
    public boolean isWithin(Resource other) {
        for (Resource above = parent; above != null; above = above.parent) {
            if (above == other) {
                return true;
            }
        }
        return false;
    }

    public boolean promotable() {
        Clone clone = cloneOf();
        return clone != null && clone.promotable;
    }

    /** The clone that it is an instance of or inside of, if any. */
    public @Nullable Clone cloneOf() {
        for (Resource at = this; at != null; at = at.parent) {
            if (at instanceof Clone clone) {
                return clone;
            }
        }
        return null;
    }

    public void visitPrimitives(Consumer<Primitive> visitor) {
        if (this instanceof Primitive primitive) {
            visitor.accept(primitive);
            return;
        }
        for (Resource child : children()) {
            child.visitPrimitives(visitor);
        }
    }

    /** Puts down what changed in its scores and in those of what it holds; does nothing when nobody asks. */
    public void book(Supplier<Cause> cause) {
        if (explained) {
            if (account != null) {
                account.book(cause);
            }
            for (Resource child : children()) {
                child.book(cause);
            }
        }
    }

    /** Puts down what became of the score that decides whether it is promoted. */
    public void bookPromotion(int score, Supplier<Cause> cause) {
        if (promotionAccount != null) {
            promotionAccount.book(score, cause);
        }
    }

    public boolean isActiveOn(ClusterNode node) {
        return active.contains(node);
    }

    @Override
    public String toString() {
        return id;
    }
}
