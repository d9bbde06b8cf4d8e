package org.ringfence.controller.fencing;

import java.util.Optional;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.model.NodeId;

/**
 * A call that a DC has asked for. Every member knows it, so that a DC that dies leaves word of what it was about, and its
 * successor takes it over from where it is instead of beginning anew beside it.
 *
 * @param action   {@code reboot}, {@code off} or {@code on}
 * @param way      index of the way that is tried
 * @param call     index of its call
 * @param executor the node that was asked
 */
public record Underway(CallId id, String action, int way, int call, String device, NodeId executor) {
    private static final int PARTS = 9;

    /** The value of the fact about its target. */
    public String value() {
        return String.join(
                " ",
                Long.toString(id.view().counter()),
                id.view().proposer().name(),
                Long.toString(id.request()),
                Integer.toString(id.attempt()),
                action,
                Integer.toString(way),
                Integer.toString(call),
                executor.name(),
                device);
    }

    /** Empty for what cannot be read; then the call is made anew. */
    public static Optional<Underway> parse(String value) {
        String[] parts = value.split(" ", PARTS);
        if (parts.length != PARTS || !NodeId.isName(parts[1]) || !NodeId.isName(parts[7])) {
            return Optional.empty();
        }
        try {
            var view = new ViewNumber(Long.parseLong(parts[0]), new NodeId(parts[1]));
            var id = new CallId(view, Long.parseLong(parts[2]), Integer.parseInt(parts[3]));
            return Optional.of(new Underway(
                    id,
                    parts[4],
                    Integer.parseInt(parts[5]),
                    Integer.parseInt(parts[6]),
                    parts[8],
                    new NodeId(parts[7])));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
