package org.ringfence.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterSettings;
import org.ringfence.demo.cluster.Fencing;
import org.ringfence.demo.cluster.NotInTimeException;
import org.ringfence.demo.host.Hosts;

/** {@code ringfence demo}: hosts on this machine, a cluster on them, a fault, and what came of it. */
public final class Demo {
    private Demo() {}

    /**
     * Shows it all and removes what it made, unless it is to be kept. Ends early, and still removes everything, when the
     * process is asked to end.
     *
     * @return what the command is to end with
     */
    public static ExitStatus run(DemoOptions options, PrintStream out) {
        var screen = new Screen(out, options.colour(), options.json());
        try {
            if (options.down()) {
                return Keeper.endAll(out);
            }
            return show(options, out, screen);
        } catch (NotInTimeException | DaemonUnavailableException failure) {
            return failed(options, out, screen, String.valueOf(failure.getMessage()));
        } catch (IOException failure) {
            return failed(options, out, screen, failure.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed(options, out, screen, "interrupted");
        }
    }

    private static ExitStatus failed(DemoOptions options, PrintStream out, Screen screen, String why) {
        if (options.json()) {
            out.println("{\"error\":" + DemoReport.quoted(why) + "}");
        } else {
            screen.bad("The demonstration did not come to its end: " + why);
        }
        return ExitStatus.NOT_DONE;
    }

    private static ExitStatus show(DemoOptions options, PrintStream out, Screen screen)
            throws IOException, DaemonUnavailableException, InterruptedException {
        Optional<String> whyNotOwn = Hosts.whyNotOwn();
        if (options.cut() && whyNotOwn.isPresent()) {
            return failed(
                    options,
                    out,
                    screen,
                    "a node can only be cut off when every node is a host of its own, and that is not possible here: "
                            + whyNotOwn.get());
        }
        ClusterSettings settings =
                ClusterSettings.of(options.nodes()).fencing(options.fencing() ? options.means() : Fencing.SWITCH);
        try (Cluster cluster = Cluster.make(settings)) {
            screen.title("Ringfence demo: " + options.nodes() + " nodes on this machine, run "
                    + cluster.run().id());
            if (whyNotOwn.isPresent()) {
                screen.line("Left out, because hosts of their own cannot be made (" + whyNotOwn.get()
                        + "): networks, cables and an address that moves.");
                screen.line("Nodes are plain processes on loopback addresses, and the client asks each of them.");
            }
            screen.line("");
            try {
                return play(options, out, new Scene(options, cluster, screen));
            } finally {
                if (options.keep()) {
                    Keeper.keep(cluster, screen);
                }
            }
        } finally {
            if (!options.keep()) {
                screen.done("everything is removed again");
            }
        }
    }

    private static ExitStatus play(DemoOptions options, PrintStream out, Scene scene)
            throws IOException, DaemonUnavailableException, InterruptedException {
        if (!options.fencing()) {
            return scene.refusal(out);
        }
        DemoReport report = scene.failOver();
        if (options.json()) {
            out.println(report.json());
        }
        return ExitStatus.DONE;
    }
}
