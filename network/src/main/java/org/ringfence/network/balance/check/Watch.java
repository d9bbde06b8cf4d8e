package org.ringfence.network.balance.check;

import java.util.Optional;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.CheckType;
import org.ringfence.network.balance.service.CheckedService;
import org.ringfence.network.balance.service.Protocol;
import org.ringfence.network.balance.service.Timing;

/**
 * How the checks of one server go: what is tried next and when, and whether the server is up. Immutable; times are milliseconds of any
 * clock that does not go back. Source: ldirectord(8), "checktype", "checkinterval", "checkcount", "failurecount".
 *
 * @param up       what follows for the server
 * @param failures in a row
 * @param connects good ones since the last negotiate; of a combined check
 * @param dueAt    when the next attempt is to begin
 * @param last     the last answer; empty before the first
 */
public record Watch(
        Check check, Protocol protocol, boolean up, int failures, int connects, long dueAt, Optional<Answer> last) {

    /** A server that nothing is known of: down, unless it is taken to work without a question. */
    public static Watch begin(Check check, Protocol protocol, long dueAt) {
        return new Watch(check, protocol, isTakenToWork(check), 0, 0, dueAt, Optional.empty());
    }

    /** The same server under a configuration that has changed: it stands as it stood, and is tried soon. */
    public Watch with(Check next, Protocol nextProtocol, long at) {
        boolean stands = next.type() == CheckType.OFF ? false : isTakenToWork(next) || up;
        return new Watch(next, nextProtocol, stands, 0, 0, at, last);
    }

    private static boolean isTakenToWork(Check check) {
        return check.type() == CheckType.ON || isUnmonitored(check);
    }

    private static boolean isUnmonitored(Check check) {
        boolean talks = check.type() == CheckType.NEGOTIATE || check.type() == CheckType.COMBINED;
        return talks && check.service() == CheckedService.NONE;
    }

    /** @return empty when there is never anything to try */
    public Optional<Attempt> next() {
        Timing timing = check.timing();
        return switch (check.type()) {
            case ON, OFF -> Optional.empty();
            case CONNECT -> Optional.of(connect(timing));
            case NEGOTIATE -> isUnmonitored(check) ? Optional.empty() : Optional.of(negotiate(timing));
            case COMBINED -> {
                if (isUnmonitored(check)) {
                    yield Optional.empty();
                }
                // Only a server that has proven itself is asked less.
                boolean trusted = up && failures == 0 && connects < check.connects();
                yield Optional.of(trusted ? connect(timing) : negotiate(timing));
            }
            case EXTERNAL, EXTERNAL_PERL -> Optional.of(new Attempt(Attempt.Kind.EXTERNAL, timing.checkTimeout(), 1));
            case PING -> Optional.of(ping(timing));
        };
    }

    private Attempt connect(Timing timing) {
        return protocol == Protocol.UDP ? ping(timing) : new Attempt(Attempt.Kind.CONNECT, timing.checkTimeout(), 1);
    }

    private static Attempt negotiate(Timing timing) {
        return new Attempt(Attempt.Kind.NEGOTIATE, timing.negotiateTimeout(), 1);
    }

    private static Attempt ping(Timing timing) {
        return new Attempt(Attempt.Kind.PING, timing.checkTimeout(), timing.checkCount());
    }

    /** An attempt that {@link #next} asked for has ended. One good answer brings a server back; so many failures take it out. */
    public Watch answered(Attempt attempt, Answer answer, long now) {
        long due = now + check.timing().interval().toMillis();
        if (!answer.good()) {
            int count = failures + 1;
            boolean still = up && count < check.timing().failureCount();
            return new Watch(check, protocol, still, count, 0, due, Optional.of(answer));
        }
        boolean counts = check.type() == CheckType.COMBINED && attempt.kind() != Attempt.Kind.NEGOTIATE;
        return new Watch(check, protocol, true, 0, counts ? connects + 1 : 0, due, Optional.of(answer));
    }
}
