package org.ringfence.daemon.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.status.Role;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.configuration.Edits;
import org.ringfence.controller.request.Caller;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.xml.Element;

/** Moves and bans: location constraints that end by themselves. */
final class Preferences {
    private static final String MOVE = "ringfence-move-";
    private static final String BAN = "ringfence-ban-";

    private final Handler handler;
    private final Caller who;

    Preferences(Handler handler, Caller who) {
        this.handler = handler;
        this.who = who;
    }

    Reply.Outcome move(Request.Move move) throws InterruptedException {
        Optional<Cib> cib = handler.configuration(who);
        Optional<Reply.Outcome> no = refusal(cib, move.resource(), move.to());
        if (no.isPresent()) {
            return no.get();
        }
        List<Edit> edits = new ArrayList<>(withdraw(cib.orElseThrow(), move.resource()));
        if (move.to().isPresent()) {
            String id = MOVE + move.resource();
            edits.add(constraint(id, move.resource(), move.to().get(), "INFINITY", move.lasts()));
        } else {
            List<NodeId> places = places(cib.orElseThrow(), move.resource());
            if (places.isEmpty()) {
                return notRunning(move.resource());
            }
            places.forEach(place -> edits.add(constraint(
                    BAN + move.resource() + "-" + place, move.resource(), place, "-INFINITY", move.lasts())));
        }
        return expiring(
                handler.change(who, edits, "move " + move.resource(), move.planOnly()), move.resource(), move.lasts());
    }

    Reply.Outcome ban(Request.Ban ban) throws InterruptedException {
        Optional<Cib> cib = handler.configuration(who);
        Optional<Reply.Outcome> no = refusal(cib, ban.resource(), ban.node());
        if (no.isPresent()) {
            return no.get();
        }
        List<NodeId> nodes = ban.node().map(List::of).orElseGet(() -> places(cib.orElseThrow(), ban.resource()));
        if (nodes.isEmpty()) {
            return notRunning(ban.resource());
        }
        List<Edit> edits = new ArrayList<>();
        nodes.forEach(node -> edits.add(
                constraint(BAN + ban.resource() + "-" + node, ban.resource(), node, "-INFINITY", ban.lasts())));
        return expiring(
                handler.change(who, edits, "ban " + ban.resource(), ban.planOnly()), ban.resource(), ban.lasts());
    }

    Reply.Outcome unmove(Request.Unmove unmove) throws InterruptedException {
        Optional<Cib> cib = handler.configuration(who);
        Optional<Reply.Outcome> no = refusal(cib, unmove.resource(), Optional.empty());
        return no.isPresent()
                ? no.get()
                : handler.change(
                        who,
                        withdraw(cib.orElseThrow(), unmove.resource()),
                        "moves and bans of " + unmove.resource() + " taken back",
                        unmove.planOnly());
    }

    /** That it ends, and when: what was asked for and forgotten is what surprises later. */
    private static Reply.Outcome expiring(Reply.Outcome outcome, String resource, Duration lasts) {
        if (!(outcome instanceof Reply.Done done)) {
            return outcome;
        }
        List<String> details = new ArrayList<>(done.details());
        details.add("it ends by itself at " + Instant.now().plus(lasts).truncatedTo(ChronoUnit.SECONDS)
                + "; sooner with: ringfence move " + resource + " --clear");
        return new Reply.Done(done.text(), details);
    }

    private static Optional<Reply.Outcome> refusal(Optional<Cib> cib, String resource, Optional<NodeId> node) {
        if (cib.isEmpty()) {
            return Optional.of(new Reply.NotDone(
                    List.of(Problem.error(Place.NONE, "", "the configuration is not known yet", "ask again"))));
        }
        List<String> resources = Edits.resources(cib.get());
        if (!resources.contains(resource)) {
            return Optional.of(unusable("resource " + resource, "there are: " + String.join(" ", resources)));
        }
        if (node.isPresent()
                && cib.get().configuration().nodeNamed(node.get().name()).isEmpty()) {
            List<String> nodes = cib.get().configuration().nodes().values().stream()
                    .map(known -> known.name())
                    .toList();
            return Optional.of(unusable("node " + node.get(), "there are: " + String.join(" ", nodes)));
        }
        return Optional.empty();
    }

    private static Reply.Outcome unusable(String element, String remedy) {
        return new Reply.Unusable(List.of(Problem.error(Place.NONE, element, "is not configured", remedy)));
    }

    private static Reply.Outcome notRunning(String resource) {
        return new Reply.NotDone(List.of(Problem.error(
                Place.NONE, "resource " + resource, "runs nowhere, so there is no node to leave", "name a node")));
    }

    private static List<Edit> withdraw(Cib cib, String resource) {
        List<Edit> edits = new ArrayList<>();
        cib.configurationElement()
                .child("constraints")
                .ifPresent(constraints -> constraints.children().stream()
                        .map(Element::id)
                        .filter(id -> id.equals(MOVE + resource) || id.startsWith(BAN + resource + "-"))
                        .forEach(id -> edits.add(new Edit.Remove("constraints", id))));
        return edits;
    }

    /** Where the resource, or any member of it, is active. */
    private static List<NodeId> places(Cib cib, String resource) {
        List<String> wanted = Edits.resources(cib, resource);
        List<NodeId> nodes = new ArrayList<>();
        for (NodeState node : cib.status().nodes().values()) {
            boolean active = node.history().values().stream()
                    .filter(history -> wanted.stream()
                            .anyMatch(id -> history.resource().equals(id)
                                    || history.resource().startsWith(id + ":")))
                    .anyMatch(history -> Activity.of(history).role() != Role.STOPPED);
            if (active) {
                nodes.add(new NodeId(node.uname()));
            }
        }
        return nodes;
    }

    private static Edit constraint(String id, String resource, NodeId node, String score, Duration lasts) {
        String until = Instant.now().plus(lasts).truncatedTo(ChronoUnit.SECONDS).toString();
        Element date = element("date_expression", "id", id + "-until", "operation", "lt", "end", until);
        Element here = element(
                "expression", "id", id + "-node", "attribute", "#uname", "operation", "eq", "value", node.name());
        Element rule = element("rule", "id", id + "-rule", "score", score, "boolean-op", "and")
                .withChildren(List.of(here, date));
        return new Edit.Put(
                "constraints",
                element("rsc_location", "id", id, "rsc", resource).withChildren(List.of(rule)));
    }

    private static Element element(String name, String... attributes) {
        SequencedMap<String, String> map = new LinkedHashMap<>();
        for (int index = 0; index < attributes.length; index += 2) {
            map.put(attributes[index], attributes[index + 1]);
        }
        return Element.of(name, map, List.of());
    }
}
