package org.ringfence.simulator.judge;

import java.util.List;
import java.util.Optional;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.membership.View;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.World;

/** What the cluster must come to once faults stop: one view of all, one configuration, every resource on one node. */
public final class Converges {
    private final World world;
    private final List<String> resources;
    private final AcknowledgedConfigurationSurvives changes;

    /** @param resources that are to run */
    public Converges(World world, List<String> resources, AcknowledgedConfigurationSurvives changes) {
        this.world = world;
        this.resources = resources;
        this.changes = changes;
    }

    /** What is still missing; empty when nothing is. */
    public Optional<String> missing() {
        List<Daemon> daemons = world.daemons();
        if (daemons.size() < world.nodes().size()) {
            return Optional.of("only " + daemons.stream().map(Daemon::node).toList() + " have a daemon");
        }
        Optional<View> view = daemons.getFirst().state().membership().view();
        for (Daemon daemon : daemons) {
            Optional<View> own = daemon.state().membership().view();
            if (own.isEmpty()
                    || !own.equals(view)
                    || own.get().members().size() < world.nodes().size()) {
                return Optional.of(daemon.node() + " is in view " + own);
            }
        }
        return dc(daemons).or(this::configuration).or(this::places);
    }

    private Optional<String> dc(List<Daemon> daemons) {
        List<Daemon> dcs = daemons.stream()
                .filter(daemon -> daemon.state().dc().isPresent())
                .toList();
        if (dcs.size() != 1) {
            return Optional.of("there are " + dcs.size() + " DCs");
        }
        DcState dc = dcs.getFirst().state().dc().orElseThrow();
        boolean settled = dc.ready()
                && dc.graceIsOver()
                && !dc.again()
                && !dc.transition().isActive()
                && dc.change().isEmpty()
                && dc.fences().isEmpty();
        return settled
                ? Optional.empty()
                : Optional.of("the DC has something left to do: " + (dc.ready() ? "" : "it is not ready ")
                        + (dc.again() ? "decide again " : "") + (dc.transition().isActive() ? "a transition " : "")
                        + dc.change().map(change -> "a change ").orElse("")
                        + dc.fences().values());
    }

    private Optional<String> configuration() {
        Optional<StoredConfiguration.Stamp> first = Optional.empty();
        for (Host host : world.hosts()) {
            Optional<StoredConfiguration> held = host.disk().configuration();
            if (held.isEmpty()) {
                return Optional.of(host + " has no configuration");
            }
            String text = held.get().text();
            Optional<String> lost = changes.acknowledged().keySet().stream()
                    .filter(mark -> !text.contains('"' + mark + '"'))
                    .findFirst();
            if (lost.isPresent()) {
                return Optional.of(host + " lacks " + lost.get());
            }
            if (first.isPresent() && !first.get().equals(held.get().stamp())) {
                return Optional.of(host + " holds another configuration than the first host");
            }
            first = Optional.of(held.get().stamp());
        }
        return Optional.empty();
    }

    private Optional<String> places() {
        for (String resource : resources) {
            List<Host> places = world.hosts().stream()
                    .filter(host -> host.agents().active().contains(resource))
                    .toList();
            if (places.size() != 1) {
                return Optional.of(resource + " runs on " + places);
            }
        }
        return Optional.empty();
    }
}
