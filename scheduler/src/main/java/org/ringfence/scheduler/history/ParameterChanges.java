package org.ringfence.scheduler.history;

import java.util.List;
import java.util.SortedMap;
import org.ringfence.model.AgentName;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.history.PresentParameters.Given;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;

/** Finds active resources whose configured parameters, or agent, are not those they were started with. */
public final class ParameterChanges {
    private final OperationSettings operations;
    private final Histories histories;
    private final FailCounts failCounts;
    private final PresentParameters present;

    public ParameterChanges(OperationSettings operations, Histories histories, FailCounts failCounts) {
        this.operations = operations;
        this.histories = histories;
        this.failCounts = failCounts;
        this.present = new PresentParameters(operations);
    }

    /** Marks resources to be restarted or reloaded. */
    public void find(Resources resources) {
        for (Primitive primitive : resources.primitives()) {
            if (primitive.removed || isConnectionInBundle(primitive)) {
                continue;
            }
            histories.of(primitive).forEach((node, history) -> compareLastFailure(primitive, node, history));
            if (!primitive.managed) {
                continue;
            }
            for (ClusterNode node : primitive.active) {
                if (!node.available()) {
                    continue;
                }
                ResourceHistory history = histories.of(primitive, node);
                if (history != null) {
                    compare(primitive, node, history);
                }
            }
        }
    }

    /** Of a device's parameters as they are now. */
    public String digest(Primitive device, ClusterNode node) {
        return Digest.of(operations.digested(device, node, "", 0));
    }

    /** The same without passwords, and without what is for the fencer rather than for the agent. */
    public String digestWithoutSecrets(Primitive device, ClusterNode node) {
        SortedMap<String, String> plain = operations.digested(device, node, "", 0);
        plain.keySet().removeIf(name -> name.startsWith("pcmk_") || name.startsWith("passw"));
        return Digest.of(plain);
    }

    /** Whether a node remembers the resource as run by another agent. */
    public static boolean otherAgent(Primitive primitive, ResourceHistory history) {
        return otherAgent(primitive, history.agent());
    }

    static boolean otherAgent(Primitive primitive, AgentName remembered) {
        return !remembered.equals(primitive.agent()) && !remembered.standard().isEmpty();
    }

    /** What a connection inside of a bundle is given depends on where its container runs. */
    private static boolean isConnectionInBundle(Primitive primitive) {
        return primitive.replica != null && primitive.isConnection();
    }

    private void changed(Primitive primitive, ClusterNode node, boolean restart) {
        if (restart || primitive.state.startPending) {
            // What has not finished starting cannot be asked to reload.
            primitive.state.restartForParameters = true;
        } else {
            primitive.state.reload = true;
        }
        if (failCounts.effective(primitive, node) > 0) {
            histories.forget(primitive, node, "its parameters changed");
        }
    }

    /** What failed with other parameters may go well with those of now: its failures there do not count any more. */
    private void compareLastFailure(Primitive primitive, ClusterNode node, ResourceHistory history) {
        for (OperationRecord record : history.operations()) {
            boolean begins =
                    record.operation().equals("start") || record.operation().equals("monitor");
            if (begins && record.id().endsWith("_last_failure_0") && otherDigest(primitive, node, record)) {
                histories.forget(primitive, node, "its parameters changed");
            }
        }
    }

    private void compare(Primitive primitive, ClusterNode node, ResourceHistory history) {
        if (otherAgent(primitive, history)) {
            changed(primitive, node, true);
            return;
        }
        OperationRecord begun = null;
        for (OperationRecord record : history.operations()) {
            boolean begins = switch (record.operation()) {
                case "start", "migrate_from" -> true;
                case "promote" -> false;
                case "monitor" -> record.interval().isZero();
                default -> false;
            };
            if (begins && (begun == null || record.callId() >= begun.callId())) {
                begun = record;
            }
        }
        if (begun == null) {
            return;
        }
        String all = begun.digests().get("op-digest");
        if (all == null) {
            return;
        }
        if (sameButForMasked(primitive, node, begun)) {
            return;
        }
        Given now = present.of(primitive, node, begun.operation(), 0);
        String force = begun.digests().get("op-force-restart");
        String restart = begun.digests().get("op-restart-digest");
        Given decisive = force == null ? now : now.without(name -> !(" " + force + " ").contains(" " + name + " "));
        if (restart != null && !decisive.matches(restart)) {
            changed(primitive, node, true);
        } else if (!now.matches(all)) {
            changed(primitive, node, restart == null || operations.hasOwnParameters(primitive, begun.operation(), 0));
        }
    }

    /**
     * Whether secrets were blotted out, as they are in a report for others to look at, and all else is the same. Nobody can
     * tell whether such a secret changed.
     */
    private boolean sameButForMasked(Primitive primitive, ClusterNode node, OperationRecord record) {
        String secrets = record.digests().get("op-secure-params");
        String others = record.digests().get("op-secure-digest");
        if (secrets == null || others == null) {
            return false;
        }
        Given now = present.of(
                primitive, node, record.operation(), record.interval().toMillis());
        List<String> secret = List.of(secrets.trim().split(" ", -1));
        boolean masked = secret.stream().map(now::value).anyMatch(ParameterChanges::isMasked);
        // What is for the fencer is not for the agent.
        boolean fences = primitive.isFenceDevice();
        return masked
                && now.without(name -> secret.contains(name) || (fences && name.startsWith("pcmk_")))
                        .matches(others);
    }

    private static boolean isMasked(String value) {
        return !value.isEmpty() && value.chars().allMatch(each -> each == '*');
    }

    /** Whether a repeated operation was begun with parameters, or a timeout, that are not configured any more. */
    public boolean outdated(Primitive primitive, ClusterNode node, OperationRecord record) {
        return primitive.managed && primitive.replica == null && otherDigest(primitive, node, record);
    }

    private boolean otherDigest(Primitive primitive, ClusterNode node, OperationRecord record) {
        String digest = record.digests().get("op-digest");
        if (digest == null) {
            return false;
        }
        return !sameButForMasked(primitive, node, record)
                && !present.timed(
                                primitive,
                                node,
                                record.operation(),
                                record.interval().toMillis())
                        .matches(digest);
    }
}
