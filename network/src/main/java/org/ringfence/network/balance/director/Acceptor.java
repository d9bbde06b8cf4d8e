package org.ringfence.network.balance.director;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Takes connections of one service on one loop. While there are too many, or it is not known yet if somebody serves, it takes none, and
 * they wait in the kernel's queue.
 */
final class Acceptor implements Ready {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());

    /** At one time, so that those who are connected already have their turn. */
    private static final int BATCH = 16;

    private final Loop loop;
    private final Port port;
    private final ServerSocketChannel listener;
    private final SelectionKey key;

    /** On the loop's thread. */
    Acceptor(Loop loop, Port port, ServerSocketChannel listener) throws IOException {
        this.loop = loop;
        this.port = port;
        this.listener = listener;
        this.key = listener.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
        loop.add(this);
    }

    Port port() {
        return port;
    }

    @Override
    public void ready() {
        for (int i = 0; i < BATCH; i++) {
            if (port.isPending() || !loop.admit()) {
                pause();
                return;
            }
            SocketChannel client = null;
            try {
                client = listener.accept();
            } catch (ClosedChannelException closed) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "{0} is not listened on any more",
                        port.service().id());
            } catch (IOException refused) {
                // No descriptors are left, as a rule; those who connected wait.
                LOG.log(
                        System.Logger.Level.WARNING,
                        "no connection of {0} is taken for a second: {1}",
                        port.service().id(),
                        refused.getMessage());
                pause();
            }
            if (client == null) {
                loop.connectionEnded();
                return;
            }
            Relay.begin(loop, port, client);
        }
    }

    private void pause() {
        if (key.isValid()) {
            key.interestOps(0);
        }
    }

    @Override
    public void tick(long now) {
        resume();
    }

    /** Looks whether it may take connections again. */
    void resume() {
        if (key.isValid() && key.interestOps() == 0) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    /** Leaves this loop; who opened the listener closes it. */
    @Override
    public void close() {
        key.cancel();
        loop.remove(this);
    }
}
