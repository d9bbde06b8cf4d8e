package org.ringfence.daemon.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.model.NodeId;

class IncidentsTest {
    private static final Instant START = Instant.parse("2026-11-27T06:15:03Z");

    private final List<Line> lines = new ArrayList<>();

    private void at(double seconds, Kind kind, String subject, String... details) {
        var named = new LinkedHashMap<String, String>();
        for (int index = 0; index < details.length; index += 2) {
            named.put(details[index], details[index + 1]);
        }
        Instant when = START.plusMillis((long) (seconds * 1000));
        lines.add(new Line(new HistoryEntry(when, new NodeId("n1"), kind, subject, kind.name(), named), Duration.ZERO));
    }

    private static List<Kind> kinds(Incident incident) {
        return incident.lines().stream().map(line -> line.entry().kind()).toList();
    }

    private void lostNode() {
        at(0, Kind.FAULT_NOTICED, "n3", "silence", "GONE");
        at(0.2, Kind.VIEW_READY, "");
        at(0.3, Kind.TRANSITION_COMPUTED, "7");
        at(0.4, Kind.FENCE_ASKED, "n3");
        at(1.4, Kind.FENCE_CONFIRMED, "n3");
        at(1.6, Kind.ACTION_ENDED, "web");
        at(1.7, Kind.TRANSITION_ENDED, "7", "complete", "true");
    }

    @Test
    void aLostNodeIsOneIncidentFromTheFaultToTheEndOfTheRecovery() {
        at(-100, Kind.REQUEST, "");
        lostNode();
        at(30, Kind.REQUEST, "");
        List<Incident> found = Incidents.of(lines);
        assertEquals(1, found.size());
        assertEquals("20261127-061503-n3", found.getFirst().id());
        assertEquals(7, found.getFirst().lines().size());
        assertEquals(Optional.of(START.plusMillis(1700)), found.getFirst().ended());
    }

    @Test
    void whatTwoNodesNoticeIsOneIncident() {
        lostNode();
        lines.add(1, lines.getFirst());
        assertEquals(1, Incidents.of(lines).size());
    }

    @Test
    void anOpenFencingKeepsItOpen() {
        at(0, Kind.FAULT_NOTICED, "n3", "silence", "GONE");
        at(0.4, Kind.FENCE_ASKED, "n3");
        at(1, Kind.FENCE_FAILED, "n3");
        at(2, Kind.TRANSITION_ENDED, "7", "complete", "true");
        at(200, Kind.FENCE_CONFIRMED, "n3");
        List<Incident> found = Incidents.of(lines);
        assertEquals(1, found.size());
        assertEquals(Optional.empty(), found.getFirst().ended());
        assertEquals(5, found.getFirst().lines().size());
    }

    @Test
    void aRelapseBelongsToItAndALaterFaultDoesNot() {
        at(0, Kind.RESOURCE_FAILED, "web");
        at(1, Kind.TRANSITION_ENDED, "1", "complete", "true");
        at(2, Kind.RESOURCE_FAILED, "web");
        at(3, Kind.TRANSITION_ENDED, "2", "complete", "true");
        at(60, Kind.RESOURCE_FAILED, "web");
        at(61, Kind.TRANSITION_ENDED, "3", "complete", "true");
        List<Incident> found = Incidents.of(lines);
        assertEquals(2, found.size());
        assertEquals(4, found.getFirst().lines().size());
        assertEquals(Optional.of(START.plusSeconds(61)), found.getLast().ended());
    }

    @Test
    void aSlowNodeBeforeItsLossIsAnOmen() {
        at(-20, Kind.NODE_SLOW, "n3");
        at(-10, Kind.NODE_SLOW, "n2");
        lostNode();
        Incident found = Incidents.of(lines).getFirst();
        assertEquals(Kind.NODE_SLOW, kinds(found).getFirst());
        assertEquals(8, found.lines().size());
        assertEquals(Kind.FAULT_NOTICED, found.cause().kind());
    }

    @Test
    void anOrderlyLeaveIsNoIncident() {
        at(0, Kind.FAULT_NOTICED, "n3", "silence", "LEFT");
        at(1, Kind.TRANSITION_ENDED, "1", "complete", "true");
        assertTrue(Incidents.of(lines).isEmpty());
    }

    @Test
    void aFaultThatNothingCameOfEndsByItself() {
        at(0, Kind.PROBLEM, "n3");
        at(300, Kind.PROBLEM, "n2");
        assertEquals(2, Incidents.of(lines).size());
    }

    @Test
    void ofClocksTheLeastWayTellsTheLead() {
        var clocks = new Clocks();
        var n2 = new NodeId("n2");
        // Two seconds ahead; the ways take 5, 1 and 9 ms.
        for (long way : List.of(5, 1, 9)) {
            clocks.told(n2, START.plusMillis(2000), START.plusMillis(way));
        }
        assertEquals(Duration.ofMillis(1999), clocks.ahead(n2));
        assertEquals(Duration.ZERO, clocks.ahead(new NodeId("n3")));
    }

    @Test
    void whatArrivesLateIsAClockBehindOnlyWhenAllOfManyDo() {
        var clocks = new Clocks();
        var n2 = new NodeId("n2");
        for (int count = 1; count <= 16; count++) {
            assertEquals(Duration.ZERO, clocks.ahead(n2));
            clocks.told(n2, START.minusSeconds(1), START.plusMillis(count));
        }
        assertEquals(Duration.ofMillis(-1001), clocks.ahead(n2));
        clocks.told(n2, START, START.plusMillis(3));
        assertEquals(Duration.ZERO, clocks.ahead(n2));
    }
}
