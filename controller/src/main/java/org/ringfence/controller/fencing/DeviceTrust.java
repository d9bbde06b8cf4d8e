package org.ringfence.controller.fencing;

import java.time.Instant;
import java.util.function.Predicate;
import org.ringfence.controller.configuration.Digest;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.model.NodeId;

/**
 * Which devices are not counted on against which nodes: those that have said yes while the node went on. What such a device
 * does to other nodes is not known to be wrong. It is trusted again when its parameters are others, or when somebody says so.
 */
public final class DeviceTrust {
    private DeviceTrust() {}

    public static Fact.Key key(NodeId target, String device) {
        return new Fact.Key(Fact.Kind.FENCING_DISTRUST, target.name(), device);
    }

    /** The value of the fact that a device is not counted on as it is configured now. */
    public static String value(FenceDevice device, Instant now, NodeId executor) {
        return now + " " + digest(device) + " from " + executor;
    }

    public static boolean isTrusted(FactsState facts, FenceDevice device, NodeId target) {
        return facts.value(Fact.Kind.FENCING_DISTRUST, target.name(), device.id())
                .map(value -> value.split(" ", 3))
                .filter(parts -> parts.length == 3 && parts[1].equals(digest(device)))
                .isEmpty();
    }

    public static Predicate<FenceDevice> against(FactsState facts, NodeId target) {
        return device -> isTrusted(facts, device, target);
    }

    private static String digest(FenceDevice device) {
        var text = new StringBuilder(device.agent());
        device.options()
                .forEach((name, value) ->
                        text.append('\n').append(name).append('=').append(value));
        return Digest.of(text.toString());
    }
}
