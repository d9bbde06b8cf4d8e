package org.ringfence.api.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;

class RecordJsonTest {
    private static final RecordJson<Shipment> JSON =
            RecordJson.of(Shipment.class).build();

    sealed interface Shipment {
        record Letter(String to, Optional<String> from) implements Shipment {}

        record Parcel(NodeId to, long grams, int pieces, boolean fragile, double value, List<Shipment> inside)
                implements Shipment {}

        sealed interface Special extends Shipment {
            record Express(Duration within, Instant asked, CibVersion version, Size size) implements Special {}

            record Labels(SequencedMap<String, String> labels, SequencedMap<NodeId, List<Integer>> counts)
                    implements Special {}
        }

        record Checked(int percent) implements Shipment {
            public Checked {
                if (percent > 100) {
                    throw new IllegalArgumentException("percent is over 100: " + percent);
                }
            }
        }
    }

    enum Size {
        SMALL,
        LARGE,
        OTHER
    }

    @Test
    void everyKindOfComponentComesBackAsItWas() throws MalformedJsonException {
        var labels = new LinkedHashMap<String, String>();
        labels.put("z", "last \" of \\ all\nü 😀");
        labels.put("a", "");
        var counts = new LinkedHashMap<NodeId, List<Integer>>();
        counts.put(new NodeId("n2"), List.of(3, -1));
        counts.put(new NodeId("n1"), List.of());
        List<Shipment> all = List.of(
                new Shipment.Letter("me", Optional.of("you")),
                new Shipment.Letter("", Optional.empty()),
                new Shipment.Parcel(
                        new NodeId("n1"),
                        Long.MIN_VALUE,
                        Integer.MAX_VALUE,
                        true,
                        0.1,
                        List.of(new Shipment.Letter("x", Optional.empty()))),
                new Shipment.Special.Express(
                        Duration.ofMillis(1500),
                        Instant.parse("2026-11-23T07:00:00.123456Z"),
                        new CibVersion(1, 2, 3),
                        Size.LARGE),
                new Shipment.Special.Labels(labels, counts));
        for (Shipment each : all) {
            assertThat(JSON.read(JSON.write(each))).isEqualTo(each);
        }
        var read = (Shipment.Special.Labels) JSON.read(JSON.write(all.getLast()));
        assertThat(read.labels().keySet()).containsExactly("z", "a");
        assertThat(read.counts().keySet()).containsExactly(new NodeId("n2"), new NodeId("n1"));
    }

    @Test
    void theTextIsOneLineThatPeopleCanRead() {
        var text = new String(JSON.write(new Shipment.Letter("a\nb", Optional.empty())), UTF_8);
        assertThat(text).isEqualTo("{\"type\":\"Letter\",\"to\":\"a\\nb\",\"from\":null}");
    }

    @Test
    void theTypeMayStandAnywhereAndUnknownFieldsArePassedOver() throws MalformedJsonException {
        assertThat(read("{\"to\":\"me\",\"stamp\":{\"a\":[1]},\"type\":\"Letter\"}"))
                .isEqualTo(new Shipment.Letter("me", Optional.empty()));
    }

    @Test
    void whatIsMissingReadsAsWhatIsEmptyInItsType() throws MalformedJsonException {
        assertThat(read("{\"type\":\"Parcel\",\"to\":\"n1\"}"))
                .isEqualTo(new Shipment.Parcel(new NodeId("n1"), 0, 0, false, 0, List.of()));
        assertThat(read("{\"type\":\"Labels\"}"))
                .isEqualTo(new Shipment.Special.Labels(new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    @Test
    void whatHasNoEmptyValueMustBeThere() {
        refused("{\"type\":\"Parcel\"}", "Shipment.to is missing");
        refused("{\"type\":\"Express\",\"within\":\"PT1S\"}", "Shipment.asked is missing");
    }

    @Test
    void anUnknownConstantReadsAsOther() throws MalformedJsonException {
        var read = read(
                "{\"type\":\"Express\",\"within\":\"PT1S\",\"asked\":\"2026-01-01T00:00:00Z\",\"version\":\"0.1.2\","
                        + "\"size\":\"HUGE\"}");
        assertThat(((Shipment.Special.Express) read).size()).isEqualTo(Size.OTHER);
    }

    @Test
    void malformedTextsAreRefusedWithThePlace() {
        refused("", "nothing where a JSON value was expected");
        refused("{\"type\":", "not JSON");
        refused("{\"type\":\"Letter\",\"to\":\"x\"", "not JSON");
        refused("{} {}", "more than one");
        refused("[]", "Shipment must be an object, not an array");
        refused("{}", "Shipment.type must name one of Letter, Parcel, Express, Labels, Checked");
        refused("{\"type\":\"Rocket\"}", "'Rocket' is none of Letter");
        refused("{\"type\":\"Letter\",\"to\":7}", "Shipment.to must be a text, not a number");
        refused("{\"type\":\"Letter\",\"to\":null}", "Shipment.to must be a text, not null");
        refused("{\"type\":\"Parcel\",\"to\":\"a b\"}", "not a node name: 'a b'");
        refused("{\"type\":\"Parcel\",\"to\":\"n\",\"pieces\":3000000000}", "Shipment.pieces is out of range");
        refused("{\"type\":\"Parcel\",\"to\":\"n\",\"grams\":1.5}", "Shipment.grams must be a whole number");
        refused("{\"type\":\"Parcel\",\"to\":\"n\",\"grams\":1e999999999}", "Shipment.grams must be a whole number");
        refused(
                "{\"type\":\"Parcel\",\"to\":\"n\",\"inside\":[{\"type\":\"Letter\",\"to\":1}]}",
                "Shipment.inside[0].to");
        refused("{\"type\":\"Express\",\"within\":\"soon\"}", "Shipment.within");
        refused("{\"type\":\"Checked\",\"percent\":101}", "percent is over 100: 101");
        refused("[".repeat(100_000), "not JSON");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() -> JSON.read(new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'}))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> JSON.read(new byte[1000])).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void aStrictReaderRefusesAFieldThatItDoesNotKnow() throws MalformedJsonException {
        var strict = RecordJson.of(Shipment.class).strict().build();
        assertThat(strict.read("{\"type\":\"Checked\",\"percent\":1}".getBytes(UTF_8)))
                .isEqualTo(new Shipment.Checked(1));
        assertThatThrownBy(() -> strict.read("{\"type\":\"Checked\",\"precent\":1}".getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("Shipment.precent is not known; Checked has [percent]");
    }

    @Test
    void whatCannotBeWrittenIsOurOwnMistake() {
        record Holder(Object anything) {}
        record Reserved(String type) {}
        assertThatThrownBy(() -> RecordJson.of(Holder.class).build().write(new Holder("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
        assertThat(RecordJson.of(Reserved.class).build().write(new Reserved("x")))
                .isNotEmpty();
    }

    private static Shipment read(String text) throws MalformedJsonException {
        return JSON.read(text.getBytes(UTF_8));
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .as(text.length() > 200 ? text.length() + " characters" : text)
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining(message);
    }
}
