package org.ringfence.controller.membership;

import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.model.NodeId;

/**
 * What the membership machine remembers.
 *
 * @param protocol  the newest that this node speaks
 * @param guard     what its guard promises in the next view
 * @param reachable other nodes that the engine can reach
 * @param silent    reachable ones that did not answer a proposal; left out until they say something, or somebody else
 *                  proposes with them
 * @param promised  the highest counter proposed, accepted or heard of by this node
 * @param reserved  the counter on the disk; none above it is proposed or accepted
 * @param requested the counter that the disk has been asked to hold
 * @param holding   which configuration this node has on its disk
 * @param damaged   whether it had one that cannot be read any more, and has none since
 * @param seenAll   whether this node has had the configuration of a view of all nodes since it started
 * @param installed the message that installed the present view; empty before the first
 */
public record MembershipState(
        NodeId self,
        int protocol,
        Optional<GuardPromise> guard,
        Quorum quorum,
        SortedSet<NodeId> reachable,
        SortedSet<NodeId> silent,
        long promised,
        long reserved,
        long requested,
        Optional<StoredConfiguration.Stamp> holding,
        boolean damaged,
        boolean seenAll,
        Optional<Message.Install> installed,
        Phase phase) {

    /** What the machine is doing. */
    public sealed interface Phase {
        /** In its view, or in none yet. */
        record Settled() implements Phase {}

        /**
         * Has to do with a number that the disk does not know yet: somebody's proposal, or one of its own.
         *
         * @param before where to go back to when it comes to nothing: settled or adrift
         */
        record Reserving(long counter, Phase before, Optional<Received> proposal) implements Phase {}

        /**
         * Its proposal is being answered.
         *
         * @param before where to go back to when it comes to nothing: settled or adrift
         */
        record Proposing(
                ViewNumber ballot, List<NodeId> members, SortedMap<NodeId, Message.Accept> accepted, Phase before)
                implements Phase {
            public Proposing {
                accepted = Collections.unmodifiableSortedMap(new TreeMap<>(accepted));
            }
        }

        /** Has accepted somebody's proposal and waits for its installation; the old view is left already. */
        record Promised(ViewNumber ballot) implements Phase {}

        /** Has left its view for one that was not installed in time, and must not go back. */
        record Adrift() implements Phase {}
    }

    /** Somebody's proposal. */
    public record Received(NodeId from, Message.Propose proposal) {}

    static final Phase SETTLED = new Phase.Settled();

    public MembershipState {
        reachable = Collections.unmodifiableSortedSet(new TreeSet<>(reachable));
        silent = Collections.unmodifiableSortedSet(new TreeSet<>(silent));
    }

    /** A node that has just started. */
    public static MembershipState initial(NodeId self, int protocol, Quorum quorum) {
        return new MembershipState(
                self,
                protocol,
                Optional.empty(),
                quorum,
                new TreeSet<>(),
                new TreeSet<>(),
                0,
                0,
                0,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                SETTLED);
    }

    /**
     * The view this node acts in: none between leaving the old one and installing the next.
     */
    public Optional<View> view() {
        return switch (phase) {
            case Phase.Settled settled -> installed.map(Message.Install::view);
            case Phase.Promised promised -> Optional.empty();
            case Phase.Adrift adrift -> Optional.empty();
            case Phase.Proposing proposing -> withPhase(proposing.before()).view();
            case Phase.Reserving reserving -> withPhase(reserving.before()).view();
        };
    }

    /** The newest protocol that a member speaks, as far as this node was told. */
    public int protocolOf(NodeId member) {
        return installed.stream()
                .flatMap(install -> install.voices().stream())
                .filter(voice -> voice.member().equals(member))
                .mapToInt(Message.Voice::protocol)
                .findFirst()
                .orElse(Protocol.OLDEST);
    }

    /** The nodes that a view should have, as far as this node can tell. */
    NavigableSet<NodeId> wanted() {
        var wanted = new TreeSet<>(reachable);
        wanted.removeAll(silent);
        wanted.add(self);
        return wanted;
    }

    MembershipState withPhase(Phase next) {
        return new MembershipState(
                self, protocol, guard, quorum, reachable, silent, promised, reserved, requested, holding, damaged,
                seenAll, installed, next);
    }

    MembershipState withPeer(NodeId peer, boolean reached) {
        var changed = new TreeSet<>(reachable);
        if (reached) {
            changed.add(peer);
        } else {
            changed.remove(peer);
        }
        return new MembershipState(
                self,
                protocol,
                guard,
                quorum,
                changed,
                without(peer),
                promised,
                reserved,
                requested,
                holding,
                damaged,
                seenAll,
                installed,
                phase);
    }

    MembershipState withSilent(SortedSet<NodeId> nodes) {
        return new MembershipState(
                self, protocol, guard, quorum, reachable, nodes, promised, reserved, requested, holding, damaged,
                seenAll, installed, phase);
    }

    MembershipState withPromised(long counter) {
        return new MembershipState(
                self, protocol, guard, quorum, reachable, silent, counter, reserved, requested, holding, damaged,
                seenAll, installed, phase);
    }

    MembershipState withReserved(long counter) {
        return new MembershipState(
                self, protocol, guard, quorum, reachable, silent, promised, counter, requested, holding, damaged,
                seenAll, installed, phase);
    }

    MembershipState withRequested(long counter) {
        return new MembershipState(
                self, protocol, guard, quorum, reachable, silent, promised, reserved, counter, holding, damaged,
                seenAll, installed, phase);
    }

    MembershipState withInstalled(Message.Install install) {
        return new MembershipState(
                self,
                protocol,
                guard,
                quorum,
                reachable,
                silent,
                Math.max(promised, install.view().number().counter()),
                reserved,
                requested,
                holding,
                damaged,
                seenAll,
                Optional.of(install),
                SETTLED);
    }

    /** What the guard promises from the next view on. */
    public MembershipState withGuard(Optional<GuardPromise> promise) {
        return new MembershipState(
                self, protocol, promise, quorum, reachable, silent, promised, reserved, requested, holding, damaged,
                seenAll, installed, phase);
    }

    /** What the disk held cannot be read any more. */
    MembershipState withDamage() {
        return new MembershipState(
                self, protocol, guard, quorum, reachable, silent, promised, reserved, requested, holding, true, seenAll,
                installed, phase);
    }

    /** Which configuration the disk holds from now on. */
    public MembershipState withHolding(StoredConfiguration.Stamp stamp) {
        boolean ofAll = installed
                .map(Message.Install::view)
                .filter(view -> view.members().containsAll(quorum.nodes()))
                .filter(view -> stamp.view().equals(Optional.of(view.number())))
                .isPresent();
        return new MembershipState(
                self,
                protocol,
                guard,
                quorum,
                reachable,
                silent,
                promised,
                reserved,
                requested,
                Optional.of(stamp),
                false,
                seenAll || ofAll,
                installed,
                phase);
    }

    SortedSet<NodeId> without(NodeId peer) {
        var changed = new TreeSet<>(silent);
        changed.remove(peer);
        return changed;
    }
}
