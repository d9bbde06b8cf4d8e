package org.ringfence.scheduler.constraint;

import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;

/** Adds scores to a resource and to what it is made of. */
public final class Scores {
    private Scores() {}

    /** @param says per node, whether a score is to be added at all */
    public static void add(Resource resource, int[] scores, boolean[] says) {
        for (int index = 0; index < scores.length; index++) {
            if (says[index]) {
                resource.scores[index] = Score.add(resource.scores[index], scores[index]);
            }
        }
        if (resource instanceof Group group && group.colocated) {
            // Members follow the first, whose score is the whole group's; for the rest it must not count again.
            int[] none = new int[scores.length];
            boolean first = true;
            for (Primitive member : group.members) {
                add(member, first ? scores : none, says);
                first = false;
            }
            return;
        }
        if (resource instanceof Bundle bundle) {
            bundle.located().forEach(part -> add(part, scores, says));
            return;
        }
        resource.children().forEach(child -> add(child, scores, says));
    }

    public static void add(Resource resource, ClusterNode node, int score) {
        int[] scores = new int[resource.scores.length];
        boolean[] says = new boolean[resource.scores.length];
        scores[node.index] = score;
        says[node.index] = true;
        add(resource, scores, says);
    }

    /** Takes all nodes from a resource. */
    public static void ban(Resource resource) {
        java.util.Arrays.fill(resource.scores, -Score.INFINITY);
        resource.children().forEach(Scores::ban);
    }
}
