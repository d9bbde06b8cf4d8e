package org.ringfence.controller.interlock;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.ringfence.controller.fencing.FenceDevice;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Truth;

/**
 * Whether resources may start. They may when fencing is enabled and a device is configured; otherwise only those that
 * somebody has waived fencing for, by name and until a date.
 *
 * @param reason   why it is closed; empty when it is open
 * @param commands what would open it, in order
 * @param waivers  all that have not expired, also while it is open
 */
public record Interlock(Optional<String> reason, List<String> commands, List<Waiver> waivers) {
    /** The property set that holds waivers: {@code waiver-RESOURCE} = {@code EXPIRES WHO REASON}. */
    public static final String WAIVERS = "ringfence-waivers";

    private static final String PREFIX = "waiver-";

    public Interlock {
        commands = List.copyOf(commands);
        waivers = List.copyOf(waivers);
    }

    /** Running without fencing, allowed by somebody for one resource until a date. */
    public record Waiver(String resource, Instant expires, String who, String why) {}

    public static Interlock of(Cib cib, Instant now) {
        List<Waiver> waivers = waivers(cib, now);
        boolean enabled = cib.property("fencing-enabled").flatMap(Truth::parse).orElse(true);
        if (!enabled) {
            return new Interlock(
                    Optional.of("fencing is switched off (fencing-enabled=false), so a lost node could go on writing"),
                    List.of("ringfence configure set fencing-enabled=true"),
                    waivers);
        }
        if (FenceDevice.of(cib).isEmpty()) {
            return new Interlock(
                    Optional.of("no fence device is configured, so a lost node could not be stopped"),
                    List.of(
                            "ringfence configure load FILE   with a <primitive class=\"stonith\" type=\"fence_...\">"
                                    + " in it",
                            "ringfence configure waive RESOURCE --for 1d --reason TEXT   to run one resource without,"
                                    + " at its own risk"),
                    waivers);
        }
        return new Interlock(Optional.empty(), List.of(), waivers);
    }

    public boolean isClosed() {
        return reason.isPresent();
    }

    /** Whether this instance may start, as far as fencing goes. {@code db:0} is covered by the waiver for {@code db}. */
    public boolean permits(String resource, Cib cib) {
        if (!isClosed()) {
            return true;
        }
        var names = new TreeSet<String>();
        String id = resource.contains(":") ? resource.substring(0, resource.indexOf(':')) : resource;
        names.add(id);
        cib.configuration().resources().values().forEach(top -> enclosing(top, id, names));
        return waivers.stream().anyMatch(waiver -> names.contains(waiver.resource()));
    }

    /** Whether this configuration has anything that would not start because of it. */
    public boolean holdsBack(Cib cib) {
        return isClosed()
                && cib.configuration().resources().values().stream()
                        .anyMatch(top -> primitives(top).stream().anyMatch(id -> !permits(id, cib)));
    }

    /** What it says to an administrator. */
    public List<Problem> problems() {
        return reason.map(why -> List.of(Problem.error(
                        Place.NONE, "fencing", "NO RESOURCE WILL START: " + why, String.join("; or: ", commands))))
                .orElse(List.of());
    }

    private static boolean enclosing(Resource top, String id, TreeSet<String> names) {
        boolean inside = switch (top) {
            case Resource.Primitive primitive -> primitive.id().equals(id);
            case Resource.Group group -> group.members().stream().anyMatch(member -> enclosing(member, id, names));
            case Resource.Clone clone -> enclosing(clone.child(), id, names);
            case Resource.Bundle bundle ->
                bundle.id().equals(id)
                        || bundle.child()
                                .map(child -> enclosing(child, id, names))
                                .orElse(false);
        };
        if (inside) {
            names.add(top.id());
        }
        return inside;
    }

    private static List<String> primitives(Resource top) {
        return switch (top) {
            case Resource.Primitive primitive ->
                primitive.agent().standard().equals("stonith") ? List.of() : List.of(primitive.id());
            case Resource.Group group ->
                group.members().stream()
                        .flatMap(member -> primitives(member).stream())
                        .toList();
            case Resource.Clone clone -> primitives(clone.child());
            case Resource.Bundle bundle -> List.of(bundle.id());
        };
    }

    private static List<Waiver> waivers(Cib cib, Instant now) {
        List<Waiver> waivers = new ArrayList<>();
        for (AttributeSet set : cib.configuration().properties()) {
            if (set.id().equals(WAIVERS)) {
                set.values().forEach((name, value) -> {
                    String[] parts = value.split(" ", 3);
                    if (name.startsWith(PREFIX) && parts.length == 3) {
                        expiry(parts[0])
                                .filter(now::isBefore)
                                .ifPresent(until -> waivers.add(
                                        new Waiver(name.substring(PREFIX.length()), until, parts[1], parts[2])));
                    }
                });
            }
        }
        return waivers;
    }

    /** A date that cannot be read waives nothing. */
    private static Optional<Instant> expiry(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
