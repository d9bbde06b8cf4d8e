package org.ringfence.scheduler.foresee;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.explain.Explainer;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Explanation;
import org.ringfence.scheduler.reason.Explanation.NodeScore;

/**
 * Why a resource is where it is, or nowhere, or not on some node.
 *
 * @param resource  what was asked about
 * @param instances what is decided about each instance of it, in the configuration's order
 * @param behind    the same for other resources that the reasons of those lead to
 * @param wanted    whether it is (or, by what the cluster is about to do, will be) where it was asked for: anywhere, or on the node
 * @param remedies  after which it is; empty when it is already, or when nothing was found
 */
public record Why(
        String resource, List<Explanation> instances, List<Explanation> behind, boolean wanted, List<Remedy> remedies) {
    /** How far reasons are followed from one resource to the next. */
    private static final int STEPS = 6;

    public Why {
        instances = List.copyOf(instances);
        behind = List.copyOf(behind);
        remedies = List.copyOf(remedies);
    }

    /** @return empty when there is no such resource */
    public static Optional<Why> of(Cib cib, Instant now, String resource) {
        return of(cib, now, resource, Optional.empty());
    }

    /** Why it is not on a node. @return empty when there is no such resource */
    public static Optional<Why> not(Cib cib, Instant now, String resource, String node) {
        return of(cib, now, resource, Optional.of(node));
    }

    private static Optional<Why> of(Cib cib, Instant now, String resource, Optional<String> node) {
        var places = new Places();
        Scheduler.schedule(cib, now, places);
        SortedSet<String> primitives = places.within(resource);
        if (primitives.isEmpty()) {
            return Optional.empty();
        }
        Reasons reasons = Reasons.of(cib, now, resource);
        Outlook asItIs = Outlook.of(cib, now);
        boolean there = isWanted(asItIs, primitives, node);
        List<Remedy> remedies = there
                ? List.of()
                : new Remedies(
                                cib,
                                now,
                                asItIs,
                                outlook -> isWanted(outlook, primitives, node),
                                changed -> ideas(changed, now, resource, node))
                        .find(primitives);
        return Optional.of(new Why(resource, reasons.asked(), reasons.behind(), there, remedies));
    }

    private static boolean isWanted(Outlook outlook, SortedSet<String> primitives, Optional<String> node) {
        return node.map(name -> outlook.runs(primitives, name)).orElseGet(() -> outlook.runs(primitives));
    }

    private static Collection<Change> ideas(Cib cib, Instant now, String resource, Optional<String> node) {
        var ideas = new Ideas(cib);
        List<Change> found =
                new ArrayList<>(ideas.of(Reasons.of(cib, now, resource).all()));
        node.ifPresent(name -> found.addFirst(
                Ideas.move(new Tree(cib.configuration()).upwards(resource).getLast(), name)));
        return found;
    }

    /** What speaks against a node, of each instance, nearest first. */
    public List<Cause> against(String node) {
        return instances.stream()
                .flatMap(instance -> instance.scores().stream())
                .filter(score -> score.node().equals(node))
                .map(Ideas::against)
                .flatMap(List<Cause>::stream)
                .distinct()
                .toList();
    }

    /** What each node has against it, of one instance. */
    public static List<Cause> against(NodeScore score) {
        return Ideas.against(score);
    }

    /** What was decided about a resource, and about those that the decision leads to. */
    private record Reasons(List<Explanation> asked, List<Explanation> behind) {
        List<Explanation> all() {
            List<Explanation> all = new ArrayList<>(asked);
            all.addAll(behind);
            return all;
        }

        static Reasons of(Cib cib, Instant now, String resource) {
            var ideas = new Ideas(cib);
            SortedSet<String> names = new TreeSet<>();
            names.add(resource);
            List<Explanation> asked = explain(cib, now, names);
            List<Explanation> all = asked;
            for (int step = 0; step < STEPS; step++) {
                SortedSet<String> further = new TreeSet<>(names);
                all.stream().filter(Reasons::isDown).forEach(one -> further.addAll(ideas.others(one)));
                if (further.equals(names)) {
                    break;
                }
                names = further;
                all = explain(cib, now, names);
            }
            List<String> own = asked.stream().map(Explanation::resource).toList();
            return new Reasons(
                    asked,
                    all.stream().filter(one -> !own.contains(one.resource())).toList());
        }

        private static boolean isDown(Explanation explanation) {
            return switch (explanation.decision()) {
                case STAYS_STOPPED, STOPS, BLOCKED -> true;
                case STARTS, RESTARTS, MOVES, MIGRATES, RELOADS, PROMOTED, DEMOTED, STAYS -> false;
            };
        }

        private static List<Explanation> explain(Cib cib, Instant now, SortedSet<String> names) {
            var explainer = new Explainer(names);
            Scheduler.schedule(cib, now, explainer);
            return explainer.explanations();
        }
    }
}
