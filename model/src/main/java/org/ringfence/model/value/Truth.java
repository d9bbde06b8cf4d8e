package org.ringfence.model.value;

import java.util.Locale;
import java.util.Optional;

/** Yes and no as a configuration writes them. */
public final class Truth {
    private Truth() {}

    /** @return empty when the text is neither */
    public static Optional<Boolean> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "y", "1" -> Optional.of(true);
            case "false", "off", "no", "n", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    public static boolean parse(String text, boolean otherwise) {
        return parse(text).orElse(otherwise);
    }
}
