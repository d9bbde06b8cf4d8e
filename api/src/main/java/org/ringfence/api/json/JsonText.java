package org.ringfence.api.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text into {@link JsonValue}s. */
public final class JsonText {
    /** Deeper than any record here nests, and shallow enough that recursion never exhausts a stack. */
    static final int DEPTH_MAX = 200;

    /** One for the process: it keeps buffers for reuse. The length of a text is its reader's to bound. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonText() {}

    /** @throws MalformedJsonException when it is not exactly one JSON value */
    public static JsonValue parse(String text) throws MalformedJsonException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return whole(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** @throws MalformedJsonException when it is not exactly one JSON value in UTF-8 */
    public static JsonValue parse(byte[] utf8) throws MalformedJsonException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            return whole(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private static JsonValue whole(JsonParser parser) throws MalformedJsonException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedJsonException("nothing where a JSON value was expected");
        }
        JsonValue value = value(parser, first);
        if (parser.nextToken() != null) {
            throw new MalformedJsonException("more than one JSON value");
        }
        return value;
    }

    private static JsonValue value(JsonParser parser, JsonToken token) throws MalformedJsonException {
        return switch (token) {
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> new JsonValue.Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Digits(parser.getDecimalValue());
            case VALUE_TRUE -> new JsonValue.Truth(true);
            case VALUE_FALSE -> new JsonValue.Truth(false);
            case VALUE_NULL -> new JsonValue.Nothing();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new MalformedJsonException("the JSON text breaks off");
        };
    }

    private static JsonValue fields(JsonParser parser) throws MalformedJsonException {
        var values = new LinkedHashMap<String, JsonValue>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            values.put(name, value(parser, parser.nextToken()));
        }
        return new JsonValue.Fields(values);
    }

    private static JsonValue elements(JsonParser parser) throws MalformedJsonException {
        List<JsonValue> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return new JsonValue.Elements(values);
    }

    private static MalformedJsonException malformed(JacksonException e) {
        TokenStreamLocation where = e.getLocation();
        // A limit that is passed, depth for instance, has no place.
        String place = where == null ? "" : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
        return new MalformedJsonException("not JSON: " + e.getOriginalMessage() + place, e);
    }
}
