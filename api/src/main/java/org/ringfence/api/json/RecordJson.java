package org.ringfence.api.json;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ringfence.api.json.Gatherings.CollectionShape;
import org.ringfence.api.json.Gatherings.MapShape;
import org.ringfence.api.json.Gatherings.OptionalShape;
import org.ringfence.api.json.Scalars.TextShape;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Values of one type, a record or a sealed interface of records, as JSON and back, by the rules of this package. Which types
 * can stand in a component is decided when such a component is first met: one that cannot is a broken invariant of ours and
 * throws IllegalArgumentException. Safe for use by many threads; make one and keep it.
 */
public final class RecordJson<T> {
    private final Class<T> root;
    private final Map<Type, Shape> shapes = new ConcurrentHashMap<>();
    private final boolean strict;

    private RecordJson(Builder<T> builder) {
        this.root = builder.root;
        this.strict = builder.strict;
        shapes.putAll(builder.texts);
    }

    public static <T> Builder<T> of(Class<T> root) {
        return new Builder<>(root);
    }

    /** What is special about a mapping. */
    public static final class Builder<T> {
        private final Class<T> root;
        private final Map<Type, Shape> texts = new LinkedHashMap<>();
        private boolean strict;

        private Builder(Class<T> root) {
            this.root = root;
            text(String.class, value -> value, value -> value, "");
            text(Instant.class, Instant::toString, InstantText::parse);
            text(Duration.class, Duration::toString, Duration::parse);
            text(NodeId.class, NodeId::name, NodeId::new);
            text(CibVersion.class, CibVersion::toString, RecordJson::version);
        }

        /** Values of {@code type} are one text; {@code reading} throws IllegalArgumentException on a text that is not one. */
        public <V> Builder<T> text(Class<V> type, Function<V, String> writing, Function<String, V> reading) {
            texts.put(type, new TextShape(value -> writing.apply(type.cast(value)), reading, null));
            return this;
        }

        private <V> void text(Class<V> type, Function<V, String> writing, Function<String, V> reading, V missing) {
            texts.put(type, new TextShape(value -> writing.apply(type.cast(value)), reading, missing));
        }

        /** A field that a record does not have makes a text malformed: for what asks for a change. */
        public Builder<T> strict() {
            strict = true;
            return this;
        }

        public RecordJson<T> build() {
            return new RecordJson<>(this);
        }
    }

    /** One line of UTF-8, without the line's end. */
    public byte[] write(T value) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = JsonText.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            shape(root).write(value, out);
        }
        return bytes.toByteArray();
    }

    /** @throws MalformedJsonException when it is not JSON, or not of this type */
    public T read(byte[] utf8) throws MalformedJsonException {
        return read(JsonText.parse(utf8));
    }

    /** @throws MalformedJsonException when the value is not of this type */
    public T read(JsonValue json) throws MalformedJsonException {
        return root.cast(shape(root).read(json, root.getSimpleName()));
    }

    /** What stands for {@code type}; built at first use, so that a type may hold itself. */
    private Shape shape(Type type) {
        Shape known = shapes.get(type);
        if (known == null) {
            Shape built = build(type);
            known = shapes.putIfAbsent(type, built);
            if (known == null) {
                known = built;
            }
        }
        return known;
    }

    private Shape build(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic, (Class<?>) generic.getRawType());
        }
        if (!(type instanceof Class<?> plain)) {
            throw unsupported(type);
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return new Scalars.TruthShape();
        }
        if (plain == int.class || plain == Integer.class) {
            return new Scalars.IntShape();
        }
        if (plain == long.class || plain == Long.class) {
            return new Scalars.LongShape();
        }
        if (plain == double.class || plain == Double.class) {
            return new Scalars.DoubleShape();
        }
        if (plain.isEnum()) {
            return Scalars.ofEnum(plain);
        }
        if (plain.isRecord()) {
            return new RecordShape(plain, this::shape, strict);
        }
        if (plain.isSealed()) {
            return new SealedShape(plain, this::record);
        }
        throw unsupported(type);
    }

    private RecordShape record(Class<?> type) {
        if (!type.isRecord()) {
            throw unsupported(type);
        }
        for (var component : type.getRecordComponents()) {
            if (component.getName().equals(SealedShape.TYPE)) {
                throw new IllegalArgumentException(type + " has a component of the reserved name " + SealedShape.TYPE);
            }
        }
        return (RecordShape) shape(type);
    }

    private Shape generic(ParameterizedType type, Class<?> raw) {
        List<Shape> arguments = new ArrayList<>();
        for (Type argument : type.getActualTypeArguments()) {
            arguments.add(shape(argument));
        }
        if (raw == Optional.class) {
            return new OptionalShape(arguments.getFirst());
        }
        if (raw == List.class || raw == Collection.class || raw == SequencedCollection.class) {
            return CollectionShape.list(arguments.getFirst());
        }
        if (raw == Set.class || raw == SequencedSet.class) {
            return CollectionShape.set(arguments.getFirst());
        }
        if (raw == SortedSet.class || raw == NavigableSet.class) {
            return CollectionShape.sortedSet(arguments.getFirst());
        }
        if (arguments.getFirst() instanceof TextShape key) {
            if (raw == Map.class || raw == SequencedMap.class) {
                return MapShape.sequenced(key, arguments.getLast());
            }
            if (raw == SortedMap.class || raw == NavigableMap.class) {
                return MapShape.sorted(key, arguments.getLast());
            }
        }
        throw unsupported(type);
    }

    private static CibVersion version(String text) {
        String[] numbers = text.split("\\.", -1);
        if (numbers.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is not ADMIN_EPOCH.EPOCH.NUM_UPDATES");
        }
        return new CibVersion(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    private static IllegalArgumentException unsupported(Type type) {
        return new IllegalArgumentException("no way to write " + type.getTypeName() + " as JSON");
    }
}
