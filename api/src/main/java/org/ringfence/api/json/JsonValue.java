package org.ringfence.api.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** One value of a JSON text. */
public sealed interface JsonValue {

    /** How a message to an operator calls it. */
    default String kind() {
        return switch (this) {
            case Fields _ -> "an object";
            case Elements _ -> "an array";
            case Text _ -> "a text";
            case Digits _ -> "a number";
            case Truth _ -> "a truth value";
            case Nothing _ -> "null";
        };
    }

    /** An object; a name that stood twice has its last value. */
    record Fields(SequencedMap<String, JsonValue> values) implements JsonValue {
        public Fields {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }
    }

    record Elements(List<JsonValue> values) implements JsonValue {
        public Elements {
            values = List.copyOf(values);
        }
    }

    record Text(String value) implements JsonValue {}

    record Digits(BigDecimal value) implements JsonValue {}

    record Truth(boolean value) implements JsonValue {}

    record Nothing() implements JsonValue {}
}
