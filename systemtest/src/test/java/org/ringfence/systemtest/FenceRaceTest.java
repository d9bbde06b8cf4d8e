package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.power.Behaviour;

/**
 * Two nodes lose each other and both live: each fences the other, and exactly one survives. {@code -Dringfence.races=100} has it a
 * hundred times, one after the other; {@code bench/fence-race/run} does that.
 */
class FenceRaceTest extends SystemTest {
    private static final int RACES = Integer.getInteger("ringfence.races", 3);

    /** Long enough for the loser's own request, if it were ever made, to be served too. */
    private static final Duration LATER = Duration.ofSeconds(5);

    @Test
    void ofTwoNodesThatFenceEachOtherExactlyOneSurvives() throws Exception {
        form(settings(2));
        // Otherwise a node that loses often would be taken for one in a fence loop.
        load(usual().property("fencing-loop-limit", "0"));
        awaitActive("w");
        settled();
        for (int race = 0; race < RACES; race++) {
            race(race);
        }
    }

    private void race(int number) throws Exception {
        List<ClusterNode> nodes = cluster().nodes();
        Behaviour device = number % 2 == 0 ? new Behaviour.Works() : new Behaviour.Slow(Duration.ofMillis(400));
        nodes.forEach(node -> cluster().power().behave(node.name(), device));
        Instant cut = Instant.now();
        nodes.get(number % 2).machine().cutLink();
        Cluster.await(
                "one of two is off in race " + number,
                RECOVERY,
                () -> nodes.stream().anyMatch(node -> !node.isOn()) ? Optional.of(true) : Optional.empty());
        Thread.sleep(LATER);
        List<ClusterNode> alive = nodes.stream().filter(ClusterNode::isOn).toList();
        assertThat(alive)
                .as(
                        "race %s, and what the switch did: %s",
                        number,
                        cluster().power().events().stream()
                                .filter(event -> !event.asked().isBefore(cut))
                                .toList())
                .hasSize(1);
        awaitActive("w");
        nodes.get(number % 2).machine().healLink();
        cluster().others(alive.getFirst()).getFirst().start();
        cluster().awaitMembers(RECOVERY);
        settled();
    }
}
