package org.ringfence.network.balance.dialogue;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringfence.network.balance.service.Check;

/** Logs in, and fetches a file when one is named (RFC 959, and EPSV of RFC 2428, which serves IPv4 and IPv6). */
final class Ftp {
    private static final Pattern EXTENDED = Pattern.compile("\\(\\|\\|\\|(\\d{1,5})\\|\\)");

    private Ftp() {}

    static String hold(Wire wire, Check.Conversation talk) throws IOException {
        String greeting = wire.reply("2");
        wire.say("USER " + (talk.login().isEmpty() ? "anonymous" : talk.login()) + "\r\n");
        String answer = wire.reply("23");
        if (answer.startsWith("3")) {
            String password = talk.password().isEmpty() ? "ringfence@" + Text.hostName() : talk.password();
            wire.say("PASS " + password + "\r\n");
            greeting = wire.reply("2");
        }
        if (!talk.request().isEmpty()) {
            greeting = Text.require(talk.receive(), fetch(wire, talk.request()));
        }
        wire.say("QUIT\r\n");
        return Text.shown(greeting);
    }

    private static String fetch(Wire wire, String file) throws IOException {
        wire.say("TYPE I\r\n");
        wire.reply("2");
        wire.say("EPSV\r\n");
        Matcher port = EXTENDED.matcher(wire.reply("2"));
        if (!port.find() || Integer.parseInt(port.group(1)) > 65_535) {
            throw new FailedCheckException("names no port for the file");
        }
        try (Wire data = Wire.connect(wire.endpoint().withPort(Integer.parseInt(port.group(1))), wire.deadline())) {
            wire.say("RETR " + file + "\r\n");
            wire.reply("1");
            String text = data.rest();
            wire.reply("2");
            return text;
        }
    }
}
