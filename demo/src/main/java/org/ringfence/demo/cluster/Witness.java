package org.ringfence.demo.cluster;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** One deed of a witness agent, put on record by the agent itself. */
public record Witness(Instant at, String node, String resource, Deed deed) {

    /** What an agent may have done. */
    public enum Deed {
        /** From here on the resource may be active. */
        BEGIN_START("begin-start"),
        STARTED("started"),
        /** From here on it is not. */
        STOPPED("stopped");

        private final String word;

        Deed(String word) {
            this.word = word;
        }
    }

    static List<Witness> read(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .map(Witness::parse)
                .sorted(Comparator.comparing(Witness::at))
                .toList();
    }

    private static Witness parse(String line) {
        String[] words = line.split(" ");
        var seconds = new BigDecimal(words[0]);
        long whole = seconds.longValue();
        long nanos =
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        for (Deed deed : Deed.values()) {
            if (words.length == 4 && deed.word.equals(words[3])) {
                return new Witness(Instant.ofEpochSecond(whole, nanos), words[1], words[2], deed);
            }
        }
        throw new IllegalArgumentException("not a witness's line: " + line);
    }
}
