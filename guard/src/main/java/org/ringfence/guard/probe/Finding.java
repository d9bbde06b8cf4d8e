package org.ringfence.guard.probe;

import java.util.List;
import java.util.Optional;
import org.ringfence.linux.watchdog.Disarming;
import org.ringfence.model.watchdog.WatchdogQuality;
import org.ringfence.model.watchdog.WatchdogRange;

/**
 * What is known of a watchdog. Times are in seconds.
 *
 * @param driver      the kernel's name of it: {@code softdog}, {@code i6300esb}
 * @param nowayout    whether the kernel says that closing never disarms
 * @param armedBefore whether it ran before it was questioned
 * @param declared    the range that the driver declares; drivers may declare none
 * @param heldBy      who has it open, where that kept it from being questioned
 * @param bitLast     whether the host's last reset was this watchdog's, as far as the driver says
 * @param answers     what it said to questions; empty when it was not asked
 */
public record Finding(
        String device,
        Optional<String> identity,
        Optional<String> driver,
        WatchdogQuality quality,
        Optional<Boolean> nowayout,
        Optional<Boolean> armedBefore,
        Optional<WatchdogRange> declared,
        List<String> heldBy,
        Optional<Boolean> bitLast,
        Optional<Answers> answers) {
    public Finding {
        heldBy = List.copyOf(heldBy);
    }

    /**
     * What the driver does with a timeout that it cannot keep.
     */
    public enum Beyond {
        /** It answers with an error, and keeps what it had. */
        REFUSES,
        /** It takes another and says which in its answer. */
        CHANGES,
        /** It takes another, and its answer names the one that was asked for: only reading back tells. */
        CHANGES_SILENTLY,
        /** It takes all that could be asked. */
        NONE
    }

    /** What closing it does. */
    public enum Closing {
        DISARMS,
        /** It runs on, and resets the host unless another opens it in time. */
        STAYS_ARMED,
        /** The kernel does not say. */
        UNKNOWN;

        static Closing of(Disarming disarming) {
            return switch (disarming) {
                case DISARMED -> DISARMS;
                case STILL_ARMED -> STAYS_ARMED;
                case UNKNOWN -> UNKNOWN;
            };
        }
    }

    /** Which timeouts between the least and the most it takes. */
    public enum Spacing {
        EACH,
        /** Every so many seconds: the range has a step. */
        EVEN,
        /** Some, by no rule that was found: those between the ends have to be tried. */
        UNEVEN
    }

    /**
     * What it said.
     *
     * @param firmware    0 where it has none
     * @param timeout     what it had when it was opened; empty when it does not say
     * @param range       empty when no timeout can be chosen
     * @param below       what it does with less than the least
     * @param above       what it does with more than the most
     * @param between     what it does with those between the ends that it does not take; NONE when it takes each
     * @param alarmOnly   whether it raises an alarm and resets nothing
     * @param magicClose  whether a killed process leaves it armed
     * @param timeLeft    whether it says how long there is until the reset
     * @param pretimeout  empty when it has none
     * @param closing     what became of it when it was closed
     * @param questions   how many timeouts were asked for
     */
    public record Answers(
            int firmware,
            Optional<Integer> timeout,
            Optional<WatchdogRange> range,
            Beyond below,
            Beyond above,
            Spacing spacing,
            Beyond between,
            boolean alarmOnly,
            boolean magicClose,
            boolean timeLeft,
            Optional<Integer> pretimeout,
            Closing closing,
            int questions) {}
}
