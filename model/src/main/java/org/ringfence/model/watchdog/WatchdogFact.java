package org.ringfence.model.watchdog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node's watchdog as its cluster knows it, in one line: {@code 1-65535 software softdog}.
 *
 * @param range   empty when its timeout cannot be chosen; as text {@code fixed}
 * @param driver  the kernel's name of it, or what the driver calls itself
 */
public record WatchdogFact(Optional<WatchdogRange> range, WatchdogQuality quality, String driver) {
    private static final Pattern TEXT = Pattern.compile("(fixed|\\S+) (hardware|virtual|software) (.*)");
    private static final String FIXED = "fixed";

    public WatchdogFact {
        driver = driver.replace('\n', ' ').strip();
    }

    public static Optional<WatchdogFact> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<WatchdogRange> range = WatchdogRange.parse(matcher.group(1));
        if (range.isEmpty() && !matcher.group(1).equals(FIXED)) {
            return Optional.empty();
        }
        return Optional.of(new WatchdogFact(
                range, WatchdogQuality.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)), matcher.group(3)));
    }

    @Override
    public String toString() {
        return range.map(WatchdogRange::toString).orElse(FIXED) + " "
                + quality.name().toLowerCase(Locale.ROOT) + " " + driver;
    }
}
