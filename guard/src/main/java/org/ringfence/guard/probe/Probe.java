package org.ringfence.guard.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.guard.probe.Finding.Answers;
import org.ringfence.guard.probe.Finding.Beyond;
import org.ringfence.guard.probe.Finding.Closing;
import org.ringfence.guard.probe.Finding.Spacing;
import org.ringfence.guard.probe.RangeSearch.Found;
import org.ringfence.linux.watchdog.Disarming;
import org.ringfence.linux.watchdog.TimeoutAnswer;
import org.ringfence.linux.watchdog.WatchdogEntry;
import org.ringfence.linux.watchdog.WatchdogHolder;
import org.ringfence.linux.watchdog.WatchdogSupport;
import org.ringfence.model.watchdog.WatchdogQuality;
import org.ringfence.model.watchdog.WatchdogRange;

/**
 * Questions watchdogs. Opening one arms it, so after each question the driver gets a timeout of a minute or what comes nearest,
 * and at the end what it had before, and is closed so that it rests. The dangerous moments are those in which a timeout of a
 * few seconds is in force: they last from one call to the next.
 */
public final class Probe {
    /** WDIOF_CARDRESET of linux/watchdog.h: the watchdog reset the host before this boot. */
    private static final int CARD_RESET = 0x20;

    private static final String SOFTDOG = "softdog";

    private final boolean virtual;

    /** @param virtual whether this host is a virtual machine: its watchdogs are the hypervisor's then */
    public Probe(boolean virtual) {
        this.virtual = virtual;
    }

    /** What is known without opening it. */
    public Finding look(WatchdogDriver driver) throws IOException {
        return look(
                driver,
                driver.entry(),
                driver.holders().stream().map(WatchdogHolder::toString).toList());
    }

    private Finding look(WatchdogDriver driver, Optional<WatchdogEntry> entry, List<String> holders) {
        Optional<String> module = entry.flatMap(WatchdogEntry::driver);
        OptionalInt boot = entry.map(WatchdogEntry::bootStatus).orElse(OptionalInt.empty());
        return new Finding(
                driver.path(),
                entry.flatMap(WatchdogEntry::identity),
                module,
                quality(module),
                entry.flatMap(WatchdogEntry::nowayout),
                entry.flatMap(WatchdogEntry::armed),
                entry.flatMap(Probe::declared),
                holders,
                boot.isPresent() ? Optional.of((boot.getAsInt() & CARD_RESET) != 0) : Optional.empty(),
                Optional.empty());
    }

    private WatchdogQuality quality(Optional<String> driver) {
        if (driver.equals(Optional.of(SOFTDOG))) {
            return WatchdogQuality.SOFTWARE;
        }
        return virtual ? WatchdogQuality.VIRTUAL : WatchdogQuality.HARDWARE;
    }

    private static Optional<WatchdogRange> declared(WatchdogEntry entry) {
        int min = Math.max(1, entry.minTimeout().orElse(0));
        int max = entry.maxTimeout().orElse(0);
        return max < min ? Optional.empty() : Optional.of(new WatchdogRange(min, max, 1));
    }

    /**
     * Opens it, asks, and closes it.
     *
     * @return what was found; with {@link Finding#heldBy} and no answers when another process has it
     * @throws IOException when it cannot be opened or asked; it was closed so that it rests, as far as it lets itself
     */
    public Finding question(WatchdogDriver driver) throws IOException {
        Finding known = look(driver);
        if (!known.heldBy().isEmpty()) {
            return known;
        }
        WatchdogDriver.Armed armed = driver.open();
        Conversation conversation = new Conversation(armed);
        Disarming disarmed;
        try {
            conversation.hold(known.declared());
        } finally {
            disarmed = armed.closeDisarmed();
        }
        Finding identified = known.identity().isPresent() ? known : named(known, conversation.support);
        return new Finding(
                identified.device(),
                identified.identity(),
                identified.driver(),
                identified.quality(),
                identified.nowayout(),
                identified.armedBefore(),
                identified.declared(),
                List.of(),
                identified.bitLast(),
                Optional.of(conversation.answers(disarmed)));
    }

    /** Of an older kernel, which tells only those who open. */
    private Finding named(Finding known, WatchdogSupport support) {
        Optional<String> driver =
                support.identity().equals("Software Watchdog") ? Optional.of(SOFTDOG) : known.driver();
        return new Finding(
                known.device(),
                Optional.of(support.identity()),
                driver,
                quality(driver),
                known.nowayout(),
                known.armedBefore(),
                known.declared(),
                known.heldBy(),
                known.bitLast(),
                known.answers());
    }

    /** One time of asking. */
    private static final class Conversation {
        private final WatchdogDriver.Armed armed;
        private WatchdogSupport support = new WatchdogSupport("", 0, 0);
        private OptionalInt timeout = OptionalInt.empty();
        private OptionalInt timeLeft = OptionalInt.empty();
        private OptionalInt pretimeout = OptionalInt.empty();
        private Optional<Found> found = Optional.empty();
        private int rest;
        private int questions;

        Conversation(WatchdogDriver.Armed armed) {
            this.armed = armed;
        }

        void hold(Optional<WatchdogRange> declared) throws IOException {
            support = armed.support();
            timeout = armed.timeout();
            timeLeft = armed.timeLeft();
            pretimeout = armed.pretimeout();
            if (!support.setsTimeout()) {
                return;
            }
            try {
                Optional<Integer> start = RangeSearch.first(this::ask, Math.max(60, timeout.orElse(0)));
                if (start.isPresent()) {
                    rest = start.get();
                    RangeSearch search = new RangeSearch(
                            this::ask,
                            declared.map(WatchdogRange::min).orElse(0),
                            declared.map(WatchdogRange::max).orElse(0));
                    found = Optional.of(search.from(rest));
                }
            } finally {
                if (timeout.isPresent() && timeout.getAsInt() > 0) {
                    armed.setTimeout(timeout.getAsInt());
                }
            }
        }

        private TimeoutAnswer ask(int seconds) throws IOException {
            questions++;
            TimeoutAnswer answer = armed.setTimeout(seconds);
            if (rest > 0) {
                armed.setTimeout(rest);
            }
            armed.feed();
            return answer;
        }

        Answers answers(Disarming disarmed) {
            return new Answers(
                    support.firmware(),
                    boxed(timeout),
                    found.map(Found::range),
                    found.map(Found::below).orElse(Beyond.REFUSES),
                    found.map(Found::above).orElse(Beyond.REFUSES),
                    found.map(Found::spacing).orElse(Spacing.EACH),
                    found.map(Found::between).orElse(Beyond.NONE),
                    support.isAlarmOnly(),
                    support.hasMagicClose(),
                    timeLeft.isPresent(),
                    boxed(pretimeout),
                    Closing.of(disarmed),
                    questions);
        }

        private static Optional<Integer> boxed(OptionalInt value) {
            return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
        }
    }
}
