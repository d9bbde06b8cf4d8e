package org.ringfence.engine.embedded;

import java.util.List;

/** Prints what was measured. */
final class Figures {
    private Figures() {}

    static void print(String what, List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        System.out.println("FIGURE " + what + ": median " + sorted.get(sorted.size() / 2) + " ms, max "
                + sorted.getLast() + " ms, " + sorted.size() + " runs");
    }
}
