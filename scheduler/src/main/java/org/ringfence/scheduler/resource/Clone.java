package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Truth;

/** A resource in several instances; with {@code promotable}, some of them may be promoted. */
public final class Clone extends Collective {
    /** How many instances are made at most, whatever is asked for: more than any cluster has use for. */
    public static final int MOST_INSTANCES = 1_000;

    /** Primitives or groups; the configured number, then those that are there beyond it. */
    public final List<Resource> instances = new ArrayList<>();

    public final boolean promotable;
    public final boolean unique;
    public final boolean ordered;
    public final boolean interleave;
    public final boolean notify;
    public final int max;
    public final int nodeMax;
    public final int min;
    public final int promotedMax;
    public final int promotedNodeMax;
    /** The id that its instances have without their number. */
    public final String childId;

    public Clone(
            String id,
            String childId,
            @Nullable Collective parent,
            Settings settings,
            boolean promotable,
            int position,
            int nodes,
            int otherwiseMax) {
        super(id, parent, settings, position, nodes);
        this.childId = childId;
        this.promotable = promotable;
        this.unique = isUnique(settings.meta());
        this.ordered = Truth.parse(settings.meta("ordered", ""), false);
        this.interleave = Truth.parse(settings.meta("interleave", ""), false);
        this.notify = Truth.parse(settings.meta("notify", ""), false);
        this.max = Math.clamp(number("clone-max", otherwiseMax), 0, MOST_INSTANCES);
        int perNode = Math.max(0, number("clone-node-max", 1));
        this.nodeMax = unique ? perNode : Math.min(perNode, 1);
        this.min = number("clone-min", 0);
        this.promotedMax = promotable ? number("promoted-max", number("master-max", 1)) : 0;
        this.promotedNodeMax = promotable ? number("promoted-node-max", number("master-node-max", 1)) : 0;
    }

    /** Instances differ where that is said, or where nothing is said and several may share a node. */
    static boolean isUnique(Map<String, String> meta) {
        return Truth.parse(meta.getOrDefault("globally-unique", ""), Settings.number(meta, "clone-node-max", 1) > 1);
    }

    private int number(String name, int otherwise) {
        return Settings.number(settings.meta(), name, otherwise);
    }

    @Override
    public List<Resource> children() {
        return instances;
    }
}
