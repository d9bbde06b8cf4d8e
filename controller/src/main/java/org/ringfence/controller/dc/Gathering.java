package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Timer;
import org.ringfence.controller.Turn;
import org.ringfence.controller.configuration.Digest;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.membership.Membership;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Answer;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibEdit;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.XmlWriter;

/**
 * The DC's beginning, and its hold on the configuration. It may decide when every member has joined and the newest
 * configuration that any of them has is adopted: stamped with this view and on every member's disk. That order is what
 * lets an acknowledged change survive: any two quorate views share a member, and the later one starts from what it holds.
 */
public final class Gathering {
    private static final Duration JOINS = Duration.ofSeconds(10);

    private Gathering() {}

    public static void begin(Turn turn, DcDraft dc, Message.Install install) {
        turn.emit(new Effect.StartTimer(new Timer.Joins(dc.view), JOINS));
        if (!knowsNewest(turn, install)) {
            return;
        }
        Optional<Message.Holding> best = install.holdings().stream().max(Comparator.comparing(Message.Holding::stamp));
        if (best.isEmpty()) {
            adopt(turn, dc, first(turn));
        } else if (turn.held().map(StoredConfiguration::stamp).equals(best.map(Message.Holding::stamp))) {
            adopt(turn, dc, turn.held().orElseThrow());
        } else {
            turn.send(best.get().member(), new Message.Fetch(dc.view));
        }
    }

    /**
     * Whether the newest configuration is sure to be among those that the members have. A majority of the nodes has it; whoever
     * has lost its own cannot vouch for that, unless every node is here.
     */
    private static boolean knowsNewest(Turn turn, Message.Install install) {
        View view = install.view();
        int intact = view.members().size() - install.damaged().size();
        boolean knows = install.damaged().isEmpty()
                || !view.quorate()
                || turn.settings().quorum().isMajority(intact)
                || view.members().containsAll(turn.settings().nodes());
        if (!knows) {
            turn.tell(
                    Kind.PROBLEM,
                    "",
                    "the configuration on the disk of " + install.damaged()
                            + " is damaged, and the nodes that have theirs are no"
                            + " majority: nothing is done until more of the others are here");
        }
        return knows;
    }

    /** The configuration of a cluster that never had one: its nodes, and nothing else. */
    private static StoredConfiguration first(Turn turn) {
        return stored(
                Optional.empty(),
                withNodes(turn, Cib.EMPTY),
                new StoredConfiguration.Note("cluster", turn.now(), "first start"));
    }

    static Cib withNodes(Turn turn, Cib cib) {
        Cib complete = cib;
        for (NodeId node : turn.settings().nodes()) {
            if (complete.configuration().nodeNamed(node.name()).isEmpty()) {
                complete = CibEdit.withNode(complete, node.name(), node.name());
            }
        }
        return complete;
    }

    static StoredConfiguration stored(Optional<ViewNumber> view, Cib cib, StoredConfiguration.Note note) {
        String text = XmlWriter.write(cib.document());
        return new StoredConfiguration(new StoredConfiguration.Stamp(view, cib.version(), Digest.of(text)), text, note);
    }

    public static void fetched(Turn turn, DcDraft dc, Message.Fetched fetched) {
        if (dc.cib.isEmpty() && dc.change.isEmpty()) {
            adopt(turn, dc, fetched.configuration());
        }
    }

    /** Without quorum the configuration is only read: stamping it would make a minority's copy the newer one. */
    private static void adopt(Turn turn, DcDraft dc, StoredConfiguration newest) {
        View view = turn.view().orElseThrow();
        if (!mayWrite(turn, view)) {
            accept(turn, dc, newest);
            return;
        }
        var stamp = new StoredConfiguration.Stamp(
                Optional.of(dc.view), newest.stamp().version(), newest.stamp().digest());
        var adopted = new StoredConfiguration(stamp, newest.text(), newest.note());
        propose(turn, dc, adopted, Optional.empty());
    }

    /** A single node of two may be quorate on both sides of a cut; it writes only when the other is known to be dead. */
    static boolean mayWrite(Turn turn, View view) {
        boolean alone =
                turn.settings().quorum().fencingDecides() && view.members().size() == 1;
        boolean otherIsSafe = turn.settings().nodes().stream()
                .filter(node -> !view.has(node))
                .allMatch(node -> turn.facts()
                        .standing(node.name())
                        .filter(standing -> !standing.isUnsafe())
                        .filter(standing -> standing != org.ringfence.controller.facts.Standing.MEMBER)
                        .isPresent());
        return view.quorate() && (!alone || otherIsSafe);
    }

    /** Sends a configuration to the disks of all members. */
    static void propose(Turn turn, DcDraft dc, StoredConfiguration stored, Optional<Asker> asker) {
        View view = turn.view().orElseThrow();
        var change = new Change(dc.number(), stored, new TreeSet<>(view.members()), asker);
        dc.change = Optional.of(change);
        String digest = stored.stamp().digest();
        turn.broadcast(new Message.Prepare(
                dc.view,
                change.number(),
                stored.stamp(),
                asker.isEmpty() && holdsAlready(turn, digest) ? Optional.empty() : Optional.of(stored.text()),
                stored.note()));
    }

    private static boolean holdsAlready(Turn turn, String digest) {
        return turn.membership()
                .installed()
                .map(install -> install.holdings().size()
                                == install.view().members().size()
                        && install.holdings().stream()
                                .allMatch(holding -> holding.stamp().digest().equals(digest)))
                .orElse(false);
    }

    public static void prepared(Turn turn, DcDraft dc, NodeId from, Message.Prepared prepared) {
        if (dc.change.isEmpty() || dc.change.get().number() != prepared.change()) {
            return;
        }
        if (prepared.problem().isPresent()) {
            refused(turn, dc, from, prepared.problem().get());
            return;
        }
        Change change = dc.change.get().without(from);
        dc.change = Optional.of(change);
        if (!change.waiting().isEmpty()) {
            return;
        }
        dc.change = Optional.empty();
        accept(turn, dc, change.stored());
        change.asker().ifPresent(asker -> {
            StoredConfiguration.Note note = change.stored().note();
            turn.tell(
                    Kind.CONFIGURATION_CHANGED,
                    change.stored().stamp().version().toString(),
                    "by " + note.who() + (note.why().isEmpty() ? "" : ": " + note.why()));
            Desk.answer(
                    turn,
                    dc,
                    asker,
                    new Answer.Done(
                            "configuration " + change.stored().stamp().version() + " is on the disk of every member",
                            List.of()));
        });
        Desk.nextChange(turn, dc);
    }

    /**
     * A member cannot have it. A change is then not acknowledged, and the former configuration goes out again under a later
     * version to those that can write, so that no disk keeps a newer one than the one in force.
     */
    private static void refused(Turn turn, DcDraft dc, NodeId member, String why) {
        Change change = dc.change.orElseThrow();
        dc.change = Optional.empty();
        var problem = Problem.error(
                Place.NONE,
                "node " + member,
                "cannot save the configuration: " + why,
                "make its state folder writable, or stop the node with 'ringfence node stop'");
        if (change.asker().isEmpty()) {
            // Adopting changes nothing but a stamp; the member is told again when it can write, at the next view.
            turn.tell(Kind.DISK, member.name(), problem.toString());
            accept(turn, dc, change.stored());
            return;
        }
        Desk.answer(turn, dc, change.asker().get(), new Answer.NotDone("nothing was changed", List.of(problem)));
        Cib former = dc.cib.orElseThrow();
        Cib again = former.withVersion(change.stored().stamp().version().nextEpoch());
        StoredConfiguration.Note note = new StoredConfiguration.Note("cluster", turn.now(), "taken back: " + why);
        StoredConfiguration back = stored(Optional.of(dc.view), again, note);
        turn.broadcast(new Message.Prepare(dc.view, dc.number(), back.stamp(), Optional.of(back.text()), back.note()));
        dc.cib = Optional.of(again);
        Desk.nextChange(turn, dc);
    }

    private static void accept(Turn turn, DcDraft dc, StoredConfiguration stored) {
        try {
            dc.cib = Optional.of(
                    Cib.read(stored.text(), "configuration " + stored.stamp().version()));
        } catch (UnusableInputException damaged) {
            throw new IllegalStateException("a stored configuration is read before it is stored", damaged);
        }
        dc.again = true;
        readyIfComplete(turn, dc);
    }

    /** @param sameLife whether its daemon is the one that was here before */
    public static void joined(Turn turn, DcDraft dc, NodeId from, boolean sameLife) {
        if (sameLife && dc.fenced.containsKey(from)) {
            dc.undead.add(from);
        }
        dc.joined.add(from);
        readyIfComplete(turn, dc);
    }

    private static void readyIfComplete(Turn turn, DcDraft dc) {
        View view = turn.view().orElseThrow();
        if (!dc.ready && dc.cib.isPresent() && dc.joined.containsAll(view.members())) {
            dc.ready = true;
            dc.undead.forEach(member -> FencingOutcome.neverOff(turn, dc, member));
            dc.undead.clear();
            turn.emit(new Effect.StopTimer(new Timer.Joins(dc.view)));
            Decision.ready(turn, dc, view);
        }
    }

    /** Members that do not join are as good as gone; the next view is proposed without them. */
    public static void joinsAreDue(Turn turn, DcDraft dc, ViewNumber view) {
        if (dc.ready || !dc.view.equals(view)) {
            return;
        }
        View present = turn.view().orElseThrow();
        List<NodeId> missing = new ArrayList<>(present.members());
        missing.removeAll(dc.joined);
        turn.tell(Kind.PROBLEM, "", "did not join within " + JOINS.toSeconds() + " s: " + missing);
        turn.membership(Membership.exclude(turn.membership(), missing));
        turn.emit(new Effect.StartTimer(new Timer.Joins(dc.view), JOINS));
    }

    /** The view is gone: whoever waits for an answer of its DC is told that it will not come, unless that is carried on. */
    public static void end(Turn turn, DcDraft dc, String why, List<DcState.FencePurpose> carried) {
        List<Asker> waiting = new ArrayList<>(dc.settling);
        dc.change.flatMap(Change::asker).ifPresent(waiting::add);
        dc.queued.forEach(queued -> waiting.add(queued.asker()));
        dc.fences.values().forEach(purpose -> waiting.addAll(purpose.askers()));
        dc.tests.values().forEach(test -> waiting.add(test.asker()));
        carried.forEach(purpose -> waiting.removeAll(purpose.askers()));
        waiting.stream()
                .filter(asker -> asker.node().equals(turn.self()))
                .forEach(asker -> turn.emit(new Effect.Reply(asker.request(), Desk.lost(why))));
    }
}
