package org.ringfence.daemon.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TickleOptionTest {

    @Test
    void clientsAreToldUnlessTheResourceOrWhatItIsInOrTheDefaultsSayOtherwise() {
        assertThat(isOn("", "", "")).isTrue();
        assertThat(isOn("false", "", "")).isFalse();
        assertThat(isOn("", "off", "")).isFalse();
        assertThat(isOn("yes", "off", "")).isTrue();
        assertThat(isOn("", "", "no")).isFalse();
        assertThat(isOn("", "true", "no")).isTrue();
    }

    @Test
    void theyAreToldBeforeThereIsAConfiguration() {
        assertThat(new TickleOption(() -> "").isOn("vip")).isTrue();
    }

    private static boolean isOn(String own, String group, String defaults) {
        String cib = """
            <cib><configuration><crm_config/><nodes/><resources><group id="g">%s
            <primitive id="vip" class="ocf" provider="ringfence" type="address">%s</primitive></group></resources>
            <constraints/><rsc_defaults>%s</rsc_defaults></configuration><status/></cib>
            """.formatted(meta("g", group), meta("vip", own), meta("d", defaults));
        return new TickleOption(() -> cib).isOn("vip");
    }

    private static String meta(String id, String value) {
        return value.isEmpty()
                ? ""
                : "<meta_attributes id=\"%1$s-m\"><nvpair id=\"%1$s-t\" name=\"tickle\" value=\"%2$s\"/></meta_attributes>"
                        .formatted(id, value);
    }
}
