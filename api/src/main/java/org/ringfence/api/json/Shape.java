package org.ringfence.api.json;

import tools.jackson.core.JsonGenerator;

/** How values of one Java type stand in JSON. Safe for use by many threads. */
interface Shape {

    void write(Object value, JsonGenerator out);

    /** @param where the path of the value, for messages: {@code request.node} */
    Object read(JsonValue json, String where) throws MalformedJsonException;

    /** What a missing field reads as. */
    default Object missing(String where) throws MalformedJsonException {
        throw new MalformedJsonException(where + " is missing");
    }

    static MalformedJsonException expected(String what, JsonValue found, String where) {
        return new MalformedJsonException(where + " must be " + what + ", not " + found.kind());
    }
}
