package org.ringfence.model.agent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a fence agent prints for {@code list}: one line for each plug, {@code PLUG}, {@code PLUG,ALIAS} or
 * {@code PLUG,ALIAS,STATUS}, as fence-agents write it, or the same parted by white space, as fence_virt does.
 */
public record PlugList(List<Plug> plugs) {

    public PlugList {
        plugs = List.copyOf(plugs);
    }

    /**
     * What a fence device can switch.
     *
     * @param name    what the agent is told
     * @param aliases further names, such as a virtual machine's beside its UUID, and its state where the agent adds it
     */
    public record Plug(String name, List<String> aliases) {
        public Plug {
            aliases = List.copyOf(aliases);
        }
    }

    public static PlugList read(List<String> lines) {
        List<Plug> plugs = new ArrayList<>();
        for (String line : lines) {
            List<String> fields = new ArrayList<>();
            Collections.addAll(fields, line.strip().split(line.contains(",") ? "\\s*,\\s*" : "\\s+"));
            fields.removeIf(String::isEmpty);
            if (!fields.isEmpty() && !fields.getFirst().equals("N/A")) {
                plugs.add(new Plug(fields.getFirst(), fields.subList(1, fields.size())));
            }
        }
        return new PlugList(plugs);
    }

    /** The plug of a node: one named as the node is, else one that has its name as alias; case does not matter. */
    public Optional<Plug> of(String node) {
        return plugs.stream()
                .filter(plug -> plug.name().equalsIgnoreCase(node))
                .findFirst()
                .or(() -> plugs.stream()
                        .filter(plug -> plug.aliases().stream().anyMatch(node::equalsIgnoreCase))
                        .findFirst());
    }
}
