package org.ringfence.daemon.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ringfence.api.json.JsonText;
import org.ringfence.api.json.MalformedJsonException;
import org.ringfence.api.json.RecordJson;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.model.NodeId;

/**
 * The history on this node's disk: one line of JSON for each entry, in two files, so that {@link #LINES_MAX} to twice as many are kept. It
 * is written on a thread of its own and not forced to the disk: when the host loses its power the last second may be missing, and
 * its peers have it. Safe from any thread.
 */
public final class HistoryFile implements AutoCloseable {
    /** A busy day of a large cluster. */
    static final int LINES_MAX = 10_000;

    private static final int WAITING_MAX = 2_000;
    private static final System.Logger LOG = System.getLogger("ringfence.history");
    private static final RecordJson<Stored> JSON = RecordJson.of(Stored.class).build();

    private final Path current;
    private final Path former;
    private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicBoolean missed = new AtomicBoolean();
    private final Thread writing;
    private volatile boolean closing;
    private final Loaded loaded;
    /** Only the writing thread's: how many lines the current file has, and whether this life has written to it. */
    private int lines;

    private boolean begun;

    /** What stands in a line. */
    record Stored(
            Instant when,
            NodeId node,
            HistoryEntry.Kind kind,
            String subject,
            String text,
            SequencedMap<String, String> details,
            Duration ahead) {

        static Stored of(Line line) {
            HistoryEntry entry = line.entry();
            return new Stored(
                    entry.when(),
                    entry.node(),
                    entry.kind(),
                    entry.subject(),
                    entry.text(),
                    entry.details(),
                    line.ahead());
        }

        Line line() {
            return new Line(new HistoryEntry(when, node, kind, subject, text, details), ahead);
        }
    }

    /**
     * What was kept before, oldest first. A line that cannot be read, such as the last one before a power loss, is passed over.
     *
     * @param complete whether no line was passed over
     */
    public record Loaded(List<Line> lines, boolean complete) {
        public Loaded {
            lines = List.copyOf(lines);
        }
    }

    /** @param folder is made where it is missing */
    public HistoryFile(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        current = folder.resolve("current.jsonl");
        former = folder.resolve("former.jsonl");
        List<Line> read = new ArrayList<>();
        int damaged = read(former, read);
        int before = read.size();
        damaged += read(current, read);
        lines = read.size() - before;
        if (damaged > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} lines of the history cannot be read and are passed over",
                    damaged);
        }
        loaded = new Loaded(read, damaged == 0);
        writing = Thread.ofPlatform().daemon().name("history").start(this::write);
    }

    public Loaded loaded() {
        return loaded;
    }

    private static int read(Path file, List<Line> into) throws IOException {
        if (Files.notExists(file)) {
            return 0;
        }
        int damaged = 0;
        // A torn line need not even be text.
        try (Stream<String> all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines()) {
            for (String line : (Iterable<String>) all::iterator) {
                try {
                    if (!line.isEmpty()) {
                        into.add(JSON.read(JsonText.parse(line.getBytes(StandardCharsets.UTF_8)))
                                .line());
                    }
                } catch (MalformedJsonException torn) {
                    damaged++;
                }
            }
        }
        return damaged;
    }

    /** Returns at once. When the disk is so slow that too many wait, some are not kept, and the log says so. */
    public void add(Line line) {
        if (waiting.offer(line)) {
            LockSupport.unpark(writing);
        } else if (!missed.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the disk is too slow for the history; what happens now is not kept on it");
        }
    }

    private void write() {
        while (true) {
            boolean last = closing;
            Line first = waiting.poll();
            if (first != null) {
                append(first);
            } else if (last) {
                return;
            } else {
                LockSupport.park();
            }
        }
    }

    private void append(Line first) {
        try {
            if (lines >= LINES_MAX) {
                Files.move(current, former, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                lines = 0;
            }
            try (Writer out = Files.newBufferedWriter(
                    current, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                if (!begun) {
                    // The last line of a former life may lack its end.
                    out.write('\n');
                }
                for (Line next = first; next != null; next = waiting.poll()) {
                    out.write(new String(JSON.write(Stored.of(next)), StandardCharsets.UTF_8) + "\n");
                    lines++;
                }
            }
            begun = true;
            missed.set(false);
        } catch (IOException | UncheckedIOException failed) {
            if (!missed.getAndSet(true)) {
                LOG.log(System.Logger.Level.WARNING, "the history cannot be written: {0}", failed.getMessage());
            }
        }
    }

    /** Writes what waits. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(writing);
        try {
            writing.join(Duration.ofSeconds(5));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
