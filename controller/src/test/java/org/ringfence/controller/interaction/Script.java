package org.ringfence.controller.interaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.Event;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.model.NodeId;

/**
 * A conversation as it lies in a file: comments begin with {@code #}, commands with {@code >}, and what comes of a command
 * stands below it, indented.
 */
final class Script {
    private static final Caller ADMINISTRATOR = new Caller("admin", 0, 1);

    /** A fence device for every node, and one resource. */
    private static final String CONFIGURATION = """
        <cib admin_epoch="0" epoch="0" num_updates="0"><configuration><crm_config/><nodes/><resources>
          <primitive id="power" class="stonith" type="fence_power"><instance_attributes id="power-p">
            <nvpair id="power-h" name="pcmk_host_list" value="n1 n2 n3 n4 n5"/>
            <nvpair id="power-r" name="pcmk_reboot_retries" value="1"/></instance_attributes></primitive>
          <primitive id="web" class="ocf" provider="test" type="Web"/>
        </resources><constraints/></configuration></cib>
        """;

    /** No fence device: the nodes' watchdogs are waited for. */
    private static final String WITHOUT_DEVICE = """
        <cib admin_epoch="0" epoch="0" num_updates="0"><configuration><crm_config>
          <cluster_property_set id="o"><nvpair id="w" name="fencing-watchdog-timeout" value="20s"/></cluster_property_set>
        </crm_config><nodes/><resources>
          <primitive id="web" class="ocf" provider="test" type="Web"/>
        </resources><constraints/></configuration></cib>
        """;

    private static final GuardPromise DISKLESS =
            new GuardPromise(Duration.ofSeconds(8), Duration.ofSeconds(10), 0, Duration.ZERO);

    private final List<String> lines = new ArrayList<>();
    private final Stage stage = new Stage(lines::add);
    private long requests;

    private Script() {}

    /** The same conversation, with what comes of each command as it is now. */
    static String play(String text) {
        var script = new Script();
        text.lines().filter(line -> !line.startsWith("  ")).forEach(script::line);
        return String.join("\n", script.lines) + "\n";
    }

    private void line(String line) {
        lines.add(line);
        if (line.startsWith("> ")) {
            String[] words = line.substring(2).split(" ");
            command(words[0], List.of(words).subList(1, words.length));
        }
    }

    private void command(String command, List<String> words) {
        switch (command) {
            case "nodes" -> stage.nodes(Integer.parseInt(words.getFirst()));
            case "release" -> stage.release(node(words), Integer.parseInt(words.get(1)));
            case "start" -> words.forEach(word -> stage.start(new NodeId(word)));
            case "connect" -> {
                if (words.getFirst().equals("all")) {
                    stage.connectAll();
                } else {
                    stage.connect(node(words), new NodeId(words.get(1)));
                }
            }
            case "cut" -> stage.cut(node(words), new NodeId(words.get(1)));
            case "kill" -> words.forEach(word -> stage.kill(new NodeId(word)));
            case "silent" -> stage.silent(node(words));
            case "disk" -> {
                stage.full(node(words), words.get(1).equals("full"));
                stage.slow(node(words), words.get(1).equals("slow"));
            }
            case "damage" -> stage.damage(node(words));
            case "settle" -> stage.settle();
            case "lose" -> stage.lose();
            case "steps" -> stage.settle(Integer.parseInt(words.getFirst()));
            case "fire" -> stage.fire(node(words), words.get(1));
            case "agents" -> stage.agents();
            case "fencing" -> stage.fencing(words.getFirst().equals("works"));
            case "agent" ->
                stage.fenceAgents(node(words), Integer.parseInt(words.get(1)), words.subList(2, words.size()));
            case "chance" -> stage.chance(Long.parseLong(words.getFirst()));
            case "reboots" -> stage.reboots(words.getFirst().equals("yes"));
            case "configure" -> change(node(words), new Edit.Replace(text(words.subList(1, words.size())), "sample"));
            case "fence" ->
                ask(
                        node(words),
                        new Request.Fence(words.get(1), words.size() > 2 ? words.get(2) : "reboot", "it misbehaves"));
            case "test" -> ask(node(words), new Request.FenceTest(Optional.of(words.get(1)), Optional.empty()));
            case "tell" ->
                ask(
                        node(words),
                        new Request.SetAttribute(
                                words.getFirst(),
                                words.get(1),
                                Optional.of(String.join(" ", words.subList(2, words.size())))));
            case "admit" -> ask(node(words), new Request.AdmitNode(words.get(1), "because"));
            case "confirm" -> ask(node(words), new Request.ConfirmFenced(words.get(1), "looked"));
            case "load" -> change(node(words), new Edit.Replace(CONFIGURATION, "sample"));
            case "load-diskless" -> change(node(words), new Edit.Replace(WITHOUT_DEVICE, "diskless"));
            case "set" -> {
                String[] pair = words.get(1).split("=", 2);
                change(node(words), new Edit.SetProperty(pair[0], pair[1]));
            }
            case "set-if-safe" -> {
                String[] pair = words.get(1).split("=", 2);
                List<Edit> edits = List.of(new Edit.SetProperty(pair[0], pair[1]));
                ask(node(words), new Request.ChangeConfiguration(edits, "", false, false));
            }
            case "guard" ->
                words.forEach(
                        word -> stage.happens(new NodeId(word), new Event.GuardReported(Optional.of(DISKLESS), false)));
            case "pass" -> stage.pass(Long.parseLong(words.getFirst()));
            case "leave" -> stage.happens(node(words), new Event.LeaveRequested());
            default -> throw new IllegalArgumentException("no command " + command);
        }
    }

    /**
     * A configuration with devices in it and one resource.
     *
     * @param words {@code DEVICE[,OPTION=VALUE...]}, or {@code property:NAME=VALUE}
     */
    private static String text(List<String> words) {
        var properties = new StringBuilder();
        var devices = new StringBuilder();
        for (String word : words) {
            String[] parts = word.split(",");
            if (word.startsWith("property:")) {
                String[] pair = word.substring("property:".length()).split("=", 2);
                properties.append("<nvpair id=\"p-%1$s\" name=\"%1$s\" value=\"%2$s\"/>".formatted(pair[0], pair[1]));
                continue;
            }
            devices.append(
                    "<primitive id=\"%1$s\" class=\"stonith\" type=\"fence_%1$s\"><instance_attributes id=\"%1$s-p\">"
                            .formatted(parts[0]));
            for (int index = 1; index < parts.length; index++) {
                String[] pair = parts[index].split("=", 2);
                devices.append("<nvpair id=\"%1$s-%2$s\" name=\"%2$s\" value=\"%3$s\"/>"
                        .formatted(parts[0], pair[0], pair[1].replace('+', ' ')));
            }
            devices.append("</instance_attributes></primitive>");
        }
        return "<cib admin_epoch=\"0\" epoch=\"0\" num_updates=\"0\"><configuration><crm_config>"
                + "<cluster_property_set id=\"s\">" + properties
                + "</cluster_property_set></crm_config><nodes/><resources>"
                + devices + "<primitive id=\"web\" class=\"ocf\" provider=\"test\" type=\"Web\"/>"
                + "</resources><constraints/></configuration></cib>";
    }

    private void change(NodeId node, Edit edit) {
        ask(node, new Request.ChangeConfiguration(List.of(edit), "", false, true));
    }

    private void ask(NodeId node, Request request) {
        stage.happens(node, new Event.Requested(++requests, ADMINISTRATOR, request));
    }

    private static NodeId node(List<String> words) {
        return new NodeId(words.getFirst());
    }
}
