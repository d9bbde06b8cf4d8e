package org.ringfence.simulator.plain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Constraint;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.Scheduler;

/**
 * Places primitives: each on one node, where it is already if it may stay, else where the fewest run. Fences nodes that are
 * lost, were never seen or cannot stop something, and starts nothing before that is done. Knows standby, shutdown, target
 * roles, location constraints between a resource and a node, infinite fail counts and quorum; nothing else.
 */
public final class PlainScheduler {
    private final Cib cib;
    private final boolean quorate;
    private final SortedSet<String> unclean = new TreeSet<>();
    private final SortedSet<String> online = new TreeSet<>();
    private final SortedMap<String, NodeState> states = new TreeMap<>();
    private final SortedMap<String, Integer> load = new TreeMap<>();
    private final PlainGraph graph = new PlainGraph();

    private PlainScheduler(Cib cib) {
        this.cib = cib;
        quorate = cib.document().attribute("have-quorum", "0").equals("1");
    }

    public static Scheduler.Schedule schedule(Cib cib, Instant now) {
        return new Scheduler.Schedule(new PlainScheduler(cib).decide(), List.of());
    }

    private TransitionGraph decide() {
        List<Resource.Primitive> primitives = primitives();
        cib.status().nodes().values().forEach(state -> states.put(state.uname(), state));
        cib.configuration().nodes().values().forEach(node -> look(node.name(), primitives));
        List<Integer> fences = new ArrayList<>();
        if (quorate) {
            unclean.forEach(node -> fences.add(graph.fence(new NodeId(node))));
        }
        primitives.forEach(primitive -> place(primitive, fences));
        for (String node : online) {
            boolean empty = primitives.stream()
                    .map(primitive -> belief(node, primitive).state())
                    .allMatch(state -> state == Belief.State.STOPPED || state == Belief.State.UNKNOWN);
            if (empty && attribute(node, "shutdown").isPresent()) {
                graph.shutdown(new NodeId(node));
            }
        }
        return graph.build();
    }

    private List<Resource.Primitive> primitives() {
        return cib.configuration().resources().values().stream()
                .filter(Resource.Primitive.class::isInstance)
                .map(Resource.Primitive.class::cast)
                .filter(primitive -> !primitive.agent().standard().equals("stonith"))
                .toList();
    }

    private void look(String node, List<Resource.Primitive> primitives) {
        NodeState state = states.get(node);
        boolean member = state != null
                && "true".equals(state.membership().get("in_ccm"))
                && "online".equals(state.membership().get("crmd"));
        boolean lost = state != null && "member".equals(state.membership().get("expected")) && !member;
        boolean stuck = member
                && primitives.stream()
                        .anyMatch(primitive -> belief(node, primitive).state() == Belief.State.STUCK);
        if (state == null || lost || stuck) {
            unclean.add(node);
        } else if (member) {
            online.add(node);
        }
    }

    private Belief belief(String node, Resource.Primitive primitive) {
        NodeState state = states.get(node);
        return Belief.of(
                state == null
                        ? Optional.empty()
                        : Optional.ofNullable(state.history().get(primitive.id())));
    }

    private void place(Resource.Primitive primitive, List<Integer> fences) {
        List<Integer> first = new ArrayList<>(fences);
        List<String> runsOn = new ArrayList<>();
        List<String> failedOn = new ArrayList<>();
        boolean busy = false;
        boolean unknown = false;
        for (String node : online) {
            switch (belief(node, primitive).state()) {
                case UNKNOWN -> {
                    first.add(graph.probe(new NodeId(node), primitive));
                    unknown = true;
                }
                case BUSY -> busy = true;
                case STOPPED -> {}
                case RUNS -> runsOn.add(node);
                case FAILED -> failedOn.add(node);
                case STUCK -> throw new IllegalStateException("a node that cannot stop something is not online");
            }
        }
        if (busy || unknown) {
            return;
        }
        Optional<String> where = quorate ? best(primitive, runsOn) : Optional.empty();
        boolean several = runsOn.size() > 1;
        boolean stays = !several && where.isPresent() && runsOn.contains(where.get());
        for (String node : failedOn) {
            first.add(graph.stop(new NodeId(node), primitive));
        }
        for (String node : runsOn) {
            if (!stays) {
                first.add(graph.stop(new NodeId(node), primitive));
            } else if (!belief(node, primitive).isMonitored()) {
                graph.monitor(new NodeId(node), primitive, List.of());
            }
        }
        where.ifPresent(node -> {
            load.merge(node, 1, Integer::sum);
            if (!stays) {
                int start = graph.start(new NodeId(node), primitive, first);
                graph.monitor(new NodeId(node), primitive, List.of(start));
            }
        });
    }

    private Optional<String> best(Resource.Primitive primitive, List<String> runsOn) {
        if (value(primitive.meta(), "target-role").orElse("Started").equalsIgnoreCase("stopped")) {
            return Optional.empty();
        }
        Optional<String> best = Optional.empty();
        int bestScore = Integer.MIN_VALUE;
        for (String node : online) {
            if (may(node, primitive)) {
                int score =
                        wish(node, primitive) * 1_000 + (runsOn.contains(node) ? 500 : 0) - load.getOrDefault(node, 0);
                if (score > bestScore) {
                    bestScore = score;
                    best = Optional.of(node);
                }
            }
        }
        return best;
    }

    private boolean may(String node, Resource.Primitive primitive) {
        boolean standby = cib.configuration()
                .nodeNamed(node)
                .flatMap(configured -> value(configured.attributes(), "standby"))
                .flatMap(Truth::parse)
                .orElse(false);
        NodeState state = states.get(node);
        boolean failed = state != null
                && state.attributes().entrySet().stream()
                        .anyMatch(entry -> entry.getKey().startsWith("fail-count-" + primitive.id() + "#")
                                && entry.getValue().equals("INFINITY"));
        return !standby && !failed && attribute(node, "shutdown").isEmpty() && wish(node, primitive) > -1_000;
    }

    /** From -1000 (never) to 1000 (always). */
    private int wish(String node, Resource.Primitive primitive) {
        int sum = 0;
        for (Constraint constraint : cib.configuration().constraints()) {
            if (constraint instanceof Constraint.Location location
                    && location.resource().equals(primitive.id())
                    && location.node().equals(node)) {
                sum += switch (location.score().orElse("0")) {
                    case "INFINITY", "+INFINITY" -> 1_000;
                    case "-INFINITY" -> -10_000;
                    default -> 1;
                };
            }
        }
        return Math.max(-1_000, Math.min(1_000, sum));
    }

    private Optional<String> attribute(String node, String name) {
        NodeState state = states.get(node);
        return state == null
                ? Optional.empty()
                : Optional.ofNullable(state.attributes().get(name));
    }

    private static Optional<String> value(List<AttributeSet> sets, String name) {
        return sets.stream()
                .filter(set -> set.values().containsKey(name))
                .findFirst()
                .map(set -> set.values().get(name));
    }
}
