package org.ringfence.network.balance.configuration;

import java.util.List;

/**
 * Reads one ldirectord.cf. A directive at the margin is for the whole, or begins a virtual service; an indented one belongs to the
 * service above it. Source: ldirectord(8) of Debian 12. It differs from that program in what it forgives: an empty line does not end a
 * service, a # in quotes is no comment, and every error is told, not only the first.
 */
public final class ConfigurationReader {
    private final String file;
    private final Draft draft = new Draft();

    private ConfigurationReader(String file) {
        this.file = file;
    }

    /**
     * @param file  how problems name it
     * @param names asked for each host and service that is named; may wait for the host's resolver
     */
    public static Reading read(String file, String text, Names names) {
        var reader = new ConfigurationReader(file);
        reader.gather(text.lines().toList());
        return reader.draft.finish(names);
    }

    private void gather(List<String> lines) {
        var directives = new DirectiveReader(file, draft.problems());
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
            draft.begin(directive);
        } else if (draft.knows(
                directive, Vocabulary.global(), Vocabulary.virtual(), "indent it below a virtual service")) {
            draft.global().add(directive);
        }
    }

    private void indented(Directive directive) {
        if (!draft.hasVirtuals()) {
            draft.problems()
                    .error(
                            directive.place(),
                            directive.name(),
                            "is indented and no virtual service stands above it",
                            "begin at the margin, or write virtual = ADDRESS:PORT first");
        } else if (draft.knows(directive, Vocabulary.virtual(), Vocabulary.global(), "move it to the margin")) {
            draft.last().add(directive);
        }
    }
}
