package org.ringfence.scheduler;

import org.ringfence.scheduler.action.Actions;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.resource.Resources;

/**
 * Looks on while a transition is computed, for those who explain it to people. What it is shown changes afterwards, so it
 * takes what it wants when it is called; it changes nothing.
 */
public interface Observer {
    /** Nobody looks on. */
    Observer NONE = new Observer() {};

    /** The status has been read: what each resource is and where, and what each node is. */
    default void known(Nodes nodes, Resources resources) {}

    /** Every resource has been given its node and its role. */
    default void placed(Nodes nodes, Resources resources) {}

    /** It is known what is done and what is not. */
    default void decided(Actions actions, Constraints constraints) {}

    /** Both look on, this one first. */
    default Observer and(Observer other) {
        Observer self = this;
        return new Observer() {
            @Override
            public void known(Nodes nodes, Resources resources) {
                self.known(nodes, resources);
                other.known(nodes, resources);
            }

            @Override
            public void placed(Nodes nodes, Resources resources) {
                self.placed(nodes, resources);
                other.placed(nodes, resources);
            }

            @Override
            public void decided(Actions actions, Constraints constraints) {
                self.decided(actions, constraints);
                other.decided(actions, constraints);
            }
        };
    }
}
