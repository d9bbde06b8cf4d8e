package org.ringfence.simulator.judge;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.World;

/**
 * A change that was acknowledged is on the disk of every member of the view in which it was, and every later quorate DC has
 * it. No software can promise that of a change that a disk has lost without a trace, or that the last intact disk has lost: such
 * changes are left out from the moment of the loss. Changes are told apart by a cluster property that each of them sets and none unsets, {@value #MARK}NUMBER.
 */
public final class AcknowledgedConfigurationSurvives implements Invariant {
    /** What the names of the properties begin with that mark changes. */
    public static final String MARK = "change-";

    private static final Pattern MARKS = Pattern.compile('"' + MARK + "[0-9]+\"");

    private final SortedMap<String, ViewNumber> acknowledged = new TreeMap<>();
    /** Changes that a disk has lost, acknowledged or not yet. */
    private final Set<String> lost = new TreeSet<>();

    private Optional<ViewNumber> highest = Optional.empty();

    @Override
    public void answered(World world, NodeId node, Request asked, Answer answer) {
        if (!(asked instanceof Request.ChangeConfiguration change) || !(answer instanceof Answer.Done)) {
            return;
        }
        Optional<View> view = world.host(node)
                .daemon()
                .flatMap(daemon -> daemon.state().membership().view());
        for (Edit edit : change.edits()) {
            if (edit instanceof Edit.SetProperty(String name, String value)
                    && name.startsWith(MARK)
                    && !lost.contains(name)) {
                view.ifPresent(present -> present.members().forEach(member -> onDisk(world, member, name)));
                highest.ifPresent(number -> acknowledged.put(name, number));
            }
        }
    }

    private void onDisk(World world, NodeId member, String mark) {
        boolean there = world.host(member).disk().isDamaged()
                || world.host(member)
                        .disk()
                        .configuration()
                        .filter(stored -> isIn(stored.text(), mark))
                        .isPresent();
        if (!there) {
            throw violated(mark + " is acknowledged and not on the disk of " + member);
        }
    }

    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Installed(View view)
                    && (highest.isEmpty() || view.number().isAfter(highest.get()))) {
                highest = Optional.of(view.number());
            }
        }
        boolean ready = step.state().dc().map(DcState::ready).orElse(false);
        boolean wasReady = before.dc().map(DcState::ready).orElse(false);
        if (ready && !wasReady) {
            View view = step.state().membership().view().orElseThrow();
            Cib cib = step.state().dc().flatMap(DcState::cib).orElseThrow();
            acknowledged.forEach((mark, since) -> {
                if (view.quorate()
                        && view.number().isAfter(since)
                        && cib.property(mark).isEmpty()) {
                    throw violated(mark + " was acknowledged up to view " + since + ", and the DC " + daemon.node()
                            + " of view " + view.number() + " does not have it");
                }
            });
        }
    }

    @Override
    public void diskLost(World world, Host host, StoredConfiguration before) {
        String now = host.disk().configuration().map(StoredConfiguration::text).orElse("");
        Matcher marks = MARKS.matcher(before.text());
        while (marks.find()) {
            String mark = marks.group().substring(1, marks.group().length() - 1);
            if (!isIn(now, mark) && !(host.disk().isDamaged() && hasAnother(world, host, mark))) {
                lost.add(mark);
                acknowledged.remove(mark);
            }
        }
    }

    private static boolean hasAnother(World world, Host host, String mark) {
        return world.hosts().stream()
                .filter(other -> other != host)
                .flatMap(other -> other.disk().configuration().stream())
                .anyMatch(stored -> isIn(stored.text(), mark));
    }

    private static boolean isIn(String text, String mark) {
        return text.contains('"' + mark + '"');
    }

    /** The marks of all changes that were acknowledged and that no disk has lost. */
    public SortedMap<String, ViewNumber> acknowledged() {
        return new TreeMap<>(acknowledged);
    }
}
