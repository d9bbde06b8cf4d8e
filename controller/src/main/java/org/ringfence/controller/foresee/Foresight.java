package org.ringfence.controller.foresee;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ringfence.controller.foresee.Failure.Kind;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibEdit;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.execution.Execution;
import org.ringfence.scheduler.execution.Injection;
import org.ringfence.scheduler.execution.Injector;
import org.ringfence.scheduler.execution.OperationOutcome;
import org.ringfence.scheduler.foresee.Makespan;
import org.ringfence.scheduler.foresee.Outlook;
import org.ringfence.scheduler.foresee.Standpoint;
import org.ringfence.scheduler.timers.Link;
import org.ringfence.scheduler.timers.Timers;

/**
 * What each single failure would mean for a cluster as it is. Immutable, so failures may be looked at by many threads at a time.
 *
 * <p>Taken into account: placement, ordering and all else that the scheduler knows; quorum; which fence devices cover a node, by their
 * configuration. Not: devices and disks that share a power supply or a switch, and whether a device works, which {@code fence test} finds out.
 */
public final class Foresight {
    private final Cib cib;
    private final Instant now;
    private final Inventory inventory;
    private final FenceReach reach;
    private final Injector injector;
    private final Standpoint begin;
    private final Outlook asItIs;
    private final Makespan makespan;
    private final Duration untilFenced;

    /** @param cib with its status; {@code now} is when it is as it is */
    public Foresight(Cib cib, Instant now) {
        this.cib = cib;
        this.now = now;
        this.inventory = new Inventory(cib);
        this.reach = FenceReach.of(cib);
        var known = new Injector.Known();
        this.begin = Standpoint.of(cib, now, inventory.and(known));
        this.injector = known.injector(cib, now);
        this.asItIs = Outlook.of(begin, List.of(), now);
        this.makespan = new Makespan(cib);
        this.untilFenced = Duration.ofMillis(Timers.of(cib).chain().stream()
                .filter(link -> link.counts() && !link.name().equals("start"))
                .mapToLong(Link::millis)
                .sum());
    }

    /** Everything in the cluster that may break alone, in the order of the table. */
    public List<Failure> failures() {
        List<Failure> failures = new ArrayList<>();
        inventory.members().forEach(node -> failures.add(new Failure(Kind.NODE, node)));
        inventory.members().forEach(node -> failures.add(new Failure(Kind.LINK, node)));
        reach.devices().forEach(device -> failures.add(new Failure(Kind.FENCE_DEVICE, device)));
        reach.disks().forEach(disk -> failures.add(new Failure(Kind.DISK, disk)));
        inventory.services().forEach(resource -> failures.add(new Failure(Kind.RESOURCE, resource)));
        return failures;
    }

    /** @throws UnusableInputException when the cluster has no such thing */
    public Consequence of(Failure failure) throws UnusableInputException {
        return switch (failure.kind()) {
            case NODE, LINK -> node(failure);
            case FENCE_DEVICE -> device(failure);
            case DISK -> Consequence.of(failure, List.of(), reach.withoutDisk(failure.name()));
            case RESOURCE -> resource(failure);
        };
    }

    /** A node that is cut off is lost to the others as one that is off. */
    private Consequence node(Failure failure) throws UnusableInputException {
        String name = failure.name();
        Cib failed = injector.apply(new Injection.NodeFail(new NodeId(name)));
        if (!inventory.isOnline(name)) {
            return Consequence.of(failure, List.of("it is not a member now"), List.of());
        }
        List<NodeId> rest = inventory.members().stream()
                .filter(member -> inventory.isOnline(member) && !member.equals(name))
                .map(NodeId::new)
                .toList();
        var quorum = new Quorum(inventory.members().stream().map(NodeId::new).toList());
        if (!quorum.holds(rest, true)) {
            String why = "the others have no quorum: " + quorum.shortfall(rest);
            return after(failure, failed.withAttribute("have-quorum", "0"), List.of(), List.of(why), untilFenced);
        }
        Optional<String> beyond = reach.beyond(name);
        if (beyond.isPresent()) {
            return new Consequence(failure, List.of(), onlyOn(name), List.of(beyond.get()), Optional.empty(), false);
        }
        return after(failure, failed, List.of(), List.of(), untilFenced);
    }

    /** What a node that cannot be fenced may hold is started nowhere else. */
    private List<String> onlyOn(String node) {
        return asItIs.active().entrySet().stream()
                .filter(entry ->
                        entry.getValue().contains(node) && entry.getValue().size() == 1)
                .map(entry -> entry.getKey())
                .toList();
    }

    private Consequence device(Failure failure) {
        Cib without = CibEdit.withMeta(cib, failure.name(), "target-role", "Stopped");
        FenceReach then = FenceReach.of(without);
        List<String> gaps = new ArrayList<>();
        SortedSet<String> uncovered = new TreeSet<>();
        for (String node : inventory.members()) {
            if (reach.beyond(node).isEmpty() && then.beyond(node).isPresent()) {
                uncovered.add(node);
            }
        }
        if (!uncovered.isEmpty()) {
            gaps.add("nothing could fence " + String.join(" ", uncovered)
                    + ", so what they run would not be recovered if they failed too");
        }
        return Consequence.of(failure, List.of("resources go on"), gaps);
    }

    private Consequence resource(Failure failure) throws UnusableInputException {
        String name = failure.name();
        SortedSet<String> places = asItIs.places(name);
        Optional<String> place = places.stream().filter(NodeId::isName).findFirst();
        if (place.isEmpty()) {
            return Consequence.of(failure, List.of("it runs nowhere now"), List.of());
        }
        var node = new NodeId(place.get());
        Optional<Long> interval = inventory.monitorMillis(name);
        if (interval.isEmpty()) {
            return Consequence.of(
                    failure, List.of(), List.of("nobody would notice: it has no monitor operation of its own"));
        }
        var fails = new OperationOutcome(name, "monitor", interval.get(), node, 1);
        var again = new OperationOutcome(name, "start", 0, node, 1);
        Cib failed = injector.apply(new Injection.Ended(fails));
        return after(failure, failed, List.of(again), List.of(), Duration.ofMillis(interval.get()));
    }

    /** Lets the failure have its course. */
    private Consequence after(
            Failure failure, Cib failed, List<OperationOutcome> failing, List<String> gaps, Duration before) {
        Outlook then = Outlook.of(begin.next(failed, now), failing, now);
        List<String> lost = List.copyOf(asItIs.missingIn(then));
        List<String> gapsThen = new ArrayList<>(gaps);
        if (!then.settled()) {
            gapsThen.add("the cluster would not come to rest after a few transitions");
        }
        Makespan.Span span = makespan.of(then.transitions());
        boolean idle = then.steps().isEmpty();
        return new Consequence(
                failure,
                happens(then),
                lost,
                gapsThen,
                idle ? Optional.empty() : Optional.of(before.plus(span.time())),
                span.guessed());
    }

    private List<String> happens(Outlook then) {
        List<String> clauses = new ArrayList<>();
        for (Execution.Step step : then.steps()) {
            if (step.action() instanceof GraphAction.ClusterAction fencing
                    && fencing.operation().equals("stonith")) {
                clauses.add(fencing.node() + " is fenced");
            }
        }
        SortedSet<String> restarted = new TreeSet<>();
        List<String> moved = new ArrayList<>();
        asItIs.active().forEach((primitive, places) -> {
            SortedSet<String> fresh = new TreeSet<>(then.places(primitive));
            fresh.removeAll(places);
            if (!fresh.isEmpty()) {
                moved.add(primitive + " to " + String.join(" and ", fresh));
            } else if (then.places(primitive).equals(places) && isStarted(then, primitive)) {
                restarted.add(primitive);
            }
        });
        if (!moved.isEmpty()) {
            clauses.add("moves " + shortened(moved));
        }
        if (!restarted.isEmpty()) {
            clauses.add("restarts " + shortened(List.copyOf(restarted)));
        }
        return clauses.stream().distinct().toList();
    }

    private static boolean isStarted(Outlook then, String primitive) {
        return then.steps().stream()
                .anyMatch(step -> step.action() instanceof GraphAction.ResourceAction operation
                        && operation.operation().equals("start")
                        && operation.resource().id().equals(primitive));
    }

    private static String shortened(List<String> parts) {
        int most = 4;
        String first = parts.stream().limit(most).collect(Collectors.joining(", "));
        return parts.size() > most ? first + " and " + (parts.size() - most) + " more" : first;
    }
}
