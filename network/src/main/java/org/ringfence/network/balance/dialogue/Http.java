package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.Endpoint;

/** Asks for a page (RFC 9112) and looks for a text in it. A status other than 2xx is a failure, a redirection too. */
final class Http {
    private static final int HEADERS_MAX = 200;

    private Http() {}

    /** The path within the server; the manual page lets it begin with or without a slash. */
    static String page(Wire wire, Check.Conversation talk) throws IOException {
        String request = talk.request();
        String host = talk.virtualHost().orElse(defaultHost(wire.endpoint()));
        if (request.startsWith("http://") || request.startsWith("https://")) {
            int begin = request.indexOf("://") + 3;
            int slash = request.indexOf('/', begin);
            host = talk.virtualHost().orElse(request.substring(begin, slash < 0 ? request.length() : slash));
            request = slash < 0 ? "/" : request.substring(slash);
        }
        return ask(wire, talk, request.startsWith("/") ? request : "/" + request, host);
    }

    /** An absolute address, asked of a proxy. */
    static String proxied(Wire wire, Check.Conversation talk) throws IOException {
        String request = talk.request();
        int begin = request.indexOf("://") + 3;
        int slash = request.indexOf('/', begin);
        if (begin < 3) {
            throw new FailedCheckException("cannot be asked: the request of http_proxy must be http://HOST/...");
        }
        String host = request.substring(begin, slash < 0 ? request.length() : slash);
        return ask(wire, talk, request, talk.virtualHost().orElse(host));
    }

    private static String defaultHost(Endpoint endpoint) {
        String text = endpoint.toString();
        return text.substring(0, text.lastIndexOf(':'));
    }

    private static String ask(Wire wire, Check.Conversation talk, String what, String host) throws IOException {
        wire.say(talk.method() + " " + what + " HTTP/1.1\r\nHost: " + host
                + "\r\nUser-Agent: ringfence-balance\r\nAccept: */*\r\nConnection: close\r\n\r\n");
        String status = wire.expect("HTTP/");
        Map<String, String> headers = headers(wire);
        String[] words = status.split(" ", 3);
        if (words.length < 2 || !words[1].startsWith("2")) {
            String where =
                    headers.containsKey("location") ? ", to " + Text.shown(headers.getOrDefault("location", "")) : "";
            throw new FailedCheckException("says '" + Text.shown(status) + "'" + where);
        }
        String body = talk.method() == Check.HttpMethod.HEAD ? "" : body(wire, headers);
        Text.require(talk.receive(), body);
        return Text.shown(status);
    }

    private static Map<String, String> headers(Wire wire) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = wire.line(); !line.isEmpty(); line = wire.line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            if (headers.size() > HEADERS_MAX) {
                throw new FailedCheckException("sends headers without end");
            }
        }
        return headers;
    }

    private static String body(Wire wire, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            return chunked(wire);
        }
        String length = headers.get("content-length");
        if (length == null) {
            return wire.rest();
        }
        try {
            long count = Math.min(Long.parseLong(length), Wire.ANSWER_BYTES_MAX);
            return new String(wire.read((int) count), ISO_8859_1);
        } catch (NumberFormatException noNumber) {
            throw new FailedCheckException("has the length '" + Text.shown(length) + "'");
        }
    }

    private static String chunked(Wire wire) throws IOException {
        var body = new StringBuilder();
        while (body.length() < Wire.ANSWER_BYTES_MAX) {
            String line = wire.line();
            int count;
            try {
                count = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
            } catch (NumberFormatException noNumber) {
                throw new FailedCheckException("has a piece of the length '" + Text.shown(line) + "'");
            }
            if (count == 0) {
                break;
            }
            body.append(new String(wire.read(count), ISO_8859_1));
            wire.line();
        }
        return body.toString();
    }
}
