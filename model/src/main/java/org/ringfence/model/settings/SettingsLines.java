package org.ringfence.model.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.value.TimeSpan;

/** Lines {@code key = value}, with comments from {@code #} at the beginning of a line, as {@code ringfence.conf} has them. */
public final class SettingsLines {
    private final String file;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();

    /** A value and where it stands. */
    private record Entry(String value, Place place) {}

    private SettingsLines(String file) {
        this.file = file;
    }

    /**
     * @param known whether a key is a setting
     * @param there what to say there is, when one is not
     * @throws UnusableInputException names the file and the line
     */
    public static SettingsLines read(String file, List<String> lines, Predicate<String> known, String there)
            throws UnusableInputException {
        var settings = new SettingsLines(file);
        for (int index = 0; index < lines.size(); index++) {
            settings.line(lines.get(index), index + 1, known, there);
        }
        return settings;
    }

    private void line(String line, int number, Predicate<String> known, String there) throws UnusableInputException {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        var place =
                new Place(file, number, 1 + line.length() - line.stripLeading().length());
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw unusable(place, text, "is not KEY = VALUE", "");
        }
        String key = text.substring(0, equals).strip();
        if (!known.test(key)) {
            throw unusable(place, key, "is not a setting", there);
        }
        if (entries.put(key, new Entry(text.substring(equals + 1).strip(), place)) != null) {
            throw unusable(place, key, "stands twice", "remove one of the lines");
        }
    }

    /** Every key that stands there, in its order. */
    public List<String> keys() {
        return List.copyOf(entries.sequencedKeySet());
    }

    /** Empty also when nothing stands behind the key. */
    public Optional<String> optional(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value).filter(value -> !value.isEmpty());
    }

    public String required(String key) throws UnusableInputException {
        Optional<String> value = optional(key);
        if (value.isEmpty()) {
            throw unusable(new Place(file, 0, 0), file, "has no line " + key + " = ...", "add it");
        }
        return value.get();
    }

    /** In milliseconds, from 0 on; empty when the key is not there. */
    public Optional<Long> spanMillis(String key) throws UnusableInputException {
        Optional<String> text = optional(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        long millis = TimeSpan.parseMillis(text.get()).orElse(-1);
        if (millis < 0) {
            throw unusable(key, "'" + text.get() + "' is not a span of time", "write 20s, 500ms or 10min");
        }
        return Optional.of(millis);
    }

    /** What is wrong with a key's value. */
    public UnusableInputException unusable(String key, String text, String remedy) {
        Entry entry = entries.get(key);
        return unusable(entry == null ? Place.NONE : entry.place(), key, text, remedy);
    }

    private static UnusableInputException unusable(Place place, String element, String text, String remedy) {
        return new UnusableInputException(Problem.error(place, element, text, remedy));
    }
}
