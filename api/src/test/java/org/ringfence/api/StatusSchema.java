package org.ringfence.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;

/** Writes the JSON Schema (draft 2020-12) of a reply from its records. Fields may be added to them later, so others are not forbidden. */
final class StatusSchema {
    private final SequencedMap<String, Object> definitions = new LinkedHashMap<>();

    private StatusSchema() {}

    /** As maps, lists and texts. */
    static SequencedMap<String, Object> of(Class<? extends Record> reply, String title) {
        var schema = new StatusSchema();
        SequencedMap<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", title);
        SequencedMap<String, Object> properties = schema.properties(reply);
        properties.putFirst("type", object("const", reply.getSimpleName()));
        root.putAll(objectWith(properties));
        root.put("$defs", schema.definitions);
        return root;
    }

    private SequencedMap<String, Object> properties(Class<?> type) {
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), schema(component.getGenericType()));
        }
        return properties;
    }

    private static SequencedMap<String, Object> objectWith(SequencedMap<String, Object> properties) {
        SequencedMap<String, Object> schema = object("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.copyOf(properties.sequencedKeySet()));
        return schema;
    }

    private Object schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == Optional.class) {
                return object("anyOf", List.of(schema(last), object("type", "null")));
            }
            if (Collection.class.isAssignableFrom(raw)) {
                SequencedMap<String, Object> array = object("type", "array");
                array.put("items", schema(last));
                return array;
            }
            SequencedMap<String, Object> map = object("type", "object");
            map.put("additionalProperties", schema(last));
            return map;
        }
        return schema((Class<?>) type);
    }

    private Object schema(Class<?> type) {
        if (type == String.class || type == NodeId.class || type == CibVersion.class) {
            return object("type", "string");
        }
        if (type == Instant.class || type == Duration.class) {
            SequencedMap<String, Object> text = object("type", "string");
            text.put("format", type == Instant.class ? "date-time" : "duration");
            return text;
        }
        if (type == boolean.class || type == Boolean.class) {
            return object("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return object("type", "integer");
        }
        if (type.isEnum()) {
            return object(
                    "enum",
                    Arrays.stream(type.getEnumConstants())
                            .map(each -> ((Enum<?>) each).name())
                            .toList());
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException("no schema for " + type);
        }
        String name = type.getSimpleName();
        if (!definitions.containsKey(name)) {
            definitions.put(name, "being made");
            definitions.put(name, objectWith(properties(type)));
        }
        return object("$ref", "#/$defs/" + name);
    }

    private static SequencedMap<String, Object> object(String key, Object value) {
        SequencedMap<String, Object> object = new LinkedHashMap<>();
        object.put(key, value);
        return object;
    }

    /** As JSON, a field a line. */
    static String text(Object value, String indent) {
        String inner = indent + "  ";
        return switch (value) {
            case Map<?, ?> map -> {
                if (map.size() == 1 && !(map.values().iterator().next() instanceof Map)) {
                    var only = map.entrySet().iterator().next();
                    yield "{\"" + only.getKey() + "\": " + text(only.getValue(), inner) + "}";
                }
                yield map.entrySet().stream()
                        .map(entry -> inner + "\"" + entry.getKey() + "\": " + text(entry.getValue(), inner))
                        .collect(java.util.stream.Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            }
            case List<?> list ->
                list.stream()
                        .map(each -> text(each, inner))
                        .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
            default -> "\"" + value + "\"";
        };
    }
}
