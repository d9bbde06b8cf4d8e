package org.ringfence.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringfence.api.json.JsonText;
import org.ringfence.api.json.JsonValue;
import org.ringfence.api.json.MalformedJsonException;
import org.ringfence.api.json.RecordJson;

/** The schema that docs publish is that of what {@code ringfence status --json} prints. */
class StatusSchemaTest {
    private static final Path PUBLISHED = Path.of("..", "docs", "status.schema.json");
    private static final Map<String, Object> SCHEMA =
            StatusSchema.of(StatusReply.class, "What 'ringfence status --json' prints");

    @Test
    void itIsTheOneThatIsPublished() throws IOException {
        String written = StatusSchema.text(SCHEMA, "") + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PUBLISHED, written);
        }
        assertEquals(
                Files.readString(PUBLISHED),
                written,
                "look at the difference, then write it anew with -Dgolden.update=true");
    }

    @Test
    void whatIsPrintedFollowsIt() throws MalformedJsonException {
        byte[] printed = RecordJson.of(Reply.class).build().write(Samples.status());
        assertFollows(SCHEMA, JsonText.parse(printed), "status");
    }

    @Test
    void whatDoesNotFollowItIsFound() throws MalformedJsonException {
        JsonValue wrong = JsonText.parse("{\"type\":\"StatusReply\"}".getBytes(StandardCharsets.UTF_8));
        assertTrue(!follows(SCHEMA, wrong, "status"), "required fields are missing");
    }

    private static void assertFollows(Object schema, JsonValue value, String where) {
        assertTrue(follows(schema, value, where), where + " does not follow the schema");
    }

    /** The words of JSON Schema that are used here. */
    private static boolean follows(Object given, JsonValue value, String where) {
        Map<?, ?> schema = (Map<?, ?>) given;
        if (schema.get("$ref") instanceof String reference) {
            Map<?, ?> definitions = (Map<?, ?>) part(SCHEMA, "$defs");
            return follows(part(definitions, reference.substring("#/$defs/".length())), value, where);
        }
        if (schema.get("anyOf") instanceof List<?> some) {
            return some.stream().anyMatch(one -> follows(one, value, where));
        }
        if (schema.get("enum") instanceof List<?> names) {
            return value instanceof JsonValue.Text(String text) && names.contains(text);
        }
        if (schema.containsKey("const")) {
            return value instanceof JsonValue.Text(String text) && text.equals(schema.get("const"));
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "null" -> value instanceof JsonValue.Nothing;
            case "string" -> value instanceof JsonValue.Text;
            case "integer" -> value instanceof JsonValue.Digits;
            case "boolean" -> value instanceof JsonValue.Truth;
            case "array" ->
                value instanceof JsonValue.Elements(List<JsonValue> elements)
                        && elements.stream().allMatch(each -> follows(part(schema, "items"), each, where));
            case "object" -> value instanceof JsonValue.Fields(var fields) && fieldsFollow(schema, fields, where);
            default -> throw new IllegalArgumentException(where + ": " + schema);
        };
    }

    private static Object part(Map<?, ?> schema, String name) {
        return Objects.requireNonNull(schema.get(name), name);
    }

    private static boolean fieldsFollow(Map<?, ?> schema, Map<String, JsonValue> fields, String where) {
        if (schema.containsKey("additionalProperties")) {
            Object each = part(schema, "additionalProperties");
            return fields.values().stream().allMatch(field -> follows(each, field, where));
        }
        Map<?, ?> properties = (Map<?, ?>) part(schema, "properties");
        return fields.keySet().containsAll((List<?>) part(schema, "required"))
                && fields.entrySet().stream()
                        .allMatch(field -> properties.containsKey(field.getKey())
                                && follows(
                                        part(properties, field.getKey()),
                                        field.getValue(),
                                        where + "." + field.getKey()));
    }
}
