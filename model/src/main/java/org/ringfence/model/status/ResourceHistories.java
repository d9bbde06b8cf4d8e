package org.ringfence.model.status;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.AgentName;

/**
 * What one node remembers, by instance name, immutable, in the order in which it stands.
 *
 * <p>A large cluster's nodes remember thousands of resources each, of most of them only that they are not there. So that all of
 * it can be gone through quickly, what is asked of each entry first lies in arrays side by side.
 */
public final class ResourceHistories extends AbstractMap<String, ResourceHistory>
        implements SequencedMap<String, ResourceHistory> {
    public static final ResourceHistories NONE = new ResourceHistories(new LinkedHashMap<>());

    private final String[] names;
    private final AgentName[] agents;
    private final boolean[] onlyAbsent;
    private final ResourceHistory[] entries;
    /** Places of names with an instance's number. */
    private final int[] numbered;

    /** Open hash table of places plus one; 0 is free. */
    private final int[] table;

    private ResourceHistories(Map<String, ResourceHistory> map) {
        names = map.keySet().toArray(String[]::new);
        entries = map.values().toArray(ResourceHistory[]::new);
        agents = new AgentName[entries.length];
        onlyAbsent = new boolean[entries.length];
        table = new int[Integer.highestOneBit(Math.max(1, entries.length)) * 4];
        for (int place = 0; place < entries.length; place++) {
            agents[place] = entries[place].agent();
            onlyAbsent[place] = entries[place].onlyAbsent();
            table[slot(names[place])] = place + 1;
        }
        numbered = IntStream.range(0, names.length)
                .filter(place -> names[place].indexOf(':') >= 0)
                .toArray();
    }

    /** The same names in the same places; only what is remembered of one is something else. */
    private ResourceHistories(ResourceHistories like, int place, ResourceHistory entry) {
        names = like.names;
        numbered = like.numbered;
        table = like.table;
        entries = like.entries.clone();
        agents = like.agents.clone();
        onlyAbsent = like.onlyAbsent.clone();
        entries[place] = entry;
        agents[place] = entry.agent();
        onlyAbsent[place] = entry.onlyAbsent();
    }

    /** With this in the place of what was remembered of the same name, or as the last. */
    public ResourceHistories with(ResourceHistory history) {
        int found = table[slot(history.resource())];
        if (found > 0) {
            return new ResourceHistories(this, found - 1, history);
        }
        var more = new LinkedHashMap<>(this);
        more.put(history.resource(), history);
        return new ResourceHistories(more);
    }

    /** Without what is remembered of this name, if anything. */
    public ResourceHistories without(String name) {
        if (!containsKey(name)) {
            return this;
        }
        var fewer = new LinkedHashMap<>(this);
        fewer.remove(name);
        return new ResourceHistories(fewer);
    }

    /** The name of an instance without its number: {@code db} for {@code db:0}. */
    public static String withoutNumber(String name) {
        int colon = name.lastIndexOf(':');
        if (colon < 0 || colon == name.length() - 1) {
            return name;
        }
        for (int index = colon + 1; index < name.length(); index++) {
            if (!Character.isDigit(name.charAt(index))) {
                return name;
            }
        }
        return name.substring(0, colon);
    }

    /**
     * What is remembered of these alone, in the same order.
     *
     * @param resources names without numbers
     */
    public ResourceHistories only(Collection<String> resources) {
        var places = new TreeSet<Integer>();
        for (String resource : resources) {
            int found = table[slot(resource)];
            if (found > 0) {
                places.add(found - 1);
            }
        }
        for (int place : numbered) {
            if (resources.contains(withoutNumber(names[place]))) {
                places.add(place);
            }
        }
        var kept = new LinkedHashMap<String, ResourceHistory>();
        places.forEach(place -> kept.put(names[place], entries[place]));
        return new ResourceHistories(kept);
    }

    /** Names of which something else is remembered here than there. Quick where most entries are the same objects. */
    @SuppressWarnings("ReferenceEquality") // a quick yes for most
    public Set<String> differing(ResourceHistories other) {
        var differing = new TreeSet<String>();
        for (int place = 0; place < entries.length; place++) {
            boolean samePlace = place < other.entries.length && other.names[place].equals(names[place]);
            ResourceHistory there = samePlace ? other.entries[place] : other.get(names[place]);
            if (entries[place] != there && !entries[place].equals(there)) {
                differing.add(names[place]);
            }
        }
        for (int place = 0; place < other.entries.length; place++) {
            boolean samePlace = place < names.length && names[place].equals(other.names[place]);
            if (!samePlace && !containsKey(other.names[place])) {
                differing.add(other.names[place]);
            }
        }
        return differing;
    }

    /** By their resources' names, in this order. */
    public static ResourceHistories of(Collection<ResourceHistory> resources) {
        var byName = new LinkedHashMap<String, ResourceHistory>();
        resources.forEach(resource -> byName.put(resource.resource(), resource));
        return new ResourceHistories(byName);
    }

    public static ResourceHistories copyOf(Map<String, ResourceHistory> map) {
        return map instanceof ResourceHistories histories ? histories : new ResourceHistories(map);
    }

    /** Where the name is in the table, or would be. */
    private int slot(Object name) {
        int hash = name.hashCode() * 0x9E3779B9;
        int slot = (hash ^ (hash >>> 16)) & (table.length - 1);
        while (table[slot] != 0 && !names[table[slot] - 1].equals(name)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    /** The name at a place, counted from 0. */
    public String name(int place) {
        return names[place];
    }

    public AgentName agent(int place) {
        return agents[place];
    }

    /** {@link ResourceHistory#onlyAbsent()} of the one at a place. */
    public boolean onlyAbsent(int place) {
        return onlyAbsent[place];
    }

    public ResourceHistory at(int place) {
        return entries[place];
    }

    @Override
    public @Nullable ResourceHistory get(@Nullable Object name) {
        int found = name == null ? 0 : table[slot(name)];
        return found == 0 ? null : entries[found - 1];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public int size() {
        return entries.length;
    }

    @Override
    public List<ResourceHistory> values() {
        return Collections.unmodifiableList(Arrays.asList(entries));
    }

    @Override
    public Set<Entry<String, ResourceHistory>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return entries.length;
            }

            @Override
            public Iterator<Entry<String, ResourceHistory>> iterator() {
                return new Places();
            }
        };
    }

    @Override
    public SequencedMap<String, ResourceHistory> reversed() {
        var reversed = new LinkedHashMap<String, ResourceHistory>();
        for (int place = entries.length - 1; place >= 0; place--) {
            reversed.put(names[place], entries[place]);
        }
        return Collections.unmodifiableSequencedMap(reversed);
    }

    private final class Places implements Iterator<Entry<String, ResourceHistory>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < entries.length;
        }

        @Override
        public Entry<String, ResourceHistory> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next++;
            return Map.entry(names[next - 1], entries[next - 1]);
        }
    }
}
