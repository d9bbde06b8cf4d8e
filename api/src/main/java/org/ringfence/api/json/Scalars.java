package org.ringfence.api.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Shapes of single values. */
final class Scalars {
    private Scalars() {}

    /** Anything that has a text of its own: {@code reading} gets that text back and throws a RuntimeException if it cannot. */
    static final class TextShape implements Shape {
        private final Function<Object, String> writing;
        private final Function<String, ?> reading;
        private final @Nullable Object missing;

        TextShape(Function<Object, String> writing, Function<String, ?> reading, @Nullable Object missing) {
            this.writing = writing;
            this.reading = reading;
            this.missing = missing;
        }

        String text(Object value) {
            return writing.apply(value);
        }

        Object parse(String text, String where) throws MalformedJsonException {
            try {
                return reading.apply(text);
            } catch (RuntimeException e) {
                throw new MalformedJsonException(where + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeString(text(value));
        }

        @Override
        public Object read(JsonValue json, String where) throws MalformedJsonException {
            if (json instanceof JsonValue.Text(String text)) {
                return parse(text, where);
            }
            throw Shape.expected("a text", json, where);
        }

        @Override
        public Object missing(String where) throws MalformedJsonException {
            return missing == null ? Shape.super.missing(where) : missing;
        }
    }

    static Shape ofEnum(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        return new TextShape(
                value -> ((Enum<?>) value).name(),
                text -> {
                    Object constant = constants.getOrDefault(text, constants.get("OTHER"));
                    if (constant == null) {
                        throw new IllegalArgumentException(
                                "'" + text + "' is none of " + String.join(", ", constants.keySet()));
                    }
                    return constant;
                },
                null);
    }

    static final class TruthShape implements Shape {
        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeBoolean((Boolean) value);
        }

        @Override
        public Object read(JsonValue json, String where) throws MalformedJsonException {
            if (json instanceof JsonValue.Truth(boolean value)) {
                return value;
            }
            throw Shape.expected("true or false", json, where);
        }

        @Override
        public Object missing(String where) {
            return false;
        }
    }

    static final class IntShape implements Shape {
        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeNumber((Integer) value);
        }

        @Override
        public Object read(JsonValue json, String where) throws MalformedJsonException {
            long value = whole(json, where);
            if (value != (int) value) {
                throw new MalformedJsonException(where + " is out of range: " + value);
            }
            return (int) value;
        }

        @Override
        public Object missing(String where) {
            return 0;
        }
    }

    static final class LongShape implements Shape {
        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeNumber((Long) value);
        }

        @Override
        public Object read(JsonValue json, String where) throws MalformedJsonException {
            return whole(json, where);
        }

        @Override
        public Object missing(String where) {
            return 0L;
        }
    }

    static final class DoubleShape implements Shape {
        @Override
        public void write(Object value, JsonGenerator out) {
            out.writeNumber((Double) value);
        }

        @Override
        public Object read(JsonValue json, String where) throws MalformedJsonException {
            if (json instanceof JsonValue.Digits digits) {
                return digits.value().doubleValue();
            }
            throw Shape.expected("a number", json, where);
        }

        @Override
        public Object missing(String where) {
            return 0.0;
        }
    }

    private static long whole(JsonValue json, String where) throws MalformedJsonException {
        if (!(json instanceof JsonValue.Digits digits)) {
            throw Shape.expected("a whole number", json, where);
        }
        try {
            return digits.value().longValueExact();
        } catch (ArithmeticException e) {
            throw new MalformedJsonException(where + " must be a whole number that fits 64 bits", e);
        }
    }
}
