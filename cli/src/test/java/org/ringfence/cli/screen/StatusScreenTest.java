package org.ringfence.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.ringfence.api.StatusReply;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.cli.testing.Golden;

/** One screen for each thing that a cluster can be in the midst of. */
class StatusScreenTest {

    private static String screen(StatusReply status, boolean colour) {
        var out = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), colour);
        new StatusScreen(terminal, TimeZone.getTimeZone("UTC"), status).show();
        return out.toString();
    }

    @Test
    void healthy() {
        Golden.compare(
                "screens/healthy.txt",
                "Three nodes, fencing usable, everything runs.",
                screen(Statuses.healthy(), false));
    }

    @Test
    void interlockEngaged() {
        Golden.compare(
                "screens/interlock.txt",
                "No fence device: the screen leads with it, and each resource says why it does not run.",
                screen(Statuses.interlockEngaged(), false));
    }

    @Test
    void waived() {
        Golden.compare("screens/waived.txt", "Running without fencing, by a waiver.", screen(Statuses.waived(), false));
    }

    @Test
    void nodeLost() {
        Golden.compare(
                "screens/node-lost.txt",
                "A node fell silent: its fencing is under way, a transition waits for it, failures are counted.",
                screen(Statuses.nodeLost(), false));
    }

    @Test
    void withoutConfiguration() {
        Golden.compare(
                "screens/empty.txt",
                "A node that has just been started for the first time, without quorum or DC.",
                screen(Statuses.empty(), false));
    }

    @Test
    void colourChangesNothingButColour() {
        for (StatusReply status : List.of(Statuses.healthy(), Statuses.nodeLost(), Statuses.interlockEngaged())) {
            String coloured = screen(status, true);
            assertThat(coloured).contains("\u001b[");
            assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(screen(status, false));
        }
    }
}
