package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Truth;

/** Members that run on one node, in order. */
public final class Group extends Collective {
    public final List<Primitive> members = new ArrayList<>();
    public final boolean ordered;
    public final boolean colocated;

    public Group(String id, @Nullable Collective parent, Settings settings, int position, int nodes) {
        super(id, parent, settings, position, nodes);
        this.ordered = Truth.parse(settings.meta("ordered", ""), true);
        this.colocated = Truth.parse(settings.meta("collocated", ""), true);
    }

    @Override
    public List<Primitive> children() {
        return members;
    }

    public Primitive first() {
        return members.getFirst();
    }

    public Primitive last() {
        return members.getLast();
    }
}
