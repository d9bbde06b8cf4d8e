package org.ringfence.controller;

import java.util.List;

/** What a machine makes of an event: its next state, and what is to be done, in order. */
public record Step<S>(S state, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    public static <S> Step<S> of(S state) {
        return new Step<>(state, List.of());
    }

    public static <S> Step<S> of(S state, Effect... effects) {
        return new Step<>(state, List.of(effects));
    }
}
