package org.ringfence.network.balance.process;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ringfence.network.balance.check.Answer;
import org.ringfence.network.balance.check.Checks;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.show.StatusRow;
import org.ringfence.network.balance.show.StatusService;
import org.ringfence.network.balance.table.Condition;
import org.ringfence.network.balance.table.DataPath;
import org.ringfence.network.balance.table.Roster;
import org.ringfence.network.balance.table.Seat;
import org.ringfence.network.balance.table.ServiceTable;

/**
 * How everything stands at one moment.
 *
 * @param answers the last answer of each server's checks
 */
record Standing(Roster roster, List<DataPath.Load> loads, Function<Checks.Key, Optional<Answer>> answers) {

    /** In the configuration's order. */
    List<StatusService> services() {
        return roster.tables().stream().map(this::service).toList();
    }

    private StatusService service(ServiceTable table) {
        VirtualService service = table.service();
        return new StatusService(
                service.id(),
                service.name(),
                service.scheduler().name(),
                roster.isDeserted(service),
                table.seats().stream().map(seat -> row(service, seat)).toList());
    }

    private StatusRow row(VirtualService service, Seat seat) {
        var key = new Checks.Key(service.id(), seat.server().endpoint());
        DataPath.Load load = loads.stream()
                .filter(each ->
                        each.service().equals(key.service()) && each.server().equals(key.server()))
                .findFirst()
                .orElse(new DataPath.Load(key.service(), key.server(), 0, 0, 0, 0, 0));
        Optional<Answer> answer = answers.apply(key);
        return new StatusRow(
                seat.server().endpoint().toString(),
                seat.server().host(),
                seat.server().forwarding().word(),
                seat.weight(),
                word(service, seat),
                load.active(),
                load.total(),
                load.failed(),
                load.bytesToServer(),
                load.bytesToClient(),
                answer.map(Answer::text).orElse(""),
                answer.map(Answer::tookMs).orElse(0L));
    }

    private String word(VirtualService service, Seat seat) {
        if (!roster.knows(service.id(), seat.server().endpoint())) {
            return "fallback";
        }
        Condition condition = roster.condition(service.id(), seat.server().endpoint());
        if (!condition.known()) {
            return "unknown";
        }
        return !condition.up() ? "down" : condition.drained() ? "drained" : "up";
    }
}
