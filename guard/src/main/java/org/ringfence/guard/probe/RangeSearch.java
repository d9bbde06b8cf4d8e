package org.ringfence.guard.probe;

import java.io.IOException;
import java.util.Optional;
import org.ringfence.guard.probe.Finding.Beyond;
import org.ringfence.guard.probe.Finding.Spacing;
import org.ringfence.linux.watchdog.TimeoutAnswer;
import org.ringfence.model.watchdog.WatchdogRange;

/**
 * Finds which timeouts a driver takes, with few questions: first whether the ends are where the driver declares them, and where it
 * declares none or wrong ones, by doubling and then halving. It relies on one thing, that drivers take a contiguous range;
 * what they do outside of it (refuse, take another and say so, or not say so) and whether they round inside is found out.
 */
final class RangeSearch {
    /** More than any driver declares (UINT_MAX milliseconds), and more than anyone waits: 49 days. */
    private static final int CEILING = 4_294_967;

    /** Tried one after the other for a first value that is taken. */
    private static final int[] FIRST = {60, 30, 15, 120, 300, 10, 600, 5, 3, 1};

    /** How timeouts are asked for. The driver must not be left with the one asked for: a short one ends soon. */
    interface Question {
        TimeoutAnswer ask(int seconds) throws IOException;
    }

    /** What was found. */
    record Found(WatchdogRange range, Beyond below, Beyond above, Spacing spacing, Beyond between) {}

    private final Question question;
    private final int declaredMin;
    private final int declaredMax;

    private Beyond below = Beyond.NONE;
    private Beyond above = Beyond.NONE;
    private Beyond between = Beyond.NONE;
    private Spacing spacing = Spacing.EACH;
    private int step = 1;

    /** @param declared the ends that the driver declares, each 0 when it does not */
    RangeSearch(Question question, int declaredMin, int declaredMax) {
        this.question = question;
        this.declaredMin = declaredMin;
        this.declaredMax = declaredMax;
    }

    /** A timeout that the driver takes as it is, to begin with and to rest at; empty when none is found. */
    static Optional<Integer> first(Question question, int current) throws IOException {
        Optional<Integer> taken = taken(question, current);
        for (int index = 0; index < FIRST.length && taken.isEmpty(); index++) {
            taken = taken(question, FIRST[index]);
        }
        return taken;
    }

    private static Optional<Integer> taken(Question question, int seconds) throws IOException {
        if (seconds <= 0) {
            return Optional.empty();
        }
        TimeoutAnswer answer = question.ask(seconds);
        if (!answer.accepted() || answer.inForce() <= 0) {
            return Optional.empty();
        }
        // One that is rounded is taken as what it was rounded to.
        return answer.taken() || question.ask(answer.inForce()).taken()
                ? Optional.of(answer.inForce())
                : Optional.empty();
    }

    /** @param start one that is taken */
    Found from(int start) throws IOException {
        int max = most(start);
        int min = least(start);
        space(start, max);
        if (step > 1) {
            // Values are counted from the least, which a driver may refuse to round to.
            min = start - (start - min) / step * step;
        }
        return new Found(new WatchdogRange(min, max, step), below, above, spacing, between);
    }

    private int most(int start) throws IOException {
        if (declaredMax >= start && declaredMax < CEILING) {
            TimeoutAnswer end = question.ask(declaredMax);
            if (end.taken()) {
                TimeoutAnswer next = question.ask(declaredMax + 1);
                if (!next.accepted() || next.inForce() <= declaredMax) {
                    above = kind(next);
                    return declaredMax;
                }
            }
        }
        int good = start;
        int goodInForce = start;
        int asked = start;
        while (asked < CEILING) {
            asked = (int) Math.min(CEILING, 2L * asked);
            TimeoutAnswer answer = question.ask(asked);
            if (answer.accepted() && answer.inForce() > goodInForce) {
                good = asked;
                goodInForce = answer.inForce();
            } else {
                above = kind(answer);
                boolean saturated = answer.accepted() && answer.inForce() == goodInForce;
                return saturated ? goodInForce : halve(good, goodInForce, asked);
            }
        }
        return goodInForce;
    }

    /** The most between one that is good and one that is not. */
    private int halve(int goodAsked, int goodInForce, int badAsked) throws IOException {
        int good = goodAsked;
        int most = goodInForce;
        int bad = badAsked;
        while (bad - good > 1) {
            int middle = good + (bad - good) / 2;
            TimeoutAnswer answer = question.ask(middle);
            if (answer.accepted() && answer.inForce() >= most) {
                good = middle;
                most = answer.inForce();
            } else {
                above = kind(answer);
                bad = middle;
            }
        }
        return most;
    }

    private int least(int start) throws IOException {
        if (start == 1) {
            return 1;
        }
        TimeoutAnswer one = question.ask(1);
        if (one.accepted() && one.inForce() > 0 && one.inForce() <= start) {
            below = one.taken() ? Beyond.NONE : kind(one);
            return one.inForce();
        }
        below = kind(one);
        int bad = 1;
        int good = start;
        if (declaredMin > 1 && declaredMin < start) {
            if (question.ask(declaredMin).taken()) {
                good = declaredMin;
                bad = question.ask(declaredMin - 1).taken() ? 1 : declaredMin - 1;
            } else {
                bad = declaredMin;
            }
        }
        int least = good;
        while (good - bad > 1) {
            int middle = bad + (good - bad) / 2;
            TimeoutAnswer answer = question.ask(middle);
            if (answer.accepted() && answer.inForce() > 0 && answer.inForce() <= least) {
                good = middle;
                least = answer.inForce();
            } else {
                bad = middle;
            }
        }
        return least;
    }

    /** Whether values between the ends are taken, or rounded to what. */
    private void space(int start, int max) throws IOException {
        if (max - start < 2) {
            return;
        }
        TimeoutAnswer next = question.ask(start + 1);
        if (next.taken()) {
            int far = start + (max - start) / 2 | 1;
            TimeoutAnswer answer = question.ask(far);
            if (!answer.taken()) {
                spacing = Spacing.UNEVEN;
                between = kind(answer);
            }
            return;
        }
        between = kind(next);
        int distance = 1;
        TimeoutAnswer answer = next;
        while ((!answer.accepted() || answer.inForce() <= start) && start + 2L * distance <= max) {
            distance *= 2;
            answer = question.ask(start + distance);
        }
        int found = answer.accepted() ? answer.inForce() - start : 0;
        boolean even = found > 1
                && question.ask(start + found).taken()
                && (start + 2L * found > max || question.ask(start + 2 * found).taken());
        spacing = even ? Spacing.EVEN : Spacing.UNEVEN;
        step = even ? found : 1;
    }

    private static Beyond kind(TimeoutAnswer answer) {
        if (!answer.accepted()) {
            return Beyond.REFUSES;
        }
        return answer.answered() == answer.asked() ? Beyond.CHANGES_SILENTLY : Beyond.CHANGES;
    }
}
