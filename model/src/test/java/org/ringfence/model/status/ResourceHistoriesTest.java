package org.ringfence.model.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.ringfence.model.AgentName;
import org.ringfence.model.xml.Attributes;

/** What nodes remember is exchanged rather than changed, and as a map that is copied would be. */
class ResourceHistoriesTest {
    private static final AgentName DUMMY = new AgentName("ocf", "pacemaker", "Dummy");
    private static final AgentName STATEFUL = new AgentName("ocf", "pacemaker", "Stateful");

    private static ResourceHistory of(String name, AgentName agent) {
        return new ResourceHistory(name, agent, Attributes.NONE, List.of());
    }

    private static SequencedMap<String, ResourceHistory> many() {
        SequencedMap<String, ResourceHistory> map = new LinkedHashMap<>();
        for (int number = 0; number < 50; number++) {
            map.put("r" + number, of("r" + number, DUMMY));
        }
        return map;
    }

    private static void isAs(SequencedMap<String, ResourceHistory> map, ResourceHistories histories) {
        assertThat(histories).containsExactlyEntriesOf(map);
        for (int place = 0; place < histories.size(); place++) {
            ResourceHistory history = histories.at(place);
            assertThat(histories.get(histories.name(place))).isSameAs(history);
            assertThat(histories.agent(place)).isEqualTo(history.agent());
        }
    }

    @Test
    void oneIsExchangedInItsPlaceAndTheOthersStay() {
        SequencedMap<String, ResourceHistory> map = many();
        ResourceHistories before = ResourceHistories.copyOf(map);
        ResourceHistories after = before.with(of("r7", STATEFUL));
        isAs(map, before);
        map.put("r7", of("r7", STATEFUL));
        isAs(map, after);
        assertThat(after.differing(before)).containsExactly("r7");
    }

    @Test
    void whatIsNewComesLastAndWhatGoesLeavesNoGap() {
        SequencedMap<String, ResourceHistory> map = many();
        ResourceHistories histories = ResourceHistories.copyOf(map).with(of("new:0", STATEFUL));
        map.put("new:0", of("new:0", STATEFUL));
        isAs(map, histories);
        map.remove("r3");
        isAs(map, histories.without("r3"));
        assertThat(histories.without("r3").get("r3")).isNull();
        assertThat(histories.without("nothing")).isSameAs(histories);
        assertThat(histories.only(List.of("new")).keySet()).containsExactly("new:0");
        assertThat(ResourceHistories.NONE.with(of("r1", DUMMY))).containsOnlyKeys("r1");
    }
}
