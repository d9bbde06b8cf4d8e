package org.ringfence.engine.embedded.detector;

import java.util.concurrent.TimeUnit;

/**
 * Watches one peer. Immutable; all times are nanoseconds of one monotonic clock, given by the caller and never
 * decreasing.
 *
 * <ul>
 *   <li>Silent for {@code questionAfter}, or its connection lost: its host is probed, again and again.
 *   <li>A probe is answered: the host lives. A silent daemon is then slow, and hung after {@code hungAfter}.
 *   <li>Probes are refused, twice in a row: the daemon's process has ended.
 *   <li>Neither heard nor answered for {@code deadAfter}, and enough probes were given their time: the peer is gone.
 *   <li>Heard again: everything is as it was. Only a lost connection stays in question until it is replaced, because
 *       the last words of a killed daemon may be read after its connection broke.
 * </ul>
 *
 * @param heard        last sign of the daemon
 * @param answered     last sign of the host; never before {@code heard}, since that is one as well
 * @param connected    whether messages can flow
 * @param disconnected when they ceased to; meaningful while not {@code connected}
 * @param slow         whether it was reported as slow
 * @param unanswered   probes that stayed without answer since the host's last sign
 * @param refused      probes refused in a row
 * @param nextProbe    not before then; meaningful while in question
 */
public record Watch(
        Patience patience,
        long heard,
        long answered,
        boolean connected,
        long disconnected,
        boolean slow,
        int unanswered,
        int refused,
        long nextProbe) {

    /** What was found at one look: go on with {@code next}, do what {@code verdict} says, and look again. */
    public record Judgement(Watch next, Verdict verdict) {}

    /** A peer that was heard just now and is connected. */
    public static Watch begin(Patience patience, long now) {
        return new Watch(patience, now, now, true, now, false, 0, 0, now);
    }

    /** A heartbeat or message came. */
    public Watch heard(long now) {
        return new Watch(patience, now, now, connected, disconnected, slow, 0, connected ? 0 : refused, nextProbe);
    }

    /** The connection was closed or reset, though not by us. */
    public Watch disconnected(long now) {
        return connected ? new Watch(patience, heard, answered, false, now, slow, 0, 0, now) : this;
    }

    /** Another connection to the same incarnation of the daemon took over. */
    public Watch connected(long now) {
        return new Watch(patience, now, now, true, disconnected, slow, 0, 0, nextProbe);
    }

    /** The kernel of the peer's host completed a handshake on the daemon's port. */
    public Watch probeAnswered(long now) {
        return new Watch(
                patience, heard, now, connected, disconnected, slow, 0, 0, now + pause(now, patience.probeAgain()));
    }

    /** The kernel of the peer's host said that nobody listens on the daemon's port. */
    public Watch probeRefused(long now) {
        return new Watch(
                patience, heard, now, connected, disconnected, slow, 0, refused + 1, now + patience.promptly());
    }

    /** A probe got no answer in its time. */
    public Watch probeUnanswered() {
        return new Watch(patience, heard, answered, connected, disconnected, slow, unanswered + 1, refused, nextProbe);
    }

    /** We ourselves did not run for {@code nanos} until {@code now}: that time is nobody's silence. */
    public Watch slept(long nanos, long now) {
        return new Watch(
                patience,
                earlier(heard + nanos, now),
                earlier(answered + nanos, now),
                connected,
                earlier(disconnected + nanos, now),
                slow,
                unanswered,
                refused,
                nextProbe);
    }

    /** What follows from all that was seen until {@code now}. To be asked again until it is {@link Verdict#NOTHING}. */
    public Judgement judge(long now) {
        boolean silent = now - heard >= patience.questionAfter();
        if (refused >= patience.refusals() && (silent || !connected)) {
            return new Judgement(this, Verdict.ENDED);
        }
        if (now - answered >= patience.deadAfter() && unanswered >= patience.probes()) {
            return new Judgement(this, Verdict.GONE);
        }
        // A host that has just begun to be silent may still turn out to be gone, which is the truer report.
        boolean hostAnswers = unanswered < patience.probes();
        if (hostAnswers && (since(heard, now) || (!connected && since(disconnected, now)))) {
            return new Judgement(this, Verdict.HUNG);
        }
        if (slow && !silent) {
            return new Judgement(withSlow(false), Verdict.RECOVERED);
        }
        if (!slow && silent && answered - heard > 0 && refused == 0) {
            return new Judgement(withSlow(true), Verdict.SLOW);
        }
        if ((silent || !connected) && now - nextProbe >= 0) {
            return new Judgement(probing(now + pause(now, patience.probeInterval())), Verdict.PROBE);
        }
        return new Judgement(this, Verdict.NOTHING);
    }

    /** Whether the host is being probed, so that its answers should be looked for often. */
    public boolean inQuestion(long now) {
        return !connected || now - heard >= patience.questionAfter();
    }

    /** When silence will become a question unless something is heard. */
    public long questionAt() {
        return heard + patience.questionAfter();
    }

    /** The evidence, in one line. */
    public String evidence(long now) {
        return "nothing heard for " + millis(now - heard) + " ms, its host's last sign " + millis(now - answered)
                + " ms ago, probes unanswered " + unanswered + ", refused " + refused
                + (connected ? "" : ", connection lost " + millis(now - disconnected) + " ms ago");
    }

    /** A killed process closes its connections a little before its port. */
    private long pause(long now, long usual) {
        boolean justLost = !connected && now - disconnected < patience.probeInterval();
        return justLost ? patience.promptly() : usual;
    }

    private boolean since(long moment, long now) {
        return now - moment >= patience.hungAfter();
    }

    private Watch withSlow(boolean slow) {
        return new Watch(patience, heard, answered, connected, disconnected, slow, unanswered, refused, nextProbe);
    }

    private Watch probing(long nextProbe) {
        return new Watch(patience, heard, answered, connected, disconnected, slow, unanswered, refused, nextProbe);
    }

    private static long earlier(long one, long other) {
        return one - other <= 0 ? one : other;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
