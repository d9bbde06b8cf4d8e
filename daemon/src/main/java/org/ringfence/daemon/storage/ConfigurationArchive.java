package org.ringfence.daemon.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ringfence.api.json.MalformedJsonException;
import org.ringfence.api.json.RecordJson;
import org.ringfence.controller.port.StableStore.StoreException;
import org.ringfence.model.cib.CibVersion;

/**
 * The last 100 configurations, with who made each, when and why. Each is one document, named by a running number: a line with
 * its {@link Entry}, then the CIB. There is no index that could disagree with them.
 *
 * <p>For one thread.
 */
public final class ConfigurationArchive {
    public static final int KEPT = 100;

    private static final Pattern NAME = Pattern.compile("[0-9]{9}");
    private static final RecordJson<Entry> ENTRY = RecordJson.of(Entry.class).build();

    private final FileStore store;
    private final Path folder;
    private final Disk disk;

    ConfigurationArchive(FileStore store, Path folder, Disk disk) {
        this.store = store;
        this.folder = folder;
        this.disk = disk;
    }

    /**
     * One of the configurations.
     *
     * @param number counts the changes that this node has seen, from 1
     */
    public record Entry(int number, CibVersion version, String who, Instant when, String why) {}

    /** What {@link #entries} found. Damaged ones were set aside and are named, a line each. */
    public record Entries(List<Entry> newestFirst, List<String> damaged) {
        public Entries {
            newestFirst = List.copyOf(newestFirst);
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * Adds one, and forgets the oldest when there are more than {@link #KEPT}.
     *
     * @return its entry, with the number it was given
     * @throws StoreException when it is not on the disk
     */
    public Entry add(CibVersion version, String who, Instant when, String why, String cib) throws StoreException {
        List<Integer> numbers = numbers();
        Entry entry = new Entry(numbers.isEmpty() ? 1 : numbers.getLast() + 1, version, who, when, why);
        byte[] line = ENTRY.write(entry);
        byte[] text = cib.getBytes(UTF_8);
        byte[] document = Arrays.copyOf(line, line.length + 1 + text.length);
        document[line.length] = '\n';
        System.arraycopy(text, 0, document, line.length + 1, text.length);
        store.save(name(entry.number), document);
        for (int old : numbers.subList(0, Math.max(0, numbers.size() + 1 - KEPT))) {
            forget(old);
        }
        return entry;
    }

    private void forget(int number) throws StoreException {
        Path file = folder.resolve(name(number));
        try {
            disk.remove(file);
        } catch (IOException e) {
            throw new StoreException("cannot remove " + file + ": " + FileStore.reason(e), e);
        }
    }

    /** @throws StoreException when the folder cannot be read */
    public Entries entries() throws StoreException {
        List<Entry> found = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (int number : numbers().reversed()) {
            try {
                Optional<byte[]> document = store.load(name(number));
                if (document.isPresent()) {
                    found.add(entry(number, document.get()));
                }
            } catch (StoreException e) {
                damaged.add(String.valueOf(e.getMessage()));
            }
        }
        return new Entries(found, damaged);
    }

    /**
     * The CIB of one of the entries.
     *
     * @return empty when it is not kept any more
     * @throws StoreException when it cannot be read
     */
    public Optional<String> cib(int number) throws StoreException {
        return store.load(name(number)).map(document -> {
            int line = endOfLine(document);
            return new String(document, line + 1, document.length - line - 1, UTF_8);
        });
    }

    private Entry entry(int number, byte[] document) throws StoreException {
        try {
            return ENTRY.read(Arrays.copyOf(document, endOfLine(document)));
        } catch (MalformedJsonException e) {
            throw new StoreException(folder.resolve(name(number)) + " is not a configuration: " + e.getMessage(), e);
        }
    }

    private static int endOfLine(byte[] document) {
        int end = 0;
        while (end < document.length - 1 && document[end] != '\n') {
            end++;
        }
        return end;
    }

    private List<Integer> numbers() throws StoreException {
        try {
            return disk.names(folder).stream()
                    .filter(name -> NAME.matcher(name).matches())
                    .map(Integer::valueOf)
                    .toList();
        } catch (IOException e) {
            throw new StoreException("cannot look into " + folder + ": " + FileStore.reason(e), e);
        }
    }

    private static String name(int number) {
        return "%09d".formatted(number);
    }
}
