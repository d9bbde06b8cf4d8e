package org.ringfence.network.balance.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.ringfence.model.problem.Place;
import org.ringfence.network.balance.service.Forwarding;

/**
 * Reads what is balanced from the parameters of a resource: directives of ldirectord.cf by their own names, with its values, errors and
 * defaults. Four differ, as a parameter has one value and knows no lines:
 *
 * <ul>
 *   <li>{@code virtual} and {@code virtual6} are lists, parted by blanks, of addresses with ports or of marks; every real server
 *       stands behind each.
 *   <li>{@code real} and {@code real6} are lists, parted by blanks, of {@code ADDRESS[->LAST][:PORT][,gate|masq|ipip][,WEIGHT][,l:N][,u:N]}.
 *   <li>{@code forward} is for real servers that do not say how packets come to them; without it that is {@code masq}, the only
 *       way that can change the port.
 *   <li>Quotes around a value may be left out everywhere.
 * </ul>
 *
 * Problems name the parameter, and no place.
 */
public final class ParameterReader {
    private static final String FORWARD = "forward";
    private static final Set<String> VIRTUALS = Set.of("virtual", "virtual6");
    private static final Set<String> LISTS = Set.of("real", "real6");
    private static final Set<String> FALLBACKS = Set.of("fallback", "fallback6");
    /** Of those for a whole file, the ones that say something of a resource too. */
    private static final Set<String> OF_THE_WHOLE = Set.of("readdquiescent", "maintenancedir");
    /** The grammar of a file wants these in quotes. */
    private static final Set<String> QUOTED = Set.of("request", "receive", "login", "passwd", "database", "secret");

    private final SequencedMap<String, String> parameters;
    private final Draft draft = new Draft();

    private ParameterReader(SequencedMap<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * @param parameters values by names, in the order in which problems are told
     * @param names      asked for each host and service that is named; may wait for the host's resolver
     */
    public static Reading read(SequencedMap<String, String> parameters, Names names) {
        var reader = new ParameterReader(parameters);
        reader.gather();
        return reader.draft.finish(names);
    }

    /** What may be a parameter; sorted. */
    static Set<String> vocabulary() {
        Set<String> all = new TreeSet<>(Vocabulary.virtual());
        all.addAll(VIRTUALS);
        all.addAll(OF_THE_WHOLE);
        all.add(FORWARD);
        // In no manual page, and never looked at.
        all.remove("load");
        return all;
    }

    private void gather() {
        List<Directive> own = new ArrayList<>();
        parameters.forEach((name, value) -> {
            var directive = directive(name, QUOTED.contains(name) ? quoted(value) : value.strip());
            if (!draft.knows(directive, vocabulary(), Vocabulary.global(), "it is for a file")) {
                return;
            }
            if (Vocabulary.global().contains(name) && !FALLBACKS.contains(name)) {
                draft.global().add(directive);
            } else if (!VIRTUALS.contains(name) && !LISTS.contains(name) && !name.equals(FORWARD)) {
                own.add(directive);
            }
        });
        String otherwise = forward();
        own.addAll(servers("real", otherwise));
        own.addAll(servers("real6", otherwise));
        List<Directive> heads = new ArrayList<>(list("virtual"));
        heads.addAll(list("virtual6"));
        if (heads.isEmpty()) {
            draft.problems()
                    .error(
                            Place.NONE,
                            "virtual",
                            "names nothing that clients connect to",
                            "write virtual=192.0.2.1:80, or virtual6=[2001:db8::1]:80");
        }
        boolean bothFamilies = heads.stream().map(Directive::name).distinct().count() > 1;
        for (Directive head : heads) {
            draft.begin(head);
            for (Directive each : own) {
                if (!bothFamilies || !hasFamily(each) || isSix(each) == isSix(head)) {
                    draft.last().add(each);
                }
            }
        }
    }

    private static boolean hasFamily(Directive directive) {
        return LISTS.contains(directive.name()) || FALLBACKS.contains(directive.name());
    }

    private static boolean isSix(Directive directive) {
        return directive.name().endsWith("6");
    }

    private List<Directive> list(String name) {
        String value = Optional.ofNullable(parameters.get(name)).orElse("").strip();
        return value.isEmpty()
                ? List.of()
                : List.of(value.split("\\s+")).stream()
                        .map(item -> directive(name, item))
                        .toList();
    }

    private List<Directive> servers(String name, String otherwise) {
        return list(name).stream()
                .map(item -> directive(name, withForwarding(item.value(), otherwise)))
                .toList();
    }

    private String forward() {
        String written = Optional.ofNullable(parameters.get(FORWARD)).orElse(Forwarding.MASQ.word());
        if (Forwarding.of(written).isEmpty()) {
            draft.problems()
                    .error(
                            Place.NONE,
                            FORWARD,
                            "'" + written + "' is no way of forwarding",
                            "write gate, masq or ipip");
            return Forwarding.MASQ.word();
        }
        return written;
    }

    /** As a line of a file has it: commas part words there as blanks do. */
    private static String withForwarding(String item, String otherwise) {
        String[] parts = item.split(",", 2);
        if (parts.length == 1) {
            return item + " " + otherwise;
        }
        boolean says = Forwarding.of(parts[1].split(",", 2)[0]).isPresent();
        return parts[0] + (says ? "," : " " + otherwise + ",") + parts[1];
    }

    private static String quoted(String value) {
        return directive("", value).isQuoted() ? value : "\"" + value + "\"";
    }

    private static Directive directive(String name, String value) {
        return new Directive(name, value, Place.NONE, Place.NONE);
    }
}
