package org.ringfence.cli.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.cli.input.TextFile;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence join}: a further node, from the settings and the key of the first. */
@Command(
        name = "join",
        description = {
            "Sets this host up as a node of a cluster that exists, from a copy of another node's settings folder.",
            "Nothing is started, and nothing that exists is overwritten."
        },
        footerHeading = "%nExample:%n",
        footer = "  ringfence join beta --from /root/ringfence")
public final class JoinCommand extends LocalCommand {
    private static final String PEER = "peer.";

    @Parameters(paramLabel = "NODE", description = "Which node this host is to be; one that 'init' named.")
    private NodeId node;

    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            required = true,
            description = "The copy of the other node's folder.")
    private Path from;

    @Option(names = "--folder", paramLabel = "FOLDER", description = "Where to write. Default: /etc/ringfence.")
    private Path folder = Path.of("/etc/ringfence");

    @Option(names = "--plan", description = "Write nothing; show the settings.")
    private boolean plan;

    public JoinCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        var source = new SettingsFolder(from.toAbsolutePath());
        var target = new SettingsFolder(folder.toAbsolutePath());
        target.refuseToOverwrite();
        String settings = adapt(TextFile.read(source.settings()), source, target);
        String password = TextFile.read(source.password());
        byte[] keyStore = bytes(source.keyStore());
        if (plan) {
            terminal().line("# " + target.settings() + ", not written:");
            terminal().out().print(settings);
        } else {
            target.write(settings, keyStore, password);
            terminal().line("This host is set up as node " + node + " in " + target.folder() + ".");
            terminal().line("Next: start it with 'ringfence node run', and remove " + source.folder() + ".");
        }
        terminal().flush();
        return ExitStatus.DONE;
    }

    /** The same settings, with the lines that differ from node to node as this one needs them. */
    private String adapt(String settings, SettingsFolder source, SettingsFolder target) throws UnusableInputException {
        var peers = new TreeMap<String, String>();
        for (String line : settings.lines().toList()) {
            if (line.startsWith(PEER) && line.contains("=")) {
                String key = line.substring(PEER.length(), line.indexOf('=')).strip();
                peers.put(key, line.substring(line.indexOf('=') + 1).strip());
            }
        }
        String address = peers.get(node.name());
        if (address == null) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE,
                    source.settings().toString(),
                    "has no line peer." + node + "; it knows " + String.join(", ", peers.keySet()),
                    "add one there, and on all other nodes"));
        }
        List<String> lines = new ArrayList<>();
        for (String line : settings.lines().toList()) {
            String key =
                    line.contains("=") ? line.substring(0, line.indexOf('=')).strip() : "";
            lines.add(
                    switch (key) {
                        case "node" -> "node = " + node;
                        case "bind" -> "bind = " + withoutPort(address);
                        case "key-store" -> "key-store = " + target.keyStore();
                        case "key-store-password-file" -> "key-store-password-file = " + target.password();
                        default -> line;
                    });
        }
        return String.join("\n", lines) + "\n";
    }

    private static String withoutPort(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static byte[] bytes(Path file) throws UnusableInputException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw TextFile.unusable(file, "cannot be read: " + e.getMessage());
        }
    }
}
