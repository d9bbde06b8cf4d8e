package org.ringfence.language.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.language.ConfigurationText;

/** Texts in the manner of pcs 0.10 and 0.11. */
class PcsConfigTest {
    private static final String OLDER = """
        Cluster Name: shop
        Corosync Nodes:
         a b
        Pacemaker Nodes:
         a b

        Resources:
         Group: web
          Resource: ip (class=ocf provider=heartbeat type=IPaddr2)
           Attributes: cidr_netmask=24 ip=192.0.2.10
           Operations: monitor interval=10s timeout=20s (ip-monitor-interval-10s)
                       start interval=0s timeout=20s (ip-start-interval-0s)
          Resource: httpd (class=systemd type=httpd)
           Operations: monitor interval=60 timeout=100 (httpd-monitor-interval-60)
         Clone: db-clone
          Meta Attrs: notify=true promotable=true
          Resource: db (class=ocf provider=linbit type=drbd)
           Attributes: drbd_resource="r 0"

        Stonith Devices:
         Resource: power (class=stonith type=fence_ipmilan)
          Attributes: ip=192.0.2.99 pcmk_host_list=a,b
        Fencing Levels:
         Target: a
           Level 1 - power

        Location Constraints:
          Resource: web
            Enabled on:
              Node: a (score:100) (id:location-web-a-100)
            Disabled on:
              Node: b (score:-INFINITY) (id:location-web-b)
        Ordering Constraints:
          promote db-clone then start web (kind:Mandatory) (id:order-1)
        Colocation Constraints:
          web with db-clone (score:INFINITY) (rsc-role:Started) (with-rsc-role:Master) (id:colocation-1)
        Ticket Constraints:

        Alerts:
         No alerts defined

        Resources Defaults:
          resource-stickiness=100
        Operations Defaults:
          No defaults set

        Cluster Properties:
         cluster-infrastructure: corosync
         dc-version: 2.0.5
         no-quorum-policy: stop
         stonith-enabled: true

        Tags:
         No tags defined

        Quorum:
          Options:
        """;

    private static final String NEWER = """
        Cluster Name: shop
        Corosync Nodes:
         a b
        Pacemaker Nodes:
         a b

        Resources:
          Resource: ip (class=ocf provider=heartbeat type=IPaddr2)
            Attributes: ip-instance_attributes
              cidr_netmask=24
              ip=192.0.2.10
            Operations:
              monitor: ip-monitor-interval-10s
                interval=10s
                timeout=20s
        Location Constraints:
          resource 'ip' prefers node 'a' with score 100
          resource 'ip' avoids node 'b' with score INFINITY
        Colocation Constraints:
          Started resource 'ip' with Promoted resource 'other'
            score=INFINITY
        Order Constraints:
          start resource 'other' then start resource 'ip'
            symmetrical=0 kind=Optional
        Cluster Properties: cib-bootstrap-options
          no-quorum-policy=stop
          stonith-enabled=false
        """;

    private static Imported read(String text) {
        assertTrue(PcsConfig.looksLikeIt(text));
        return PcsConfig.read(new Source("config", text));
    }

    @Test
    void theOlderMannerIsRead() {
        Imported imported = read(OLDER);
        assertEquals("""
            node a
            node b
            primitive ip ocf:heartbeat:IPaddr2 params cidr_netmask=24 ip=192.0.2.10 op monitor interval=10s timeout=20s op start interval=0s timeout=20s
            primitive httpd systemd:httpd op monitor interval=60 timeout=100
            group web ip httpd
            primitive db ocf:linbit:drbd params drbd_resource="r 0"
            clone db-clone db meta notify=true promotable=true
            primitive power stonith:fence_ipmilan params ip=192.0.2.99 pcmk_host_list="a,b"
            fencing_topology a: power
            location location-web-a-1 web 100: a
            location location-web-b-2 web -INFINITY: b
            order order-db-clone-web-1 Mandatory: db-clone:promote web:start
            colocation colocation-web-db-clone-1 INFINITY: web db-clone:Promoted
            rsc_defaults resource-stickiness=100
            property no-quorum-policy=stop stonith-enabled=true
            """, imported.text());
        assertEquals(
                List.of(),
                ConfigurationText.read(imported.text(), "test", Optional.empty())
                        .problems());
    }

    @Test
    void theNewerMannerIsRead() {
        assertEquals("""
            node a
            node b
            primitive ip ocf:heartbeat:IPaddr2 params cidr_netmask=24 ip=192.0.2.10 op monitor interval=10s timeout=20s
            location location-ip-a-1 ip 100: a
            location location-ip-b-2 ip -INFINITY: b
            colocation colocation-ip-other-1 INFINITY: ip other:Promoted
            order order-other-ip-1 Optional: other:start ip:start symmetrical=false
            property no-quorum-policy=stop stonith-enabled=false
            """, read(NEWER).text());
    }

    @Test
    void whatIsNotUnderstoodIsNamedWithItsLine() {
        Imported imported = read("""
            Cluster Name: shop
            Corosync Nodes:
             a
            Resources:
             Bundle: box
            Location Constraints:
              Constraint: location-web
                Rule: score=100
            Nonsense: 1
            """);
        List<String> report = imported.report().stream().map(Object::toString).toList();
        assertTrue(report.stream().anyMatch(line -> line.startsWith("config:5:1: Bundle: box")), report::toString);
        assertTrue(
                report.stream().anyMatch(line -> line.startsWith("config:7:1: Constraint: location-web")),
                report::toString);
        assertTrue(report.stream().anyMatch(line -> line.startsWith("config:9:1: Nonsense: 1")), report::toString);
    }

    @Test
    void anotherTextIsNotTakenForIt() {
        assertFalse(PcsConfig.looksLikeIt("primitive a ocf:ringfence:dummy\n"));
    }
}
