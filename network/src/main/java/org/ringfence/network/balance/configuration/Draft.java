package org.ringfence.network.balance.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.VirtualService;

/** Directives by where they belong, whoever wrote them, and what they mean together. For one thread. */
final class Draft {
    private final Problems problems = new Problems();
    private final Section global = new Section();
    private final List<Virtual> virtuals = new ArrayList<>();

    private record Virtual(Directive head, Section section) {}

    Problems problems() {
        return problems;
    }

    Section global() {
        return global;
    }

    boolean hasVirtuals() {
        return !virtuals.isEmpty();
    }

    /** The section of the virtual service that was begun last. */
    Section last() {
        return virtuals.getLast().section();
    }

    void begin(Directive head) {
        virtuals.add(new Virtual(head, new Section()));
    }

    /**
     * Whether there is such a directive here; a problem where not.
     *
     * @param move what would help where it may stand elsewhere
     */
    boolean knows(Directive directive, Collection<String> here, Collection<String> elsewhere, String move) {
        String name = directive.name();
        if (here.contains(name)) {
            return true;
        }
        String replacement = Vocabulary.REPLACED.get(name);
        String remedy;
        if (replacement != null) {
            remedy = "write " + replacement;
        } else if (elsewhere.contains(name)) {
            remedy = move;
        } else {
            remedy = Suggestion.nearest(name, here)
                    .map(near -> "is " + near + " meant?")
                    .orElse("");
        }
        String text = replacement != null
                ? "is no directive any more"
                : elsewhere.contains(name) ? "may not stand here" : "is no directive";
        problems.error(directive.place(), name, text, remedy);
        return false;
    }

    Reading finish(Names names) {
        var globals = new Values(new Section(), global, problems);
        BalanceConfiguration.Options options = new GlobalReader(global, problems).options();
        global.find("checkcount").ifPresent(this::deprecated);
        List<VirtualService> services = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Virtual virtual : virtuals) {
            virtual.section().find("checkcount").ifPresent(this::deprecated);
            Optional<VirtualService> service =
                    new ServiceReader(virtual.head(), virtual.section(), global, options, names, problems).read();
            service.ifPresent(found -> {
                if (!seen.add(found.id())) {
                    problems.error(
                            virtual.head().place(),
                            virtual.head().name() + " " + found.id(),
                            "stands twice",
                            "put its real servers under one");
                }
                services.add(found);
            });
        }
        checkGlobals(globals);
        return new Reading(
                problems.hasErrors() ? Optional.empty() : Optional.of(new BalanceConfiguration(services, options)),
                problems.all());
    }

    /** Where no virtual service looks at a value of the whole, nobody else would have told that it is wrong. */
    private void checkGlobals(Values globals) {
        if (virtuals.isEmpty()) {
            for (String name :
                    List.of("checktimeout", "negotiatetimeout", "checkinterval", "checkcount", "failurecount")) {
                globals.number(name, 1, Integer.MAX_VALUE, 1);
            }
            globals.yes("quiescent", false);
            globals.yes("cleanstop", true);
        }
    }

    private void deprecated(Directive checkcount) {
        problems.warning(
                checkcount.place(), checkcount.name(), "is out of use and counts for ping alone", "write failurecount");
    }
}
