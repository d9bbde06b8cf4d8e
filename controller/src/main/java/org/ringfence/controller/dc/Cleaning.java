package org.ringfence.controller.dc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.Outcomes;
import org.ringfence.controller.Turn;
import org.ringfence.controller.configuration.Edits;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.graph.GraphAction.ResourceName;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.ResourceHistory;

/** Forgets failures: fail counts go, and histories with a failure in them, so that the resources are looked at anew. */
final class Cleaning {
    private Cleaning() {}

    static void clean(Turn turn, DcDraft dc, Asker asker, Request.Cleanup cleanup) {
        if (cleanup.node().isPresent()
                && turn.settings().nodes().stream()
                        .noneMatch(node -> node.name().equals(cleanup.node().get()))) {
            Desk.answer(turn, dc, asker, Desk.unknownNode(turn, cleanup.node().get()));
            return;
        }
        List<String> known = Edits.resources(dc.cib.orElseThrow());
        List<String> wanted = cleanup.resource()
                .map(resource -> Edits.resources(dc.cib.orElseThrow(), resource))
                .orElse(known);
        if (cleanup.resource().isPresent() && !known.contains(cleanup.resource().get())) {
            Desk.answer(
                    turn,
                    dc,
                    asker,
                    new Answer.Unusable(List.of(Problem.error(
                            Place.NONE,
                            "resource " + cleanup.resource().get(),
                            "is not configured",
                            "there are: " + String.join(" ", known)))));
            return;
        }
        turn.tell(Kind.REQUEST, cleanup.resource().orElse(""), asker.who() + " asks to forget failures");
        List<String> forgotten = new ArrayList<>();
        List.copyOf(turn.histories().keySet()).stream()
                .filter(node -> cleanup.node().isEmpty() || cleanup.node().get().equals(node.name()))
                .forEach(node -> clean(turn, dc, node, wanted, forgotten));
        dc.again = true;
        dc.incomplete = 0;
        Desk.answer(
                turn,
                dc,
                asker,
                new Answer.Done(
                        forgotten.isEmpty() ? "there was nothing to forget" : "failures are forgotten", forgotten));
    }

    private static void clean(Turn turn, DcDraft dc, NodeId node, List<String> resources, List<String> forgotten) {
        for (ResourceHistory history : List.copyOf(
                turn.histories().getOrDefault(node, ResourceHistories.NONE).values())) {
            String id = history.resource();
            String name = id.contains(":") ? id.substring(0, id.indexOf(':')) : id;
            boolean wanted = resources.contains(id) || resources.contains(name);
            boolean failed = history.operations().stream()
                            .anyMatch(operation -> operation.id().endsWith("_last_failure_0"))
                    || FailCounts.counts(turn, node, id);
            if (!wanted || !failed) {
                continue;
            }
            FailCounts.clear(turn, dc, node, id);
            forgotten.add(id + " on " + node);
            if (turn.view().map(view -> view.has(node)).orElse(false)) {
                // What has recovered since goes on; only what is still failed has to be looked at anew.
                String operation = isFailedNow(history) ? "delete" : "forget-failure";
                var resource = new ResourceName(id, Optional.empty(), history.agent());
                var action = new ResourceAction(
                        -1,
                        operation,
                        id + "_" + operation + "_0",
                        node,
                        node.name(),
                        Optional.empty(),
                        resource,
                        new LinkedHashMap<>());
                turn.send(node, new Message.Execute(dc.view, new Message.Asked(dc.view, 0, -1), "", action));
            }
        }
    }

    private static boolean isFailedNow(ResourceHistory history) {
        return history.operations().stream()
                .filter(operation -> !operation.id().endsWith("_last_failure_0"))
                .anyMatch(operation -> Outcomes.failed(operation) && !Outcomes.isProbe(operation));
    }
}
