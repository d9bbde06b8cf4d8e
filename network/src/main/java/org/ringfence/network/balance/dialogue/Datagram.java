package org.ringfence.network.balance.dialogue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.ringfence.network.balance.service.Endpoint;

/** A question in one packet and its answer in another. The question is asked again while no answer comes, as packets get lost. */
final class Datagram {
    private static final int AGAIN_MS = 1_000;
    private static final int BYTES_MAX = 65_535;

    private Datagram() {}

    /** How a question is put once it is known from where. */
    interface Question {
        byte[] from(DatagramSocket socket);
    }

    /** @param isAnswer other packets are passed over */
    static byte[] ask(Endpoint endpoint, Deadline deadline, Question question, Predicate<byte[]> isAnswer)
            throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(endpoint.socketAddress());
            byte[] asked = question.from(socket);
            while (true) {
                socket.send(new DatagramPacket(asked, asked.length));
                long until = System.nanoTime() / 1_000_000 + Math.min(AGAIN_MS, deadline.leftMs());
                while (until > System.nanoTime() / 1_000_000) {
                    socket.setSoTimeout((int) Math.max(1, until - System.nanoTime() / 1_000_000));
                    byte[] answer = receive(socket);
                    if (answer.length > 0 && isAnswer.test(answer)) {
                        return answer;
                    }
                }
                // Throws when there is no time left.
                deadline.leftMs();
            }
        } catch (PortUnreachableException nobody) {
            throw new FailedCheckException("nobody listens there");
        }
    }

    /** @return empty when none came in time */
    private static byte[] receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[BYTES_MAX], BYTES_MAX);
        try {
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        } catch (SocketTimeoutException late) {
            return new byte[0];
        }
    }
}
