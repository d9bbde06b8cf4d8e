package org.ringfence.daemon.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;

class MessageCodecTest {
    private static final int BYTES_MAX = 1 << 20;
    private static final MessageCodec<Sample> CODEC = new MessageCodec<>(Sample.class, BYTES_MAX);

    /** Like the messages between nodes: nested sealed interfaces, records of the model. */
    sealed interface Sample {
        sealed interface Forming extends Sample {}

        record Propose(Ballot ballot, List<NodeId> members) implements Forming {}

        record Result(Ballot view, String resource, AgentName agent, OperationRecord operation, Optional<Ballot> asked)
                implements Sample {}

        record Fact(SequencedMap<String, String> values, Duration age, Optional<Instant> since) implements Sample {}

        record Edit(Element element) implements Sample {}
    }

    record Ballot(long counter, NodeId proposer) {}

    private static final Ballot BALLOT = new Ballot(7, new NodeId("n1"));
    private static final Sample SMALL =
            new Sample.Propose(BALLOT, List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3")));

    static List<Sample> samples() throws UnusableInputException {
        var values = new LinkedHashMap<String, String>();
        values.put("zebra", "");
        values.put("ape", "ü\u0000\n\"");
        var operation = new OperationRecord(
                "db_last_0",
                "db_start_0",
                "start",
                Duration.ZERO,
                12,
                0,
                ExecutionStatus.DONE,
                Instant.parse("2026-11-23T07:00:00Z"),
                Duration.ofMillis(140),
                "3:7:0:n1",
                "",
                Optional.empty(),
                Optional.of(new NodeId("n2")),
                values,
                Attributes.NONE);
        return List.of(
                SMALL,
                new Sample.Result(
                        BALLOT, "db:0", new AgentName("ocf", "heartbeat", "pgsql"), operation, Optional.of(BALLOT)),
                new Sample.Fact(values, Duration.ofNanos(1), Optional.of(Instant.ofEpochSecond(1, 1))),
                new Sample.Edit(XmlReader.read(
                        "<primitive id='db' class='ocf'><meta_attributes id='m'><nvpair id='n' name='a' value='&lt;'/>"
                                + "</meta_attributes></primitive>",
                        "a.xml")));
    }

    @Test
    void everyMessageComesBackAsItWas() throws Exception {
        for (Sample each : samples()) {
            assertThat(CODEC.decode(CODEC.encode(each))).isEqualTo(each);
        }
    }

    @Test
    void mapsKeepTheirOrder() throws Exception {
        var fact = (Sample.Fact) CODEC.decode(CODEC.encode(samples().get(2)));
        assertThat(fact.values().keySet()).containsExactly("zebra", "ape");
    }

    @Test
    void aNewerReleasesFieldsArePassedOverAndAnOlderOnesAreEmpty() throws CodecException {
        assertThat(decode("{\"type\":\"Fact\",\"values\":{},\"age\":\"PT1S\",\"colour\":{\"deep\":[1,{}]}}"))
                .isEqualTo(new Sample.Fact(Attributes.NONE, Duration.ofSeconds(1), Optional.empty()));
    }

    @Test
    void aMessageOfAKindThatIsNotKnownIsSaid() {
        assertThatThrownBy(() -> decode("{\"type\":\"Teleport\"}"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("'Teleport' is none of Propose, Result, Fact, Edit");
    }

    @Test
    void aMessageThatIsTooLongIsNeitherWrittenNorRead() {
        var values = new LinkedHashMap<String, String>();
        values.put("long", "x".repeat(BYTES_MAX));
        assertThatThrownBy(() -> CODEC.encode(new Sample.Fact(values, Duration.ZERO, Optional.empty())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("longer than a message may be");
        assertThatThrownBy(() -> CODEC.decode(new byte[BYTES_MAX + 1]))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("longer than one may be");
    }

    @Test
    void noBytesMakeItThrowAnythingElse() throws Exception {
        var random = new Random(20261123);
        int refused = 0;
        for (Sample each : samples()) {
            byte[] bytes = CODEC.encode(each);
            for (int round = 0; round < 5000; round++) {
                byte[] changed =
                        random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
                for (int change = random.nextInt(3); change >= 0 && changed.length > 0; change--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                try {
                    CODEC.decode(changed);
                } catch (CodecException e) {
                    assertThat(e.getMessage()).isNotEmpty();
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void aSmallMessageTakesLessThanFiftyMicroseconds() throws Exception {
        for (int round = 0; round < 20_000; round++) {
            CODEC.decode(CODEC.encode(SMALL));
        }
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long begun = System.nanoTime();
            for (int each = 0; each < 500; each++) {
                CODEC.decode(CODEC.encode(SMALL));
            }
            best = Math.min(best, (System.nanoTime() - begun) / 500);
        }
        assertThat(best).as("nanoseconds to write and read, best of 20 rounds").isLessThan(50_000);
        System.out.println("a small message is written and read in " + best / 1000.0 + " us");
    }

    private static Sample decode(String text) throws CodecException {
        return CODEC.decode(text.getBytes(UTF_8));
    }
}
