package org.ringfence.scheduler.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Constraint;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.Status;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/**
 * Puts injections into a CIB, each into the CIB as it was given. Nodes and resources are those that the scheduler finds in it. Many threads
 * may use one.
 */
public final class Injector {
    private final Cib cib;
    private final Instant now;
    private final Nodes nodes;
    private final Resources resources;

    private Injector(Cib cib, Instant now, Nodes nodes, Resources resources) {
        this.cib = cib;
        this.now = now;
        this.nodes = nodes;
        this.resources = resources;
    }

    public static Injector into(Cib cib, Instant now) {
        var known = new Known();
        Scheduler.schedule(cib, now, known);
        return known.injector(cib, now);
    }

    /** Takes note of what there is while the CIB is scheduled for another purpose. */
    public static final class Known implements Observer {
        private Nodes nodes = new Nodes();
        private Resources resources = new Resources();

        /** For the CIB that was scheduled, once it has been. */
        public Injector injector(Cib cib, Instant now) {
            return new Injector(cib, now, nodes, resources);
        }

        @Override
        public void known(Nodes foundNodes, Resources foundResources) {
            nodes = foundNodes;
            resources = foundResources;
        }
    }

    /**
     * The CIB after it has happened.
     *
     * @throws UnusableInputException when it names what does not exist
     */
    public Cib apply(Injection injection) throws UnusableInputException {
        return switch (injection) {
            case Injection.NodeUp up -> {
                var draft = new StatusDraft(cib);
                draft.node(member(up.node().name())).join();
                yield draft.cib();
            }
            case Injection.NodeDown down -> {
                var draft = new StatusDraft(cib);
                draft.node(member(down.node().name())).leave();
                yield draft.cib();
            }
            case Injection.NodeFail fail -> {
                var draft = new StatusDraft(cib);
                draft.node(member(fail.node().name())).vanish();
                yield draft.cib();
            }
            case Injection.Quorum quorum -> cib.withAttribute("have-quorum", quorum.held() ? "1" : "0");
            case Injection.Ticket ticket -> ticket(ticket.ticket(), ticket.granted());
            case Injection.Ended ended -> ended(ended.outcome());
        };
    }

    private ClusterNode node(String name) throws UnusableInputException {
        ClusterNode node = nodes.byName(name);
        if (node == null) {
            List<String> names = nodes.all().stream().map(each -> each.name).toList();
            throw unusable("node " + name, "is not in this cluster", "its nodes are " + String.join(", ", names));
        }
        return node;
    }

    private String member(String name) throws UnusableInputException {
        if (node(name).isRemoteOrGuest()) {
            throw unusable(
                    "node " + name,
                    "is reached through a resource, and is up when that runs",
                    "inject an operation of that resource instead");
        }
        return name;
    }

    private Cib ticket(String ticket, boolean granted) throws UnusableInputException {
        List<Element> tickets = new ArrayList<>(cib.status().tickets());
        int place = -1;
        for (int index = 0; index < tickets.size(); index++) {
            if (tickets.get(index).id().equals(ticket)) {
                place = index;
            }
        }
        if (place < 0) {
            boolean used = cib.configuration().constraints().stream()
                    .anyMatch(constraint -> constraint instanceof Constraint.Ticket use
                            && use.ticket().equals(ticket));
            if (!used) {
                throw unusable("ticket " + ticket, "is named by no constraint", "");
            }
            var attributes = new LinkedHashMap<>(Attributes.NONE);
            attributes.put("id", ticket);
            place = tickets.size();
            tickets.add(Element.of("ticket_state", attributes, List.of()));
        }
        Element changed = tickets.get(place).withAttribute("granted", Boolean.toString(granted));
        if (granted) {
            changed = changed.withAttribute("last-granted", Long.toString(now.getEpochSecond()));
        }
        tickets.set(place, changed);
        return cib.withStatus(new Status(cib.status().nodes(), tickets));
    }

    private Cib ended(OperationOutcome outcome) throws UnusableInputException {
        ClusterNode on = node(outcome.node().name());
        Primitive primitive = primitive(outcome.resource(), on);
        var draft = new StatusDraft(cib);
        NodeDraft node = draft.node(on.name);
        String base = primitive.configured.id();
        boolean interchangeable = primitive.isAnonymousInstance();
        new Recorder(cib, draft, now)
                .record(
                        node,
                        new Recorder.Ended(
                                interchangeable ? node.nameOfInterchangeable(outcome.resource(), base) : primitive.id,
                                interchangeable ? base : primitive.id,
                                primitive.agent(),
                                outcome.operation(),
                                outcome.intervalMillis(),
                                outcome.exitCode(),
                                expected(outcome, primitive, on),
                                "0:0",
                                Attributes.NONE));
        return draft.cib();
    }

    /** What is told by a probe is no failure; a monitor is to find what is there. */
    private static int expected(OperationOutcome outcome, Primitive primitive, ClusterNode on) {
        if (!outcome.operation().equals("monitor")) {
            return ExitCode.OK.number();
        }
        ExitCode told = ExitCode.of(outcome.exitCode());
        boolean probe = outcome.intervalMillis() == 0;
        if (probe && (told == ExitCode.NOT_RUNNING || told == ExitCode.PROMOTED)) {
            return outcome.exitCode();
        }
        boolean promoted = primitive.role == Role.PROMOTED && primitive.isActiveOn(on);
        return promoted ? ExitCode.PROMOTED.number() : ExitCode.OK.number();
    }

    /** Of interchangeable instances the one that is active on the node, or any. */
    private Primitive primitive(String name, ClusterNode on) throws UnusableInputException {
        @Nullable Resource found = resources.byId(name);
        if (found == null) {
            found = resources.byId(InstanceName.base(name));
        }
        if (found instanceof Primitive primitive && !primitive.isAnonymousInstance()) {
            return primitive;
        }
        Clone clone = found == null ? null : found.cloneOf();
        if (clone != null && !clone.unique) {
            List<Primitive> instances = new ArrayList<>();
            clone.visitPrimitives(instances::add);
            instances.removeIf(instance -> !instance.configured.id().equals(InstanceName.base(name)));
            if (!instances.isEmpty()) {
                return instances.stream()
                        .filter(instance -> instance.isActiveOn(on))
                        .findFirst()
                        .orElse(instances.getFirst());
            }
        }
        if (found == null) {
            throw unusable("resource " + name, "is not configured", "");
        }
        throw unusable(
                "resource " + name,
                "is not one that an agent runs",
                "name one of those in it, and of a clone with globally-unique an instance, as in db:0");
    }

    private static UnusableInputException unusable(String element, String what, String remedy) {
        return new UnusableInputException(Problem.error(Place.NONE, element, what, remedy));
    }
}
