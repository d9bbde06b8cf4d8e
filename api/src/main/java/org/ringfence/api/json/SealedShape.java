package org.ringfence.api.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** One of the records of a sealed interface: the record's fields after a field that names it. */
final class SealedShape implements Shape {
    static final String TYPE = "type";

    private final Map<String, RecordShape> byName = new LinkedHashMap<>();
    private final Map<Class<?>, RecordShape> byClass = new LinkedHashMap<>();

    SealedShape(Class<?> sealed, Function<Class<?>, RecordShape> records) {
        add(sealed, records);
    }

    private void add(Class<?> sealed, Function<Class<?>, RecordShape> records) {
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            if (each.isSealed()) {
                add(each, records);
            } else if (!byClass.containsKey(each)) {
                RecordShape shape = records.apply(each);
                byClass.put(each, shape);
                if (byName.put(each.getSimpleName(), shape) != null) {
                    throw new IllegalArgumentException("two records named " + each.getSimpleName() + " in " + sealed);
                }
            }
        }
    }

    @Override
    public void write(Object value, JsonGenerator out) {
        RecordShape shape = byClass.get(value.getClass());
        if (shape == null) {
            throw new IllegalArgumentException("not one of " + byName.keySet() + ": " + value.getClass());
        }
        out.writeStartObject();
        out.writeStringProperty(TYPE, value.getClass().getSimpleName());
        shape.writeFields(value, out);
        out.writeEndObject();
    }

    @Override
    public Object read(JsonValue json, String where) throws MalformedJsonException {
        if (!(json instanceof JsonValue.Fields(var fields))) {
            throw Shape.expected("an object", json, where);
        }
        JsonValue type = fields.get(TYPE);
        if (!(type instanceof JsonValue.Text(String name))) {
            throw new MalformedJsonException(where + "." + TYPE + " must name one of " + names());
        }
        RecordShape shape = byName.get(name);
        if (shape == null) {
            throw new MalformedJsonException(where + "." + TYPE + ": '" + name + "' is none of " + names());
        }
        return shape.read(fields, where, true);
    }

    private String names() {
        return String.join(", ", byName.keySet());
    }
}
