package org.ringfence.daemon.status;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;

/** Everything that agents run, whatever it is inside of. */
final class Primitives {
    private Primitives() {}

    static List<Resource.Primitive> of(Cib cib) {
        List<Resource.Primitive> found = new ArrayList<>();
        cib.configuration().resources().values().forEach(resource -> collect(resource, found));
        return found;
    }

    private static void collect(Resource resource, List<Resource.Primitive> found) {
        switch (resource) {
            case Resource.Primitive primitive -> found.add(primitive);
            case Resource.Group group -> group.members().forEach(member -> collect(member, found));
            case Resource.Clone clone -> collect(clone.child(), found);
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> collect(child, found));
        }
    }
}
