package org.ringfence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.ringfence.api.ExitStatus;

class CampaignTest {
    private static final int SEEDS = 50;
    private static final long SECONDS_MAX = 300;
    private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([0-9a-f]{16})\"");

    /** What {@link #twoProcessesSeeTheSameEvents} starts. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("SystemOut") // how a process answers
        public static void main(String[] arguments) {
            System.out.println(run(SEEDS, Optional.empty(), true).text());
        }
    }

    private record Ended(ExitStatus status, String text) {}

    private static Ended run(int seeds, Optional<String> plant, boolean json) {
        var out = new ByteArrayOutputStream();
        ExitStatus status = Campaign.run(
                new CampaignOptions(1, seeds, Optional.empty(), plant, json, "test"),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Ended(status, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void twoProcessesSeeTheSameEvents() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Another collector and another compiler, so that nothing but the seed can agree.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String here = digest(run(SEEDS, Optional.empty(), true).text());
        String there = digest(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(other.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isZero();
        assertThat(there).isEqualTo(here);
    }

    private static String digest(String json) {
        Matcher found = DIGEST.matcher(json);
        assertThat(found.find()).as(json).isTrue();
        return found.group(1);
    }

    @Test
    void aViolationEndsItWithTheStoryAndTheWayToSeeItAgain() {
        Ended ended = run(500, Optional.of("ignored-start"), false);
        assertThat(ended.status()).isEqualTo(ExitStatus.NOT_DONE);
        List<String> lines = Arrays.asList(ended.text().split("\n"));
        assertThat(lines).anyMatch(line -> line.contains("Converges does not hold"));
        assertThat(lines)
                .anyMatch(line ->
                        line.startsWith("Again: ringfence sim --seed ") && line.endsWith("--plant ignored-start"));
        assertThat(lines.getLast()).matches("[0-9]+ seeds, [12] violations?");
    }
}
