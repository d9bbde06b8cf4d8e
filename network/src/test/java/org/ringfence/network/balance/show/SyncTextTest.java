package org.ringfence.network.balance.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.linux.ipvs.IpvsSync;

class SyncTextTest {
    private static final IpvsSync MASTER = sync(false);
    private static final IpvsSync BACKUP = sync(true);

    @Test
    void bothDaemonsAreOneLineEach() {
        assertThat(SyncText.text(List.of(MASTER, BACKUP))).isEqualTo("""
            master  eth1  id 3  group 224.0.0.82  port 8849  ttl 2
            backup  eth1  id 3  group 224.0.0.82  port 8849  ttl 2
            """);
    }

    @Test
    void noneIsSaid() {
        assertThat(SyncText.text(List.of())).isEqualTo("not synchronised\n");
        assertThat(SyncText.json(List.of())).isEqualTo("{\"synchronised\":false,\"daemons\":[]}");
    }

    @Test
    void oneAloneIsNoSynchronisation() {
        assertThat(SyncText.json(List.of(BACKUP)))
                .isEqualTo("{\"synchronised\":false,\"daemons\":[{\"kind\":\"backup\",\"interface\":\"eth1\",\"id\":3,"
                        + "\"group\":\"224.0.0.82\",\"port\":8849,\"ttl\":2}]}");
        assertThat(SyncText.json(List.of(MASTER, BACKUP))).startsWith("{\"synchronised\":true,");
    }

    private static IpvsSync sync(boolean backup) {
        return new IpvsSync(backup, "eth1", 3, InetAddress.ofLiteral("224.0.0.82"), 8849, 2);
    }
}
