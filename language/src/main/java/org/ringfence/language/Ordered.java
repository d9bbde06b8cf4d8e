package org.ringfence.language;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Small sets and maps of words whose order is the same in every run, as a message may list what was expected. */
final class Ordered {
    private Ordered() {}

    /** In the order of the alphabet. */
    static Set<String> set(String... words) {
        return copy(Arrays.asList(words));
    }

    /** In the order of the alphabet. */
    static Set<String> copy(Collection<String> words) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(words));
    }

    /** In the given order: a word, what it stands for, the next word ... */
    static Map<String, String> map(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int place = 0; place < pairs.length; place += 2) {
            map.put(pairs[place], pairs[place + 1]);
        }
        return Collections.unmodifiableMap(map);
    }
}
