package org.ringfence.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.ExitStatus;
import org.ringfence.campaign.Campaign;
import org.ringfence.campaign.CampaignOptions;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence sim}. */
@Command(
        name = "sim",
        description = {
            "Proves the cluster's promises on simulated clusters: the production machines, faults at random, and a"
                    + " judge that looks on after every event.",
            "Each seed is one run, and the same seed gives the same run. Ends with status 1 and the story of the first"
                    + " violation."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence sim --seeds 5000",
            "  ringfence sim --seed 4711                     one run again, with its story when it fails",
            "  ringfence sim --plant two-dcs                 a deliberate fault, which must be found",
            "  ringfence sim --list-plants"
        })
public final class SimCommand extends LocalCommand {
    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds. Default: 500.")
    private int seeds = 500;

    @Option(names = "--from", paramLabel = "SEED", description = "The first seed. Default: 1.")
    private long from = 1;

    @Option(names = "--seed", paramLabel = "S", description = "This seed alone.")
    private @Nullable Long seed;

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes. Default: 2 to 6, as the seed says.")
    private @Nullable Integer nodes;

    @Option(names = "--plant", paramLabel = "FAULT", description = "Plant a deliberate fault, which must be found.")
    private @Nullable String plant;

    @Option(names = "--list-plants", description = "List what can be planted, and which invariant finds it.")
    private boolean listPlants;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    public SimCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        CampaignOptions options;
        try {
            options = new CampaignOptions(
                    seed == null ? from : seed,
                    seed == null ? seeds : 1,
                    Optional.ofNullable(nodes),
                    Optional.ofNullable(plant),
                    json,
                    System.getProperty("ringfence.commit", "unknown"));
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(
                    Problem.error(Place.NONE, "sim", String.valueOf(e.getMessage()), "see 'ringfence sim --help'"));
        }
        // Not closed: it is the process's own standard output.
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        ExitStatus status = listPlants ? Campaign.listPlants(out) : Campaign.run(options, out);
        out.flush();
        return status;
    }
}
