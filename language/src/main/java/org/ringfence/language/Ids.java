package org.ringfence.language;

import java.util.HashSet;
import java.util.Set;

/** Gives ids to elements that the text does not name, the same for the same text. */
final class Ids {
    private final Set<String> used;

    /** @param reserved ids that the text gives, so that none of them is made up for something else */
    Ids(Set<String> reserved) {
        this.used = new HashSet<>(reserved);
    }

    /** {@code wanted}, or that with the first number behind it that is free. */
    String fresh(String wanted) {
        String name = usable(wanted);
        String candidate = name;
        for (int number = 0; !used.add(candidate); number++) {
            candidate = name + "-" + number;
        }
        return candidate;
    }

    private static String usable(String wanted) {
        var name = new StringBuilder(wanted.length());
        for (int index = 0; index < wanted.length(); index++) {
            char found = wanted.charAt(index);
            boolean fits = Character.isLetterOrDigit(found) || found == '.' || found == '-' || found == '_';
            name.append(fits ? found : '_');
        }
        if (!Character.isLetter(name.charAt(0)) && name.charAt(0) != '_') {
            name.insert(0, '_');
        }
        return name.toString();
    }
}
