package org.ringfence.controller.fencing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** What is wrong with fencing by what has happened: loops, devices that lie, paths that are broken, proof that is too old. */
public final class FencingProblems {
    private FencingProblems() {}

    public static List<Problem> of(FactsState facts, Cib cib, List<NodeId> nodes, Instant now) {
        List<Problem> problems = new ArrayList<>();
        var devices = new TreeMap<String, FenceDevice>();
        FenceDevice.of(cib).forEach(device -> devices.put(device.id(), device));
        for (NodeId node : nodes) {
            FenceLoop.heldSince(facts, cib, node.name(), now)
                    .ifPresent(since -> problems.add(loop(facts, cib, node, since)));
            for (FenceDevice device : devices.values()) {
                if (!DeviceTrust.isTrusted(facts, device, node)) {
                    problems.add(distrust(device, node));
                }
            }
            facts.of(Fact.Kind.FENCING_PROOF, node.name())
                    .forEach((name, value) -> FencingProof.parse(value)
                            .filter(proof -> !proof.proven() && devices.containsKey(FencingProof.device(name)))
                            .ifPresent(proof -> problems.add(broken(node, name, proof))));
        }
        for (NodeId node : ProofAge.stale(facts, cib, nodes, now)) {
            problems.add(stale(facts, cib, node));
        }
        return problems;
    }

    private static Problem loop(FactsState facts, Cib cib, NodeId node, Instant since) {
        String what = facts.value(Fact.Kind.FENCING_LOOP, node.name(), "")
                .map(value -> value.substring(value.indexOf(' ') + 1))
                .orElse("was fenced too often");
        Instant until = since.plus(FenceLoop.window(cib)).truncatedTo(ChronoUnit.SECONDS);
        return Problem.error(
                Place.NONE,
                "node " + node,
                what + ": it was left off, and runs nothing before " + until + " unless it is let in",
                "find out why: ringfence fence history " + node + "; then: ringfence fence admit " + node);
    }

    private static Problem distrust(FenceDevice device, NodeId node) {
        return Problem.error(
                Place.NONE,
                "fence device " + device.id(),
                "has said that " + node + " is off while it was not, and is not counted on for it",
                "correct its parameters (its plug for " + node + " first of all), or: ringfence fence trust "
                        + device.id() + " " + node + " --reason TEXT");
    }

    private static Problem broken(NodeId node, String name, FencingProof proof) {
        return Problem.warning(
                Place.NONE,
                "node " + node,
                "could not be fenced with " + FencingProof.device(name) + " from " + FencingProof.executor(name)
                        + " at " + proof.when().truncatedTo(ChronoUnit.SECONDS) + ": " + proof.text(),
                "mend it, then: ringfence fence test " + node + " --device " + FencingProof.device(name));
    }

    private static Problem stale(FactsState facts, Cib cib, NodeId node) {
        String last = ProofAge.last(facts, node)
                .map(when -> "was last shown at " + when.truncatedTo(ChronoUnit.SECONDS))
                .orElse("was never shown");
        String text = "that it can be fenced " + last + ", and fencing-proof-max-age is "
                + cib.property("fencing-proof-max-age").orElse("");
        String remedy = "ringfence fence test " + node;
        return ProofAge.refuses(cib)
                ? Problem.error(Place.NONE, "node " + node, text, remedy)
                : Problem.warning(Place.NONE, "node " + node, text, remedy);
    }
}
