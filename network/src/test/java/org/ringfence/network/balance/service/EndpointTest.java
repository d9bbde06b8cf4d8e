package org.ringfence.network.balance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "::", "::1", "1::", "2001:db8::1", "2001:db8:0:1:1:1:1:1", "2001:0:0:1::1"})
    void addressesAreWrittenAsTheirStandardHasIt(String address) {
        assertThat(Endpoint.text(InetAddress.ofLiteral(address))).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1:80", "[::1]:80"})
    void anIpv6AddressStandsInBrackets(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        assertThat(new Endpoint(InetAddress.ofLiteral(host), 80)).hasToString(text);
    }
}
