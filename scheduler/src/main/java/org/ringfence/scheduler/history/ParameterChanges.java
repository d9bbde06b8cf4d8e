package org.ringfence.scheduler.history;

import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.model.AgentName;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;

/** Finds active resources whose configured parameters, or agent, are not those they were started with. */
public final class ParameterChanges {
    private final OperationSettings operations;
    private final Histories histories;
    private final FailCounts failCounts;

    public ParameterChanges(OperationSettings operations, Histories histories, FailCounts failCounts) {
        this.operations = operations;
        this.histories = histories;
        this.failCounts = failCounts;
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
            if (begins && record.id().endsWith("_last_failure_0") && otherDigest(operations, primitive, node, record)) {
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
        SortedMap<String, String> now = operations.digested(primitive, node, begun.operation(), 0);
        if (sameButForMasked(primitive, now, begun)) {
            return;
        }
        String force = begun.digests().get("op-force-restart");
        String restart = begun.digests().get("op-restart-digest");
        SortedMap<String, String> decisive = force == null ? now : only(now, force);
        if (restart != null && !Digest.matches(decisive, restart)) {
            changed(primitive, node, true);
        } else if (!Digest.matches(now, all)) {
            changed(primitive, node, restart == null || operations.hasOwnParameters(primitive, begun.operation(), 0));
        }
    }

    /**
     * Whether secrets were blotted out, as they are in a report for others to look at, and all else is the same. Nobody can
     * tell whether such a secret changed.
     */
    private static boolean sameButForMasked(
            Primitive primitive, SortedMap<String, String> now, OperationRecord record) {
        String secrets = record.digests().get("op-secure-params");
        String others = record.digests().get("op-secure-digest");
        if (secrets == null || others == null) {
            return false;
        }
        var plain = new TreeMap<>(now);
        boolean masked = false;
        for (String name : secrets.trim().split(" ", -1)) {
            String secret = plain.remove(name);
            masked |= secret != null && !secret.isEmpty() && secret.chars().allMatch(each -> each == '*');
        }
        if (primitive.isFenceDevice()) {
            // Those are for the fencer, not for the agent.
            plain.keySet().removeIf(name -> name.startsWith("pcmk_"));
        }
        return masked && Digest.matches(plain, others);
    }

    private static SortedMap<String, String> only(SortedMap<String, String> parameters, String names) {
        var kept = new TreeMap<String, String>();
        parameters.forEach((name, value) -> {
            if ((" " + names + " ").contains(" " + name + " ")) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    /** Whether a repeated operation was begun with parameters, or a timeout, that are not configured any more. */
    public static boolean outdated(
            OperationSettings operations, Primitive primitive, ClusterNode node, OperationRecord record) {
        return primitive.managed && primitive.replica == null && otherDigest(operations, primitive, node, record);
    }

    private static boolean otherDigest(
            OperationSettings operations, Primitive primitive, ClusterNode node, OperationRecord record) {
        String digest = record.digests().get("op-digest");
        if (digest == null) {
            return false;
        }
        long interval = record.interval().toMillis();
        SortedMap<String, String> now = operations.digested(primitive, node, record.operation(), interval);
        if (sameButForMasked(primitive, now, record)) {
            return false;
        }
        var timed = new TreeMap<>(now);
        if (interval > 0) {
            timed.put(
                    "CRM_meta_timeout",
                    operations.meta(primitive, record.operation(), interval).getOrDefault("timeout", "20000"));
        }
        return !Digest.matches(timed, digest);
    }
}
