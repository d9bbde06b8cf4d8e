package org.ringfence.engine.embedded;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.port.Engine.Silence;
import org.ringfence.engine.embedded.detector.Patience;
import org.ringfence.engine.embedded.detector.Verdict;
import org.ringfence.engine.embedded.detector.Watch;

/** Carries out what the {@link Watch} over one announced peer says: probes its host, reports it as slow, and judges. */
final class Vigil {

    /** Who wants to know. */
    interface Observer {
        void slow(boolean slow, String evidence);

        /** Final. */
        void judged(Silence why, String evidence, long now);
    }

    private final Probes probes;
    private final Observer observer;
    private Watch watch;
    private boolean over;

    /** @param probeTimeout nanoseconds */
    Vigil(Patience patience, long probeTimeout, Observer observer, long now) {
        this.probes = new Probes(probeTimeout);
        this.observer = observer;
        this.watch = Watch.begin(patience, now);
    }

    /** The daemon gave a sign of life at {@code moment}, a little ago perhaps. */
    void heard(long moment) {
        if (moment - watch.heard() > 0) {
            watch = watch.heard(moment);
        }
    }

    void disconnected(long now) {
        watch = watch.disconnected(now);
    }

    void connected(long now) {
        watch = watch.connected(now);
    }

    /** We did not run for {@code nanos} until {@code now}. */
    void slept(long nanos, long now) {
        watch = watch.slept(nanos, now);
    }

    /** @param peer null when it is not known at present: nothing can be probed then */
    void look(@Nullable InetSocketAddress peer, long now) {
        if (probes.areUnderWay()) {
            probes.look(now, outcome -> probed(outcome, now));
        }
        while (!over) {
            Watch.Judgement judgement = watch.judge(now);
            watch = judgement.next();
            Verdict verdict = judgement.verdict();
            switch (verdict) {
                case NOTHING -> {
                    return;
                }
                case PROBE -> {
                    if (peer != null) {
                        probes.begin(peer, now, outcome -> probed(outcome, now));
                    }
                }
                case SLOW, RECOVERED -> observer.slow(verdict == Verdict.SLOW, watch.evidence(now));
                case ENDED -> judged(Silence.DAEMON_ENDED, now);
                case HUNG -> judged(Silence.DAEMON_HUNG, now);
                case GONE -> judged(Silence.GONE, now);
            }
        }
    }

    /** Whether the peer's answers should be looked for often. */
    boolean isInQuestion(long now) {
        return watch.inQuestion(now) || probes.areUnderWay();
    }

    boolean isSilent(long now) {
        return watch.inQuestion(now);
    }

    /** When silence becomes a question. */
    long questionAt() {
        return watch.questionAt();
    }

    void end() {
        over = true;
        probes.close();
    }

    private void judged(Silence why, long now) {
        over = true;
        observer.judged(why, watch.evidence(now), now);
    }

    private void probed(Probes.Outcome outcome, long now) {
        watch = switch (outcome) {
            case ANSWERED -> watch.probeAnswered(now);
            case REFUSED -> watch.probeRefused(now);
            case UNANSWERED -> watch.probeUnanswered();
        };
    }
}
