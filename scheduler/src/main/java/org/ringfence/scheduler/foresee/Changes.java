package org.ringfence.scheduler.foresee;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibEdit;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.Status;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;
import org.ringfence.model.xml.Element;
import org.ringfence.scheduler.execution.Injection;

/** What changes make of a CIB. */
final class Changes {
    private Changes() {}

    static Cib property(Cib cib, String name, String value) {
        return CibEdit.withProperty(cib, name, value);
    }

    static Cib meta(Cib cib, List<String> resources, String name, String value) {
        Cib changed = cib;
        for (String resource : resources) {
            changed = CibEdit.withMeta(changed, resource, name, value);
        }
        return changed;
    }

    static Cib withoutMeta(Cib cib, String resource, String name) {
        return CibEdit.withoutMeta(cib, resource, name);
    }

    static Cib withoutConstraint(Cib cib, String id) {
        return CibEdit.without(cib, "constraints", id);
    }

    static Cib location(Cib cib, String id, String resource, String node, int score) {
        return CibEdit.withLocation(cib, id, resource, node, Score.text(score));
    }

    static Cib forget(Cib cib, String resource, String node) {
        var tree = new Tree(cib.configuration());
        return Forgetting.of(
                        cib,
                        name -> resource.isEmpty() || tree.upwards(name).contains(resource),
                        name -> node.isEmpty() || name.equals(node))
                .cib();
    }

    /** As a node that has booted: nothing asks it to leave any more. */
    static Cib up(Cib cib, String node, Instant now) throws UnusableInputException {
        Cib joined = inject(cib, new Injection.NodeUp(new NodeId(node)), now);
        return withState(joined, node, state -> {
            SequencedMap<String, String> attributes = new LinkedHashMap<>(state.attributes());
            attributes.remove("shutdown");
            SequencedMap<String, String> membership = new LinkedHashMap<>(state.membership());
            membership.remove("shutdown");
            return new NodeState(state.id(), state.uname(), membership, attributes, state.history(), state.other());
        });
    }

    static Cib down(Cib cib, String node, Instant now) throws UnusableInputException {
        return inject(cib, new Injection.NodeDown(new NodeId(node)), now);
    }

    static Cib grant(Cib cib, String ticket, Instant now) throws UnusableInputException {
        Cib granted = inject(cib, new Injection.Ticket(ticket, true), now);
        List<Element> tickets = granted.status().tickets().stream()
                .map(state -> state.id().equals(ticket) ? state.withAttribute("standby", "false") : state)
                .toList();
        return granted.withStatus(new Status(granted.status().nodes(), tickets));
    }

    static Cib quorum(Cib cib) {
        return cib.withAttribute("have-quorum", "1");
    }

    private static Cib inject(Cib cib, Injection injection, Instant now) throws UnusableInputException {
        return Injection.applyAll(List.of(injection), cib, now);
    }

    /** With a stand-in for the device that somebody would configure. */
    static Cib device(Cib cib) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("id", "a-fence-device");
        attributes.put("class", "stonith");
        attributes.put("type", "fence_ipmilan");
        return CibEdit.with(cib, "resources", Element.of("primitive", attributes, List.of()));
    }

    /** Whether an attribute of a node is on, permanent or until it boots. */
    static boolean isOn(Cib cib, String node, String name) {
        boolean permanent = cib.configuration().nodeNamed(node).stream()
                .flatMap(configured -> configured.attributes().stream())
                .map(AttributeSet::values)
                .flatMap(values -> Optional.ofNullable(values.get(name)).stream())
                .anyMatch(text -> Truth.parse(text, false));
        return permanent
                || cib.status().nodes().values().stream()
                        .filter(state -> state.uname().equals(node))
                        .flatMap(state -> Optional.ofNullable(state.attributes().get(name)).stream())
                        .anyMatch(text -> Truth.parse(text, false));
    }

    static Cib withoutNodeAttribute(Cib cib, String node, String name) {
        return withState(CibEdit.withoutNodeAttribute(cib, node, name), node, state -> {
            SequencedMap<String, String> attributes = new LinkedHashMap<>(state.attributes());
            attributes.remove(name);
            return withAttributes(state, attributes);
        });
    }

    static Cib healthy(Cib cib, String node) {
        List<String> marks = new ArrayList<>();
        cib.configuration()
                .nodeNamed(node)
                .ifPresent(configured -> configured.attributes().stream()
                        .flatMap(set -> set.values().keySet().stream())
                        .filter(name -> name.startsWith("#health"))
                        .forEach(marks::add));
        Cib changed = cib;
        for (String mark : marks) {
            changed = CibEdit.withoutNodeAttribute(changed, node, mark);
        }
        return withState(changed, node, state -> {
            SequencedMap<String, String> attributes = new LinkedHashMap<>(state.attributes());
            attributes.keySet().removeIf(name -> name.startsWith("#health"));
            return withAttributes(state, attributes);
        });
    }

    private static NodeState withAttributes(NodeState state, SequencedMap<String, String> attributes) {
        return new NodeState(state.id(), state.uname(), state.membership(), attributes, state.history(), state.other());
    }

    private static Cib withState(Cib cib, String node, UnaryOperator<NodeState> change) {
        SequencedMap<String, NodeState> states = new LinkedHashMap<>();
        cib.status()
                .nodes()
                .forEach((id, state) -> states.put(id, state.uname().equals(node) ? change.apply(state) : state));
        return cib.withStatus(new Status(states, cib.status().tickets()));
    }
}
