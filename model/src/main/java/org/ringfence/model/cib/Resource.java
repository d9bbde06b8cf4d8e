package org.ringfence.model.cib;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.AgentName;
import org.ringfence.model.problem.Place;
import org.ringfence.model.xml.Attributes;

/** Something that the cluster runs, as configured. */
public sealed interface Resource {
    String id();

    /** {@code meta_attributes}; a template's come after the primitive's own. */
    List<AttributeSet> meta();

    /** {@code instance_attributes}; a template's come after the primitive's own. */
    List<AttributeSet> parameters();

    Place place();

    /**
     * One resource run by an agent.
     *
     * @param template   the template it was made from, whose agent, sets and operations are already in it
     * @param operations its own, then those of the template for which it has none of the same name and role
     */
    record Primitive(
            String id,
            AgentName agent,
            Optional<String> template,
            List<Operation> operations,
            List<AttributeSet> meta,
            List<AttributeSet> parameters,
            List<AttributeSet> utilization,
            Place place)
            implements Resource {
        public Primitive {
            operations = List.copyOf(operations);
            meta = List.copyOf(meta);
            parameters = List.copyOf(parameters);
            utilization = List.copyOf(utilization);
        }
    }

    /** Primitives that run together, started in order. */
    record Group(
            String id, List<Primitive> members, List<AttributeSet> meta, List<AttributeSet> parameters, Place place)
            implements Resource {
        public Group {
            members = List.copyOf(members);
            meta = List.copyOf(meta);
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * A primitive or group that runs in several instances.
     *
     * @param master written as {@code master}, the older word for a promotable clone
     */
    record Clone(
            String id,
            boolean master,
            Resource child,
            List<AttributeSet> meta,
            List<AttributeSet> parameters,
            Place place)
            implements Resource {
        public Clone {
            meta = List.copyOf(meta);
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * A container, its network and storage, and what runs inside.
     *
     * @param technology {@code docker}, {@code podman} or {@code rkt}
     * @param container  the attributes of that element
     * @param network    the attributes of {@code network}; empty when there is none
     * @param ports      the attributes of each {@code port-mapping}
     * @param storage    the attributes of each {@code storage-mapping}
     */
    record Bundle(
            String id,
            String technology,
            SequencedMap<String, String> container,
            Optional<SequencedMap<String, String>> network,
            List<SequencedMap<String, String>> ports,
            List<SequencedMap<String, String>> storage,
            Optional<Primitive> child,
            List<AttributeSet> meta,
            List<AttributeSet> parameters,
            Place place)
            implements Resource {
        public Bundle {
            container = Attributes.copyOf(container);
            network = network.map(Attributes::copyOf);
            ports = List.copyOf(ports);
            storage = List.copyOf(storage);
            meta = List.copyOf(meta);
            parameters = List.copyOf(parameters);
        }
    }
}
