package org.ringfence.controller.fencing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.FencingLevel;
import org.ringfence.model.problem.Problem;

/**
 * Which devices are to be tried against a node, in which order (Pacemaker Explained, "Fencing Topologies"). A level names its
 * nodes by name, by a pattern or by an attribute of theirs; levels for one node are tried from the lowest index up.
 */
public final class FencingTopology {
    private FencingTopology() {}

    /** The levels that name {@code target}, lowest index first; those of one index are one level. */
    public static List<List<String>> of(Cib cib, NodeId target) {
        SequencedMap<Integer, List<String>> levels = new LinkedHashMap<>();
        cib.configuration().fencingLevels().stream()
                .filter(level -> names(cib, level, target))
                .sorted(Comparator.comparingInt(FencingLevel::index))
                .forEach(level -> levels.computeIfAbsent(level.index(), index -> new ArrayList<>())
                        .addAll(level.devices()));
        return List.copyOf(levels.values());
    }

    private static boolean names(Cib cib, FencingLevel level, NodeId target) {
        return switch (level.kind()) {
            case NODE -> level.target().equalsIgnoreCase(target.name());
            case PATTERN ->
                pattern(level)
                        .filter(regular -> regular.matcher(target.name()).find())
                        .isPresent();
            case ATTRIBUTE -> attribute(cib, target, level.attribute()).equals(Optional.of(level.target()));
        };
    }

    /** As the peer has it: a POSIX extended expression that need not match the whole name, whatever the case. */
    private static Optional<Pattern> pattern(FencingLevel level) {
        try {
            return Optional.of(Pattern.compile(level.target(), Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException broken) {
            return Optional.empty();
        }
    }

    private static Optional<String> attribute(Cib cib, NodeId target, String name) {
        if (name.equals("#uname")) {
            return Optional.of(target.name());
        }
        return cib.configuration().nodeNamed(target.name()).stream()
                .flatMap(node -> AttributeSet.byImportance(node.attributes()).stream())
                .filter(set -> set.rule().isEmpty())
                .flatMap(set -> Optional.ofNullable(set.values().get(name)).stream())
                .findFirst();
    }

    /** What is wrong with the topology: a level that can never be used is a level that somebody counts on. */
    public static List<Problem> problems(Cib cib, List<NodeId> nodes) {
        var known = new TreeSet<String>();
        FenceDevice.of(cib).forEach(device -> known.add(device.id()));
        List<Problem> problems = new ArrayList<>();
        for (FencingLevel level : cib.configuration().fencingLevels()) {
            String element = "fencing-level " + level.id();
            if (level.kind() == FencingLevel.Kind.PATTERN && pattern(level).isEmpty()) {
                problems.add(Problem.error(
                        level.place(),
                        element,
                        "target-pattern \"" + level.target() + "\" is no regular expression, so the level is not used",
                        "write one that can be read, as node-[0-9]+"));
            } else if (nodes.stream().noneMatch(node -> names(cib, level, node))) {
                problems.add(Problem.warning(
                        level.place(), element, "names no node of this cluster", "check its target, or remove it"));
            }
            List<String> missing = level.devices().stream()
                    .filter(device -> !known.contains(device))
                    .toList();
            if (!missing.isEmpty() || level.devices().isEmpty()) {
                problems.add(Problem.error(
                        level.place(),
                        element,
                        missing.isEmpty()
                                ? "names no device, so the level is not used"
                                : "names " + String.join(" ", missing)
                                        + ", which is no fence device or is switched off; the level is not used",
                        "name devices that are there, or remove it"));
            }
        }
        return Collections.unmodifiableList(problems);
    }
}
