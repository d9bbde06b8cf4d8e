package org.ringfence.network.balance.show;

import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** One JSON object on one line. */
final class JsonLine {
    /** A slash is no special character; a path is written as it is. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();

    private JsonLine() {}

    /** @param properties writes the object's properties, in order */
    static String of(Consumer<JsonGenerator> properties) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            properties.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    static void object(JsonGenerator json, String name, Consumer<JsonGenerator> properties) {
        json.writeObjectPropertyStart(name);
        properties.accept(json);
        json.writeEndObject();
    }

    static void texts(JsonGenerator json, String name, Collection<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    /** An array of objects. */
    static <T> void objects(JsonGenerator json, String name, List<T> values, BiConsumer<JsonGenerator, T> properties) {
        json.writeArrayPropertyStart(name);
        for (T value : values) {
            json.writeStartObject();
            properties.accept(json, value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
