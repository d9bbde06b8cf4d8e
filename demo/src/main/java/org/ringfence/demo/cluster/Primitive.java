package org.ringfence.demo.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** One resource of a {@link DemoCib}: an agent, its parameters and its operations. */
public record Primitive(
        String id,
        String standard,
        String provider,
        String type,
        SequencedMap<String, String> parameters,
        List<Operation> operations) {
    public Primitive {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        operations = List.copyOf(operations);
    }

    /** @param interval {@code 0s} for what is not repeated */
    public record Operation(String name, String interval, String timeout) {}

    /** @param provider empty for other standards than {@code ocf} */
    public static Primitive of(String id, String standard, String provider, String type) {
        return new Primitive(id, standard, provider, type, new LinkedHashMap<>(), List.of());
    }

    public Primitive with(String parameter, String value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new Primitive(id, standard, provider, type, more, operations);
    }

    public Primitive operation(String name, String interval, String timeout) {
        var more = new ArrayList<>(operations);
        more.add(new Operation(name, interval, timeout));
        return new Primitive(id, standard, provider, type, parameters, more);
    }

    void write(StringBuilder xml) {
        xml.append("      <primitive id=\"%s\" class=\"%s\"%s type=\"%s\">%n"
                .formatted(id, standard, provider.isEmpty() ? "" : " provider=\"" + provider + "\"", type));
        if (!parameters.isEmpty()) {
            xml.append("        <instance_attributes id=\"%s-parameters\">%n".formatted(id));
            parameters.forEach(
                    (name, value) -> xml.append("          <nvpair id=\"%1$s-%2$s\" name=\"%2$s\" value=\"%3$s\"/>%n"
                            .formatted(id, name, escaped(value))));
            xml.append("        </instance_attributes>\n");
        }
        if (!operations.isEmpty()) {
            xml.append("        <operations>\n");
            operations.forEach(operation -> xml.append(
                    "          <op id=\"%1$s-%2$s-%3$s\" name=\"%2$s\" interval=\"%3$s\" timeout=\"%4$s\"/>%n"
                            .formatted(id, operation.name(), operation.interval(), operation.timeout())));
            xml.append("        </operations>\n");
        }
        xml.append("      </primitive>\n");
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
