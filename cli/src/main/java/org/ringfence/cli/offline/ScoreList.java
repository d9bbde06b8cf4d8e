package org.ringfence.cli.offline;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.Observer;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/**
 * Scores as lines for programs, fields parted by tabs: {@code score}, resource, node, score, and whether the node can be used and the
 * resource be moved; {@code promotion}, resource, score.
 */
final class ScoreList implements Observer {
    private final List<String> lines = new ArrayList<>();

    String text() {
        return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    }

    @Override
    public void placed(Nodes nodes, Resources resources) {
        for (Primitive primitive : resources.primitives()) {
            for (ClusterNode node : nodes.all()) {
                boolean open = node.available() && !node.maintenance && primitive.managed;
                lines.add(String.join(
                        "\t",
                        "score",
                        primitive.id,
                        node.name,
                        Score.text(primitive.scores[node.index]),
                        open ? "open" : "closed"));
            }
        }
        resources.top().forEach(this::promotion);
    }

    private void promotion(Resource resource) {
        Integer score = resource.state.promotionScore;
        if (score != null) {
            lines.add(String.join("\t", "promotion", resource.id, Score.text(score)));
        }
        resource.children().forEach(this::promotion);
    }
}
