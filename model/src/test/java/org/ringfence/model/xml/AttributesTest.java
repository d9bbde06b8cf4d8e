package org.ringfence.model.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static Attributes sorted(Map<String, String> map) {
        return Attributes.copyOf(new TreeMap<>(map));
    }

    @Test
    void laidOverOthersTheyDecideAndAllAreSorted() {
        Attributes upper = sorted(Map.of("b", "upper", "d", "upper"));
        Attributes lower = sorted(Map.of("a", "lower", "b", "lower", "c", "lower"));
        assertThat(upper.over(lower))
                .containsExactly(entry("a", "lower"), entry("b", "upper"), entry("c", "lower"), entry("d", "upper"));
        assertThat(lower.over(upper)).containsEntry("b", "lower").hasSize(4);
        assertThat(upper.over(Attributes.NONE)).isEqualTo(upper);
        assertThat(Attributes.NONE.over(upper)).isEqualTo(upper);
    }

    @Test
    void layingOverIsWhatPuttingAllIntoASortedMapIs() {
        var chance = new Random(7);
        for (int round = 0; round < 500; round++) {
            Map<String, String> lower = drawn(chance, "lower");
            Map<String, String> upper = drawn(chance, "upper");
            var plain = new TreeMap<>(lower);
            plain.putAll(upper);
            assertThat(sorted(upper).over(sorted(lower))).containsExactlyEntriesOf(plain);
        }
    }

    private static Map<String, String> drawn(Random chance, String value) {
        var map = new HashMap<String, String>();
        for (int left = chance.nextInt(6); left > 0; left--) {
            map.put("n" + chance.nextInt(8), value);
        }
        return map;
    }
}
