package org.ringfence.engine.embedded;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/** Passes datagrams on from one endpoint to another. */
final class UdpPass implements AutoCloseable {
    private final DatagramSocket socket;

    UdpPass(Endpoint at, Endpoint to) throws IOException {
        socket = new DatagramSocket(at.resolve());
        InetSocketAddress target = to.resolve();
        Thread.ofVirtual().start(() -> pass(target));
    }

    private void pass(InetSocketAddress target) {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        try {
            while (true) {
                socket.receive(packet);
                packet.setSocketAddress(target);
                socket.send(packet);
            }
        } catch (IOException e) {
            socket.close();
        }
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() {
        socket.close();
    }
}
