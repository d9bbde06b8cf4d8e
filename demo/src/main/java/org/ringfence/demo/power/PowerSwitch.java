package org.ringfence.demo.power;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the requests of {@code fence_demo} and keeps a log of them. Requests for one host wait for each other, those for
 * different hosts do not; a request that hangs holds up none.
 *
 * <p>The pipes: agents write one line {@code ACTION HOST REPLY BY} to {@code requests}, shorter than a pipe's atomic write,
 * and read one line from the pipe named {@code REPLY}, which they made and hold open.
 */
public final class PowerSwitch implements AutoCloseable {
    private static final String REQUESTS = "requests";

    private final Path folder;
    private final SequencedMap<String, Plug> plugs = new LinkedHashMap<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final List<PowerEvent> events = new ArrayList<>();
    private final RandomAccessFile requests;
    private final Thread reader;
    private volatile Duration bootTime;
    private volatile boolean closed;

    /**
     * Begins to serve.
     *
     * @param folder   for the pipes and {@code power.log}; every host must see it under this path
     * @param bootTime how long a host lies dark in a {@code reboot} before power comes back
     */
    public PowerSwitch(Path folder, List<Plug> hosts, Duration bootTime) throws IOException {
        this.folder = folder;
        this.bootTime = bootTime;
        hosts.forEach(plug -> plugs.put(plug.host(), plug));
        Files.createDirectories(folder);
        Path pipe = folder.resolve(REQUESTS);
        if (Files.notExists(pipe)) {
            makePipe(pipe);
        }
        // Open in both directions: never at its end, and never blocked for want of a writer.
        this.requests = new RandomAccessFile(pipe.toFile(), "rw");
        this.reader = Thread.ofPlatform().daemon().name("power-switch").start(this::serve);
    }

    /** Puts the fence agent where daemons look for it. */
    public static void install(Path agents) throws IOException {
        Files.createDirectories(agents);
        Path agent = agents.resolve("fence_demo");
        try (InputStream source = PowerSwitch.class.getResourceAsStream("fence_demo.sh")) {
            Files.write(agent, source.readAllBytes());
        }
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** From now on requests to cut or give power to this host are treated so. */
    public void behave(String host, Behaviour behaviour) {
        behaviours.put(host, behaviour);
    }

    /** From now on it fails whatever this host asks for, or no longer: a path that works from elsewhere only. */
    public void refuse(String by, boolean refuses) {
        if (refuses) {
            refused.add(by);
        } else {
            refused.remove(by);
        }
    }

    /** From now on a host lies dark for so long in a {@code reboot}. */
    public void bootTime(Duration dark) {
        bootTime = dark;
    }

    /** Everything so far, in the order in which it was answered. */
    public List<PowerEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** The first time at or after {@code from} at which the switch really cut this host's power. */
    public Optional<PowerEvent> cut(String host, Instant from) {
        return events().stream()
                .filter(event -> event.host().equals(host) && event.cutPower())
                .filter(event -> !event.done().isBefore(from))
                .findFirst();
    }

    private void serve() {
        try (var lines = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(requests.getChannel()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                Instant asked = Instant.now();
                String[] words = line.strip().split(" ");
                if (words.length == 4) {
                    Thread.ofVirtual().start(() -> serve(asked, words[0], words[1], words[2], words[3]));
                }
            }
        } catch (IOException failure) {
            if (!closed) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void serve(Instant asked, String action, String host, String reply, String by) {
        Plug plug = plugs.get(host);
        try {
            if (refused.contains(by)) {
                answer(asked, action, plug == null ? "" : host, by, reply, "failed", true);
                return;
            }
            switch (action) {
                case "list" -> answer(asked, action, "", by, reply, String.join(",", plugs.keySet()), true);
                case "monitor" -> answer(asked, action, "", by, reply, "ok", true);
                case "status", "off", "on", "reboot" -> {
                    if (plug == null) {
                        answer(asked, action, host, by, reply, "failed", true);
                    } else if (action.equals("status")) {
                        answer(asked, action, host, by, reply, plug.isOn() ? "on" : "off", true);
                    } else {
                        change(asked, action, plug, by, reply);
                    }
                }
                default -> answer(asked, action, host, by, reply, "failed", true);
            }
        } catch (IOException failure) {
            note(failure.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(Instant asked, String action, Plug plug, String by, String reply)
            throws IOException, InterruptedException {
        Behaviour behaviour = behaviours.getOrDefault(plug.host(), new Behaviour.Works());
        switch (behaviour) {
            case Behaviour.Works _ -> doIt(asked, action, plug, by, reply, Duration.ZERO);
            case Behaviour.Slow slow -> {
                Thread.sleep(slow.delay());
                doIt(asked, action, plug, by, reply, Duration.ZERO);
            }
            case Behaviour.AnswersLate late -> doIt(asked, action, plug, by, reply, late.delay());
            case Behaviour.Fails _ -> answer(asked, action, plug.host(), by, reply, "failed", true);
            case Behaviour.Lies _ -> answer(asked, action, plug.host(), by, reply, "ok", false);
            case Behaviour.Hangs _ -> note(asked + " " + action + " " + plug.host() + " by " + by + ": left hanging");
        }
    }

    private void doIt(Instant asked, String action, Plug plug, String by, String reply, Duration answerLate)
            throws IOException, InterruptedException {
        boolean done = true;
        synchronized (plug) {
            try {
                if (action.equals("on")) {
                    plug.on();
                } else {
                    plug.off();
                }
            } catch (IOException failure) {
                note(failure.toString());
                done = false;
            }
        }
        Thread.sleep(answerLate);
        answer(asked, action, plug.host(), by, reply, done ? "ok" : "failed", true);
        if (done && action.equals("reboot")) {
            Thread.sleep(bootTime);
            synchronized (plug) {
                if (!closed) {
                    plug.on();
                }
            }
        }
    }

    private void answer(
            Instant asked, String action, String host, String by, String reply, String answer, boolean really)
            throws IOException {
        var event = new PowerEvent(action, host, by, asked, Instant.now(), answer, really);
        synchronized (events) {
            events.add(event);
        }
        Path pipe = folder.resolve(reply);
        // The agent may have been ended meanwhile; opened in both directions, its pipe takes the answer all the same.
        if (Files.exists(pipe)) {
            try (var file = new RandomAccessFile(pipe.toFile(), "rw")) {
                file.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
                Files.deleteIfExists(pipe);
            }
        }
        note(event.toString());
    }

    private synchronized void note(String line) {
        try {
            Files.writeString(
                    folder.resolve("power.log"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (NoSuchFileException removed) {
            // The run is over and its folder gone.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void makePipe(Path pipe) throws IOException {
        try {
            int status = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
            if (status != 0) {
                throw new IOException("mkfifo " + pipe + ": status " + status);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Stops serving: requests are left waiting from now on, as with a dead power switch. */
    @Override
    public void close() throws IOException {
        closed = true;
        // The reader may sit in a read that closing does not end: a line wakes it.
        requests.write('\n');
        try {
            reader.join(Duration.ofSeconds(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        requests.close();
    }
}
