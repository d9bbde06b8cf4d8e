package org.ringfence.daemon.codec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/** Makes values of record types from a seed, of every record of a sealed interface in turn. */
final class RandomRecords {
    private static final String LETTERS = "aZ0 ü\"\\\n<>\u0000😀";
    private static final int DEPTH_MAX = 12;

    private final Random random;
    private final Map<Type, Supplier<Object>> leaves = new LinkedHashMap<>();
    private int depth;

    RandomRecords(long seed) {
        random = new Random(seed);
        leaves.put(String.class, this::text);
        leaves.put(boolean.class, random::nextBoolean);
        leaves.put(int.class, random::nextInt);
        leaves.put(long.class, random::nextLong);
        leaves.put(double.class, random::nextGaussian);
        leaves.put(Boolean.class, random::nextBoolean);
        leaves.put(Integer.class, random::nextInt);
        leaves.put(Long.class, random::nextLong);
        leaves.put(Instant.class, () -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)));
        leaves.put(Duration.class, () -> Duration.ofNanos(random.nextLong(1, 1L << 50)));
        leaves.put(NodeId.class, this::node);
        leaves.put(View.class, this::view);
        leaves.put(Cib.class, this::cib);
        leaves.put(GuardPromise.class, this::promise);
    }

    /** The records of a sealed interface, those of the sealed interfaces in it included. */
    static List<Class<?>> records(Class<?> sealed) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            found.addAll(each.isSealed() ? records(each) : List.of(each));
        }
        return found;
    }

    Object make(Type type) {
        Supplier<Object> leaf = leaves.get(type);
        if (leaf != null) {
            return leaf.get();
        }
        if (type instanceof ParameterizedType generic) {
            return gathering((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return pick(Arrays.asList(plain.getEnumConstants()));
        }
        return plain.isRecord() ? record(plain) : make(pick(records(plain)));
    }

    private Object gathering(Class<?> raw, Type... arguments) {
        int size = depth > DEPTH_MAX ? 0 : random.nextInt(3);
        if (raw == Optional.class) {
            return size == 0 ? Optional.empty() : Optional.of(make(arguments[0]));
        }
        if (List.class == raw) {
            return IntStream.range(0, size).mapToObj(_ -> make(arguments[0])).toList();
        }
        var map = new LinkedHashMap<Object, Object>();
        for (int count = 0; count < size; count++) {
            map.put(make(arguments[0]), make(arguments[1]));
        }
        return map;
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        depth++;
        try {
            Object[] values = Arrays.stream(components)
                    .map(component -> make(component.getGenericType()))
                    .toArray();
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("values of its types are refused by " + type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.toString(), e);
        } finally {
            depth--;
        }
    }

    private GuardPromise promise() {
        return new GuardPromise(
                Duration.ofMillis(random.nextLong(1, 1L << 30)),
                Duration.ofMillis(random.nextLong(1, 1L << 30)),
                random.nextInt(4),
                Duration.ofMillis(random.nextLong(1L << 30)));
    }

    private NodeId node() {
        return new NodeId("node-" + random.nextInt(100));
    }

    /** Its members include its proposer. */
    private View view() {
        NodeId proposer = node();
        return new View(new ViewNumber(random.nextLong(), proposer), List.of(proposer, node()), random.nextBoolean());
    }

    private Cib cib() {
        try {
            return Cib.read("""
                <cib admin_epoch="0" epoch="%d" num_updates="0" update-user="&lt;">
                  <configuration><crm_config/><nodes><node id="1" uname="n1"/></nodes><resources/><constraints/></configuration>
                  <status><node_state id="1" uname="n1" in_ccm="true"/></status>
                </cib>
                """.formatted(random.nextInt(1000)), "random.xml");
        } catch (UnusableInputException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text() {
        var text = new StringBuilder();
        int[] letters = LETTERS.codePoints().toArray();
        for (int count = random.nextInt(12); count > 0; count--) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
