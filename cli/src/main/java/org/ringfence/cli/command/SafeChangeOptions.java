package org.ringfence.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.ringfence.cli.Conversation;
import picocli.CommandLine.Option;

/** What all commands have that change the configuration as a whole. */
final class SafeChangeOptions {
    @Option(names = "--accept-stops", paramLabel = "NAME", description = "This resource, and what is in it, may stop.")
    private List<String> accepted = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    @Option(
            names = "--accept-unsafe",
            description = "Take it even if nothing will start with it. It does not make anything start.")
    private boolean acceptUnsafe;

    /**
     * @param source    what messages and the record call where the change came from
     * @param otherwise the reason when none was given
     */
    SafeChange change(Conversation conversation, boolean planOnly, String source, String otherwise) {
        return new SafeChange(
                conversation,
                source,
                reason.isEmpty() ? otherwise : reason,
                new TreeSet<>(accepted),
                planOnly,
                acceptUnsafe);
    }
}
