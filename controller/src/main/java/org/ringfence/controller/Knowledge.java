package org.ringfence.controller;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.dc.Gathering;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.resources.History;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.xml.Attributes;

/** What every member keeps of all others, so that whoever is DC next knows what a lost node held. */
final class Knowledge {
    private Knowledge() {}

    static void joined(Turn turn, NodeId from, Message.Join join) {
        turn.histories().put(from, ResourceHistories.of(join.history()));
        turn.facts(turn.facts().merged(join.facts()).knowing(join.known()));
        Long before =
                join.life() == 0 ? turn.lives().remove(from) : turn.lives().put(from, join.life());
        boolean sameLife = before != null && before == join.life();
        turn.dc().ifPresent(dc -> Gathering.joined(turn, dc, from, sameLife));
        if (turn.view().map(view -> view.dc().equals(from)).orElse(false)) {
            Controller.carriedOn(turn, join.carried());
        }
    }

    static void facts(Turn turn, List<Fact> facts, Optional<ViewNumber> known) {
        turn.facts(turn.facts().merged(facts).knowing(known));
        for (Fact fact : facts) {
            boolean gone = fact.key().kind() == Fact.Kind.STANDING
                    && fact.value()
                            .map(Standing::valueOf)
                            .filter(standing -> standing == Standing.FENCED || standing == Standing.LEFT)
                            .isPresent();
            if (gone) {
                turn.histories().remove(new NodeId(fact.key().node()));
            }
        }
    }

    static void result(Turn turn, NodeId from, Message.Result result) {
        ResourceHistories history = turn.histories().getOrDefault(from, ResourceHistories.NONE);
        OperationRecord operation = result.operation();
        if (operation.operation().equals("delete")) {
            turn.histories().put(from, history.without(result.resource()));
            return;
        }
        ResourceHistory known = history.get(result.resource());
        var records = new LinkedHashMap<String, OperationRecord>();
        if (known != null) {
            known.operations().forEach(record -> records.put(record.id(), record));
        }
        if (operation.operation().equals("forget-failure")) {
            records.remove(result.resource() + "_last_failure_0");
        } else if (operation.operation().equals("cancel")) {
            records.values()
                    .removeIf(record -> record.interval().equals(operation.interval())
                            && !record.id().endsWith("_last_failure_0"));
        } else {
            var changed = History.with(result.resource(), records, operation, Outcomes.failed(operation));
            records.clear();
            records.putAll(changed);
        }
        turn.histories().put(from, history.with(resource(result.resource(), result.agent(), known, records)));
    }

    private static ResourceHistory resource(
            String name,
            AgentName agent,
            @Nullable ResourceHistory known,
            SequencedMap<String, OperationRecord> records) {
        return new ResourceHistory(
                name, agent, known == null ? Attributes.NONE : known.other(), List.copyOf(records.values()));
    }
}
