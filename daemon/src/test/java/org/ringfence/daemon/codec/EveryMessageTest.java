package org.ringfence.daemon.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringfence.controller.message.Message;

/** The codec carries every kind of message that the controller has, now and when more are added. */
class EveryMessageTest {
    private static final MessageCodec<Message> CODEC = new MessageCodec<>(Message.class, 1 << 20);

    static List<Class<?>> kinds() {
        return RandomRecords.records(Message.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itComesBackAsItWas(Class<? extends Message> kind) throws CodecException {
        for (int seed = 0; seed < 100; seed++) {
            Message message = kind.cast(new RandomRecords(seed).make(kind));
            assertThat(CODEC.decode(CODEC.encode(message))).as("seed %s", seed).isEqualTo(message);
        }
    }
}
