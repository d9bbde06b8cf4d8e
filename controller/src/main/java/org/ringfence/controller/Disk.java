package org.ringfence.controller;

import java.util.Optional;
import org.ringfence.controller.configuration.Digest;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;

/** A member's part in replicating the configuration: what the DC sends goes to the disk, and the DC is told when it is there. */
final class Disk {
    private Disk() {}

    static void prepare(Turn turn, View view, Message.Prepare prepare) {
        Optional<String> text = prepare.text()
                .or(() -> turn.held()
                        .filter(held ->
                                held.stamp().digest().equals(prepare.stamp().digest()))
                        .map(StoredConfiguration::text));
        if (text.isEmpty()) {
            answer(turn, view, prepare.change(), Optional.of("the text is not here"));
        } else if (!Digest.of(text.get()).equals(prepare.stamp().digest())) {
            answer(turn, view, prepare.change(), Optional.of("the text arrived damaged"));
        } else {
            var stored = new StoredConfiguration(prepare.stamp(), text.get(), prepare.note());
            turn.emit(new Effect.Save(new Document.Configuration(prepare.change(), stored)));
        }
    }

    static void saved(Turn turn, Document document) {
        switch (document) {
            case Document.Promise promise -> {}
            case Document.Facts facts -> {}
            case Document.Configuration configuration -> {
                turn.held(configuration.configuration());
                inItsView(turn, configuration)
                        .ifPresent(view -> answer(turn, view, configuration.change(), Optional.empty()));
            }
        }
    }

    static void failed(Turn turn, Document document, String why) {
        turn.tell(Kind.DISK, turn.self().name(), "cannot save: " + why);
        switch (document) {
            case Document.Promise promise -> {}
            case Document.Facts facts -> {}
            case Document.Configuration configuration -> {
                // Nobody counts on it, but until this daemon ends it knows better than its disk what is in force.
                turn.held(configuration.configuration());
                inItsView(turn, configuration)
                        .ifPresent(view -> answer(turn, view, configuration.change(), Optional.of(why)));
            }
        }
    }

    /** A save that began in a former view concerns nobody any more. */
    private static Optional<View> inItsView(Turn turn, Document.Configuration configuration) {
        return turn.view()
                .filter(view -> configuration.configuration().stamp().view().equals(Optional.of(view.number())));
    }

    private static void answer(Turn turn, View view, long change, Optional<String> problem) {
        turn.send(view.dc(), new Message.Prepared(view.number(), change, problem));
    }
}
