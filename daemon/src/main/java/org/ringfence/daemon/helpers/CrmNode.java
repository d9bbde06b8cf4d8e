package org.ringfence.daemon.helpers;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringfence.model.cib.ConfiguredNode;

/** {@code crm_node}: which nodes there are, and whether they are a quorum. */
final class CrmNode {
    private static final Grammar GRAMMAR = Grammar.of(
            "n:name",
            "N:name-for-id=",
            "i:cluster-id",
            "l:list",
            "p:partition",
            "q:quorum",
            "Q:quiet",
            "f:force",
            "V:verbose",
            "R:remove=",
            "C:corosync");

    private CrmNode() {}

    static Said run(Known known, List<String> arguments) throws UsageException {
        Grammar.Line line = GRAMMAR.read(arguments);
        if (line.has("name")) {
            return Said.line(known.self().name());
        }
        if (line.has("name-for-id")) {
            String number = line.value("name-for-id").orElse("");
            return known.nodes().stream()
                    .filter(node -> Integer.toString(known.number(node)).equals(number))
                    .findFirst()
                    .map(node -> Said.line(node.name()))
                    .orElseGet(() -> Said.failed(Said.NO_SUCH, "no node has the number " + number));
        }
        if (line.has("cluster-id")) {
            Optional<ConfiguredNode> self = known.node(known.self().name());
            return self.map(node -> Said.line(Integer.toString(known.number(node))))
                    .orElseGet(() -> Said.failed(Said.NO_SUCH, "this node is not configured"));
        }
        if (line.has("list")) {
            return Said.line(known.nodes().stream()
                    .map(node ->
                            known.number(node) + " " + node.name() + " " + (known.isOnline(node) ? "member" : "lost"))
                    .collect(Collectors.joining("\n")));
        }
        if (line.has("partition")) {
            return Said.line(known.members().stream().map(node -> node.name()).collect(Collectors.joining(" ")));
        }
        if (line.has("quorum")) {
            return Said.line(known.quorate() ? "1" : "0");
        }
        throw new UsageException("there is -n, -N, -i, -l, -p and -q; nodes are removed with 'ringfence'");
    }
}
