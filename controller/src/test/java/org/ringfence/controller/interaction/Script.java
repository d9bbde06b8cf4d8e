package org.ringfence.controller.interaction;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.controller.Event;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
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
            case "disk" -> stage.full(node(words), words.get(1).equals("full"));
            case "damage" -> stage.damage(node(words));
            case "settle" -> stage.settle();
            case "lose" -> stage.lose();
            case "steps" -> stage.settle(Integer.parseInt(words.getFirst()));
            case "fire" -> stage.fire(node(words), words.get(1));
            case "agents" -> stage.agents();
            case "fencing" -> stage.fencing(words.getFirst().equals("works"));
            case "load" -> change(node(words), new Edit.Replace(CONFIGURATION, "sample"));
            case "set" -> {
                String[] pair = words.get(1).split("=", 2);
                change(node(words), new Edit.SetProperty(pair[0], pair[1]));
            }
            case "leave" -> stage.happens(node(words), new Event.LeaveRequested());
            default -> throw new IllegalArgumentException("no command " + command);
        }
    }

    private void change(NodeId node, Edit edit) {
        var change = new Request.ChangeConfiguration(List.of(edit), "", false, true);
        stage.happens(node, new Event.Requested(++requests, ADMINISTRATOR, change));
    }

    private static NodeId node(List<String> words) {
        return new NodeId(words.getFirst());
    }
}
