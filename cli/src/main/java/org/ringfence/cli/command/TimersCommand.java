package org.ringfence.cli.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.Client;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.cli.input.CibFile;
import org.ringfence.cli.screen.OutcomeScreen;
import org.ringfence.cli.screen.TimersScreen;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.Status;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.scheduler.timers.Timers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence timers}. */
@Command(
        name = "timers",
        description = {
            "Shows how the cluster's timers follow from its recovery target, as arithmetic: what is derived, measured"
                    + " or set by hand, what they add up to, and what contradicts what.",
            "Exit status 1 when something does."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence timers",
            "  ringfence timers --target 20s               what another target would mean",
            "  ringfence timers --cib saved.xml --json     from a file; no node is asked"
        })
public final class TimersCommand extends LocalCommand {
    private static final RecordJson<Timers> JSON = RecordJson.of(Timers.class).build();

    @Option(names = "--cib", paramLabel = "FILE", description = "The CIB, in XML; - is standard input.")
    private @Nullable Path file;

    @Option(names = "--target", paramLabel = "TIME", description = "Another recovery target than the cluster's.")
    private @Nullable String target;

    @Option(names = "--json", description = "Answer with one line of JSON.")
    private boolean json;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "The local socket of the node to ask. Default: RINGFENCE_SOCKET, or /run/ringfence/ringfence.sock.")
    private @Nullable Path socket;

    public TimersCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        Optional<Long> wanted = wanted();
        Cib cib;
        if (file != null) {
            CibFile read = CibFile.read(file);
            read.complain(terminal());
            cib = read.cib();
        } else {
            Optional<Cib> asked = ask();
            if (asked.isEmpty()) {
                return ExitStatus.NOT_DONE;
            }
            cib = asked.get();
        }
        Timers timers = wanted.map(millis -> Timers.of(cib, millis)).orElseGet(() -> Timers.of(cib));
        if (json) {
            terminal().line(new String(JSON.write(timers), StandardCharsets.UTF_8));
        } else {
            new TimersScreen(terminal()).show(timers);
        }
        terminal().flush();
        return timers.problems().isEmpty() ? ExitStatus.DONE : ExitStatus.NOT_DONE;
    }

    private Optional<Long> wanted() throws UnusableInputException {
        if (target == null) {
            return Optional.empty();
        }
        OptionalLong millis = TimeSpan.parseMillis(target);
        if (millis.isEmpty() || millis.getAsLong() <= 0) {
            throw new UnusableInputException(
                    Problem.error(Place.NONE, "--target", target + " is no span of time", "write for example 20s"));
        }
        return Optional.of(millis.getAsLong());
    }

    /** The cluster's configuration with what its nodes have told; empty when it does not say, which was shown. */
    private Optional<Cib> ask() throws DaemonUnavailableException, UnusableInputException {
        Path at = Optional.ofNullable(socket).orElseGet(context()::defaultSocket);
        try (Client client = Client.connect(at)) {
            Reply.Outcome shown = client.call(new Request.ConfigureShow());
            Reply.Outcome told =
                    client.call(new Request.AttributeGet(Optional.empty(), Optional.empty(), Request.Lifetime.REBOOT));
            if (shown instanceof Reply.Configuration configuration && told instanceof Reply.Attributes attributes) {
                return Optional.of(with(Cib.read(configuration.cib(), "configuration"), attributes.values()));
            }
            new OutcomeScreen(terminal()).show(shown instanceof Reply.Configuration ? told : shown);
            return Optional.empty();
        }
    }

    private static Cib with(Cib cib, Map<NodeId, ? extends Map<String, String>> attributes) {
        SequencedMap<String, NodeState> nodes = new LinkedHashMap<>();
        attributes.forEach((node, values) -> nodes.put(
                node.name(),
                new NodeState(
                        node.name(),
                        node.name(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(values),
                        new LinkedHashMap<>(),
                        List.of())));
        return cib.withStatus(new Status(nodes, List.of()));
    }
}
