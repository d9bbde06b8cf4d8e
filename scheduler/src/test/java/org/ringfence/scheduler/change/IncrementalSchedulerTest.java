package org.ringfence.scheduler.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibEdit;
import org.ringfence.model.graph.GraphXml;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.scheduler.BatchTime;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.execution.Execution;

/** The incremental scheduler decides as the plain one does, whatever happens, and looks at little where little happens. */
class IncrementalSchedulerTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    @Test
    void scenariosAreDecidedAsByThePlainScheduler() throws IOException, UnusableInputException {
        for (Path file : files(SCENARIOS, "input.xml")) {
            Cib cib = Cib.read(Files.readString(file), file.toString());
            follow(cib, BatchTime.of(cib, null, Instant.EPOCH), 8, file.toString());
        }
    }

    @Test
    void conformanceCasesAreDecidedAsByThePlainScheduler() throws IOException, UnusableInputException {
        Path folder = Optional.ofNullable(System.getenv("RINGFENCE_CONFORMANCE"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("ringfence.root", ".."), "..", "shared", "conformance"));
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                "the conformance cases are not at " + folder + "; set RINGFENCE_CONFORMANCE");
        for (Path file : files(folder.resolve("cases"), ".xml")) {
            Cib cib = Cib.read(Files.readString(file), file.toString());
            follow(cib, BatchTime.of(cib, null, Instant.EPOCH), 3, file.toString());
        }
    }

    @Test
    void aLargeClusterIsDecidedAsByThePlainSchedulerAndMostlyInParts() throws UnusableInputException {
        int inParts = 0;
        for (int seed = 0; seed < 6; seed++) {
            inParts += follow(settled(40), Instant.EPOCH, 20, "seed " + seed);
        }
        // The rest lost or banned something and had to look at everything.
        assertThat(inParts).isGreaterThan(30);
    }

    @Test
    void oneFailureIsDecidedByLookingAtItsPartAlone() throws UnusableInputException {
        Cib cib = settled(200);
        Decided before = Decided.first(cib, Instant.EPOCH);
        assertThat(before.schedule().graph().synapses()).isEmpty();

        Decided after = before.next(failed(cib, "r7"), Instant.EPOCH);

        assertThat(after.schedule().graph().synapses()).isNotEmpty();
        // The fence device's, and that of what failed.
        assertThat(after.partsDecided()).isEqualTo(2);
    }

    @Test
    void withoutStickinessNodesAreFilledAsByThePlainScheduler() throws UnusableInputException {
        int inParts = 0;
        for (int seed = 0; seed < 6; seed++) {
            inParts += follow(settled(40, 0), Instant.EPOCH, 20, "full seed " + seed);
        }
        assertThat(inParts).isPositive();
    }

    /** Its place is chosen by how many resources nodes have, and the same again. */
    @Test
    void oneFailureIsDecidedByItsPartAloneWhereNodesAreChosenByTheirLoad() throws UnusableInputException {
        Cib cib = settled(200, 0);
        Cib failed = failed(cib, "r7");

        Decided after = Decided.first(cib, Instant.EPOCH).next(failed, Instant.EPOCH);

        assertThat(after.partsDecided()).isEqualTo(2);
        assertThat(GraphXml.write(after.schedule().graph()))
                .contains("r7_start_0")
                .isEqualTo(
                        GraphXml.write(Scheduler.schedule(failed, Instant.EPOCH).graph()));
    }

    /** What fails has to leave its node, so those that look at how full nodes are look again. */
    @Test
    void whatMovesHasThoseDecidedTooThatLookAtHowFullNodesAre() throws UnusableInputException {
        Cib cib = settled(200, 100);
        Decided before = Decided.first(cib, Instant.EPOCH);
        Cib failed = failed(cib, "r7");
        NodeState there = failed.status().nodes().values().stream()
                .filter(node -> !node.equals(cib.status().nodes().get(node.id())))
                .findFirst()
                .orElseThrow();
        Cib banned = StatusChanges.with(failed, StatusChanges.counted(there, "r7", "INFINITY"));

        Decided moved = before.next(banned, Instant.EPOCH);

        assertThat(moved.partsDecided()).isLessThan(before.partsDecided());
        assertThat(GraphXml.write(moved.schedule().graph()))
                .isEqualTo(
                        GraphXml.write(Scheduler.schedule(banned, Instant.EPOCH).graph()));
        // What was kept of that decision serves for the next one.
        Cib second = failed(banned, "r42");
        assertThat(GraphXml.write(moved.next(second, Instant.EPOCH).schedule().graph()))
                .isEqualTo(
                        GraphXml.write(Scheduler.schedule(second, Instant.EPOCH).graph()));
    }

    /** As the DC does with what it knows of watchdogs. */
    @Test
    void anOptionThatIsSetAnewEachTimeIsTheSameConfiguration() throws UnusableInputException {
        Cib cib = settled(40);
        Decided before = Decided.first(CibEdit.withProperty(cib, "have-watchdog", "false"), Instant.EPOCH);

        Cib failed = CibEdit.withProperty(failed(cib, "r7"), "have-watchdog", "false");
        assertThat(before.next(failed, Instant.EPOCH).partsDecided()).isEqualTo(2);
        Cib other = CibEdit.withProperty(failed(cib, "r7"), "have-watchdog", "true");
        assertThat(before.next(other, Instant.EPOCH).partsDecided()).isEqualTo(before.partsDecided());
    }

    @Test
    void aLostNodeIsDecidedByLookingAtEverything() throws UnusableInputException {
        Cib cib = settled(20);
        Decided before = Decided.first(cib, Instant.EPOCH);
        Cib lost = StatusChanges.with(
                cib, StatusChanges.offline(cib.status().nodes().firstEntry().getValue()));

        Decided after = before.next(lost, Instant.EPOCH);

        assertThat(after.partsDecided()).isEqualTo(before.partsDecided());
        assertThat(GraphXml.write(after.schedule().graph())).contains("stonith");
    }

    /** Lets things happen and compares each decision; how many of them were made without looking at everything. */
    private static int follow(Cib begin, Instant now, int steps, String name) {
        var changes = new StatusChanges(name.hashCode());
        Decided decided = Decided.first(begin, now);
        int all = decided.partsDecided();
        int inParts = 0;
        Cib cib = begin;
        for (int step = 0; step < steps; step++) {
            Cib changed = changes.next(step % 4 == 3 ? begin : cib);
            cib = changed;
            decided = decided.next(changed, now);
            Scheduler.Schedule plain = Scheduler.schedule(changed, now);
            assertThat(GraphXml.write(decided.schedule().graph()))
                    .as("%s, step %d, %d of %d parts", name, step, decided.partsDecided(), all)
                    .isEqualTo(GraphXml.write(plain.graph()));
            assertThat(decided.schedule().problems()).as(name).isEqualTo(plain.problems());
            inParts += decided.partsDecided() < all ? 1 : 0;
        }
        return inParts;
    }

    /** A monitor of the resource finds that it does not run any more. */
    private static Cib failed(Cib cib, String resource) {
        for (NodeState node : cib.status().nodes().values()) {
            ResourceHistory history = node.history().get(resource);
            if (history != null && history.operations().getLast().exitCode() == 0) {
                List<OperationRecord> operations = history.operations().stream()
                        .map(record -> StatusChanges.withExitCode(record, 7))
                        .toList();
                return StatusChanges.with(
                        cib,
                        StatusChanges.remembering(
                                node, new ResourceHistory(resource, history.agent(), history.other(), operations)));
            }
        }
        throw new IllegalStateException(resource + " runs nowhere");
    }

    /** Four nodes, a fence device, resources of which every fifth follows the one before, and clones; all of it running. */
    private static Cib settled(int resources) throws UnusableInputException {
        return settled(resources, 100);
    }

    private static Cib settled(int resources, int stickiness) throws UnusableInputException {
        String primitives = each(resources, """
            <primitive id='r%1$d' class='ocf' provider='pacemaker' type='Dummy'>
            <operations><op id='r%1$d-m' name='monitor' interval='10s'/></operations></primitive>
            """);
        String clones = each(5, """
            <clone id='c%1$d'><primitive id='p%1$d' class='ocf' provider='pacemaker' type='Dummy'>
            <operations><op id='p%1$d-m' name='monitor' interval='10s'/></operations></primitive></clone>
            <group id='g%1$d'><primitive id='g%1$d-a' class='ocf' provider='pacemaker' type='Dummy'/>
            <primitive id='g%1$d-b' class='ocf' provider='pacemaker' type='Dummy'/></group>
            """);
        String constraints = IntStream.rangeClosed(1, resources / 5)
                .mapToObj(number -> """
                    <rsc_colocation id='with%1$d' rsc='r%2$d' with-rsc='r%3$d' score='INFINITY'/>
                    <rsc_order id='after%1$d' first='r%3$d' then='r%2$d'/>
                    <rsc_location id='at%1$d' rsc='r%2$d' node='n1' score='50'/>
                    """.formatted(number, number * 5, number * 5 - 1))
                .collect(Collectors.joining());
        Cib cib = Cib.read(
                """
                <cib have-quorum='1' dc-uuid='1'><configuration><crm_config/><nodes>%s</nodes>
                <resources><primitive id='fencing' class='stonith' type='fence_dummy'/>%s%s</resources>
                <constraints>%s</constraints>
                <rsc_defaults><meta_attributes id='d'><nvpair id='d1' name='resource-stickiness' value='%s'/>
                <nvpair id='d2' name='migration-threshold' value='3'/></meta_attributes></rsc_defaults>
                </configuration><status>%s</status></cib>
                """.formatted(
                                each(4, "<node id='%1$d' uname='n%1$d'/>"),
                                primitives,
                                clones,
                                constraints,
                                stickiness,
                                each(
                                        4,
                                        "<node_state id='%1$d' uname='n%1$d' in_ccm='true' crmd='online' join='member'"
                                                + " expected='member'/>")),
                "test");
        for (int round = 0; round < 5; round++) {
            cib = Execution.of(cib, Scheduler.schedule(cib, Instant.EPOCH).graph(), List.of(), Instant.EPOCH)
                    .cib();
        }
        return cib;
    }

    private static String each(int count, String text) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> text.formatted(number))
                .collect(Collectors.joining("\n"));
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
