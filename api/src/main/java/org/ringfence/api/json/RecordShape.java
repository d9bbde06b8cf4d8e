package org.ringfence.api.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A record as an object. Shapes of components are looked up at first use, so that a record may hold its own kind. */
final class RecordShape implements Shape {
    private final Class<?> type;
    private final Function<Type, Shape> shapes;
    private final boolean strict;
    private volatile @Nullable Parts parts;

    /** @param strict whether a field that the record does not have is malformed; otherwise it is passed over */
    RecordShape(Class<?> type, Function<Type, Shape> shapes, boolean strict) {
        this.type = type;
        this.shapes = shapes;
        this.strict = strict;
    }

    private record Part(String name, Method accessor, Shape shape) {}

    private record Parts(List<Part> list, Constructor<?> constructor) {
        boolean has(String name) {
            return list.stream().anyMatch(part -> part.name.equals(name));
        }
    }

    @Override
    public void write(Object value, JsonGenerator out) {
        out.writeStartObject();
        writeFields(value, out);
        out.writeEndObject();
    }

    void writeFields(Object value, JsonGenerator out) {
        for (Part part : parts().list) {
            out.writeName(part.name);
            part.shape.write(component(part, value), out);
        }
    }

    private static Object component(Part part, Object value) {
        try {
            return part.accessor.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + part.name + " of " + value.getClass(), e);
        }
    }

    @Override
    public Object read(JsonValue json, String where) throws MalformedJsonException {
        if (!(json instanceof JsonValue.Fields(var fields))) {
            throw Shape.expected("an object", json, where);
        }
        return read(fields, where, false);
    }

    /** @param typed whether {@code fields} has a {@code type} that names this record */
    Object read(Map<String, JsonValue> fields, String where, boolean typed) throws MalformedJsonException {
        Parts known = parts();
        if (strict) {
            for (String name : fields.keySet()) {
                if (!known.has(name) && !(typed && name.equals(SealedShape.TYPE))) {
                    throw new MalformedJsonException(where + "." + name + " is not known; " + type.getSimpleName()
                            + " has " + known.list.stream().map(Part::name).toList());
                }
            }
        }
        Object[] arguments = new Object[known.list.size()];
        for (int index = 0; index < arguments.length; index++) {
            Part part = known.list.get(index);
            String inside = where + "." + part.name;
            JsonValue field = fields.get(part.name);
            arguments[index] = field == null ? part.shape.missing(inside) : part.shape.read(field, inside);
        }
        return construct(known.constructor, arguments, where);
    }

    private static Object construct(Constructor<?> constructor, Object[] arguments, String where)
            throws MalformedJsonException {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw new MalformedJsonException(where + ": " + refused.getMessage(), refused);
            }
            throw new IllegalStateException("constructor of " + constructor.getDeclaringClass() + " failed", e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("cannot make a " + constructor.getDeclaringClass(), e);
        }
    }

    private Parts parts() {
        Parts known = parts;
        if (known == null) {
            known = lookUp();
            parts = known;
        }
        return known;
    }

    private Parts lookUp() {
        RecordComponent[] components = type.getRecordComponents();
        List<Part> list = new ArrayList<>();
        Class<?>[] types = new Class<?>[components.length];
        for (int index = 0; index < components.length; index++) {
            RecordComponent component = components[index];
            types[index] = component.getType();
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            list.add(new Part(component.getName(), accessor, shapes.apply(component.getGenericType())));
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new Parts(List.copyOf(list), constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("no canonical constructor of " + type, e);
        }
    }
}
