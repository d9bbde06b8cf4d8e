package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.network.balance.service.Check;

/** Logins by examples that their documents give, or that were reckoned by other means. */
class LoginsTest {

    /** RFC 7677, section 3, but for the user's name, which stays empty here: so only the shape, and that a wrong server is found out. */
    @Test
    void aServerThatDoesNotKnowThePasswordIsFoundOut() throws FailedCheckException {
        var scram = new Scram("pencil", "rOprNGfwEbeRWgbNEkqO");
        assertThat(scram.first()).isEqualTo("n,,n=,r=rOprNGfwEbeRWgbNEkqO");
        String proof =
                scram.proof("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(proof).startsWith("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=");
        assertThatThrownBy(() -> scram.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
                .hasMessageContaining("does not know the password");
        assertThatThrownBy(() -> scram.proof("r=other,s=AAAA,i=1")).hasMessageContaining("challenge");
    }

    @Test
    void passwordsOfRadiusAreHiddenByTheSecret() throws FailedCheckException {
        // The name and the password of RFC 2865, section 7.1, without its further attributes. The message's
        // authenticator was reckoned with Python's hmac.
        byte[] authenticator = HexFormat.of().parseHex("0f403f9473978057bd83d5cb98f4227a");
        var talk = new Check.Conversation(
                "", "", Check.HttpMethod.GET, Optional.empty(), "nemo", "arctangent", "", "xyzzy5461");
        assertThat(HexFormat.of().formatHex(Radius.request(talk, (byte) 0, authenticator)))
                .isEqualTo("0100003e" + "0f403f9473978057bd83d5cb98f4227a" + "501241287e85c3eb5cf152ff4bb7a21fbf25"
                        + "01066e656d6f"
                        + "02120dbe708d93d413ce3196e43f782a0aee");
    }

    @Test
    void passwordsOfMysqlAreProven() throws FailedCheckException {
        byte[] challenge = "01234567890123456789".getBytes(US_ASCII);
        // Reckoned with Python's hashlib.
        assertThat(HexFormat.of().formatHex(Mysql.proof("mysql_native_password", "secret", challenge)))
                .isEqualTo("7abe1a8776b59e931059451f81e596a60dbbf7a8");
        assertThat(HexFormat.of().formatHex(Mysql.proof("caching_sha2_password", "secret", challenge)))
                .isEqualTo("1a2da2573c2faa367e2afddb54cdfd11a95ed22eef0167151196a6fc8e3d3813");
        assertThat(Mysql.proof("mysql_native_password", "", challenge)).isEmpty();
        assertThatThrownBy(() -> Mysql.proof("dialog", "secret", challenge)).hasMessageContaining("not spoken");
    }

    @Test
    void namesAndAddressesAreAskedFor() throws FailedCheckException {
        assertThat(HexFormat.of().formatHex(Dns.question("a.bc")))
                .isEqualTo("5246" + "0100" + "0001" + "0000" + "0000" + "0000" + "0161" + "026263" + "00" + "0001"
                        + "0001");
        assertThat(HexFormat.of().formatHex(Dns.question("192.0.2.1"))).endsWith("00000c0001");
    }
}
