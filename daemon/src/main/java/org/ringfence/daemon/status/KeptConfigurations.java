package org.ringfence.daemon.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ringfence.api.Reply;
import org.ringfence.daemon.node.Node;
import org.ringfence.daemon.storage.ConfigurationArchive.Entry;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** The last configurations, from the disk of the node that is asked. */
record KeptConfigurations(Node node) {
    /** The disk may have to save something first. */
    private static final Duration DISK = Duration.ofSeconds(30);

    Reply.Outcome all() throws InterruptedException {
        return answer(archive -> {
            var entries = archive.entries();
            return new Reply.KeptConfigurations(
                    entries.newestFirst().stream()
                            .map(entry -> new Reply.KeptConfiguration(entry.number(), entry.version(), note(entry)))
                            .toList(),
                    entries.damaged());
        });
    }

    Reply.Outcome one(int number) throws InterruptedException {
        return answer(archive -> {
            Optional<Entry> entry = archive.entries().newestFirst().stream()
                    .filter(kept -> kept.number() == number)
                    .findFirst();
            Optional<String> cib = entry.isPresent() ? archive.cib(number) : Optional.empty();
            if (cib.isEmpty()) {
                return new Reply.Unusable(List.of(Problem.error(
                        Place.NONE,
                        "configuration " + number,
                        "is not kept on this node",
                        "look with 'ringfence configure history'")));
            }
            return new Reply.Configuration(entry.get().version(), cib.get(), note(entry.get()));
        });
    }

    private static Reply.ChangeNote note(Entry entry) {
        return new Reply.ChangeNote(entry.who(), entry.when(), entry.why());
    }

    private Reply.Outcome answer(Node.Lookup<Reply.Outcome> lookup) throws InterruptedException {
        try {
            return node.lookUp(lookup).get(DISK.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            return notDone(String.valueOf(failed.getCause()));
        } catch (TimeoutException | RejectedExecutionException busy) {
            return notDone("the disk is busy: " + busy.getClass().getSimpleName());
        }
    }

    private static Reply.Outcome notDone(String why) {
        return new Reply.NotDone(
                List.of(Problem.error(Place.NONE, "configurations", "cannot be read: " + why, "ask another node")));
    }
}
