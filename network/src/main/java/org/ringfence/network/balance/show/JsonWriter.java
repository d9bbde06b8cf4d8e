package org.ringfence.network.balance.show;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Writes one JSON object on one line. For one thread. */
final class JsonWriter {
    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    /** @param fields writes the object's fields, in order */
    static String object(Consumer<JsonWriter> fields) {
        var writer = new JsonWriter();
        writer.braces(fields);
        return writer.text.toString();
    }

    JsonWriter field(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    JsonWriter field(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    JsonWriter field(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Leaves the field out when there is no value. */
    JsonWriter field(String name, Optional<String> value) {
        value.ifPresent(present -> field(name, present));
        return this;
    }

    JsonWriter field(String name, OptionalInt value) {
        value.ifPresent(present -> field(name, present));
        return this;
    }

    JsonWriter field(String name, List<String> values) {
        name(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            quote(values.get(i));
        }
        text.append(']');
        return this;
    }

    JsonWriter object(String name, Consumer<JsonWriter> fields) {
        name(name);
        braces(fields);
        return this;
    }

    /** An array of objects. */
    <T> JsonWriter objects(String name, List<T> values, java.util.function.BiConsumer<JsonWriter, T> fields) {
        name(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            T value = values.get(i);
            braces(writer -> fields.accept(writer, value));
        }
        text.append(']');
        return this;
    }

    private void braces(Consumer<JsonWriter> fields) {
        text.append('{');
        first = true;
        fields.accept(this);
        text.append('}');
        first = false;
    }

    private void name(String name) {
        text.append(first ? "" : ",");
        first = false;
        quote(name);
        text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> {
                    if (c < ' ') {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
