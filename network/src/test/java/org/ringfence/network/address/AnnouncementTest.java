package org.ringfence.network.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames, byte for byte as the standards draw them. */
class AnnouncementTest {
    private static final byte[] LINK = {2, 0, 0, 0, 0, 7};

    @Test
    void anIpv4AddressIsAnnouncedByAGratuitousRequestAndAReply() {
        List<String> frames = hex("10.1.2.3");
        assertThat(frames)
                .containsExactly(
                        "ffffffffffff" + "020000000007" + "0806" + "0001" + "0800" + "06" + "04" + "0001"
                                + "020000000007" + "0a010203" + "000000000000" + "0a010203",
                        "ffffffffffff" + "020000000007" + "0806" + "0001" + "0800" + "06" + "04" + "0002"
                                + "020000000007" + "0a010203" + "020000000007" + "0a010203");
    }

    @Test
    void anIpv6AddressIsAnnouncedByAnAdvertisementThatOverrides() {
        String address = "fd000000000000000000000000000009";
        String frame = hex("fd00::9").getFirst();
        String header = "333300000001" + "020000000007" + "86dd" + "60000000" + "0020" + "3a" + "ff" + address
                + "ff020000000000000000000000000001";
        assertThat(frame).startsWith(header + "8800").endsWith("20000000" + address + "0201" + "020000000007");
        // Over pseudo-header and message, with the checksum in its place, the sum of ones' complement is all ones.
        String summed = address + "ff020000000000000000000000000001" + "00000020" + "0000003a"
                + frame.substring(header.length());
        assertThat(onesComplementSum(HexFormat.of().parseHex(summed))).isEqualTo(0xffff);
    }

    @Test
    void anInterfaceThatIsNoEthernetHasNoFrames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Announcement.frames(InetAddress.ofLiteral("10.1.2.3"), new byte[20]));
    }

    private static List<String> hex(String address) {
        return Announcement.frames(InetAddress.ofLiteral(address), LINK).stream()
                .map(HexFormat.of()::formatHex)
                .toList();
    }

    @Test
    void aProbeAsksWithoutClaiming() {
        byte[] arp = Announcement.probe(InetAddress.ofLiteral("10.1.2.3"), LINK);
        assertThat(Claim.of(arp)).isEmpty();
        assertThat(Arrays.copyOfRange(arp, 28, 32)).containsOnly(0);
        assertThat(Arrays.copyOfRange(arp, 38, 42)).containsExactly(10, 1, 2, 3);
        byte[] solicitation = Announcement.probe(InetAddress.ofLiteral("fd00::12:3456"), LINK);
        assertThat(HexFormat.of().formatHex(solicitation))
                .startsWith("3333ff123456")
                .contains("00000000000000000000000000000000" + "ff0200000000000000000001ff123456" + "8700")
                .endsWith("fd000000000000000000000000123456");
    }

    @Test
    void anAnnouncementIsAClaim() {
        for (String address : List.of("10.1.2.3", "fd00::9")) {
            for (byte[] frame : Announcement.frames(InetAddress.ofLiteral(address), LINK)) {
                assertThat(Claim.of(frame))
                        .contains(new Claim(
                                InetAddress.ofLiteral(address),
                                HexFormat.ofDelimiter(":").formatHex(LINK)));
                assertThat(Claim.of(Arrays.copyOf(frame, 20))).isEmpty();
            }
        }
    }

    private static int onesComplementSum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (Byte.toUnsignedInt(bytes[i]) << 8) + Byte.toUnsignedInt(bytes[i + 1]);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
