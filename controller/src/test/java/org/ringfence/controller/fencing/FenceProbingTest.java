package org.ringfence.controller.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Step;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.fencing.ProofStep.Kind;
import org.ringfence.controller.fencing.ProofStep.Verdict;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.model.NodeId;

/** What a path to a node is asked, step by step, and what is made of the answers. */
class FenceProbingTest {
    private static final NodeId DC = new NodeId("n1");
    private static final NodeId TARGET = new NodeId("n2");

    private final List<String> asked = new ArrayList<>();

    private static FenceCall call(String agent) {
        return new FenceCall(
                TARGET,
                "disks",
                agent,
                "off",
                "off",
                "n2",
                "",
                false,
                Optional.of(HostCheck.STATIC_LIST),
                false,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Duration.ofSeconds(60));
    }

    /** Steps of a path; an agent that can do all says yes to all but the action {@code broken}. */
    private List<ProofStep> probe(String agent, boolean answers, String broken) {
        var probe = new Message.FenceProbe(new ViewNumber(1, DC), 7, call(agent), answers);
        Step<FenceProbing.State> step = FenceProbing.asked(FenceProbing.State.INITIAL, DC, probe);
        while (step.effects().getFirst() instanceof Effect.RunFenceAgent(FenceAgents.Request request)) {
            asked.add(request.action() + " " + request.parameters());
            boolean works = !request.action().equals(broken);
            List<String> output = switch (request.action()) {
                case "metadata" ->
                    List.of("<resource-agent><parameters><parameter name=\"plug\"/></parameters>"
                            + "<actions><action name=\"monitor\"/><action name=\"status\"/><action name=\"list\"/>"
                            + "<action name=\"test\"/></actions></resource-agent>");
                case "list" -> List.of("n2");
                default -> List.of();
            };
            step = FenceProbing.finished(
                    step.state(),
                    new FenceAgents.Result(
                            request.token(), works, works ? 0 : 1, output, works ? "cleared it" : "no", Duration.ZERO));
        }
        assertThat(step.state().jobs()).isEmpty();
        return ((Effect.FenceProbeEnded) step.effects().getFirst()).found().steps();
    }

    private static Verdict guard(List<ProofStep> steps) {
        return steps.stream()
                .filter(step -> step.what() == Kind.GUARD)
                .map(ProofStep::verdict)
                .findFirst()
                .orElse(Verdict.NOT_TRIED);
    }

    @Test
    void aTestMessageIsSentThroughSharedDisksAndMustComeBack() {
        assertThat(guard(probe("ringfence_sbd", true, ""))).isEqualTo(Verdict.PROVEN);
        assertThat(asked.getLast()).startsWith("test {plug=n2,");
        List<ProofStep> silent = probe("ringfence_sbd", true, "test");
        assertThat(guard(silent)).isEqualTo(Verdict.FAILED);
        assertThat(silent.getLast().text()).isEqualTo("no test message came back: no");
    }

    @Test
    void noMessageIsSentToWhoDoesNotAnswerOrByAnotherDeviceOrAfterAFailure() {
        probe("ringfence_sbd", false, "");
        probe("fence_ipmilan", true, "");
        probe("ringfence_sbd", true, "list");
        assertThat(asked).noneMatch(request -> request.startsWith("test"));
    }

    @Test
    void whatCameBackIsNotSaidTwice() {
        List<ProofStep> path = probe("ringfence_sbd", true, "");
        assertThat(GuardProof.steps(path, TARGET, FactsState.EMPTY))
                .extracting(ProofStep::what)
                .containsExactly(Kind.WATCHDOG);
        assertThat(GuardProof.steps(List.of(), TARGET, FactsState.EMPTY))
                .extracting(ProofStep::what)
                .containsExactly(Kind.GUARD, Kind.WATCHDOG);
    }
}
