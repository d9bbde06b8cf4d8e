package org.ringfence.cli.screen;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.cli.testing.Golden;
import org.ringfence.model.NodeId;

class HistoryScreenTest {
    private static HistoryEntry entry(String at, HistoryKind kind, String subject, String text) {
        return new HistoryEntry(
                Instant.parse(at), new NodeId("n1"), kind, subject, text, Optional.of("4"), new LinkedHashMap<>());
    }

    @Test
    void aLostNode() {
        var out = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), false);
        var history = new HistoryReply(
                List.of(
                        entry(
                                "2026-02-28T23:59:59.100Z",
                                HistoryKind.NODE_LOST,
                                "n3",
                                "n3: neither daemon nor host answers"),
                        entry("2026-03-01T00:00:00.250Z", HistoryKind.FENCE_ASKED, "n3", "fence n3: it may hold web"),
                        entry(
                                "2026-03-01T00:00:00.300123Z",
                                HistoryKind.FENCE_CONFIRMED,
                                "n3",
                                "n3 is off, says ipmi")),
                false);
        new HistoryScreen(terminal, new Moments(Instant.parse("2026-03-01T14:05:00Z"), TimeZone.getTimeZone("UTC")))
                .show(history);
        Golden.compare("screens/history.txt", "A lost node, over midnight; older entries are gone.", out.toString());
    }
}
