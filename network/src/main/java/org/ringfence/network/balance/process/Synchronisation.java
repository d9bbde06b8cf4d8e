package org.ringfence.network.balance.process;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ringfence.linux.Errno;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.ipvs.Ipvs;
import org.ringfence.linux.ipvs.IpvsSync;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.balance.show.SyncText;

/**
 * {@code balance sync}: the kernel's two daemons by which directors tell each other of their connections. Every director runs both, so that none has
 * to learn whose turn it is: one that carries nothing has nothing to tell. For one thread.
 */
final class Synchronisation {
    private static final Set<String> SETTINGS = Set.of("--interface", "--id", "--group", "--port", "--ttl");

    private final PrintStream out;

    Synchronisation(PrintStream out) {
        this.out = out;
    }

    /**
     * @param words what follows {@code sync}
     * @return whether it is done; for {@code status} whether both daemons run
     * @throws IOException when the kernel refuses; what was done before stays
     */
    boolean carryOut(List<String> words) throws UnusableInputException, IOException {
        String word = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        return switch (word) {
            case "start" -> start(wanted(wordless(Arguments.parse(rest, Set.of(), SETTINGS))));
            case "stop" -> stop(rest);
            case "status" -> status(wordless(Arguments.parse(rest, Set.of("--json"), Set.of())));
            default ->
                throw Arguments.unusable(
                        "sync" + (word.isEmpty() ? "" : " " + word),
                        word.isEmpty() ? "needs a word after it" : "is not understood",
                        "write start, stop or status");
        };
    }

    private static Arguments wordless(Arguments arguments) throws UnusableInputException {
        if (!arguments.words().isEmpty()) {
            throw Arguments.unusable(arguments.words().getFirst(), "is not understood", "see ringfence balance --help");
        }
        return arguments;
    }

    /** Both daemons, of the same settings. */
    static List<IpvsSync> wanted(Arguments arguments) throws UnusableInputException {
        String device = arguments
                .value("--interface")
                .orElseThrow(() -> Arguments.unusable(
                        "--interface", "is missing", "name the one that leads to the other directors"));
        int id = number(arguments, "--id", 0);
        int port = number(arguments, "--port", IpvsSync.DEFAULT_PORT);
        int ttl = number(arguments, "--ttl", IpvsSync.DEFAULT_TTL);
        Optional<String> group = arguments.value("--group");
        try {
            InetAddress address = group.isEmpty() ? IpvsSync.DEFAULT_GROUP : InetAddress.ofLiteral(group.get());
            return List.of(
                    new IpvsSync(false, device, id, address, port, ttl),
                    new IpvsSync(true, device, id, address, port, ttl));
        } catch (IllegalArgumentException refused) {
            throw Arguments.unusable("sync start", String.valueOf(refused.getMessage()), "");
        }
    }

    private static int number(Arguments arguments, String option, int otherwise) throws UnusableInputException {
        Optional<String> text = arguments.value(option);
        if (text.isPresent() && !text.get().matches("[0-9]{1,5}")) {
            throw Arguments.unusable(option + " " + text.get(), "is no number", "");
        }
        return text.map(Integer::parseInt).orElse(otherwise);
    }

    private static boolean start(List<IpvsSync> wanted) throws IOException {
        try (Ipvs ipvs = opened()) {
            Change change = Change.of(ipvs.syncs(), wanted);
            for (IpvsSync former : change.stop()) {
                ipvs.stop(former);
            }
            for (IpvsSync next : change.start()) {
                try {
                    ipvs.start(next);
                } catch (IOException refused) {
                    throw new IOException(
                            "the kernel's " + (next.backup() ? "backup" : "master") + " daemon cannot be started on "
                                    + next.networkDevice() + " (" + refused.getMessage()
                                    + "); the interface must be up and have an address",
                            refused);
                }
            }
            return true;
        }
    }

    private static Ipvs opened() throws IOException {
        return loaded().orElseThrow(() -> new IOException("this kernel has not loaded IPVS; load the module ip_vs"));
    }

    private static boolean stop(List<String> words) throws UnusableInputException, IOException {
        wordless(Arguments.parse(words, Set.of(), Set.of()));
        Optional<Ipvs> loaded = loaded();
        if (loaded.isEmpty()) {
            return true;
        }
        try (Ipvs ipvs = loaded.get()) {
            for (IpvsSync each : ipvs.syncs()) {
                ipvs.stop(each);
            }
            return true;
        }
    }

    private boolean status(Arguments arguments) throws IOException {
        List<IpvsSync> running = running();
        if (arguments.has("--json")) {
            out.println(SyncText.json(running));
        } else {
            out.print(SyncText.text(running));
        }
        return running.size() == 2;
    }

    private static List<IpvsSync> running() throws IOException {
        Optional<Ipvs> loaded = loaded();
        if (loaded.isEmpty()) {
            return List.of();
        }
        try (Ipvs ipvs = loaded.get()) {
            return ipvs.syncs();
        }
    }

    /** Empty when this kernel has not loaded IPVS: then nothing of it runs. */
    private static Optional<Ipvs> loaded() throws IOException {
        try {
            return Optional.of(Ipvs.open());
        } catch (ErrnoException absent) {
            if (absent.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw absent;
        }
    }

    /**
     * What makes the running daemons the wanted ones. One that runs with other settings ends first, as the kernel has one of each kind.
     *
     * @param stop  in the order in which they run
     * @param start in the order in which they are wanted
     */
    record Change(List<IpvsSync> stop, List<IpvsSync> start) {
        static Change of(List<IpvsSync> running, List<IpvsSync> wanted) {
            List<IpvsSync> stop = new ArrayList<>(running);
            stop.removeAll(wanted);
            List<IpvsSync> start = new ArrayList<>(wanted);
            start.removeAll(running);
            return new Change(List.copyOf(stop), List.copyOf(start));
        }
    }
}
