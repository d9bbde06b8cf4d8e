package org.ringfence.network.balance.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.balance.configuration.Reading;
import org.ringfence.network.balance.director.Limits;
import org.ringfence.network.balance.show.ConfigurationJson;
import org.ringfence.network.balance.show.ConfigurationText;

/**
 * {@code ringfence balance WORD ...}; the launcher starts it. Ends with 0 when it is done, 1 when it is not, 2 for input that cannot
 * be used.
 */
public final class Main {
    private static final Path CONFIGURATION = Path.of("/etc/ha.d/ldirectord.cf");
    private static final Path SOCKET = Path.of("/run/ringfence/balance.sock");
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(30);
    private static final int DONE = 0;
    private static final int NOT_DONE = 1;
    private static final int UNUSABLE = 2;

    private final PrintStream out;
    private final PrintStream complaints;

    Main(PrintStream out, PrintStream complaints) {
        this.out = out;
        this.complaints = complaints;
    }

    @SuppressWarnings("SystemOut") // for whoever starts it by hand
    public static void main(String[] arguments) {
        int status = new Main(System.out, System.err).run(List.of(arguments));
        System.out.flush();
        System.exit(status);
    }

    /** @return the exit status */
    int run(List<String> arguments) {
        try {
            return carryOut(arguments);
        } catch (UnusableInputException unusable) {
            complaints.println("ringfence balance: " + unusable.getMessage());
            return UNUSABLE;
        } catch (IOException failed) {
            complaints.println("ringfence balance: " + failed.getMessage());
            return NOT_DONE;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return NOT_DONE;
        }
    }

    private int carryOut(List<String> arguments) throws UnusableInputException, IOException, InterruptedException {
        String word = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        return switch (word) {
            case "verify" -> verify(Arguments.parse(rest, Set.of(), Set.of("--parameters")));
            case "show" -> show(Arguments.parse(rest, Set.of("--json", "--ipvs"), Set.of("--parameters")));
            case "run" ->
                balance(Arguments.parse(
                        rest,
                        Set.of(),
                        Set.of("--config", "--parameters", "--socket", "--threads", "--path", "--log")));
            case "status" -> {
                Arguments given = Arguments.parse(rest, Set.of("--json"), Set.of("--socket"));
                yield ask(given, given.has("--json") ? "status\tjson" : "status");
            }
            case "reload" -> ask(Arguments.parse(rest, Set.of(), Set.of("--socket")), "reload");
            case "sync" -> new Synchronisation(out).carryOut(rest) ? DONE : NOT_DONE;
            case "drain" -> drain(Arguments.parse(rest, Set.of("--off"), Set.of("--socket", "--service")));
            case "weight" -> weight(Arguments.parse(rest, Set.of(), Set.of("--socket", "--service")));
            default ->
                throw Arguments.unusable(
                        word.isEmpty() ? "balance" : word,
                        word.isEmpty() ? "needs a word after it" : "is not understood",
                        "write run, status, drain, weight, reload, sync, verify or show");
        };
    }

    private int verify(Arguments arguments) throws UnusableInputException {
        ConfigurationFile file = file(arguments);
        Reading reading = file.read();
        for (Problem problem : reading.problems()) {
            String severity = problem.severity() == Problem.Severity.ERROR ? "" : "warning: ";
            complaints.println("ringfence balance: " + severity + problem);
        }
        if (reading.configuration().isEmpty()) {
            return UNUSABLE;
        }
        int services = reading.configuration().get().services().size();
        int servers = reading.configuration().get().services().stream()
                .mapToInt(service -> service.servers().size())
                .sum();
        out.println(file + ": can be used; virtual services: " + services + ", real servers: " + servers);
        return DONE;
    }

    /** The one word, or a resource's parameters. */
    private static ConfigurationFile file(Arguments arguments) throws UnusableInputException {
        if (!arguments.has("--parameters")) {
            return new ConfigurationFile(Path.of(arguments.only("FILE")), false);
        }
        if (!arguments.words().isEmpty()) {
            throw Arguments.unusable(arguments.words().getFirst(), "stands beside --parameters", "give one of them");
        }
        return new ConfigurationFile(arguments.path("--parameters", CONFIGURATION), true);
    }

    private int show(Arguments arguments) throws UnusableInputException {
        var configuration = file(arguments).read().orUnusable();
        if (arguments.has("--json")) {
            out.println(ConfigurationJson.of(configuration));
        } else if (arguments.has("--ipvs")) {
            out.print(ConfigurationText.ipvs(configuration));
        } else {
            out.print(ConfigurationText.of(configuration));
        }
        return DONE;
    }

    private int balance(Arguments arguments) throws UnusableInputException, IOException, InterruptedException {
        var end = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            try {
                over.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }));
        // What has broken is not gone on with; who started it starts it again.
        Thread.setDefaultUncaughtExceptionHandler((thread, broken) -> {
            complaints.println("ringfence balance: " + thread.getName() + " has failed, and with it all: " + broken);
            broken.printStackTrace(complaints);
            Runtime.getRuntime().halt(NOT_DONE);
        });
        try {
            var notices = new Notices(log(arguments), InstantSource.system(), new Commands(COMMAND_TIMEOUT));
            Limits limits = Limits.DEFAULT.withThreads(threads(arguments));
            PathChoice choice = choice(arguments);
            if (arguments.has("--config") && arguments.has("--parameters")) {
                throw Arguments.unusable("--config", "stands beside --parameters", "give one of them");
            }
            ConfigurationFile file = arguments.has("--parameters")
                    ? new ConfigurationFile(arguments.path("--parameters", CONFIGURATION), true)
                    : new ConfigurationFile(arguments.path("--config", CONFIGURATION), false);
            Run.until(end, file, arguments.path("--socket", SOCKET), choice, limits, notices);
            return DONE;
        } finally {
            over.countDown();
        }
    }

    /** For as long as the process lives. */
    private PrintStream log(Arguments arguments) throws IOException {
        Optional<String> file = arguments.value("--log");
        return file.isEmpty() ? complaints : new PrintStream(new FileOutputStream(file.get(), true), true, UTF_8);
    }

    private static PathChoice choice(Arguments arguments) throws UnusableInputException {
        String text = arguments.value("--path").orElse("built-in");
        return PathChoice.of(text)
                .orElseThrow(
                        () -> Arguments.unusable("--path " + text, "is not known", "write ipvs, built-in or auto"));
    }

    private static int threads(Arguments arguments) throws UnusableInputException {
        String text = arguments.value("--threads").orElse("2");
        if (!text.matches("[1-9][0-9]?")) {
            throw Arguments.unusable("--threads " + text, "is not a number from 1 to 99", "");
        }
        return Integer.parseInt(text);
    }

    private int drain(Arguments arguments) throws UnusableInputException, IOException {
        String server = arguments.only("SERVER");
        return ask(arguments, "drain\t" + server + "\t" + (arguments.has("--off") ? "off" : "on") + service(arguments));
    }

    private int weight(Arguments arguments) throws UnusableInputException, IOException {
        List<String> words = arguments.words();
        if (words.size() != 2 || !words.get(1).matches("[0-9]{1,5}|configured")) {
            throw Arguments.unusable("weight", "needs a server and a number, or the word configured", "");
        }
        return ask(arguments, "weight\t" + words.get(0) + "\t" + words.get(1) + service(arguments));
    }

    private static String service(Arguments arguments) {
        return arguments.value("--service").map(id -> "\t" + id).orElse("");
    }

    private int ask(Arguments arguments, String question) throws IOException {
        ControlClient.Reply reply = ControlClient.ask(arguments.path("--socket", SOCKET), question);
        if (!reply.done()) {
            complaints.print("ringfence balance: " + reply.text());
            return NOT_DONE;
        }
        out.print(reply.text());
        return DONE;
    }
}
