package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.regex.Pattern;
import org.ringfence.network.balance.service.Check;

/** Sends a text and waits until the answer has what is looked for (ldirectord(8), "request"). */
final class SimpleTcp {
    private SimpleTcp() {}

    static String hold(Wire wire, Check.Conversation talk) throws IOException {
        wire.say(talk.request().replace("\\n", "\n"));
        var answer = new StringBuilder();
        Pattern wanted = Pattern.compile(talk.receive());
        while (answer.length() < Wire.ANSWER_BYTES_MAX) {
            byte[] piece = wire.some();
            answer.append(new String(piece, ISO_8859_1));
            if (piece.length == 0) {
                break;
            }
            if (wanted.matcher(answer).find()) {
                return Text.shown(answer.toString());
            }
        }
        return Text.require(talk.receive(), answer.toString());
    }
}
