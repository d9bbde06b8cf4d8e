package org.ringfence.api.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/** Shapes of what holds other values. */
final class Gatherings {
    private Gatherings() {}

    /** @param finish what makes of the elements read the collection that is given out */
    record CollectionShape(Shape element, Function<List<Object>, Object> finish) implements Shape {

        static Shape list(Shape element) {
            return new CollectionShape(element, List::copyOf);
        }

        static Shape set(Shape element) {
            return new CollectionShape(element, LinkedHashSet::new);
        }

        static Shape sortedSet(Shape element) {
            return new CollectionShape(element, TreeSet::new);
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeStartArray();
            for (Object each : (Collection<?>) value) {
                element.write(each, out);
            }
            out.writeEndArray();
        }

        @Override
        public Object read(JsonValue json, String where) throws MalformedJsonException {
            if (!(json instanceof JsonValue.Elements(List<JsonValue> values))) {
                throw Shape.expected("an array", json, where);
            }
            List<Object> read = new ArrayList<>(values.size());
            for (JsonValue each : values) {
                read.add(element.read(each, where + "[" + read.size() + "]"));
            }
            return finish.apply(read);
        }

        @Override
        public Object missing(String where) {
            return finish.apply(List.of());
        }
    }

    record MapShape(Scalars.TextShape key, Shape value, Supplier<Map<Object, Object>> empty) implements Shape {

        static Shape sequenced(Scalars.TextShape key, Shape value) {
            return new MapShape(key, value, LinkedHashMap::new);
        }

        static Shape sorted(Scalars.TextShape key, Shape value) {
            return new MapShape(key, value, TreeMap::new);
        }

        @Override
        public void write(Object map, JsonGenerator out) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
                out.writeName(key.text(entry.getKey()));
                value.write(entry.getValue(), out);
            }
            out.writeEndObject();
        }

        @Override
        public Object read(JsonValue json, String where) throws MalformedJsonException {
            if (!(json instanceof JsonValue.Fields(var fields))) {
                throw Shape.expected("an object", json, where);
            }
            Map<Object, Object> read = empty.get();
            for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
                String inside = where + "." + field.getKey();
                read.put(key.parse(field.getKey(), inside), value.read(field.getValue(), inside));
            }
            return read;
        }

        @Override
        public Object missing(String where) {
            return empty.get();
        }
    }

    record OptionalShape(Shape value) implements Shape {

        @Override
        public void write(Object optional, JsonGenerator out) {
            Optional<?> held = (Optional<?>) optional;
            if (held.isPresent()) {
                value.write(held.get(), out);
            } else {
                out.writeNull();
            }
        }

        @Override
        public Object read(JsonValue json, String where) throws MalformedJsonException {
            return json instanceof JsonValue.Nothing ? Optional.empty() : Optional.of(value.read(json, where));
        }

        @Override
        public Object missing(String where) {
            return Optional.empty();
        }
    }
}
