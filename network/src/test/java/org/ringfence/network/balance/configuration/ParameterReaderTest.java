package org.ringfence.network.balance.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.network.balance.service.Forwarding;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.show.ConfigurationJson;

class ParameterReaderTest {
    @Test
    void parametersMeanWhatAFileMeans() {
        Reading read = read("""
            virtual|192.0.2.1:80
            real|one:8080 two,gate,5,u:10 198.51.100.3->198.51.100.4:80,7
            service|http
            request|index.html
            receive|It (works|lives)
            login|me
            fallback|sorry:81 masq
            checkinterval|3
            checktimeout|2
            failurecount|2
            quiescent|yes
            persistent|60
            """);
        Reading file = ConfigurationReader.read("f", """
            checkinterval = 3
            checktimeout = 2
            failurecount = 2
            quiescent = yes
            virtual = 192.0.2.1:80
                real = one:8080 masq
                real = two gate 5 u:10
                real = 198.51.100.3->198.51.100.4:80 masq 7
                service = http
                request = "index.html"
                receive = "It (works|lives)"
                login = "me"
                fallback = sorry:81 masq
                persistent = 60
            """, new FixedNames());
        assertThat(read.problems()).isEmpty();
        assertThat(ConfigurationJson.of(read.configuration().orElseThrow()))
                .isEqualTo(ConfigurationJson.of(file.configuration().orElseThrow()));
    }

    @Test
    void quotesMayBeThere() {
        assertThat(service("virtual|192.0.2.1:80\nrequest|\"a b\"\n")
                        .check()
                        .conversation()
                        .request())
                .isEqualTo("a b");
        assertThat(service("virtual|192.0.2.1:80\npasswd| it's \"me\" = # \n")
                        .check()
                        .conversation()
                        .password())
                .as("nothing in a value ends it")
                .isEqualTo(" it's \"me\" = # ");
    }

    @Test
    void eachServerStandsBehindEachAddressOfItsFamily() {
        List<VirtualService> services = services("""
            virtual|192.0.2.1:80  192.0.2.1:81
            virtual6|[2001:db8::1]:80
            real|one two
            real6|[2001:db8::11]
            fallback|sorry
            """);
        assertThat(services)
                .extracting(VirtualService::id)
                .containsExactly("tcp 192.0.2.1:80", "tcp 192.0.2.1:81", "tcp [2001:db8::1]:80");
        assertThat(services).extracting(each -> each.servers().size()).containsExactly(2, 2, 1);
        assertThat(services).extracting(each -> each.fallback().isPresent()).containsExactly(true, true, false);
    }

    @Test
    void whoSaysNotHowPacketsComeIsReachedAsForwardSays() {
        assertThat(service("virtual|192.0.2.1:80\nreal|one two,3 three,gate,2\n")
                        .servers())
                .extracting(RealServer::forwarding)
                .containsExactly(Forwarding.MASQ, Forwarding.MASQ, Forwarding.GATE);
        assertThat(service("virtual|192.0.2.1:80\nforward|ipip\nreal|one two,3 three,gate,2\n")
                        .servers())
                .extracting(RealServer::forwarding)
                .containsExactly(Forwarding.IPIP, Forwarding.IPIP, Forwarding.GATE);
    }

    @Test
    void aWrongForwardIsToldOnce() {
        assertThat(read("virtual|192.0.2.1:80\nvirtual6|[2001:db8::1]:80\nforward|nat\n")
                        .problems())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "~virtual: names nothing that clients connect to; write virtual=192.0.2.1:80, or"
                        + " virtual6=[2001:db8::1]:80",
                "virtual|nowhere:80~virtual nowhere: has no IPv4 address that this host can find; write the address, or"
                        + " enter the name in /etc/hosts",
                "virtual|192.0.2.1~virtual: '192.0.2.1' is neither ADDRESS:PORT nor a mark; write virtual ="
                        + " 192.0.2.1:80, virtual6 = [2001:db8::1]:80 or virtual = 1",
                "virtual|1 1~virtual fwm 1: stands twice; put its real servers under one",
                "real|one,lots~real: 'lots' is not understood; the order is: ADDRESS gate|masq|ipip [WEIGHT]"
                        + " [\"REQUEST\", \"RECEIVE\"] [l:N] [u:N]",
                "real|one one~real 198.51.100.1:80: stands twice in this service; remove one of the lines",
                "real6|[2001:db8::2]~real6: stands in a service of IPv4; write real",
                "forward|nat~forward: 'nat' is no way of forwarding; write gate, masq or ipip",
                "receive|(~receive: \"(\" is not a regular expression: Unclosed group; a character that means itself is"
                        + " written with \\ before it",
                "checkinterval|soon~checkinterval: 'soon' is not a whole number from 1 on",
                "checkintervall|3~checkintervall: is no directive; is checkinterval meant?",
                "autoreload|yes~autoreload: may not stand here; it is for a file",
                "load|1~load: is no directive",
                "quiescent|maybe~quiescent: 'maybe' is not known; write yes or no",
            })
    void aWrongValueIsSaidWithItsParameter(String line, String problem) {
        String rest = line == null || line.startsWith("virtual") ? "" : "virtual|192.0.2.1:80\n";
        Reading read = read(rest + (line == null ? "" : line + "\n"));
        assertThat(read.configuration()).isEmpty();
        assertThat(read.problems()).extracting(Object::toString).contains(problem);
    }

    @Test
    void theAgentOffersWhatIsReadHere() throws IOException {
        String agent = Files.readString(Path.of(System.getProperty("ringfence.root"), "agents/ringfence/director"));
        Matcher matcher = Pattern.compile("(?m)^    directive ([a-z0-9]+) (string|integer|boolean) ")
                .matcher(agent);
        Set<String> offered = new TreeSet<>();
        while (matcher.find()) {
            assertThat(offered.add(matcher.group(1))).as(matcher.group(1)).isTrue();
        }
        assertThat(offered).isEqualTo(ParameterReader.vocabulary());
    }

    private static VirtualService service(String lines) {
        return services(lines).getFirst();
    }

    private static List<VirtualService> services(String lines) {
        return read(lines).configuration().orElseThrow().services();
    }

    /** @param lines {@code NAME|VALUE} each */
    private static Reading read(String lines) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        lines.lines()
                .forEach(line ->
                        parameters.put(line.substring(0, line.indexOf('|')), line.substring(line.indexOf('|') + 1)));
        return ParameterReader.read(parameters, new FixedNames());
    }
}
