package org.ringfence.engine.embedded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is queued for a peer, when it is written again, and when there is too much of it. */
class OutboxTest {
    private final Outbox outbox = new Outbox(new Limits(1_024, 16, 4_096));
    private final Outbox.Writer first = new Outbox.Writer() {};
    private final Outbox.Writer second = new Outbox.Writer() {};

    private static byte[] bytes(int length) {
        return new byte[length];
    }

    private long take(Outbox.Writer writer) throws InterruptedException {
        return requireNonNull(outbox.take(writer)).sequence;
    }

    @Test
    void takesNothingBeforeItIsOpenAndAfterItWasClosed() {
        assertThat(outbox.offer(bytes(1))).isEqualTo(Outbox.Offer.DROPPED);
        outbox.open();
        assertThat(outbox.offer(bytes(1))).isEqualTo(Outbox.Offer.TAKEN);
        outbox.close();
        outbox.open();
        assertThat(outbox.offer(bytes(1))).isEqualTo(Outbox.Offer.DROPPED);
    }

    @Test
    void whatWasNotConfirmedIsWrittenAgainToTheNextConnection() throws InterruptedException {
        outbox.open();
        assertThat(outbox.handOver(first, 0)).isTrue();
        for (int i = 0; i < 4; i++) {
            outbox.offer(bytes(i));
        }
        assertThat(take(first)).isEqualTo(1);
        assertThat(take(first)).isEqualTo(2);
        assertThat(take(first)).isEqualTo(3);
        assertThat(outbox.confirm(1)).isTrue();
        assertThat(outbox.confirm(1)).isFalse();
        assertThat(outbox.handOver(second, 2)).isTrue();
        assertThat(outbox.take(first)).as("the old writer is sent away").isNull();
        assertThat(take(second)).isEqualTo(3);
        assertThat(take(second)).isEqualTo(4);
        assertThat(outbox.isEmpty()).isFalse();
        outbox.confirm(4);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void whoClaimsMoreThanWasSentIsNotBelieved() {
        outbox.open();
        outbox.offer(bytes(1));
        assertThat(outbox.handOver(first, 2)).isFalse();
    }

    @Test
    void theMessageBeyondTheCountOverflowsAndAllAfterItAreDropped() throws InterruptedException {
        outbox.open();
        for (int i = 0; i < 16; i++) {
            assertThat(outbox.offer(bytes(0))).isEqualTo(Outbox.Offer.TAKEN);
        }
        assertThat(outbox.offer(bytes(0))).isEqualTo(Outbox.Offer.OVERFLOWED);
        outbox.handOver(first, 0);
        take(first);
        outbox.confirm(1);
        assertThat(outbox.offer(bytes(0))).as("no gap is hidden").isEqualTo(Outbox.Offer.DROPPED);
    }

    @Test
    void theBytesAreBoundedToo() {
        outbox.open();
        assertThat(outbox.offer(bytes(2_000))).isEqualTo(Outbox.Offer.TAKEN);
        assertThat(outbox.offer(bytes(1_900))).isEqualTo(Outbox.Offer.TAKEN);
        assertThat(outbox.offer(bytes(100))).isEqualTo(Outbox.Offer.OVERFLOWED);
    }

    @Test
    void confirmationsMakeRoomAgain() throws InterruptedException {
        outbox.open();
        outbox.handOver(first, 0);
        for (int i = 1; i <= 100; i++) {
            assertThat(outbox.offer(bytes(3_000))).isEqualTo(Outbox.Offer.TAKEN);
            assertThat(take(first)).isEqualTo(i);
            outbox.confirm(i);
        }
    }

    @Test
    void theLastWordIsNumberedLikeAMessageAndNothingFollowsIt() throws InterruptedException {
        outbox.open();
        outbox.handOver(first, 0);
        outbox.offer(bytes(1));
        outbox.leave();
        assertThat(outbox.offer(bytes(1))).isEqualTo(Outbox.Offer.DROPPED);
        assertThat(take(first)).isEqualTo(1);
        Outbox.Frame last = requireNonNull(outbox.take(first));
        assertThat(last.sequence).isEqualTo(2);
        assertThat(last.payload).isNull();
    }
}
