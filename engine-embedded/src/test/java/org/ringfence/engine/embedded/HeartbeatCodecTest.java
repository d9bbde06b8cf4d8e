package org.ringfence.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.ringfence.model.NodeId;

/** Heartbeats as bytes: what was written is read, and nothing else is. */
class HeartbeatCodecTest {
    private static final Heartbeat HEARTBEAT = new Heartbeat(1, 2, 3, 4, -5, 6, true);

    private final HeartbeatCodec codec = new HeartbeatCodec(ClusterKey.openHeartbeatKey("one"));

    private ByteBuffer written(Heartbeat heartbeat) {
        ByteBuffer buffer = ByteBuffer.allocate(HeartbeatCodec.BYTES);
        codec.write(heartbeat, buffer);
        return buffer;
    }

    @Test
    void whatWasWrittenIsRead() {
        assertThat(codec.read(written(HEARTBEAT), 2)).isEqualTo(HEARTBEAT);
        Heartbeat other = new Heartbeat(Long.MIN_VALUE, 2, -1, Long.MAX_VALUE, 0, 0, false);
        assertThat(codec.read(written(other), 2)).isEqualTo(other);
    }

    @Test
    void eachChangedBitIsNoticed() {
        for (int bit = 0; bit < HeartbeatCodec.BYTES * 8; bit++) {
            byte[] bytes = new byte[HeartbeatCodec.BYTES];
            written(HEARTBEAT).get(bytes);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(codec.read(ByteBuffer.wrap(bytes), 2)).as("bit %d", bit).isNull();
        }
    }

    @Test
    void othersHeartbeatsAreNotRead() {
        assertThat(codec.read(written(HEARTBEAT), 3)).as("meant for another").isNull();
        HeartbeatCodec other = new HeartbeatCodec(ClusterKey.openHeartbeatKey("two"));
        assertThat(other.read(written(HEARTBEAT), 2)).as("of another cluster").isNull();
        ByteBuffer cut = written(HEARTBEAT);
        cut.limit(HeartbeatCodec.BYTES - 1);
        assertThat(codec.read(cut, 2)).as("cut short").isNull();
    }

    @Test
    void namesHaveDifferentKeys() {
        assertThat(HeartbeatCodec.key(new NodeId("a"))).isNotEqualTo(HeartbeatCodec.key(new NodeId("b")));
    }
}
