package org.ringfence.network.balance.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The directives of the whole file, or of one virtual service. Of several of one name the last counts. For one thread. */
final class Section {
    private final Map<String, Directive> directives = new LinkedHashMap<>();
    private final List<Directive> repeated = new ArrayList<>();

    void add(Directive directive) {
        if (Vocabulary.REPEATED.contains(directive.name())) {
            repeated.add(directive);
        } else {
            directives.put(directive.name(), directive);
        }
    }

    Optional<Directive> find(String name) {
        return Optional.ofNullable(directives.get(name));
    }

    /** In their order: real servers, or further configurations. */
    List<Directive> repeated() {
        return List.copyOf(repeated);
    }
}
