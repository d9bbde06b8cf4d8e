package org.ringfence.scheduler.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The terms of scores, one per node: what changed since the last entry is put down under the cause that is given. So the terms always
 * add up to the scores. For one run, by its thread.
 */
public final class Account {
    private final int[] scores;
    private final int[] seen;
    private final List<List<Term>> terms = new ArrayList<>();

    /** @param scores are watched from now on */
    public Account(int[] scores) {
        this.scores = scores;
        this.seen = new int[scores.length];
        for (int index = 0; index < scores.length; index++) {
            terms.add(new ArrayList<>());
        }
    }

    /** For a single score that is not kept in an array elsewhere. */
    public static Account ofOne() {
        return new Account(new int[1]);
    }

    /** Puts down what the single score is now. */
    public void book(int score, Supplier<Cause> cause) {
        scores[0] = score;
        book(cause);
    }

    /** How far an account had come. */
    public static final class Mark {
        private final int[] seen;
        private final int[] entries;

        private Mark(Account account) {
            seen = account.seen.clone();
            entries = account.terms.stream().mapToInt(List::size).toArray();
        }
    }

    /** Puts down all that changed since the last entry. */
    public void book(Supplier<Cause> cause) {
        Cause said = null;
        for (int index = 0; index < scores.length; index++) {
            if (scores[index] != seen[index]) {
                said = said == null ? cause.get() : said;
                terms.get(index).add(new Term(seen[index], scores[index], said));
                seen[index] = scores[index];
            }
        }
    }

    public Mark mark() {
        return new Mark(this);
    }

    /** Forgets what was put down since: it was a trial. */
    public void returnTo(Mark mark) {
        System.arraycopy(mark.seen, 0, seen, 0, seen.length);
        for (int index = 0; index < terms.size(); index++) {
            List<Term> kept = terms.get(index);
            kept.subList(mark.entries[index], kept.size()).clear();
        }
    }

    public List<Term> terms(int index) {
        return List.copyOf(terms.get(index));
    }
}
