package org.ringfence.network.balance.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.network.balance.service.Forwarding;
import org.ringfence.network.balance.service.Protocol;
import org.ringfence.network.balance.service.Timing;
import org.ringfence.network.balance.service.VirtualService;

class ConfigurationReaderTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("ringfence.root"), "network/src/test/resources/balance/examples");

    @Test
    void theExamplesUseEveryDirective() throws IOException {
        Set<String> used = new TreeSet<>();
        Pattern name = Pattern.compile("(?m)^\\s*([a-z0-9]+)\\s*=");
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".cf")).toList()) {
                Matcher matcher = name.matcher(Files.readString(file));
                while (matcher.find()) {
                    used.add(matcher.group(1));
                }
            }
        }
        Set<String> all = new TreeSet<>(Vocabulary.global());
        all.addAll(Vocabulary.virtual());
        all.removeAll(used);
        // In no manual page.
        assertThat(all).containsExactly("load");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "checkintervall = 3|f:1:1: checkintervall: is no directive; is checkinterval meant?",
                "timeout = 3|f:1:1: timeout: is no directive any more; write checktimeout and negotiatetimeout",
                "checktimeout = soon|f:1:16: checktimeout: 'soon' is not a whole number from 1 on",
                "checkinterval = 0|f:1:17: checkinterval: '0' is not a whole number from 1 on",
                "quiescent = maybe|f:1:13: quiescent: 'maybe' is not known; write yes or no",
                "scheduler = rr|f:1:1: scheduler: may not stand here; indent it below a virtual service",
                "what is this|f:1:1: what is this: is not NAME = VALUE",
                "emailalertstatus = none,all|f:1:20: emailalertstatus: 'none,all' is not known; write all, none, or"
                        + " some of starting,running,stopping,reloading",
                "virtual = 192.0.2.1|f:1:11: virtual: '192.0.2.1' is neither ADDRESS:PORT nor a mark; write virtual ="
                        + " 192.0.2.1:80, virtual6 = [2001:db8::1]:80 or virtual = 1",
                "virtual = [2001:db8::1]:80|f:1:11: virtual: [2001:db8::1] is an IPv6 address; write virtual6, and"
                        + " virtual6 for the service",
                "virtual = nowhere:80|f:1:11: virtual nowhere: has no IPv4 address that this host can find; write the"
                        + " address, or enter the name in /etc/hosts",
                "virtual = 192.0.2.1:gopher|f:1:11: virtual: 'gopher' is neither a port nor a service that"
                        + " /etc/services has for tcp; write a number from 1 to 65535",
            })
    void aWrongLineIsSaidWithItsPlace(String line, String problem) {
        assertThat(problems(line + "\nvirtual = 192.0.2.9:80\n")).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "real = 10.0.0.1:80~f:2:12: real: says not how packets are forwarded; add gate, masq or ipip",
                "real = 10.0.0.1:80 nat~f:2:24: real: 'nat' is no way of forwarding; write gate, masq or ipip",
                "real = 10.0.0.9->10.0.0.1:80 masq~f:2:12: real: the range ends before it begins, or has more than 4096"
                        + " addresses; write the lower address first",
                "real = 10.0.0.1:80 masq 1 \"a\"~f:2:12: real: has a request without what is to be received; write"
                        + " \"REQUEST\", \"RECEIVE\"",
                "real = 10.0.0.1:80 masq 1 \"a\", \"(b\"~f:2:39: real: \"(b\" is not a regular expression: Unclosed"
                        + " group; a character that means itself is written with \\ before it",
                "real = 10.0.0.1:80 masq 1 odd~f:2:31: real: 'odd' is not understood; the order is: ADDRESS"
                        + " gate|masq|ipip [WEIGHT] [\"REQUEST\", \"RECEIVE\"] [l:N] [u:N]",
                "real6 = [::1]:80 masq~f:2:5: real6: stands in a service of IPv4; write real",
                "protocol = fwm~f:2:16: protocol: 'fwm' is not known; a service with an address is tcp or udp",
                "netmask = 255.0.255.0~f:2:15: netmask: '255.0.255.0' is no mask of IPv4; write it as 255.255.255.0",
                "receive = (x~f:2:15: receive: '(x' is not in quotes; write receive = \"...\"",
                "ops = yes~f:2:11: ops: is for services over UDP; write ops = no",
                "checkport = 70000~f:2:17: checkport: '70000' is not a whole number from 1 to 65535",
                "autoreload = yes~f:2:5: autoreload: may not stand here; move it to the margin",
                "service = gopher~f:2:15: service: 'gopher' is not known; ldirectord(8) has the list, for example http",
            })
    void aWrongLineOfAServiceIsSaidWithItsPlace(String line, String problem) {
        String netmask = line.startsWith("netmask") ? "\n    persistent = 3" : "";
        assertThat(problems("virtual = 192.0.2.9:80\n    " + line + netmask + "\n"))
                .contains(problem);
    }

    @Test
    void allErrorsAreToldAtOnce() {
        assertThat(problems("a = 1\nb = 2\nvirtual = 1\n  c = 3\n")).hasSize(3);
    }

    @Test
    void whatStandsTwiceIsAnError() {
        assertThat(problems("virtual=192.0.2.9:80\nvirtual=192.0.2.9:http\n")).hasSize(1);
        assertThat(problems("virtual=192.0.2.9:80\n\treal=one:80 gate\n\treal=198.51.100.1 gate\n"))
                .hasSize(1);
    }

    @Test
    void defaultsAreThoseOfTheManualPage() {
        VirtualService service = only("virtual=192.0.2.9:80\n\treal=10.0.0.1:80 gate\n");
        assertThat(service.scheduler().name()).isEqualTo("wrr");
        assertThat(service.protocol()).isEqualTo(Protocol.TCP);
        assertThat(service.check().service().word()).isEqualTo("http");
        assertThat(service.check().timing())
                .isEqualTo(new Timing(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(30), 1, 1));
        assertThat(service.servers().getFirst().weight()).isEqualTo(1);
        assertThat(only("virtual=192.0.2.9:domain\n").protocol()).isEqualTo(Protocol.UDP);
    }

    @Test
    void eachTimeoutStandsInForTheOther() {
        assertThat(timing("negotiatetimeout=7\nvirtual=1\n").checkTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(timing("checktimeout=7\nvirtual=1\n\tnegotiatetimeout=3\n").checkTimeout())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(timing("checktimeout=7\nnegotiatetimeout=9\nvirtual=1\n").negotiateTimeout())
                .isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void anIntervalOfOneServiceCountsOnlyWhenForking() {
        assertThat(timing("checkinterval=7\nvirtual=1\n\tcheckinterval=3\n").interval())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(timing("fork=yes\nvirtual=1\n\tcheckinterval=3\n").interval())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void onlyMasqueradingChangesThePort() {
        VirtualService service =
                only("virtual=192.0.2.9:80\n\treal=one:8080 gate\n\treal=two:8080 masq\n\treal=three masq\n");
        assertThat(service.servers())
                .extracting(server -> server.endpoint().port())
                .containsExactly(80, 8080, 80);
        assertThat(service.servers().getFirst().forwarding()).isEqualTo(Forwarding.GATE);
    }

    @Test
    void theSampleOfDebianCanBeReadWithEveryServiceInIt() throws IOException {
        Path sample = Path.of("/usr/share/doc/ldirectord/examples/ldirectord.cf");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(sample), "the package ldirectord is not installed, so its sample is not here");
        String text = Files.readString(sample);
        assertThat(read(text).configuration()).isPresent();
        // What is commented out there are further services; two of them share an address and port, two have a slip.
        String opened = text.replaceAll("(?m)^#(virtual6?|\t)", "$1")
                .replaceAll("(?m)^\t#.*$", "")
                .replace("::5060", ":5060")
                .replace("sql01->sql03", "first->third");
        Reading reading = read(opened);
        assertThat(reading.problems().stream()
                        .map(org.ringfence.model.problem.Problem::toString)
                        .filter(line -> !line.contains("stands twice") && !line.contains("cannot change it")))
                .isEmpty();
    }

    private static Timing timing(String text) {
        return only(text).check().timing();
    }

    private static VirtualService only(String text) {
        Reading reading = read(text);
        assertThat(reading.configuration()).as("%s", reading.problems()).isPresent();
        return reading.configuration().orElseThrow().services().getFirst();
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream()
                .map(org.ringfence.model.problem.Problem::toString)
                .toList();
    }

    private static Reading read(String text) {
        return ConfigurationReader.read("f", text, new FixedNames());
    }
}
