package org.ringfence.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Configuration;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.Problem;
import org.ringfence.scheduler.action.Actions;
import org.ringfence.scheduler.action.CapacityOrderings;
import org.ringfence.scheduler.action.CollectiveActions;
import org.ringfence.scheduler.action.ColocationOrderings;
import org.ringfence.scheduler.action.ConstraintOrderings;
import org.ringfence.scheduler.action.FencingActions;
import org.ringfence.scheduler.action.FencingPermission;
import org.ringfence.scheduler.action.Housekeeping;
import org.ringfence.scheduler.action.Migration;
import org.ringfence.scheduler.action.Notifications;
import org.ringfence.scheduler.action.ProbeOrderings;
import org.ringfence.scheduler.action.Probes;
import org.ringfence.scheduler.action.RecurringActions;
import org.ringfence.scheduler.action.Reloads;
import org.ringfence.scheduler.action.RemoteOrderings;
import org.ringfence.scheduler.action.Runnability;
import org.ringfence.scheduler.action.Unfencing;
import org.ringfence.scheduler.cluster.NodeReader;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.constraint.ConstraintReader;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.history.FailCounts;
import org.ringfence.scheduler.history.Histories;
import org.ringfence.scheduler.history.HistoryReader;
import org.ringfence.scheduler.history.ParameterChanges;
import org.ringfence.scheduler.placement.Assignment;
import org.ringfence.scheduler.placement.Others;
import org.ringfence.scheduler.placement.Preparation;
import org.ringfence.scheduler.placement.ShutdownLocks;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.ResourceBuilder;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.rule.Rules;
import org.ringfence.scheduler.transition.GraphBuilder;

/**
 * Computes the transition from the cluster's status to the best one its configuration allows. Same input, same output, on
 * every node; reads no clock and writes no log.
 */
public final class Scheduler {
    private Scheduler() {}

    /**
     * What was decided.
     *
     * @param graph    what is to be done, sorted by id; empty when there is nothing to do
     * @param problems mistakes in the configuration, and what keeps the cluster from acting
     */
    public record Schedule(TransitionGraph graph, List<Problem> problems) {
        public Schedule {
            problems = List.copyOf(problems);
        }

        /** Whether something in the graph waits for itself, which a problem says. */
        public boolean isStuck() {
            return problems.stream().anyMatch(GraphBuilder::isCircle);
        }
    }

    /** @param now used by rules, failure timeouts and locks; supplied by the caller */
    public static Schedule schedule(Cib cib, Instant now) {
        return schedule(cib, now, Observer.NONE);
    }

    /** The same, with somebody who looks on. */
    public static Schedule schedule(Cib cib, Instant now, Observer observer) {
        return schedule(cib, now, observer, Others.NONE);
    }

    /** The same for a part of a cluster, of which others are not decided. */
    public static Schedule schedule(Cib cib, Instant now, Observer observer, Others others) {
        List<Problem> problems = new ArrayList<>();
        Configuration configuration = cib.configuration();
        Rules.Context context = Rules.Context.at(now);

        // What there is.
        Options options = Options.read(cib, context);
        Nodes nodes = new NodeReader(cib, options, context).read();
        ResourceBuilder builder = new ResourceBuilder(configuration, options, nodes, context, problems);
        Resources resources = builder.build();
        Interlock.problem(options, resources).ifPresent(problems::add);

        // What is known of it.
        OperationSettings operations = new OperationSettings(configuration, options, context);
        FailCounts failCounts = new FailCounts(now, operations);
        Histories histories =
                new HistoryReader(cib.status(), options, nodes, resources, builder, failCounts, now).read();
        observer.known(nodes, resources);

        Interlock.hold(options, resources);

        ParameterChanges changes = new ParameterChanges(operations, histories, failCounts);
        changes.find(resources);

        // Where everything is to be.
        Constraints constraints =
                new ConstraintReader(configuration, options, nodes, resources, operations, context, problems).read();
        new Preparation(options, nodes, resources, failCounts).prepare(constraints, cib.status());
        new ShutdownLocks(options, now).apply(resources);
        new Assignment(options, nodes, resources, others).assignAll();
        observer.placed(nodes, resources);

        // What could be done, and in which order.
        FencingPermission permission = new FencingPermission(options, resources);
        Actions actions = new Actions(
                resources.primitives().size(),
                new Runnability(options, permission, Interlock.fencingPossible(options, resources)));
        Probes probes = new Probes(options, nodes, resources, actions);
        probes.create();
        new CollectiveActions(actions).createAll(resources);
        probes.order();
        new RecurringActions(options, nodes, resources, histories, changes, actions).create();
        new Housekeeping(options, nodes, resources, histories, failCounts, actions).create();
        new RemoteOrderings(resources, actions).create();
        Unfencing unfencing = new Unfencing(options, resources, changes, actions);
        unfencing.create();
        new FencingActions(options, nodes, resources, unfencing, permission, actions).create();
        new ConstraintOrderings(actions).create(constraints);
        new ColocationOrderings(actions).create(resources);
        new CapacityOrderings(options, nodes, actions).create(resources);
        new ProbeOrderings(actions).create(resources);

        // What has to be done.
        new Migration(actions).create(resources);
        new Reloads(actions).settle(resources);
        new Notifications(nodes, resources, actions).create(resources);
        TransitionGraph graph = new GraphBuilder(options, resources, operations).build(actions, problems);
        observer.decided(actions, constraints);
        return new Schedule(graph, problems);
    }
}
