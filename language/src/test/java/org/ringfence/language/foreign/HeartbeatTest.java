package org.ringfence.language.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.language.ConfigurationText;
import org.ringfence.model.problem.Problem;

class HeartbeatTest {
    private static Imported read(String settings, String resources) {
        return Heartbeat.read(
                Optional.of(new Source("ha.cf", settings)), Optional.of(new Source("haresources", resources)));
    }

    private static void assertReadable(Imported imported) {
        assertEquals(
                List.of(),
                ConfigurationText.read(imported.text(), "test", Optional.empty())
                        .problems());
    }

    @Test
    void aLineBecomesAGroupThatPrefersItsNode() {
        Imported imported = read("""
            node alpha beta   # two of them
            auto_failback off
            """, """
            alpha 192.0.2.10/24/eth0 Filesystem::/dev/sdb1::/srv::ext4::noatime \\
                  apache::/etc/apache2/apache2.conf postfix
            """);
        assertEquals("""
            node alpha
            node beta
            primitive address ocf:heartbeat:IPaddr2 params ip=192.0.2.10 cidr_netmask=24 nic=eth0 op monitor interval=20s timeout=60s
            primitive Filesystem ocf:heartbeat:Filesystem params device=/dev/sdb1 directory=/srv fstype=ext4 options=noatime op monitor interval=20s timeout=60s
            primitive apache ocf:heartbeat:apache params configfile=/etc/apache2/apache2.conf op monitor interval=20s timeout=60s
            primitive postfix service:postfix op monitor interval=20s timeout=60s
            group group-alpha address Filesystem apache postfix
            location group-alpha-prefers-alpha group-alpha 100: alpha
            rsc_defaults resource-stickiness=1000
            """, imported.text());
        assertEquals(List.of(), imported.report());
        assertReadable(imported);
    }

    @Test
    void aReplicatedDiskBecomesAPromotableClone() {
        Imported imported = read("node a b", "a drbddisk::r0 Filesystem::/dev/drbd0::/srv::ext4 IPaddr::192.0.2.1\n");
        assertTrue(imported.text().contains("clone drbd-r0-clone drbd-r0 meta promotable=true"), imported.text());
        assertTrue(
                imported.text().contains("colocation group-a-with-drbd-r0-clone inf: group-a drbd-r0-clone:Promoted"));
        assertTrue(imported.text()
                .contains("order group-a-after-drbd-r0-clone Mandatory: drbd-r0-clone:promote group-a:start"));
        assertReadable(imported);
    }

    @Test
    void whatHasNoCounterpartIsReportedWithItsPlace() {
        Imported imported = read("""
            node a
            stonith_host * apcmaster 192.0.2.9 apc apc
            frobnicate yes
            """, "a custom::one::two\n");
        List<String> warnings = imported.report().stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .map(Problem::toString)
                .toList();
        assertEquals(3, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).startsWith("ha.cf:2:1: stonith_host"), warnings::toString);
        assertTrue(warnings.get(1).startsWith("ha.cf:3:1: frobnicate: is not understood"), warnings::toString);
        assertTrue(warnings.get(2).startsWith("haresources:1:1: custom::one::two"), warnings::toString);
        assertReadable(imported);
    }

    @Test
    void aClusterThatRanPacemakerIsToldToBringItsCib() {
        Imported imported = read("node a\ncrm yes\n", "");
        assertTrue(imported.report().stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR));
    }

    @Test
    void everyKindOfAddressIsRead() {
        assertEquals(
                "{ip=192.0.2.1, cidr_netmask=24, broadcast=192.0.2.255}",
                HeartbeatResource.of("IPaddr::192.0.2.1/24/192.0.2.255")
                        .parameters()
                        .toString());
        assertEquals(
                "{ip=192.0.2.1}", HeartbeatResource.of("192.0.2.1").parameters().toString());
        assertEquals(
                "{ip=192.0.2.1, cidr_netmask=24, nic=eth1, broadcast=192.0.2.255}",
                HeartbeatResource.of("IPaddr2::192.0.2.1/24/eth1/192.0.2.255")
                        .parameters()
                        .toString());
    }
}
