package org.ringfence.cli.setup;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence init}: the first node of a new cluster. */
@Command(
        name = "init",
        description = {
            "Sets this host up as the first node of a new cluster: writes its settings and makes the cluster's key.",
            "Nothing is started, and nothing that exists is overwritten."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ringfence init --cluster shop alpha=10.0.0.1 beta=10.0.0.2 gamma=10.0.0.3",
            "  then copy /etc/ringfence to the other hosts, safely, and run 'ringfence join' there"
        })
public final class InitCommand extends LocalCommand {
    private static final Pattern CLUSTER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME=ADDRESS",
            description = "Every node of the cluster, this one among them.")
    private List<String> nodes;

    @Option(names = "--cluster", paramLabel = "NAME", description = "The cluster's name. Default: cluster.")
    private String cluster = "cluster";

    @Option(names = "--node", paramLabel = "NAME", description = "Which node this host is. Default: its host name.")
    private @Nullable NodeId self;

    @Option(names = "--port", paramLabel = "PORT", description = "Where nodes talk to each other. Default: 7788.")
    private int port = Settings.DEFAULT_PORT;

    @Option(names = "--folder", paramLabel = "FOLDER", description = "Where to write. Default: /etc/ringfence.")
    private Path folder = Path.of("/etc/ringfence");

    @Option(names = "--plan", description = "Write nothing; show the settings.")
    private boolean plan;

    public InitCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        List<NodeAddress> addresses = addresses();
        if (!CLUSTER_NAME.matcher(cluster).matches()) {
            throw unusable("--cluster", "'" + cluster + "' is not a name of letters, digits, '.', '_' and '-'", "");
        }
        if (port < 1 || port > 65_535) {
            throw unusable("--port", port + " is not a port", "give one from 1 to 65535");
        }
        NodeAddress here = here(addresses);
        var target = new SettingsFolder(folder.toAbsolutePath());
        target.refuseToOverwrite();
        String settings = Settings.text(cluster, here, port, addresses, target);
        if (plan) {
            terminal().line("# " + target.settings() + ", not written:");
            terminal().out().print(settings);
            terminal().flush();
            return ExitStatus.DONE;
        }
        ClusterKey key = ClusterKey.make(cluster, context().clock().instant());
        target.write(settings, key.keyStore(), key.password());
        terminal()
                .line("This host is set up as node " + here.node() + " of cluster " + cluster + " in " + target.folder()
                        + ".");
        terminal().line("Next:");
        terminal().line("  copy the folder to the other hosts, by a way that nobody can read, for example");
        addresses.stream()
                .filter(address -> !address.equals(here))
                .forEach(address -> terminal()
                        .line("    scp -rp " + target.folder() + " root@" + address.host()
                                + ":/root/ringfence   and there: ringfence join " + address.node()
                                + " --from /root/ringfence"));
        terminal().line("  start each node: ringfence node run");
        terminal().line("  set up fencing, or nothing will start: see docs/fencing.md");
        terminal().flush();
        return ExitStatus.DONE;
    }

    private List<NodeAddress> addresses() throws UnusableInputException {
        var seen = new HashSet<NodeId>();
        var addresses = new ArrayList<NodeAddress>();
        for (String text : nodes) {
            NodeAddress address;
            try {
                address = NodeAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw unusable("init", String.valueOf(e.getMessage()), "");
            }
            if (!seen.add(address.node())) {
                throw unusable("init", "node " + address.node() + " stands twice", "");
            }
            addresses.add(address);
        }
        return addresses;
    }

    private NodeAddress here(List<NodeAddress> addresses) throws UnusableInputException {
        NodeId name = self == null ? hostName() : self;
        Optional<NodeAddress> here = addresses.stream()
                .filter(address -> address.node().equals(name))
                .findFirst();
        return here.orElseThrow(() -> unusable(
                "init", "this host is " + name + ", which is none of the nodes", "say which it is with --node NAME"));
    }

    private static NodeId hostName() throws UnusableInputException {
        try {
            return new NodeId(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            throw unusable("init", "this host's name cannot be found: " + e.getMessage(), "say it with --node NAME");
        }
    }

    private static UnusableInputException unusable(String element, String text, String remedy) {
        return new UnusableInputException(Problem.error(Place.NONE, element, text, remedy));
    }
}
