package org.ringfence.daemon.addresses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.value.Truth;

/**
 * Whether clients of an address are to be told of its move: the meta attribute {@code tickle} of the resource, else of its group or
 * clone, else of the resource defaults, else yes. Rules of a set are not asked. Safe for use by many threads.
 */
final class TickleOption {
    private static final String NAME = "tickle";

    private final Supplier<String> configuration;
    private @Nullable Read read;

    private record Read(String text, Cib cib) {}

    /** @param configuration the text of the present one; the same object until it changes */
    TickleOption(Supplier<String> configuration) {
        this.configuration = configuration;
    }

    /** @param instance a primitive's name, or that of an instance of it */
    boolean isOn(String instance) {
        String id = instance.contains(":") ? instance.substring(0, instance.indexOf(':')) : instance;
        return cib().flatMap(cib -> value(cib, id))
                .map(text -> Truth.parse(text, true))
                .orElse(true);
    }

    private static Optional<String> value(Cib cib, String id) {
        List<AttributeSet> sets = new ArrayList<>();
        cib.configuration().resources().values().forEach(resource -> collect(resource, id, sets));
        sets.addAll(AttributeSet.byImportance(cib.configuration().resourceDefaults()));
        return sets.stream()
                .flatMap(set -> Optional.ofNullable(set.values().get(NAME)).stream())
                .findFirst();
    }

    /** @return whether the resource was there; its sets come before those of what it is in */
    private static boolean collect(Resource resource, String id, List<AttributeSet> sets) {
        boolean found = switch (resource) {
            case Resource.Primitive primitive -> primitive.id().equals(id);
            case Resource.Group group -> group.members().stream().anyMatch(member -> collect(member, id, sets));
            case Resource.Clone clone -> collect(clone.child(), id, sets);
            case Resource.Bundle bundle ->
                bundle.child().filter(child -> collect(child, id, sets)).isPresent();
        };
        if (found) {
            sets.addAll(resource.meta());
        }
        return found;
    }

    private synchronized Optional<Cib> cib() {
        String text = configuration.get();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Read last = read;
        if (last == null || !last.text().equals(text)) {
            try {
                last = new Read(text, Cib.read(text, "configuration"));
            } catch (UnusableInputException damaged) {
                throw new IllegalStateException("a configuration that was kept cannot be read", damaged);
            }
            read = last;
        }
        return Optional.of(last.cib());
    }
}
