package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Now;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.model.NodeId;

/** A running daemon: takes events one by one, drives the machine, carries out its effects. */
public final class Daemon {
    private final World world;
    private final Host host;
    private final int life;
    private final Map<Timer, Clock.Plan> timers = new LinkedHashMap<>();
    private final Deque<Event> waiting = new ArrayDeque<>();
    private ControllerState state;
    private boolean paused;
    private boolean ended;
    private boolean handling;

    Daemon(World world, Host host, int life) {
        this.world = world;
        this.host = host;
        this.life = life;
        state = ControllerState.initial(world.settings(host.node()));
    }

    public Host host() {
        return host;
    }

    public NodeId node() {
        return host.node();
    }

    public ControllerState state() {
        return state;
    }

    /** Tells one daemon of a host from the next. */
    public int life() {
        return life;
    }

    public boolean isPaused() {
        return paused;
    }

    public boolean isRunning() {
        return !ended;
    }

    void start() {
        deliver(new Event.Started(
                host.disk().promised(),
                host.disk().configuration(),
                host.disk().isDamaged(),
                host.disk().facts()));
    }

    void end() {
        ended = true;
        timers.values().forEach(Clock.Plan::cancel);
        timers.clear();
        waiting.clear();
    }

    /** Stops handling events; they wait. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        work();
    }

    /** Hands it an event; nothing happens when it has ended. */
    public void deliver(Event event) {
        if (!ended) {
            waiting.add(event);
            work();
        }
    }

    /** One event at a time; what comes meanwhile waits for its turn. */
    private void work() {
        if (handling) {
            return;
        }
        handling = true;
        try {
            while (!ended && !paused && !waiting.isEmpty()) {
                handle(waiting.remove());
            }
        } finally {
            handling = false;
        }
    }

    private void handle(Event event) {
        ControllerState before = state;
        Step<ControllerState> step = world.machine().step(before, now(), event);
        state = step.state();
        world.journal().stepped(world.clock().now(), node(), event, step.effects());
        step.effects().forEach(this::carryOut);
        world.witness().stepped(world, this, before, event, step);
    }

    private Now now() {
        long nanos = world.clock().nanos();
        return new Now(
                world.wall(node()),
                world.monotonic(node()),
                Chance.mixed(nanos ^ node().name().hashCode()));
    }

    private void carryOut(Effect effect) {
        if (ended) {
            return;
        }
        switch (effect) {
            case Effect.Send send -> world.network().send(node(), send.to(), send.message());
            case Effect.Save save -> host.disk().save(save.document(), this);
            case Effect.StartTimer start -> startTimer(start.timer(), start.after());
            case Effect.StopTimer stop -> stopTimer(stop.timer());
            case Effect.RunAgent run -> host.agents().execute(this, run.request());
            case Effect.CancelAgent cancel -> host.agents().cancel(this, cancel.token());
            case Effect.RunFenceAgent run -> world.fencing().execute(this, run.request());
            case Effect.Beat beat -> host.guard().beat(beat.bound(), beat.lease());
            case Effect.StopSelf stop -> host.guard().stopSelf(stop.why());
            case Effect.Reply reply -> world.administrator().answered(node(), reply.request(), reply.answer());
            case Effect.Tell tell -> {
                world.journal().told(world.clock().now(), node(), tell.entry());
                if (tell.entry().node().equals(node())) {
                    world.witness().told(world, this, tell.entry());
                }
            }
            case Effect.Installed installed -> {}
            case Effect.Left left -> host.left();
            case Effect.Within within -> throw new IllegalStateException("not for the world: " + within);
        }
    }

    private void startTimer(Timer timer, Duration after) {
        stopTimer(timer);
        Duration inTruth = Duration.ofNanos((long) (after.toNanos() * world.clockRate(node())));
        timers.put(timer, world.clock().after(inTruth, () -> {
            timers.remove(timer);
            deliver(new Event.TimerFired(timer));
        }));
    }

    private void stopTimer(Timer timer) {
        Clock.Plan running = timers.remove(timer);
        if (running != null) {
            running.cancel();
        }
    }
}
