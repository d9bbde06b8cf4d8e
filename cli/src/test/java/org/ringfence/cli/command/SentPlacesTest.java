package org.ringfence.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.api.Reply;
import org.ringfence.api.status.Role;
import org.ringfence.cli.input.ConfigurationFile;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.language.Loading;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

class SentPlacesTest {
    @Test
    void whatANodeSaysOfALineNamesTheLineThatSomebodyWrote() throws UnusableInputException {
        var file = new ConfigurationFile("web.crm", """
            property no-quorum-policy=stop
            primitive web ocf:heartbeat:Nonesuch \\
                op monitor interval=10s
            """);
        var nowhere = new PrintWriter(Writer.nullWriter());
        Cib changed = file.into(Cib.EMPTY, Loading.Mode.UPDATE, new Terminal(nowhere, nowhere, true));
        String sent = changed.write();
        Place there = Cib.read(sent, "web.crm").configuration().resources().values().stream()
                .map(Resource::place)
                .findFirst()
                .orElseThrow();
        var said = new Reply.Unusable(List.of(Problem.error(there, "primitive web", "is not there", "")));

        Reply.Outcome told = SentPlaces.of(changed, sent, "web.crm").in(said);

        assertThat(told)
                .isInstanceOfSatisfying(
                        Reply.Unusable.class,
                        unusable -> assertThat(unusable.problems().getFirst().place())
                                .isEqualTo(new Place("web.crm", 2, 1))
                                .isNotEqualTo(there));
    }

    @Test
    void theRestOfAPlanStaysAsItIs() {
        var step = new Reply.PlannedStep("stop", "web", new NodeId("n1"), Optional.empty());
        var away = new Reply.Away("web", Role.STARTED, Optional.empty(), false);
        var plan = new Reply.Plan(List.of(step), List.of(), List.of(), List.of(away));
        assertThat(SentPlaces.AS_WRITTEN.in(plan)).isEqualTo(plan);
    }
}
