package org.ringfence.model.xml;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A few names with their values, immutable, in the order in which they were written.
 *
 * <p>One array and a linear search: elements have a handful of attributes, and a large configuration has a million
 * elements, so neither hashing nor entry objects would pay.
 */
public final class Attributes extends AbstractMap<String, String> implements SequencedMap<String, String> {
    public static final Attributes NONE = new Attributes(new String[0]);

    /** Names at even places, each followed by its value. */
    private final String[] pairs;

    private Attributes(String[] pairs) {
        this.pairs = pairs;
    }

    /** @param pairs names and values in turn, no name twice; not copied */
    static Attributes ofPairs(String[] pairs) {
        return pairs.length == 0 ? NONE : new Attributes(pairs);
    }

    public static Attributes copyOf(Map<String, String> map) {
        if (map instanceof Attributes attributes) {
            return attributes;
        }
        String[] pairs = new String[map.size() * 2];
        int next = 0;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            pairs[next++] = entry.getKey();
            pairs[next++] = entry.getValue();
        }
        return ofPairs(pairs);
    }

    /** Those whose names are wanted, in the same order. */
    public Attributes only(Predicate<String> wanted) {
        int count = 0;
        String[] kept = new String[pairs.length];
        for (int index = 0; index < pairs.length; index += 2) {
            if (wanted.test(pairs[index])) {
                kept[count++] = pairs[index];
                kept[count++] = pairs[index + 1];
            }
        }
        return count == pairs.length ? this : ofPairs(Arrays.copyOf(kept, count));
    }

    /** Both together, sorted by name; this one decides about a name that both have. Both have to be sorted by name. */
    public Attributes over(Attributes lower) {
        if (lower.pairs.length == 0 || pairs.length == 0) {
            return pairs.length == 0 ? lower : this;
        }
        String[] merged = new String[pairs.length + lower.pairs.length];
        int filled = 0;
        int own = 0;
        int below = 0;
        while (own < pairs.length && below < lower.pairs.length) {
            int order = pairs[own].compareTo(lower.pairs[below]);
            filled = order <= 0 ? copy(pairs, own, merged, filled) : copy(lower.pairs, below, merged, filled);
            own += order <= 0 ? 2 : 0;
            below += order >= 0 ? 2 : 0;
        }
        while (own < pairs.length) {
            filled = copy(pairs, own, merged, filled);
            own += 2;
        }
        while (below < lower.pairs.length) {
            filled = copy(lower.pairs, below, merged, filled);
            below += 2;
        }
        return new Attributes(filled == merged.length ? merged : Arrays.copyOf(merged, filled));
    }

    private static int copy(String[] from, int at, String[] to, int filled) {
        to[filled] = from[at];
        to[filled + 1] = from[at + 1];
        return filled + 2;
    }

    @Override
    public @Nullable String get(@Nullable Object key) {
        for (int index = 0; index < pairs.length; index += 2) {
            if (pairs[index].equals(key)) {
                return pairs[index + 1];
            }
        }
        return null;
    }

    @Override
    public String getOrDefault(@Nullable Object key, String otherwise) {
        String value = get(key);
        return value == null ? otherwise : value;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return Attributes.this.size();
            }

            @Override
            public Iterator<Entry<String, String>> iterator() {
                return new Pairs();
            }
        };
    }

    @Override
    public SequencedMap<String, String> reversed() {
        var reversed = new LinkedHashMap<String, String>();
        List.copyOf(entrySet()).reversed().forEach(entry -> reversed.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableSequencedMap(reversed);
    }

    private final class Pairs implements Iterator<Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < pairs.length;
        }

        @Override
        public Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return Map.entry(pairs[next - 2], pairs[next - 1]);
        }
    }
}
