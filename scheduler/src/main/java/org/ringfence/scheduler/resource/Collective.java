package org.ringfence.scheduler.resource;

import org.jspecify.annotations.Nullable;

/** A resource made of resources. */
public abstract sealed class Collective extends Resource permits Group, Clone, Bundle {
    Collective(String id, @Nullable Collective parent, Settings settings, int position, int nodes) {
        super(id, parent, settings, position, nodes);
    }
}
