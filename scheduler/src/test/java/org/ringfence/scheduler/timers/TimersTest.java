package org.ringfence.scheduler.timers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.timers.Link.Origin;

class TimersTest {
    private static final String SBD = "<primitive id='sbd' class='stonith' type='external/sbd'/>";
    private static final String SWITCH = "<primitive id='switch' class='stonith' type='fence_ipmilan'/>";
    private static final String WEB = "<primitive id='web' class='ocf' provider='heartbeat' type='Dummy'><operations>"
            + "<op id='web-monitor' name='monitor' interval='10s' timeout='20s'/></operations></primitive>";

    @Test
    void throughASharedDiskTheTargetIsDividedUp() throws UnusableInputException {
        Timers timers = Timers.of(cib("recovery-target=20s", SBD, ""));
        // 20 - start 4 - agreement 1 = 15; detection 15/4; msgwait 15 - 3.75 down to a second; watchdog half of it.
        assertThat(millis(timers, "detection")).isEqualTo(3_750);
        assertThat(millis(timers, "msgwait")).isEqualTo(11_000);
        assertThat(millis(timers, "watchdog timeout")).isEqualTo(5_000);
        assertThat(millis(timers, "fencing timeout")).isEqualTo(15_000);
        assertThat(timers.recoveryMs())
                .isEqualTo(3_750 + 1_000 + 11_000 + 4_000)
                .isLessThanOrEqualTo(20_000);
        assertThat(timers.problems()).isEmpty();
    }

    @Test
    void withoutADiskTheWaitCoversNoticingAndTheWatchdog() throws UnusableInputException {
        Timers timers = Timers.of(cib("recovery-target=20s have-watchdog=true", WEB, ""));
        assertThat(timers.path()).isEqualTo("the watchdog alone");
        long wait = millis(timers, "diskless wait");
        assertThat(wait).isGreaterThan(millis(timers, "detection") + millis(timers, "watchdog timeout"));
        assertThat(timers.recoveryMs()).isLessThanOrEqualTo(20_000);
        assertThat(timers.problems()).isEmpty();
    }

    @Test
    void everyTargetThatCanBeHeldIsHeld() throws UnusableInputException {
        for (int target = 8; target <= 300; target++) {
            for (String path : new String[] {SBD, WEB}) {
                Timers timers = Timers.of(cib("have-watchdog=true recovery-target=" + target + "s", path, ""));
                assertThat(timers.problems())
                        .as("%d s, %s", target, timers.path())
                        .isEmpty();
                assertThat(timers.recoveryMs()).isLessThanOrEqualTo(target * 1_000L);
            }
        }
    }

    @Test
    void aTargetThatCannotBeHeldIsRefusedWithTheSum() throws UnusableInputException {
        assertThat(texts(cib("recovery-target=3s", SBD, "")))
                .singleElement()
                .asString()
                .contains("recovery takes detection 1 s + agreement 1 s + msgwait 4 s + start 600 ms = 6.6 s")
                .contains("recovery-target=7s");
    }

    @Test
    void whatIsMeasuredCounts() throws UnusableInputException {
        String status = node("n1", "#pause=4s #sbd-latency=900ms", "web", "start", 0, 6_000);
        Timers timers = Timers.of(cib("recovery-target=60s", SBD + WEB, status));
        assertThat(millis(timers, "start")).isEqualTo(9_000);
        assertThat(millis(timers, "detection")).isEqualTo(8_000);
        assertThat(millis(timers, "read loop")).isEqualTo(2_000);
        assertThat(timers.problems()).isEmpty();
    }

    @Test
    void aWatchdogNotUnderMsgwaitIsNamed() throws UnusableInputException {
        assertThat(texts(cib("watchdog-timeout=20s sbd-msgwait=15s", SBD, "")))
                .anySatisfy(text -> assertThat(text)
                        .contains("watchdog timeout of 20 s is not under msgwait of 15 s")
                        .contains("sbd-msgwait=40s")
                        .contains("watchdog-timeout=7s"));
    }

    @Test
    void msgwaitNotUnderTheFencingTimeoutIsNamed() throws UnusableInputException {
        assertThat(texts(cib("stonith-timeout=60s sbd-msgwait=60s", SBD, "")))
                .anySatisfy(text -> assertThat(text)
                        .contains("msgwait of 60 s is not under the fencing timeout of 60 s")
                        .contains("fencing-timeout=73s"));
        assertThat(texts(cib("stonith-timeout=61s sbd-msgwait=60s", SBD, ""))).isEmpty();
    }

    @Test
    void aDiskThatIsSlowerThanItsLoopIsNamed() throws UnusableInputException {
        String status = node("n2", "#sbd-latency=1500ms", "", "", 0, 0);
        assertThat(texts(cib("sbd-loop=1s", SBD, status)))
                .singleElement()
                .asString()
                .contains("node n2: a shared disk took 1.5 s, and is to be read every 1 s");
    }

    @Test
    void aMonitorThatTakesLongerThanItsIntervalIsNamed() throws UnusableInputException {
        String status = node("n1", "", "web", "monitor", 10_000, 12_000);
        assertThat(texts(cib("", SWITCH + WEB, status)))
                .singleElement()
                .asString()
                .contains("primitive \"web\": its monitor took 12 s, and is to be done every 10 s");
        assertThat(texts(cib("", SWITCH + WEB, node("n1", "", "web", "monitor", 10_000, 9_000))))
                .isEmpty();
    }

    @Test
    void aDeviceThatGotSlowerThanItsTimeoutIsNamed() throws UnusableInputException {
        String status = node("n1", "", "switch", "monitor", 60_000, 25_000);
        assertThat(texts(cib("stonith-timeout=20s", SWITCH, status)))
                .singleElement()
                .asString()
                .contains("fence device switch: a call took 25 s, and fencing is given up after 20 s");
    }

    @Test
    void aTimeoutThatADriverRefusesIsNamedWithTheNearestAndWhatTheyCost() throws UnusableInputException {
        String status = node("n1", "#watchdog=1-2046~virtual~i6300esb", "", "", 0, 0);
        assertThat(texts(cib("watchdog-timeout=2047s sbd-msgwait=5000s stonith-timeout=6001s", SBD, status)))
                .singleElement()
                .asString()
                .contains("node n1: its watchdog (i6300esb) does not take a timeout of 2047 s: it takes 1 to 2046 s")
                .contains("watchdog-timeout=2046s, with which recovery takes");
    }

    @Test
    void fiveSecondsOnADriverThatTakesThirtyToSixHundredCostTheirPrice() throws UnusableInputException {
        String status = node("n1", "#watchdog=30-600~hardware~slow_wdt", "", "", 0, 0);
        assertThat(texts(cib("recovery-target=20s watchdog-timeout=5s", SBD, status)))
                .singleElement()
                .asString()
                .contains("does not take a timeout of 5 s: it takes 30 to 600 s")
                // 3.75 + 1 + 60 + 4
                .contains("watchdog-timeout=30s, with which recovery takes 68.8 s");
    }

    @Test
    void aDerivedTimeoutIsOneThatAllDriversTake() throws UnusableInputException {
        String status = node("n1", "#watchdog=10-600/10~hardware~tens", "", "", 0, 0)
                + node("n2", "#watchdog=1-65535~software~softdog", "", "", 0, 0);
        Timers timers = Timers.of(cib("recovery-target=90s", SBD, status));
        assertThat(millis(timers, "watchdog timeout")).isEqualTo(30_000);
        assertThat(timers.problems()).isEmpty();
    }

    @Test
    void aRangeThatTheTargetCannotHoldIsNamed() throws UnusableInputException {
        String status = node("n1", "#watchdog=30-600~hardware~slow_wdt", "", "", 0, 0);
        assertThat(texts(cib("recovery-target=20s", SBD, status)))
                .singleElement()
                .asString()
                .contains("recovery-target: recovery takes detection 3.8 s + agreement 1 s + msgwait 60 s + start 4 s");
    }

    @Test
    void aNodeWhoseWatchdogTookAnotherTimeoutIsNamed() throws UnusableInputException {
        String status = node("n1", "#watchdog-timeout=30s", "", "", 0, 0);
        assertThat(texts(cib("watchdog-timeout=5s", SBD, status)))
                .singleElement()
                .asString()
                .contains("its watchdog has a timeout of 30 s, and the cluster counts on 5 s");
    }

    @Test
    void aDisklessWaitThatIsTooShortIsNamed() throws UnusableInputException {
        assertThat(texts(cib(
                        "have-watchdog=true detection-timeout=5s watchdog-timeout=5s stonith-watchdog-timeout=10s",
                        WEB,
                        "")))
                .singleElement()
                .asString()
                .contains("may live 5 s + 5 s = 10 s")
                .contains("its peers wait 10 s")
                .contains("fencing-watchdog-timeout=11s");
    }

    @Test
    void aGuardThatPromisesTooMuchIsNamed() throws UnusableInputException {
        String status = node("n1", "#watchdog-timeout=5s #guard-hold=5s", "", "", 0, 0);
        assertThat(texts(cib("have-watchdog=true stonith-watchdog-timeout=11s", WEB, status)))
                .singleElement()
                .asString()
                .contains(
                        "hold 5 s + watchdog 5 s, and 2 % and 1 s to be sure, = 11.2 s, and the diskless wait is 11 s")
                .contains("fencing-watchdog-timeout=12s");
        assertThat(texts(cib("have-watchdog=true stonith-watchdog-timeout=12s", WEB, status)))
                .isEmpty();
        assertThat(texts(cib("sbd-msgwait=11s", SBD, status)))
                .singleElement()
                .asString()
                .contains("msgwait is 11 s");
    }

    @Test
    void aPlainClusterWithADeviceHasNothingToComplainOf() throws UnusableInputException {
        assertThat(texts(cib("", SWITCH + WEB, ""))).isEmpty();
        assertThat(Timers.of(cib("", SWITCH + WEB, "")).chain())
                .extracting(Link::origin)
                .doesNotContain(Origin.BY_HAND);
    }

    private static long millis(Timers timers, String name) {
        return timers.chain().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow()
                .millis();
    }

    private static List<String> texts(Cib cib) {
        return Timers.of(cib).problems().stream().map(Problem::toString).toList();
    }

    /** @param attributes {@code name=value} with ~ for a blank */
    private static String node(
            String name, String attributes, String resource, String operation, int interval, int ms) {
        String history = resource.isEmpty()
                ? ""
                : "<lrm id='" + name + "'><lrm_resources><lrm_resource id='" + resource
                        + "' class='ocf' provider='heartbeat' type='Dummy'><lrm_rsc_op id='" + resource + "_"
                        + operation
                        + "_" + interval + "' operation_key='" + resource + "_" + operation + "_" + interval
                        + "' operation='" + operation + "' call-id='3' rc-code='0' op-status='0' interval='" + interval
                        + "' exec-time='" + ms + "'/></lrm_resource></lrm_resources></lrm>";
        return "<node_state id='" + name + "' uname='" + name + "'><transient_attributes id='" + name
                + "'><instance_attributes id='" + name + "-t'>" + pairs(name, attributes)
                + "</instance_attributes></transient_attributes>" + history + "</node_state>";
    }

    private static String pairs(String prefix, String words) {
        var text = new StringBuilder();
        for (String word : words.split(" ")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                text.append("<nvpair id='%s-%d' name='%s' value='%s'/>"
                        .formatted(
                                prefix,
                                text.length(),
                                word.substring(0, equals),
                                word.substring(equals + 1).replace('~', ' ')));
            }
        }
        return text.toString();
    }

    private static Cib cib(String properties, String resources, String status) throws UnusableInputException {
        return Cib.read(
                "<cib admin_epoch='0' epoch='1' num_updates='0'><configuration><crm_config><cluster_property_set"
                        + " id='cib-bootstrap-options'>" + pairs("p", properties)
                        + "</cluster_property_set></crm_config><nodes><node id='n1' uname='n1'/><node id='n2'"
                        + " uname='n2'/></nodes><resources>" + resources
                        + "</resources><constraints/></configuration><status>" + status + "</status></cib>",
                "test");
    }
}
