package org.ringfence.cli.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.ringfence.api.Lines;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.json.MalformedJsonException;

/** A daemon's local socket that answers every request as it is told to, the last reply last. */
public final class FakeNode implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Function<Request, List<? extends Reply>> answers;
    private final Thread thread;

    public FakeNode(Path socket, Function<Request, List<? extends Reply>> answers) throws IOException {
        this.socket = socket;
        this.answers = answers;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        this.thread = Thread.ofPlatform().name("fake node").start(this::serve);
    }

    public static FakeNode answering(Path socket, Reply... replies) throws IOException {
        return new FakeNode(socket, _ -> List.of(replies));
    }

    public Path socket() {
        return socket;
    }

    /** What was asked so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel caller = server.accept()) {
                    answer(caller);
                }
            }
        } catch (ClosedChannelException _) {
            // closed by the test: there is nobody left to serve
        } catch (IOException | MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(SocketChannel caller) throws IOException, MalformedJsonException {
        InputStream in = Channels.newInputStream(caller);
        byte[] line = line(in);
        while (line.length > 0) {
            Request request = Lines.readRequest(line);
            requests.add(request);
            List<? extends Reply> replies = answers.apply(request);
            for (int index = 0; index < replies.size(); index++) {
                write(caller, Lines.write(replies.get(index), index == replies.size() - 1));
            }
            line = line(in);
        }
    }

    private static byte[] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.write(read);
        }
        return line.toByteArray();
    }

    private static void write(SocketChannel caller, byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line);
        if (line[line.length - 1] != '\n') {
            bytes.put((byte) '\n');
        }
        bytes.flip();
        while (bytes.hasRemaining()) {
            caller.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the fake node was ending", e);
        }
    }
}
