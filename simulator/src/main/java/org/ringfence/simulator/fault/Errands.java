package org.ringfence.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.model.xml.Element;
import org.ringfence.simulator.judge.AcknowledgedConfigurationSurvives;
import org.ringfence.simulator.world.Chance;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.World;

/** What the administrator does in a random run. Every change carries a mark of its own, by which it is looked for later. */
public final class Errands {
    private final World world;
    private final Chance chance;
    private int changes;

    public Errands(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    void change(NodeId at) {
        ask(at, List.of());
    }

    void standby(NodeId at, NodeId node, boolean on) {
        ask(at, List.of(new Edit.SetNodeAttribute(node.name(), "standby", on ? "on" : "")));
    }

    void targetRole(NodeId at, String resource, boolean stopped) {
        ask(at, List.of(new Edit.SetMeta(resource, "target-role", stopped ? "Stopped" : "")));
    }

    void move(NodeId at, String resource, NodeId to) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("id", "move-" + resource);
        attributes.put("rsc", resource);
        attributes.put("node", to.name());
        attributes.put("score", "INFINITY");
        ask(at, List.of(new Edit.Put("constraints", Element.of("rsc_location", attributes, List.of()))));
    }

    void fencing(NodeId at, boolean on) {
        ask(at, List.of(new Edit.SetProperty("fencing-enabled", on ? "" : "false")));
    }

    void maintenance(NodeId at, boolean on) {
        ask(at, List.of(new Edit.SetProperty("maintenance-mode", on ? "true" : "")));
    }

    /** To be asked of a host only that has no power: whoever confirms has looked. */
    void confirmFenced(NodeId at, NodeId off) {
        world.administrator().ask(at, new Request.ConfirmFenced(off.name(), "it has no power"), this::note);
    }

    void cleanup(NodeId at) {
        world.administrator().ask(at, new Request.Cleanup(Optional.empty(), Optional.empty()), this::note);
    }

    /** Lets a node in that was fenced too often. */
    private void admit(NodeId node) {
        world.administrator()
                .ask(world.nodes().getFirst(), new Request.AdmitNode(node.name(), "faults have stopped"), this::note);
    }

    void fence(NodeId at, NodeId target) {
        world.administrator().ask(at, new Request.Fence(target.name(), "reboot", "because"), this::note);
    }

    void attribute(NodeId at, NodeId node) {
        Optional<String> value = Optional.of(Integer.toString(chance.between(0, 9)));
        world.administrator().ask(at, new Request.SetAttribute(node.name(), "weather", value), this::note);
    }

    private void ask(NodeId at, List<Edit> edits) {
        world.administrator().ask(at, marked(edits), this::note);
    }

    private Request marked(List<Edit> edits) {
        List<Edit> all = new ArrayList<>(edits);
        int number = ++changes;
        all.add(new Edit.SetProperty(AcknowledgedConfigurationSurvives.MARK + number, Integer.toString(number)));
        return new Request.ChangeConfiguration(all, "change " + number, false, true);
    }

    private void note(Answer answer) {
        world.note("answer: " + answer);
    }

    /** Loads a configuration: asks one node after the other until it is acknowledged. */
    public void load(List<Edit> configuration) {
        untilDone(marked(configuration), 0);
    }

    /** Takes back all that {@link Mischief} may have had the administrator change, and forgets failures. */
    public void restore(List<String> resources) {
        // From the administrator's own copy, in case that the only disk which had it was a bad one.
        List<Edit> edits = new ArrayList<>(ClusterText.edits(world.nodes(), resources.size(), 1, world.protection()));
        world.nodes().forEach(node -> edits.add(new Edit.SetNodeAttribute(node.name(), "standby", "")));
        resources.forEach(resource -> edits.add(new Edit.SetMeta(resource, "target-role", "")));
        edits.add(new Edit.SetProperty("fencing-enabled", ""));
        edits.add(new Edit.SetProperty("maintenance-mode", ""));
        untilDone(marked(edits), 0);
        cleanEverySoOften(6);
    }

    private void cleanEverySoOften(int times) {
        world.clock().after(Duration.ofSeconds(20), () -> {
            cleanup(world.nodes().getFirst());
            world.nodes().forEach(this::admit);
            if (times > 1) {
                cleanEverySoOften(times - 1);
            }
        });
    }

    private void untilDone(Request request, int attempt) {
        boolean[] done = {false};
        NodeId node = world.nodes().get(attempt % world.nodes().size());
        world.administrator().ask(node, request, answer -> {
            note(answer);
            done[0] |= answer instanceof Answer.Done;
        });
        world.clock().after(Duration.ofSeconds(4), () -> {
            if (!done[0]) {
                untilDone(request, attempt + 1);
            }
        });
    }
}
