package org.ringfence.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.status.Role;
import org.ringfence.cli.CautiousCommand;
import org.ringfence.cli.Context;
import org.ringfence.controller.configuration.Edits;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.foresee.Absence;
import org.ringfence.scheduler.foresee.Forgetting;
import org.ringfence.scheduler.foresee.Makespan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence cleanup [RESOURCE]}. */
@Command(
        name = "cleanup",
        description = {
            "Forgets failures, so that a resource is tried again where it failed; says what it forgot and what"
                    + " follows.",
            "What would stop a resource is refused (exit status 3) until --accept-stops names it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence cleanup --plan", "  ringfence cleanup", "  ringfence cleanup db --node alpha"})
public final class CleanupCommand extends CautiousCommand {
    @Parameters(arity = "0..1", paramLabel = "RESOURCE", description = "Default: all resources.")
    private @Nullable String resource;

    @Option(names = "--node", paramLabel = "NODE", description = "Only what happened on this node.")
    private @Nullable NodeId node;

    public CleanupCommand(Context context) {
        super(context);
    }

    @Override
    protected boolean mayStop() {
        return false;
    }

    @Override
    protected Request request(boolean planOnly) {
        return new Request.Cleanup(Optional.ofNullable(resource), Optional.ofNullable(node), planOnly);
    }

    /** Found out here, on a copy of what the cluster knows. */
    @Override
    protected Reply.Outcome plan() throws UnusableInputException, DaemonUnavailableException {
        Reply.Outcome outcome = conversation().call(new Request.Snapshot());
        if (!(outcome instanceof Reply.Configuration configuration)) {
            return outcome;
        }
        Cib cib = Cib.read(configuration.cib(), "configuration");
        check(cib);
        List<String> wanted = resource == null ? Edits.resources(cib) : Edits.resources(cib, resource);
        Forgetting.Forgotten after = Forgetting.of(
                cib, wanted::contains, name -> node == null || node.name().equals(name));
        List<String> forgotten = after.forgotten();
        var now = context().clock().instant();
        // What is about to be done anyway is no consequence of this.
        TransitionGraph anyway = Scheduler.schedule(cib, now).graph();
        TransitionGraph then = Scheduler.schedule(after.cib(), now).graph();
        List<Reply.PlannedStep> steps = new ArrayList<>(steps(then));
        steps.removeAll(steps(anyway));
        // What is forgotten takes its times with it.
        var times = new Makespan(cib);
        List<Reply.Away> away = new ArrayList<>(away(then, times));
        away.removeAll(away(anyway, times));
        List<Problem> notes = new ArrayList<>();
        if (planOnly()) {
            forgotten.forEach(one -> notes.add(new Problem(
                    Problem.Severity.NOTE, Place.NONE, "resource " + one, "its failures would be forgotten", "")));
        }
        return new Reply.Plan(steps, List.of(), notes, away);
    }

    private void check(Cib cib) throws UnusableInputException {
        List<String> known = Edits.resources(cib);
        if (resource != null && !known.contains(resource)) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    "resource " + resource,
                    "is not configured",
                    known.isEmpty() ? "none is" : "there are: " + String.join(" ", known)));
        }
        if (node != null && cib.configuration().nodeNamed(node.name()).isEmpty()) {
            var nodes = new TreeSet<String>();
            cib.configuration().nodes().values().forEach(one -> nodes.add(one.name()));
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    "node " + node,
                    "is not a node of this cluster",
                    "there are: " + String.join(" ", nodes)));
        }
    }

    private static List<Reply.Away> away(TransitionGraph graph, Makespan times) {
        return Absence.of(graph, times).stream()
                .map(absence -> {
                    Role role = absence.what() == Absence.What.DEMOTED ? Role.PROMOTED : Role.STARTED;
                    return new Reply.Away(absence.resource(), role, absence.lasts(), absence.guessed());
                })
                .toList();
    }

    private static List<Reply.PlannedStep> steps(TransitionGraph graph) {
        List<Reply.PlannedStep> steps = new ArrayList<>();
        graph.synapses().forEach(synapse -> {
            if (synapse.action() instanceof GraphAction.ResourceAction action) {
                steps.add(new Reply.PlannedStep(
                        action.operation(), action.resource().instance(), action.node(), Optional.empty()));
            }
        });
        return steps;
    }

    /** The plan says what follows: the answer comes before any of it. */
    @Override
    protected ExitStatus carryOut(Reply.Plan plan) throws DaemonUnavailableException {
        Reply.Outcome outcome = conversation().call(request(false));
        if (outcome instanceof Reply.Done done) {
            List<String> details = new ArrayList<>(done.details());
            plan.steps().stream()
                    .filter(step ->
                            !step.operation().equals("monitor") || plan.steps().size() == 1)
                    .map(step -> "then: " + step.operation() + " " + step.subject() + " on " + step.node())
                    .forEach(details::add);
            return conversation().show(new Reply.Done(done.text(), details), this::show);
        }
        return conversation().show(outcome, this::show);
    }
}
