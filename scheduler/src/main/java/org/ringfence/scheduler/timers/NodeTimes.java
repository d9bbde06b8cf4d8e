package org.ringfence.scheduler.timers;

import java.util.Map;
import java.util.Optional;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.watchdog.WatchdogFact;

/**
 * What a node has told its cluster of its own clockwork, as transient attributes.
 *
 * @param watchdog     {@link #WATCHDOG}: what its driver takes
 * @param inForceMs    {@link #WATCHDOG_IN_FORCE}: the timeout that its watchdog has now
 * @param holdMs       {@link #HOLD}: how long its guard goes on feeding after the last good sign
 * @param loopMs       {@link #LOOP}: how often its guard reads the shared disks
 * @param msgwaitMs    {@link #MSGWAIT}: what stands on its shared disks
 * @param diskMs       {@link #DISK_LATENCY}: the longest that a shared disk took lately
 * @param pauseMs      {@link #PAUSE}: the longest that its daemon stood still lately
 */
public record NodeTimes(
        String node,
        Optional<WatchdogFact> watchdog,
        Optional<Long> inForceMs,
        Optional<Long> holdMs,
        Optional<Long> loopMs,
        Optional<Long> msgwaitMs,
        Optional<Long> diskMs,
        Optional<Long> pauseMs) {
    public static final String WATCHDOG = "#watchdog";
    public static final String WATCHDOG_IN_FORCE = "#watchdog-timeout";
    public static final String HOLD = "#guard-hold";
    public static final String LOOP = "#sbd-loop";
    public static final String MSGWAIT = "#sbd-msgwait";
    public static final String DISK_LATENCY = "#sbd-latency";
    public static final String PAUSE = "#pause";

    static NodeTimes of(NodeState state) {
        Map<String, String> attributes = state.attributes();
        return new NodeTimes(
                state.uname(),
                Optional.ofNullable(attributes.get(WATCHDOG)).flatMap(WatchdogFact::parse),
                span(attributes, WATCHDOG_IN_FORCE),
                span(attributes, HOLD),
                span(attributes, LOOP),
                span(attributes, MSGWAIT),
                span(attributes, DISK_LATENCY),
                span(attributes, PAUSE));
    }

    private static Optional<Long> span(Map<String, String> attributes, String name) {
        return TimeInCib.positive(Optional.ofNullable(attributes.get(name)));
    }

    /** Spans of time as the CIB has them. */
    static final class TimeInCib {
        private TimeInCib() {}

        /** In milliseconds; empty for what is none, zero or negative. */
        static Optional<Long> positive(Optional<String> text) {
            return text.map(value -> TimeSpan.parseMillis(value, 0)).filter(millis -> millis > 0);
        }
    }
}
