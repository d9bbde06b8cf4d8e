package org.ringfence.network.balance.choice;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.Persistence;

/** Which server each client had last. At most {@link #CLIENTS_MAX} are remembered; who has not come for longest is forgotten first. */
final class Persistent {
    static final int CLIENTS_MAX = 100_000;

    private final Persistence persistence;
    private final Map<BigInteger, Memory> clients = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, Memory> eldest) {
            return size() > CLIENTS_MAX;
        }
    };

    private record Memory(Endpoint server, long until) {}

    Persistent(Persistence persistence) {
        this.persistence = persistence;
    }

    Persistence persistence() {
        return persistence;
    }

    Optional<Endpoint> server(InetAddress client, long now) {
        Memory memory = clients.get(key(client));
        return memory == null || memory.until <= now ? Optional.empty() : Optional.of(memory.server);
    }

    /** The client has used that server just now. */
    void remember(InetAddress client, Endpoint server, long now) {
        clients.put(key(client), new Memory(server, now + persistence.timeout().toMillis()));
    }

    int size() {
        return clients.size();
    }

    private BigInteger key(InetAddress client) {
        byte[] bytes = client.getAddress();
        return new BigInteger(1, bytes).shiftRight(Math.max(0, bytes.length * Byte.SIZE - persistence.prefixLength()));
    }
}
