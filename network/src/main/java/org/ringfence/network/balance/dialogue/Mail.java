package org.ringfence.network.balance.dialogue;

import java.io.IOException;
import org.ringfence.network.balance.service.Check;

/** SMTP and submission (RFC 5321, 6409), POP3 (RFC 1939), IMAP (RFC 9051), and NNTP (RFC 3977), which is like them. */
final class Mail {
    private Mail() {}

    static String smtp(Wire wire, Check.Conversation talk) throws IOException {
        String greeting = wire.reply("2");
        wire.say("EHLO " + Text.hostName() + "\r\n");
        wire.reply("2");
        wire.say("QUIT\r\n");
        return Text.shown(greeting);
    }

    static String pop(Wire wire, Check.Conversation talk) throws IOException {
        String greeting = wire.expect("+OK");
        if (!talk.login().isEmpty()) {
            wire.say("USER " + talk.login() + "\r\n");
            wire.expect("+OK");
            wire.say("PASS " + talk.password() + "\r\n");
            greeting = wire.expect("+OK");
        }
        wire.say("QUIT\r\n");
        return Text.shown(greeting);
    }

    static String imap(Wire wire, Check.Conversation talk) throws IOException {
        String greeting = wire.expect("* OK");
        if (!talk.login().isEmpty()) {
            wire.say("a LOGIN " + quoted(talk.login()) + " " + quoted(talk.password()) + "\r\n");
            greeting = tagged(wire, "a ");
        }
        wire.say("b LOGOUT\r\n");
        return Text.shown(greeting);
    }

    private static String tagged(Wire wire, String tag) throws IOException {
        String line = wire.line();
        while (!line.startsWith(tag)) {
            line = wire.line();
        }
        if (!line.startsWith(tag + "OK")) {
            throw new FailedCheckException("says '" + Text.shown(line) + "'");
        }
        return line;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static String nntp(Wire wire, Check.Conversation talk) throws IOException {
        String greeting = wire.reply("2");
        wire.say("QUIT\r\n");
        return Text.shown(greeting);
    }
}
