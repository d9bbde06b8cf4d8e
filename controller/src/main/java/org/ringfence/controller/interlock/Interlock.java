package org.ringfence.controller.interlock;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.ringfence.controller.doctor.Diagnosis;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.fencing.FenceDevice;
import org.ringfence.controller.fencing.ProofAge;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Truth;

/**
 * Whether resources may start. They may when fencing is enabled and a device is configured, or every member can be relied on to
 * stop itself; otherwise only those that
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

    /** By the configuration alone, where no cluster is asked: what guards promise is taken on trust. */
    public static Interlock ofConfiguration(Cib cib, Instant now) {
        return of(cib, now, List.of(), FactsState.EMPTY, new Quorum(List.of()));
    }

    /**
     * @param members nodes that might be asked to start something
     * @param facts   what their guards have promised
     */
    public static Interlock of(Cib cib, Instant now, List<NodeId> members, FactsState facts, Quorum quorum) {
        List<Waiver> waivers = waivers(cib, now);
        boolean enabled = cib.property("fencing-enabled").flatMap(Truth::parse).orElse(true);
        if (!enabled) {
            return new Interlock(
                    Optional.of(Diagnosis.FENCING_OFF.reason()), List.of(Diagnosis.FENCING_OFF.remedy()), waivers);
        }
        Optional<String> missing = missing(cib, members, facts, quorum);
        if (missing.isPresent()) {
            return new Interlock(
                    missing,
                    List.of(
                            "ringfence configure load FILE   with a <primitive class=\"stonith\" type=\"fence_...\">"
                                    + " in it",
                            "ringfence configure waive RESOURCE --for 1d --reason TEXT   to run one resource without,"
                                    + " at its own risk"),
                    waivers);
        }
        return new Interlock(Optional.empty(), List.of(), waivers);
    }

    /** What fencing lacks; a device that fences by itself is enough, others are when every member plays its part. */
    private static Optional<String> missing(Cib cib, List<NodeId> members, FactsState facts, Quorum quorum) {
        List<FenceDevice> devices = FenceDevice.of(cib);
        boolean disks = devices.stream().anyMatch(device -> device.agent().equals(SelfFencing.DISK_AGENT));
        if (devices.stream().anyMatch(device -> !device.agent().equals(SelfFencing.DISK_AGENT))) {
            return Optional.empty();
        }
        if (!disks && !SelfFencing.isWanted(cib)) {
            return Optional.of(Diagnosis.FENCING_MISSING.reason());
        }
        List<String> shortfalls = new ArrayList<>();
        for (NodeId member : members) {
            if (!(disks && SelfFencing.isWatchingDisks(facts, member))) {
                SelfFencing.shortfall(cib, facts, quorum, member)
                        .map(why -> disks && !SelfFencing.isWanted(cib)
                                ? member + " is not known to run a guard that watches the shared disks"
                                : why)
                        .ifPresent(shortfalls::add);
            }
        }
        return shortfalls.stream()
                .findFirst()
                .map(first -> "no fence device is configured beside what nodes do by themselves, and " + first);
    }

    /**
     * The same, closed as well where fencing was not shown to work lately and the administrator wants that to matter. Fencing works
     * all the same then: what a lost node holds waits for it.
     */
    public Interlock withProof(Cib cib, FactsState facts, List<NodeId> nodes, Instant now) {
        List<NodeId> stale = ProofAge.refuses(cib) ? ProofAge.stale(facts, cib, nodes, now) : List.of();
        if (isClosed() || stale.isEmpty()) {
            return this;
        }
        String names = String.join(" ", stale.stream().map(NodeId::name).toList());
        return new Interlock(
                Optional.of("that " + names + " can be fenced was not shown within fencing-proof-max-age="
                        + cib.property("fencing-proof-max-age").orElse("")),
                List.of("ringfence fence test"),
                waivers);
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
