package org.ringfence.scheduler.action;

import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;

/** Drops reloads of what restarts anyway. */
public final class Reloads {
    private final Actions actions;

    public Reloads(Actions actions) {
        this.actions = actions;
    }

    public void settle(Resources resources) {
        for (Primitive primitive : resources.primitives()) {
            for (Action reload : actions.of(primitive, "reload-agent")) {
                Action stop = actions.find(primitive, "stop", reload.node);
                if (stop != null && stop.isRequired()) {
                    reload.optional = true;
                }
                for (Action monitor : actions.ofAll(primitive)) {
                    if (monitor.intervalMillis > 0) {
                        actions.order(reload, monitor, 0);
                    }
                }
            }
        }
    }
}
