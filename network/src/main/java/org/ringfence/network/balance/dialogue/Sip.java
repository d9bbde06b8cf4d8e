package org.ringfence.network.balance.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.Endpoint;

/** Asks for the server's options (RFC 3261, section 11), from and to the login. Any 2xx is good. */
final class Sip {
    private Sip() {}

    static String overUdp(Endpoint endpoint, Deadline deadline, Check.Conversation talk) throws IOException {
        byte[] answer = Datagram.ask(
                endpoint,
                deadline,
                socket -> request(talk, "UDP", Endpoint.text(socket.getLocalAddress()), socket.getLocalPort())
                        .getBytes(UTF_8),
                bytes -> !status(new String(bytes, UTF_8)).startsWith("SIP/2.0 1"));
        return judge(status(new String(answer, UTF_8)));
    }

    static String overTcp(Wire wire, Check.Conversation talk) throws IOException {
        wire.say(request(talk, "TCP", wire.localAddress(), wire.localPort()));
        String line = wire.line();
        while (!line.startsWith("SIP/2.0 ") || line.startsWith("SIP/2.0 1")) {
            line = wire.line();
        }
        return judge(line);
    }

    private static String status(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static String judge(String status) throws FailedCheckException {
        if (!status.startsWith("SIP/2.0 2")) {
            throw new FailedCheckException("says '" + Text.shown(status) + "'");
        }
        return Text.shown(status);
    }

    static String request(Check.Conversation talk, String transport, String local, int port) {
        String who = talk.login().isEmpty() ? "ringfence@" + Text.hostName() : talk.login();
        String here = local.contains(":") ? "[" + local + "]" : local;
        return "OPTIONS sip:" + who + " SIP/2.0\r\nVia: SIP/2.0/" + transport + " " + here + ":" + port
                + ";branch=z9hG4bKringfence" + port + ";rport\r\nMax-Forwards: 70\r\nTo: <sip:" + who
                + ">\r\nFrom: <sip:"
                + who + ">;tag=ringfence" + port + "\r\nCall-ID: ringfence-" + port + "@" + here
                + "\r\nCSeq: 1 OPTIONS\r\nContact: <sip:" + here + ":" + port
                + ">\r\nAccept: application/sdp\r\nContent-Length: 0\r\n\r\n";
    }
}
