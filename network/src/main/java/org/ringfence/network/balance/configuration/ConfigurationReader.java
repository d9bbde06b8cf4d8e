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

/**
 * Reads one ldirectord.cf. A directive at the margin is for the whole, or begins a virtual service; an indented one belongs to the
 * service above it. Source: ldirectord(8) of Debian 12. It differs from that program in what it forgives: an empty line does not end a
 * service, a # in quotes is no comment, and every error is told, not only the first.
 */
public final class ConfigurationReader {
    private final String file;
    private final Names names;
    private final Problems problems = new Problems();
    private final Section global = new Section();
    private final List<Virtual> virtuals = new ArrayList<>();

    private record Virtual(Directive head, Section section) {}

    private ConfigurationReader(String file, Names names) {
        this.file = file;
        this.names = names;
    }

    /**
     * @param file  how problems name it
     * @param names asked for each host and service that is named; may wait for the host's resolver
     */
    public static Reading read(String file, String text, Names names) {
        var reader = new ConfigurationReader(file, names);
        reader.gather(text.lines().toList());
        return reader.finish();
    }

    private void gather(List<String> lines) {
        var directives = new DirectiveReader(file, problems);
        for (int i = 0; i < lines.size(); i++) {
            directives.read(lines.get(i), i + 1).ifPresent(line -> {
                if (line.indented()) {
                    indented(line.directive());
                } else {
                    atMargin(line.directive());
                }
            });
        }
    }

    private void atMargin(Directive directive) {
        if (directive.name().equals("virtual") || directive.name().equals("virtual6")) {
            virtuals.add(new Virtual(directive, new Section()));
        } else if (known(directive, Vocabulary.global(), Vocabulary.virtual(), "indent it below a virtual service")) {
            global.add(directive);
        }
    }

    private void indented(Directive directive) {
        if (virtuals.isEmpty()) {
            problems.error(
                    directive.place(),
                    directive.name(),
                    "is indented and no virtual service stands above it",
                    "begin at the margin, or write virtual = ADDRESS:PORT first");
        } else if (known(directive, Vocabulary.virtual(), Vocabulary.global(), "move it to the margin")) {
            virtuals.getLast().section().add(directive);
        }
    }

    private boolean known(Directive directive, Collection<String> here, Collection<String> elsewhere, String move) {
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

    private Reading finish() {
        var globals = new Values(new Section(), global, problems);
        BalanceConfiguration.Options options = new GlobalReader(global, problems).options();
        if (global.find("checkcount").isPresent()) {
            deprecated(global.find("checkcount").orElseThrow());
        }
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

    /** Where no virtual service looks at a value of the whole file, nobody else would have told that it is wrong. */
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
