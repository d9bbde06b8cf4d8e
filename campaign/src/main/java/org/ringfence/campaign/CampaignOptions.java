package org.ringfence.campaign;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringfence.simulator.Setup;
import org.ringfence.simulator.plant.Plant;

/**
 * What to simulate.
 *
 * @param from   the first seed
 * @param seeds  how many, from there upwards
 * @param nodes  in each cluster; drawn from the seed when empty
 * @param plant  the name of a deliberate fault around the production machine
 * @param json   whether one JSON object is printed in place of everything else
 * @param commit what the code is, for the story
 */
public record CampaignOptions(
        long from, int seeds, Optional<Integer> nodes, Optional<String> plant, boolean json, String commit) {
    /** As many as a simulated cluster may have. */
    public static final int NODES_MAX = 32;

    public CampaignOptions {
        if (seeds < 1) {
            throw new IllegalArgumentException("at least 1 seed, not " + seeds);
        }
        if (plant.isPresent() && Plant.named(plant.get()).isEmpty()) {
            throw new IllegalArgumentException("nothing of the name '" + plant.get() + "' can be planted; there are: "
                    + Arrays.stream(Plant.values()).map(Plant::label).collect(Collectors.joining(" ")));
        }
        if (nodes.isPresent() && (nodes.get() < 2 || nodes.get() > NODES_MAX)) {
            throw new IllegalArgumentException("between 2 and " + NODES_MAX + " nodes, not " + nodes.get());
        }
    }

    Optional<Plant> planted() {
        return plant.flatMap(Plant::named);
    }

    Setup setup(long seed) {
        Setup setup = Setup.of(seed);
        if (nodes.isPresent()) {
            setup = setup.withNodes(nodes.get());
        }
        Optional<Plant> planted = planted();
        return planted.isPresent() ? setup.withMachine(planted.get().machine()) : setup;
    }
}
