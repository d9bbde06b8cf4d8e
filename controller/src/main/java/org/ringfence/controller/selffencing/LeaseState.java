package org.ringfence.controller.selffencing;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.model.NodeId;

/**
 * What a node remembers of its lease. Times are nanoseconds of the monotonic clock that it shares with its guard.
 *
 * @param armed     what the guard can promise; empty while none is armed
 * @param bound     whether peers may count on that: from then on the guard goes by the lease
 * @param lease     when the last question was sent that a majority has answered; empty when that is not known to this daemon
 * @param asked     the number of the last question; each is used once in a daemon's life
 * @param open      questions of the present view that are not answered by a majority yet, by number
 * @param accepted  the last proposal that this node has accepted, its own among them, and when
 * @param viewSince when the present view was installed here
 * @param condemned whether this node has been told to stop itself: it asks nothing any more
 * @param releasing the question by which this node takes its promise back, as it leaves with something running
 */
public record LeaseState(
        Optional<GuardPromise> armed,
        boolean bound,
        Optional<Long> lease,
        long asked,
        SortedMap<Long, Question> open,
        Optional<Accepted> accepted,
        long viewSince,
        boolean condemned,
        Optional<Long> releasing) {
    public static final LeaseState NONE = new LeaseState(
            Optional.empty(),
            false,
            Optional.empty(),
            0,
            new TreeMap<>(),
            Optional.empty(),
            0,
            false,
            Optional.empty());

    public LeaseState {
        open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
    }

    /** @param answered who has answered, this node itself among them */
    public record Question(long sent, SortedSet<NodeId> answered) {
        public Question {
            answered = Collections.unmodifiableSortedSet(new TreeSet<>(answered));
        }

        Question answeredBy(NodeId node) {
            var more = new TreeSet<>(answered);
            more.add(node);
            return new Question(sent, more);
        }
    }

    public record Accepted(ViewNumber ballot, long when) {}

    public LeaseState withArmed(Optional<GuardPromise> promise) {
        return new LeaseState(promise, bound, lease, asked, open, accepted, viewSince, condemned, releasing);
    }

    public LeaseState withBound(boolean now) {
        return new LeaseState(armed, now, lease, asked, open, accepted, viewSince, condemned, releasing);
    }

    public LeaseState withLease(Optional<Long> since) {
        return new LeaseState(armed, bound, since, asked, open, accepted, viewSince, condemned, releasing);
    }

    public LeaseState withOpen(SortedMap<Long, Question> questions) {
        return new LeaseState(armed, bound, lease, asked, questions, accepted, viewSince, condemned, releasing);
    }

    public LeaseState withAsked(long number) {
        return new LeaseState(armed, bound, lease, number, open, accepted, viewSince, condemned, releasing);
    }

    LeaseState withAccepted(Accepted proposal) {
        return new LeaseState(armed, bound, lease, asked, open, Optional.of(proposal), viewSince, condemned, releasing);
    }

    LeaseState withViewSince(long when) {
        return new LeaseState(armed, bound, lease, asked, open, accepted, when, condemned, releasing);
    }

    LeaseState withCondemned() {
        return new LeaseState(armed, bound, lease, asked, open, accepted, viewSince, true, releasing);
    }

    LeaseState withReleasing(Optional<Long> question) {
        return new LeaseState(armed, bound, lease, asked, open, accepted, viewSince, condemned, question);
    }
}
