package org.ringfence.controller.doctor;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.value.Truth;

/** What a resource has of its own; sets with a rule are left out of account. */
final class MetaAttributes {
    private MetaAttributes() {}

    static Optional<String> value(Resource resource, String name) {
        return value(resource.meta(), name);
    }

    static Optional<String> value(List<AttributeSet> sets, String name) {
        return AttributeSet.byImportance(sets).stream()
                .filter(set -> set.rule().isEmpty())
                .flatMap(set -> Optional.ofNullable(set.values().get(name)).stream())
                .findFirst();
    }

    static boolean truth(Resource resource, String name, boolean otherwise) {
        return value(resource, name).flatMap(Truth::parse).orElse(otherwise);
    }
}
