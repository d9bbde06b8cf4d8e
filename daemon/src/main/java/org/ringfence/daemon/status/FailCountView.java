package org.ringfence.daemon.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ringfence.api.status.FailCount;
import org.ringfence.controller.facts.Fact;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.TimeSpan;

/** How often resources failed on nodes, of how many times they may, and when that is forgotten by itself. */
final class FailCountView {
    private static final String COUNT = "fail-count-";
    private static final String LAST = "last-failure-";

    private final List<Fact> facts;
    private final Cib cib;
    private final Map<String, List<Resource>> withHolders = new LinkedHashMap<>();

    FailCountView(Cib cib, List<Fact> facts) {
        this.cib = cib;
        this.facts = facts;
        cib.configuration().resources().values().forEach(top -> note(top, List.of()));
    }

    private void note(Resource resource, List<Resource> above) {
        List<Resource> upwards = new ArrayList<>();
        upwards.add(resource);
        upwards.addAll(above);
        withHolders.put(resource.id(), upwards);
        switch (resource) {
            case Resource.Primitive _ -> {}
            case Resource.Group group -> group.members().forEach(member -> note(member, upwards));
            case Resource.Clone clone -> note(clone.child(), upwards);
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> note(child, upwards));
        }
    }

    /** By node; none for a node where it did not fail. */
    List<FailCount> of(String primitive) {
        Map<NodeId, Integer> counts = new TreeMap<>();
        Map<NodeId, String> operations = new TreeMap<>();
        Map<NodeId, Instant> last = new TreeMap<>();
        for (Fact fact : facts) {
            String name = fact.key().name();
            if (fact.key().kind() != Fact.Kind.ATTRIBUTE || fact.value().isEmpty()) {
                continue;
            }
            String value = fact.value().get();
            if (isAbout(name, COUNT, primitive)) {
                var node = new NodeId(fact.key().node());
                counts.merge(node, Score.parse(value, 0), Score::add);
                operations.put(node, name.substring(name.indexOf('#') + 1));
            } else if (isAbout(name, LAST, primitive)) {
                var node = new NodeId(fact.key().node());
                moment(value).ifPresent(at -> last.merge(node, at, (one, other) -> one.isAfter(other) ? one : other));
            }
        }
        Optional<Integer> threshold = meta(primitive, "migration-threshold")
                .map(text -> Score.parse(text, 0))
                .filter(most -> most > 0 && most < Score.INFINITY);
        Optional<Duration> timeout = meta(primitive, "failure-timeout")
                .map(text -> Duration.ofMillis(TimeSpan.parseMillis(text, 0)))
                .filter(Duration::isPositive);
        List<FailCount> list = new ArrayList<>();
        counts.forEach((node, count) -> list.add(new FailCount(
                node,
                count,
                threshold,
                timeout.flatMap(span -> Optional.ofNullable(last.get(node)).map(at -> at.plus(span))),
                operations.getOrDefault(node, "") + " failed")));
        return list;
    }

    /** Instances that are told apart count for themselves, and are shown with their primitive. */
    private static boolean isAbout(String attribute, String prefix, String primitive) {
        int operation = attribute.indexOf('#');
        return attribute.startsWith(prefix)
                && operation > prefix.length()
                && ResourceHistories.withoutNumber(attribute.substring(prefix.length(), operation))
                        .equals(primitive);
    }

    /** Seconds since 1970. */
    private static Optional<Instant> moment(String text) {
        boolean number = !text.isEmpty() && text.length() < 13 && text.chars().allMatch(Character::isDigit);
        return number ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text))) : Optional.empty();
    }

    /** Of the resource, what holds it, or the defaults for all; rules are left out of account. */
    private Optional<String> meta(String primitive, String name) {
        return withHolders.getOrDefault(primitive, List.of()).stream()
                .map(Resource::meta)
                .flatMap(sets -> value(sets, name).stream())
                .findFirst()
                .or(() -> value(cib.configuration().resourceDefaults(), name));
    }

    private static Optional<String> value(List<AttributeSet> sets, String name) {
        return AttributeSet.byImportance(sets).stream()
                .filter(set -> set.rule().isEmpty())
                .flatMap(set -> Optional.ofNullable(set.values().get(name)).stream())
                .findFirst();
    }
}
