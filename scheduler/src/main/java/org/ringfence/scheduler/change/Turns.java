package org.ringfence.scheduler.change;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What nodes were given, by the turns of the outermost resources. A turn gives also what its resource has to wait for, so what is given
 * in one is all of one part. Immutable.
 */
final class Turns {
    /** By the outermost resource's name. */
    private final Map<String, Integer> numbers;

    private final int[] parts;
    /** By turn: the nodes, once for each primitive that they got. */
    private final List<List<Integer>> given;

    private Turns(Map<String, Integer> numbers, int[] parts, List<List<Integer>> given) {
        this.numbers = numbers;
        this.parts = parts;
        this.given = Collections.unmodifiableList(given);
    }

    /**
     * @param parts of the resources, in the order of their turns
     * @param given nodes by turn, in any order
     */
    static Turns all(List<String> resources, List<Integer> parts, Map<Integer, List<Integer>> given) {
        var numbers = new HashMap<String, Integer>();
        var nodes = new ArrayList<List<Integer>>();
        for (int turn = 0; turn < resources.size(); turn++) {
            numbers.put(resources.get(turn), turn);
            nodes.add(sorted(given.getOrDefault(turn, List.of())));
        }
        return new Turns(numbers, parts.stream().mapToInt(Integer::intValue).toArray(), nodes);
    }

    private static List<Integer> sorted(List<Integer> nodes) {
        return nodes.stream().sorted().toList();
    }

    @Nullable
    Integer number(String resource) {
        return numbers.get(resource);
    }

    int count() {
        return parts.length;
    }

    int part(int turn) {
        return parts[turn];
    }

    List<Integer> given(int turn) {
        return given.get(turn);
    }

    /** The same turns, where these parts gave something else. */
    Turns with(BitSet decided, Map<Integer, List<Integer>> now) {
        var nodes = new ArrayList<>(given);
        for (int turn = 0; turn < parts.length; turn++) {
            if (decided.get(parts[turn])) {
                nodes.set(turn, sorted(now.getOrDefault(turn, List.of())));
            }
        }
        return new Turns(numbers, parts, nodes);
    }

    boolean giveTheSame(Turns other) {
        return given.equals(other.given);
    }
}
