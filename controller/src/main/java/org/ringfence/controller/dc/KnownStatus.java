package org.ringfence.controller.dc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.controller.Turn;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.fencing.FenceLoop;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibEdit;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.Status;

/** What is known, put as the status section of a CIB, which is what the scheduler reads. */
public final class KnownStatus {
    private static final String HAVE_WATCHDOG = "have-watchdog";

    private KnownStatus() {}

    /** The configuration with the status of this view. */
    public static Cib of(Turn turn, Cib cib, View view) {
        SequencedMap<String, NodeState> nodes = new LinkedHashMap<>();
        for (ConfiguredNode node : cib.configuration().nodes().values()) {
            if (NodeId.isName(node.name())) {
                state(turn, cib, node, view).ifPresent(state -> nodes.put(node.id(), state));
            }
        }
        String dc = cib.configuration()
                .nodeNamed(view.dc().name())
                .map(ConfiguredNode::id)
                .orElse(view.dc().name());
        return withWatchdog(turn, cib, view)
                .withStatus(new Status(nodes, List.of()))
                .withAttribute("have-quorum", view.quorate() ? "1" : "0")
                .withAttribute("dc-uuid", dc);
    }

    /** What the scheduler is to think of the nodes' watchdogs; an imported configuration may say something that was true elsewhere. */
    private static Cib withWatchdog(Turn turn, Cib cib, View view) {
        boolean wanted = SelfFencing.isWanted(cib);
        if (!wanted && cib.property(HAVE_WATCHDOG).isEmpty()) {
            return cib;
        }
        Quorum quorum = turn.settings().quorum();
        boolean all = view.members().stream()
                .allMatch(member ->
                        SelfFencing.shortfall(cib, turn.facts(), quorum, member).isEmpty());
        boolean counts = wanted && (all || !turn.facts().lost().isEmpty());
        String value = Boolean.toString(counts);
        return cib.property(HAVE_WATCHDOG).equals(Optional.of(value))
                ? cib
                : CibEdit.withProperty(cib, HAVE_WATCHDOG, value);
    }

    /** Empty for a node that nobody has ever seen. */
    private static Optional<NodeState> state(Turn turn, Cib cib, ConfiguredNode node, View view) {
        FactsState facts = turn.facts();
        Optional<Standing> standing = facts.standing(node.name());
        var id = new NodeId(node.name());
        if (standing.isEmpty() && !view.has(id)) {
            return Optional.empty();
        }
        boolean fenced = standing.equals(Optional.of(Standing.FENCED));
        // Who has left is about to end, though the view has it still: nothing is asked of it any more.
        boolean left = standing.equals(Optional.of(Standing.LEFT));
        boolean member = view.has(id) && !fenced && !left;
        boolean lost = !view.has(id)
                && standing.filter(known -> known == Standing.MEMBER || known.isUnsafe())
                        .isPresent();
        var membership = new LinkedHashMap<String, String>();
        membership.put("in_ccm", Boolean.toString(member));
        membership.put("crmd", member ? "online" : "offline");
        membership.put("join", member ? "member" : "down");
        membership.put("expected", member || lost ? "member" : "down");
        ResourceHistories history =
                member || lost ? turn.histories().getOrDefault(id, ResourceHistories.NONE) : ResourceHistories.NONE;
        var attributes = new LinkedHashMap<>(facts.of(Fact.Kind.ATTRIBUTE, node.name()));
        if (FenceLoop.heldSince(facts, cib, node.name(), turn.now()).isPresent()) {
            attributes.put("standby", "on");
        }
        return Optional.of(new NodeState(node.id(), node.name(), membership, attributes, history, List.of()));
    }
}
