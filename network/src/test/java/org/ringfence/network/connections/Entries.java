package org.ringfence.network.connections;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Connections for tests. */
final class Entries {
    private Entries() {}

    /** Of 10.0.0.1 to a local port 80, one for each remote port. */
    static ConnectionList ports(int... remotePorts) {
        List<byte[]> entries = Arrays.stream(remotePorts)
                .mapToObj(port -> ByteBuffer.allocate(8)
                        .put(new byte[] {10, 0, 0, 1})
                        .putShort((short) port)
                        .putShort((short) 80)
                        .array())
                .toList();
        return ConnectionList.of(4, entries);
    }

    static ConnectionList many(int count) {
        return ports(IntStream.range(1, count + 1).toArray());
    }
}
