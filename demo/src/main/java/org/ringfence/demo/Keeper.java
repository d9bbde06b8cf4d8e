package org.ringfence.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.ExitStatus;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.cluster.ClusterSettings;
import org.ringfence.demo.cluster.Fencing;
import org.ringfence.demo.host.Run;

/**
 * The process that a kept cluster's power switch lives in, so that fencing goes on working when the demonstration has ended.
 * It owns the run: when it is gone, the next demonstration removes what is left.
 */
public final class Keeper {
    private static final String MARK = "kept";

    private Keeper() {}

    /** Hands a cluster over to a process of its own and says what can be done with it. */
    static void keep(Cluster cluster, Screen screen) throws IOException {
        Run run = cluster.run();
        ClusterSettings settings = cluster.settings();
        Files.writeString(run.folder().resolve(MARK), "");
        Process process = new ProcessBuilder(
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Keeper.class.getName(),
                        run.folder().toString(),
                        Integer.toString(settings.nodes()),
                        Boolean.toString(settings.own()),
                        settings.fencing().name(),
                        settings.launcher().getFirst())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(run.folder().resolve("keeper.log").toFile())
                .start();
        cluster.abandonTo(process.pid());
        ClusterNode node = cluster.nodes().getFirst();
        String command = settings.launcher().getFirst();
        screen.headline("The cluster stays. Three commands to try:");
        screen.line("  export RINGFENCE_SOCKET=" + node.socket());
        screen.line("  " + command + " status");
        screen.line("  " + command + " fence " + cluster.nodes().getLast());
        screen.line("  " + command + " standby "
                + cluster.nodes().get(cluster.nodes().size() > 2 ? 1 : 0));
        screen.line("");
        screen.line("To end it and remove everything:  " + command + " demo --down");
    }

    /** Ends every cluster that was kept. */
    static ExitStatus endAll(PrintStream out) throws IOException {
        List<String> ended = new ArrayList<>();
        for (Run run : Run.all(Run.base())) {
            if (Files.exists(run.folder().resolve(MARK))) {
                run.remove();
                ended.add(run.id());
            }
        }
        out.println(ended.isEmpty() ? "No demonstration was kept." : "Ended and removed: " + String.join(", ", ended));
        return ExitStatus.DONE;
    }

    /** {@code Keeper FOLDER NODES OWN FENCING LAUNCHER}: serves the power switch and the watchdogs until it is ended. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        var run = new Run(folder.getFileName().toString(), folder);
        ClusterSettings settings = ClusterSettings.of(Integer.parseInt(arguments[1]))
                .own(Boolean.parseBoolean(arguments[2]))
                .fencing(Fencing.valueOf(arguments[3]))
                .launcher(List.of(arguments[4]));
        try (Cluster cluster = Cluster.takeOver(settings, run)) {
            while (Files.isDirectory(cluster.run().folder())) {
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
    }
}
