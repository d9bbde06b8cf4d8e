package org.ringfence.controller.selffencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.Step;
import org.ringfence.controller.membership.Membership;
import org.ringfence.controller.membership.MembershipState;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;

class LeaseTest {
    private static final GuardPromise PROMISE =
            new GuardPromise(Duration.ofSeconds(8), Duration.ofSeconds(10), 0, Duration.ZERO);

    private static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    private static List<NodeId> nodes(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(LeaseTest::node).toList();
    }

    /** A node n1 in a view of all, bound by its installation. */
    private static final class One {
        final Quorum quorum;
        final List<NodeId> all;
        MembershipState membership;
        LeaseState lease = LeaseState.NONE;
        final ViewNumber number = new ViewNumber(7, node(2));

        One(int count) {
            all = nodes(count);
            quorum = new Quorum(all);
            membership = MembershipState.initial(node(1), Protocol.NEWEST, quorum);
            lease = Lease.reported(lease, Optional.of(PROMISE), false).state();
        }

        Message.Install install(boolean promised) {
            return new Message.Install(
                    new View(number, all, true),
                    List.of(),
                    List.of(),
                    all.stream()
                            .map(member -> new Message.Voice(member, Protocol.NEWEST))
                            .toList(),
                    promised ? List.of(new Message.Guarded(node(1), PROMISE)) : List.of());
        }

        /** Through the membership machine, as no state is to be put together by hand. */
        One in(boolean promised, long accepted, long installed) {
            membership = membership.withGuard(Lease.offer(lease, quorum));
            membership = Membership.step(membership, new Event.Started(1_000, Optional.empty(), false, List.of()))
                    .state();
            membership = Membership.step(
                            membership,
                            new Event.Received(node(2), new Message.Propose(new ViewNumber(1_001, node(2)), all)))
                    .state();
            lease = Lease.accepted(lease, number, accepted);
            lease = Lease.installed(lease, install(promised), node(1), installed)
                    .state();
            return this;
        }
    }

    @Test
    void aNodeIsBoundByTheViewThatHasHeardOfItsPromiseFromWhenItAccepted() {
        One one = new One(3).in(true, 100, 150);
        assertThat(one.lease.bound()).isTrue();
        assertThat(one.lease.lease()).contains(100L);
    }

    @Test
    void aViewThatHasNotHeardOfThePromiseBindsNobody() {
        assertThat(new One(3).in(false, 100, 150).lease.bound()).isFalse();
    }

    @Test
    void aNodeThatIsBoundGetsNoLeaseFromAViewAlone() {
        One one = new One(3).in(true, 100, 150);
        one.lease = Lease.accepted(one.lease, new ViewNumber(9, node(3)), 900);
        Message.Install later = new Message.Install(
                new View(new ViewNumber(9, node(3)), one.all, true),
                List.of(),
                List.of(),
                one.install(true).voices(),
                one.install(true).guards());
        one.lease = Lease.installed(one.lease, later, node(1), 950).state();
        assertThat(one.lease.lease()).contains(100L);
    }

    @Test
    void ofTwoNodesWithoutDisksNoneOffersAnything() {
        assertThat(Lease.offer(new One(2).lease, new Quorum(nodes(2)))).isEmpty();
        assertThat(Lease.offer(new One(3).lease, new Quorum(nodes(3)))).contains(PROMISE);
    }

    @Test
    void ofTwoNodesWithDisksEachOffersItsPromise() {
        var disks = new GuardPromise(Duration.ofSeconds(8), Duration.ofSeconds(10), 1, Duration.ofSeconds(20));
        LeaseState state =
                Lease.reported(LeaseState.NONE, Optional.of(disks), false).state();
        assertThat(Lease.offer(state, new Quorum(nodes(2)))).contains(disks);
    }

    private static LeaseState asked(int count, long when) {
        One one = new One(count).in(true, 100, 150);
        var open = new TreeMap<Long, LeaseState.Question>();
        open.put(1L, new LeaseState.Question(when, new TreeSet<>(List.of(node(1)))));
        return one.lease.withOpen(open).withAsked(1);
    }

    @Test
    void theLeaseIsWhenTheQuestionWasSentOnceAMajorityHasAnswered() {
        var quorum = new Quorum(nodes(5));
        LeaseState state = asked(5, 5_000);
        Step<LeaseState> first = Lease.answered(state, quorum, node(2), 1);
        assertThat(first.state().lease()).as("two of five").contains(100L);
        Step<LeaseState> again = Lease.answered(first.state(), quorum, node(2), 1);
        assertThat(again.state().lease()).as("the same one twice").contains(100L);
        Step<LeaseState> second = Lease.answered(again.state(), quorum, node(3), 1);
        assertThat(second.state().lease()).contains(5_000L);
        assertThat(second.effects()).containsExactly(new Effect.Beat(true, Optional.of(5_000L)));
    }

    @Test
    void whoIsNoNodeOfTheClusterHasNoVote() {
        LeaseState state = Lease.answered(asked(3, 5_000), new Quorum(nodes(3)), new NodeId("stranger"), 1)
                .state();
        assertThat(state.lease()).contains(100L);
    }

    @Test
    void anAnswerToWhatWasNotAskedSaysNothing() {
        LeaseState state = asked(3, 5_000);
        assertThat(Lease.answered(state, new Quorum(nodes(3)), node(2), 2).state())
                .isEqualTo(state);
    }

    @Test
    void anOlderQuestionThatIsAnsweredLateDoesNotShortenTheLease() {
        LeaseState state = asked(3, 5_000).withLease(Optional.of(9_000L));
        assertThat(Lease.answered(state, new Quorum(nodes(3)), node(2), 1)
                        .state()
                        .lease())
                .contains(9_000L);
    }

    @Test
    void aGuardThatPromisesSomethingElseHasNoLeaseUntilThatIsKnown() {
        LeaseState state = asked(3, 5_000);
        var longer = new GuardPromise(Duration.ofSeconds(8), Duration.ofSeconds(30), 0, Duration.ZERO);
        LeaseState changed = Lease.reported(state, Optional.of(longer), false).state();
        assertThat(changed.lease()).isEmpty();
        assertThat(changed.open()).isEmpty();
        assertThat(changed.bound()).isTrue();
    }

    @Test
    void aGuardThatIsGoneDoesNotTakeThePromiseBack() {
        LeaseState state = asked(3, 5_000);
        assertThat(Lease.reported(state, Optional.empty(), false).state()).isEqualTo(state);
    }

    @Test
    void aDaemonAfterOneThatWasBoundIsBoundAndLeavesTheLeaseToTheGuard() {
        Step<LeaseState> step = Lease.reported(LeaseState.NONE, Optional.of(PROMISE), true);
        assertThat(step.effects()).contains(new Effect.Beat(true, Optional.empty()));
    }

    @Test
    void aNodeThatLeavesWithNothingRunningIsFreeAtOnce() {
        One one = new One(3).in(true, 100, 150);
        Step<LeaseState> step = Lease.leave(one.lease, one.membership, false, 200);
        assertThat(step.state().bound()).isFalse();
        assertThat(step.effects()).contains(new Effect.Beat(false, Optional.empty()), new Effect.Left());
    }

    @Test
    void aNodeThatIsToStopItselfIsHeardNoMore() {
        Step<LeaseState> step = Lease.condemn(asked(3, 5_000), "the cluster fences it");
        assertThat(step.effects()).containsExactly(new Effect.StopSelf("the cluster fences it"));
        assertThat(Lease.answered(step.state(), new Quorum(nodes(3)), node(2), 1)
                        .state()
                        .lease())
                .contains(100L);
    }

    @Test
    void itAsksFourTimesPerHoldTimeAndNotTooOften() {
        assertThat(Lease.interval(PROMISE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Lease.interval(new GuardPromise(Duration.ofMillis(3_800), Duration.ofSeconds(5), 0, Duration.ZERO)))
                .isEqualTo(Duration.ofMillis(950));
        assertThat(Lease.interval(new GuardPromise(Duration.ofMillis(100), Duration.ofSeconds(5), 0, Duration.ZERO)))
                .isEqualTo(Duration.ofMillis(250));
    }
}
