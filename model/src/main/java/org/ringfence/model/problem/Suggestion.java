package org.ringfence.model.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody probably meant who wrote a word that is not known. */
public final class Suggestion {
    private Suggestion() {}

    /** The known word that is nearest, when it is near enough to be worth saying: about one slip in three letters. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * How many letters to insert, drop, change or swap with their neighbour make one word the other (optimal string
     * alignment distance).
     */
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                if (row == 0 || column == 0) {
                    cost[row][column] = row + column;
                    continue;
                }
                int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                int least = Math.min(cost[row - 1][column], cost[row][column - 1]) + 1;
                least = Math.min(least, cost[row - 1][column - 1] + change);
                if (row > 1
                        && column > 1
                        && from.charAt(row - 1) == to.charAt(column - 2)
                        && from.charAt(row - 2) == to.charAt(column - 1)) {
                    least = Math.min(least, cost[row - 2][column - 2] + 1);
                }
                cost[row][column] = least;
            }
        }
        return cost[from.length()][to.length()];
    }
}
