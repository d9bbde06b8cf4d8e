package org.ringfence.cli.setup;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Carries the messages of a TLS handshake between two engines until both are done. */
final class Handshake {
    private static final int ROUNDS_MOST = 50;

    private final ByteBuffer toServer = ByteBuffer.allocate(64 << 10);
    private final ByteBuffer toClient = ByteBuffer.allocate(64 << 10);

    private Handshake() {}

    static void complete(SSLEngine client, SSLEngine server) throws SSLException {
        var handshake = new Handshake();
        client.beginHandshake();
        server.beginHandshake();
        for (int round = 0; round < ROUNDS_MOST; round++) {
            handshake.turn(client, handshake.toClient, handshake.toServer);
            handshake.turn(server, handshake.toServer, handshake.toClient);
            if (done(client) && done(server)) {
                return;
            }
        }
        throw new SSLException("no agreement after " + ROUNDS_MOST + " rounds");
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private void turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(64 << 10));
                in.compact();
            }
        }
    }
}
