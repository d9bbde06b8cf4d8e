package org.ringfence.scheduler.reason;

import java.util.List;
import java.util.Optional;

/**
 * Why one instance of a resource is going to be what and where it is.
 *
 * @param resource  the instance's id
 * @param now       its role, in the words of the CIB
 * @param on        where it is active
 * @param next      the role that it is to have
 * @param to        where it is to be; empty for nowhere
 * @param because   why the decision is this one: what comes first is nearest, each that follows is behind the one before it or beside it
 * @param scores    for each node, in the configuration's order
 * @param promotion what the score that decides whether it is promoted is the sum of; empty when that was not asked
 * @param actions   all that could be done with it
 */
public record Explanation(
        String resource,
        String now,
        List<String> on,
        String next,
        Optional<String> to,
        Decision decision,
        List<Cause> because,
        List<NodeScore> scores,
        List<Term> promotion,
        List<Step> actions) {
    public Explanation {
        on = List.copyOf(on);
        because = List.copyOf(because);
        scores = List.copyOf(scores);
        promotion = List.copyOf(promotion);
        actions = List.copyOf(actions);
    }

    /** What becomes of it. */
    public enum Decision {
        STARTS,
        STOPS,
        RESTARTS,
        MOVES,
        /** It moves without being stopped. */
        MIGRATES,
        RELOADS,
        PROMOTED,
        DEMOTED,
        /** It runs, and goes on as it is. */
        STAYS,
        STAYS_STOPPED,
        /** It would have to be changed, and nobody may or can. */
        BLOCKED
    }

    /**
     * What speaks for and against a node.
     *
     * @param unusable why nothing at all can be assigned to the node; such a node is not chosen, whatever its score
     * @param terms    in the order in which they were added; their sum is the score
     */
    public record NodeScore(String node, int score, boolean chosen, Optional<Cause> unusable, List<Term> terms) {
        public NodeScore {
            terms = List.copyOf(terms);
        }
    }

    /**
     * One action, done or not.
     *
     * @param key     as the transition graph names it
     * @param node    where; empty when no node was found for it
     * @param because why it is done, or why not: nearest first
     */
    public record Step(String key, Optional<String> node, Fate fate, List<Cause> because) {
        public Step {
            because = List.copyOf(because);
        }
    }

    /** What becomes of an action. */
    public enum Fate {
        DONE,
        /** It comes about by something else, as a stop by fencing. */
        IMPLIED,
        NOT_NEEDED,
        /** It is wanted, and cannot be done. */
        IMPOSSIBLE
    }
}
