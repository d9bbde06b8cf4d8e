package org.ringfence.network.balance.process;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ringfence.network.balance.check.Checks;
import org.ringfence.network.balance.check.Prober;
import org.ringfence.network.balance.check.Watch;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.table.Condition;
import org.ringfence.network.balance.table.DataPath;
import org.ringfence.network.balance.table.Roster;

/**
 * Keeps a data path as the configuration, the checks and the administrator want it. Safe from any thread; changes are made one after
 * the other.
 */
final class Balancer implements AutoCloseable {
    private final DataPath path;
    private final Checks checks;
    private final Notices notices;
    private final Set<String> deserted = new LinkedHashSet<>();
    private Roster roster;
    private boolean closed;

    /**
     * Begins to balance, with every server down until its first check.
     *
     * @param path closed with this
     * @throws IOException when the path cannot be brought there; it is closed then
     */
    static Balancer start(BalanceConfiguration configuration, DataPath path, Prober prober, Notices notices)
            throws IOException {
        var balancer = new Balancer(configuration, path, prober, notices);
        try {
            path.apply(balancer.roster.tables());
        } catch (IOException refused) {
            path.close();
            throw refused;
        }
        balancer.checks.apply(configuration);
        return balancer;
    }

    private Balancer(BalanceConfiguration configuration, DataPath path, Prober prober, Notices notices) {
        this.path = path;
        this.notices = notices;
        this.roster = Roster.of(configuration);
        this.checks = new Checks(prober, this::answered);
    }

    /**
     * Goes on by another configuration. Servers that stay stand as they stood, connections live on.
     *
     * @throws IOException when the path cannot follow; everything is as it was then
     */
    synchronized void reconfigure(BalanceConfiguration next) throws IOException {
        Roster changed = roster.with(next);
        path.apply(changed.tables());
        roster = changed;
        checks.apply(next);
        notices.say("goes on by a changed configuration");
    }

    private synchronized void answered(Checks.Key key, Watch now) {
        if (closed || !roster.knows(key.service(), key.server())) {
            return;
        }
        Condition before = roster.condition(key.service(), key.server());
        now.last().ifPresent(answer -> notices.checked(service(key.service()), key.server(), now.up(), answer));
        if (before.known() && before.up() == now.up()) {
            return;
        }
        String said = now.last().map(answer -> ": " + answer.text()).orElse(", without a check");
        notices.say(key.service() + ": " + key.server() + " is " + (now.up() ? "up" : "down") + said);
        change(roster.up(key.service(), key.server(), now.up()));
    }

    private Optional<VirtualService> service(String id) {
        return roster.configuration().services().stream()
                .filter(service -> service.id().equals(id))
                .findFirst();
    }

    /** @return how many servers that was about */
    synchronized int drain(Selection selection, boolean drained) {
        Roster changed = roster;
        for (Checks.Key key : selection.of(roster.configuration())) {
            changed = changed.drained(key.service(), key.server(), drained);
            notices.say(key.service() + ": " + key.server() + (drained ? " is drained" : " is not drained any more"));
        }
        change(changed);
        return selection.of(roster.configuration()).size();
    }

    /** @return how many servers that was about */
    synchronized int weigh(Selection selection, OptionalInt weight) {
        Roster changed = roster;
        for (Checks.Key key : selection.of(roster.configuration())) {
            changed = changed.weighed(key.service(), key.server(), weight);
            notices.say(key.service() + ": " + key.server() + " weighs "
                    + (weight.isPresent() ? weight.getAsInt() : "what the configuration says"));
        }
        change(changed);
        return selection.of(roster.configuration()).size();
    }

    /** A path that cannot follow is told of, and brought there by the next change. */
    private void change(Roster next) {
        roster = next;
        try {
            path.apply(next.tables());
        } catch (IOException failed) {
            notices.say("the tables cannot be changed: " + failed.getMessage());
        }
        for (VirtualService service : next.configuration().services()) {
            boolean now = next.isDeserted(service);
            if (now && deserted.add(service.id())) {
                notices.say(service.id() + ": no server is left");
                notices.fallback(service, true);
            } else if (!now && deserted.remove(service.id())) {
                notices.fallback(service, false);
            }
        }
    }

    /** What is the case now. */
    synchronized Standing standing() throws IOException {
        return new Standing(roster, path.loads(), key -> checks.watch(key).flatMap(Watch::last));
    }

    /** Stops checking, then carrying. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        checks.close();
        path.close();
    }
}
