package org.ringfence.scheduler.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.action.Actions;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.reason.Account;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Explanation;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/**
 * Explains what was decided about some resources. It is handed to the scheduler, which then computes the same transition as
 * without it; afterwards {@link #explanations} has an entry for every instance of what was asked about. For one run.
 */
public final class Explainer implements Observer {
    private static final Cause BANNED =
            Cause.of(Kind.FAILED, "an operation failed here, and its on-fail takes the node from it");

    private final Set<String> asked;
    private final Set<String> missing;
    private final List<Primitive> explained = new ArrayList<>();
    private final List<Explanation> explanations = new ArrayList<>();
    private Nodes nodes = new Nodes();

    /** @param asked ids of resources: single ones, instances, or what holds some; others are left out of the answer */
    public Explainer(Set<String> asked) {
        this.asked = Collections.unmodifiableSet(new TreeSet<>(asked));
        this.missing = new TreeSet<>(asked);
    }

    /** What was asked about and does not exist, once a transition has been computed. */
    public Set<String> missing() {
        return Collections.unmodifiableSet(missing);
    }

    /** In the configuration's order; empty when there is no such resource. */
    public List<Explanation> explanations() {
        return List.copyOf(explanations);
    }

    @Override
    public void known(Nodes foundNodes, Resources resources) {
        nodes = foundNodes;
        for (Resource resource : resources.top()) {
            watch(resource, false);
            resource.book(() -> BANNED);
        }
    }

    private boolean watch(Resource resource, boolean above) {
        boolean wanted = above || isAsked(resource);
        boolean within = false;
        for (Resource child : resource.children()) {
            within |= watch(child, wanted);
        }
        if (wanted) {
            resource.account = new Account(resource.scores);
            resource.promotionAccount = Account.ofOne();
        }
        if (wanted && resource instanceof Primitive primitive) {
            explained.add(primitive);
        }
        resource.explained = wanted || within;
        return resource.explained;
    }

    private boolean isAsked(Resource resource) {
        boolean found = isAsked(resource.id);
        if (resource instanceof Primitive primitive) {
            found |= isAsked(primitive.configured.id());
        } else if (resource instanceof Clone clone) {
            found |= isAsked(clone.childId);
        }
        return found;
    }

    private boolean isAsked(String name) {
        missing.remove(name);
        return asked.contains(name);
    }

    @Override
    public void decided(Actions actions, Constraints constraints) {
        var reasons = new ActionReasons(constraints);
        for (Primitive primitive : explained) {
            explanations.add(new Decisions(nodes, actions, reasons, primitive).explanation());
        }
    }
}
