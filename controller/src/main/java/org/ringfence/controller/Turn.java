package org.ringfence.controller;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.dc.DcDraft;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.fencing.FenceExecutor;
import org.ringfence.controller.fencing.FenceProbing;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.membership.MembershipState;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.resources.ResourcesState;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.controller.selffencing.LeaseState;
import org.ringfence.model.NodeId;
import org.ringfence.model.status.ResourceHistories;

/**
 * The handling of one event: a draft of the next state, and the effects so far. What this node says to itself is handled
 * in the same turn. Made and thrown away within {@link Controller#step}; nothing else keeps one.
 */
public final class Turn {
    private final Now now;
    private final Settings settings;
    private final Deque<Event> events = new ArrayDeque<>();
    private final List<Effect> effects = new ArrayList<>();
    private final SortedMap<NodeId, ResourceHistories> histories;
    private final SortedMap<NodeId, Long> lives;
    private final SortedSet<NodeId> slow;
    private final List<Event.Received> early;
    private final FactsState before;
    private MembershipState membership;
    private Optional<StoredConfiguration> held;
    private FactsState facts;
    private ResourcesState resources;
    private FenceExecutor.State executor;
    private FenceProbing.State probing;
    private LeaseState lease;
    private @Nullable DcDraft dc;
    private HandedOn handedOn;
    private boolean leaving;
    private boolean changedFacts;

    Turn(ControllerState state, Now now) {
        this.now = now;
        settings = state.settings();
        membership = state.membership();
        held = state.held();
        facts = state.facts();
        before = facts;
        histories = new TreeMap<>(state.histories());
        lives = new TreeMap<>(state.lives());
        resources = state.resources();
        executor = state.executor();
        probing = state.probing();
        lease = state.lease();
        dc = state.dc().map(DcDraft::of).orElse(null);
        slow = new TreeSet<>(state.slow());
        handedOn = state.handedOn();
        early = new ArrayList<>(state.early());
        leaving = state.leaving();
    }

    Step<ControllerState> end() {
        if (changedFacts && !facts.durable().equals(before.durable())) {
            effects.add(new Effect.Save(new Document.Facts(facts.durable())));
        }
        return new Step<>(
                new ControllerState(
                        settings,
                        membership,
                        held,
                        facts,
                        histories,
                        lives,
                        resources,
                        executor,
                        probing,
                        lease,
                        dc == null ? Optional.empty() : Optional.of(dc.state()),
                        slow,
                        leaving,
                        early,
                        handedOn),
                effects);
    }

    public Instant now() {
        return now.wall();
    }

    /** 64 bits that nobody can foresee. */
    public long chance() {
        return now.chance();
    }

    /** Monotonic, in nanoseconds. */
    public long elapsed() {
        return now.elapsed();
    }

    public Settings settings() {
        return settings;
    }

    public NodeId self() {
        return settings.self();
    }

    public Optional<View> view() {
        return membership.view();
    }

    public MembershipState membership() {
        return membership;
    }

    public Optional<StoredConfiguration> held() {
        return held;
    }

    void held(StoredConfiguration configuration) {
        held = Optional.of(configuration);
        membership = membership.withHolding(configuration.stamp());
    }

    public FactsState facts() {
        return facts;
    }

    public void facts(FactsState changed) {
        facts = changed;
        changedFacts = true;
    }

    public SortedMap<NodeId, ResourceHistories> histories() {
        return histories;
    }

    /** Which life of each node's daemon was last heard of. */
    SortedMap<NodeId, Long> lives() {
        return lives;
    }

    ResourcesState resources() {
        return resources;
    }

    FenceExecutor.State executor() {
        return executor;
    }

    public LeaseState lease() {
        return lease;
    }

    Optional<DcDraft> dc() {
        return Optional.ofNullable(dc);
    }

    void dc(@Nullable DcDraft changed) {
        dc = changed;
    }

    public SortedSet<NodeId> slow() {
        return slow;
    }

    public HandedOn handedOn() {
        return handedOn;
    }

    public void handedOn(HandedOn changed) {
        handedOn = changed;
    }

    List<Event.Received> early() {
        return early;
    }

    boolean leaving() {
        return leaving;
    }

    void leaving(boolean asked) {
        leaving = asked;
    }

    /** Takes over what a machine has decided. */
    public void membership(Step<MembershipState> step) {
        membership = step.state();
        emit(step.effects());
    }

    void resources(Step<ResourcesState> step) {
        resources = step.state();
        emit(step.effects());
    }

    void executor(FenceExecutor.State changed) {
        executor = changed;
    }

    FenceProbing.State probing() {
        return probing;
    }

    void probing(Step<FenceProbing.State> step) {
        probing = step.state();
        emit(step.effects());
    }

    void executor(Step<FenceExecutor.State> step) {
        executor = step.state();
        emit(step.effects());
    }

    void lease(LeaseState changed) {
        lease = changed;
    }

    public void lease(Step<LeaseState> step) {
        lease = step.state();
        emit(step.effects());
    }

    void guard(Optional<GuardPromise> offered) {
        membership = membership.withGuard(offered);
    }

    public void emit(List<Effect> more) {
        more.forEach(this::emit);
    }

    public void emit(Effect effect) {
        switch (effect) {
            case Effect.Send(NodeId to, Message message)
            when to.equals(self()) -> events.add(new Event.Received(to, message));
            case Effect.Within within -> Routes.within(this, within);
            default -> effects.add(effect);
        }
    }

    public void send(NodeId to, Message message) {
        emit(new Effect.Send(to, message));
    }

    /** To every member of the view, this node included. */
    public void broadcast(Message message) {
        view().ifPresent(view -> view.members().forEach(member -> send(member, message)));
    }

    /** Tells every member of facts, each in the words that it knows. */
    public void tellFacts(ViewNumber view, List<Fact> facts, Optional<ViewNumber> known) {
        for (NodeId member : view().map(View::members).orElse(List.of())) {
            List<Fact> spoken = spokenTo(member, facts);
            if (!spoken.isEmpty() || known.isPresent()) {
                send(member, new Message.FactsChanged(view, spoken, known));
            }
        }
    }

    List<Fact> spokenTo(NodeId member, List<Fact> told) {
        return facts.spokenIn(membership.protocolOf(member), told);
    }

    /**
     * Puts a line on the timeline of every member.
     *
     * @param details name, value, name, value ...
     */
    public void tell(HistoryEntry.Kind kind, String subject, String text, String... details) {
        var named = new LinkedHashMap<String, String>();
        for (int index = 0; index < details.length; index += 2) {
            named.put(details[index], details[index + 1]);
        }
        var entry = new HistoryEntry(now.wall(), self(), kind, subject, text, named);
        effects.add(new Effect.Tell(entry));
        view().ifPresent(view -> view.members().stream()
                .filter(member -> !member.equals(self()))
                .forEach(member -> effects.add(new Effect.Send(member, new Message.Told(view.number(), entry)))));
    }

    void later(Event event) {
        events.add(event);
    }

    Optional<Event> next() {
        return Optional.ofNullable(events.poll());
    }
}
