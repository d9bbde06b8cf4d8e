package org.ringfence.engine.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import jdk.net.ExtendedSocketOptions;
import org.jgroups.Address;
import org.jgroups.blocks.cs.TcpConnection;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;

/**
 * One JGroups connection with a peer, with our frames on it: greetings, then numbered messages. Two virtual threads of its
 * own, one that reads and one that writes; they end with it.
 */
final class PeerConnection extends TcpConnection implements Outbox.Writer {
    /** A stranger who says nothing is not waited for longer than that. */
    static final int GREETING_MILLIS = 3_000;

    private final ClusterServer owner;
    private final boolean dialled;
    private final CountDownLatch decided = new CountDownLatch(1);
    private final AtomicBoolean reported = new AtomicBoolean();
    private final long opened = System.nanoTime();
    private volatile boolean greeted;
    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
    private volatile @Nullable Association association;
    private volatile @Nullable NodeId node;
    private volatile boolean quietEnd;

    /** To be connected by {@link ClusterServer#connect}. */
    PeerConnection(Address peer, ClusterServer server) throws Exception {
        super(peer, server);
        this.owner = server;
        this.dialled = true;
        prepare();
    }

    /** One that was accepted. */
    PeerConnection(Socket socket, ClusterServer server) throws Exception {
        super(socket, server);
        this.owner = server;
        this.dialled = false;
        prepare();
    }

    private void prepare() throws IOException {
        sock.setSoTimeout(GREETING_MILLIS);
        // An idle connection that a firewall forgot is noticed in some 20 s; heartbeats go another way.
        sock.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 10);
        sock.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 2);
        sock.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 5);
    }

    @Override
    public void start() {
        Thread.ofVirtual().name("read " + peer_addr).start(this::read);
    }

    /** Whether the other side has said who it is, or this side is the one that dialled. */
    boolean isKnown() {
        return dialled || greeted;
    }

    long openedAt() {
        return opened;
    }

    boolean isDialled() {
        return dialled;
    }

    /** Who is at the other end, as far as is known. */
    @Nullable
    NodeId node() {
        return node;
    }

    /** The other end's address, without its port. */
    String remoteHost() {
        return sock.getInetAddress() == null ? "nowhere" : sock.getInetAddress().getHostAddress();
    }

    /** Remembers who is at the other end. */
    void isWith(NodeId peer) {
        node = peer;
    }

    /** Whether somebody answered at all. */
    boolean wasReached() {
        return sock.isConnected(); // which stays true once it was
    }

    /** Why it was closed, for an operator. */
    String reason() {
        String known = reason.get();
        return known == null ? "closed by the peer" : known;
    }

    /** Whether the other side just hung up, as a probe or a process that ends does. */
    boolean endedQuietly() {
        return quietEnd;
    }

    /** What its messages belong to; set once, before the reader passes on any. */
    void belongsTo(Association present) throws SocketException {
        sock.setSoTimeout(0);
        association = present;
        decided.countDown();
    }

    /** Writes {@code greeting} if any, then the association's messages, on a thread of its own. */
    void startWriting(Association present, @Nullable Greeting greeting) {
        Thread.ofVirtual().name("write " + peer_addr).start(() -> {
            try {
                if (greeting != null) {
                    write(greeting);
                }
                for (Outbox.Frame frame = present.outbox.take(this); frame != null; frame = present.outbox.take(this)) {
                    write(frame);
                }
            } catch (IOException e) {
                fail(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** From the one thread that writes at the time. */
    void write(Greeting greeting) throws IOException {
        byte[] bytes = greeting.toBytes();
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    private void write(Outbox.Frame frame) throws IOException {
        byte[] payload = frame.payload;
        out.writeInt(FrameType.HEADER + (payload == null ? 0 : payload.length));
        out.writeByte(payload == null ? FrameType.LEAVE : FrameType.MESSAGE);
        out.writeLong(frame.sequence);
        if (payload != null) {
            out.write(payload);
        }
        out.flush();
    }

    private void read() {
        try {
            greeted();
            Association present = awaitAssociation();
            while (present != null && !isClosed()) {
                readFrame(present);
            }
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reportAndClose();
        }
    }

    private void greeted() throws IOException {
        int length = in.readInt();
        if (length < 1 || length > Greeting.LONGEST) {
            throw new IOException(Greeting.NOT_OURS);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        Greeting greeting = Greeting.fromBytes(bytes);
        greeted = true;
        owner.greeted(this, greeting);
    }

    private @Nullable Association awaitAssociation() throws InterruptedException {
        decided.await();
        return association;
    }

    private void readFrame(Association present) throws IOException, InterruptedException {
        int length = in.readInt();
        if (length < FrameType.HEADER || length - FrameType.HEADER > owner.messageBytesMax()) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte type = in.readByte();
        long sequence = in.readLong();
        byte @Nullable [] payload = null;
        switch (type) {
            case FrameType.MESSAGE -> {
                payload = new byte[length - FrameType.HEADER];
                in.readFully(payload);
            }
            case FrameType.LEAVE -> in.skipNBytes(length - FrameType.HEADER);
            default -> throw new IOException("a frame of type " + type);
        }
        present.lastFrame = System.nanoTime();
        owner.frame(this, present, sequence, payload);
    }

    /** Closes it because of {@code cause}. */
    void fail(Exception cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            quietEnd |= each instanceof EOFException || each instanceof SocketException;
        }
        reason.compareAndSet(null, inOneLine(cause));
        reportAndClose();
    }

    private static String inOneLine(Exception cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("");
        if (cause instanceof SSLException) {
            return "no TLS with the cluster's key (" + message + ")";
        }
        if (cause instanceof EOFException) {
            return "closed by the peer";
        }
        return message.isEmpty() ? cause.getClass().getSimpleName() : message;
    }

    private void reportAndClose() {
        decided.countDown();
        // The report first: closing may take a while, and who watches the peer wants to know at once.
        if (reported.compareAndSet(false, true)) {
            owner.closed(this);
        }
        doClose();
    }

    /** Closes without waiting: TLS may want to say goodbye to a peer that does not read. */
    void closeSoon(String why) {
        reason.compareAndSet(null, why);
        Thread.ofVirtual().start(this::reportAndClose);
    }

    /** Without JGroups' graceful word, which could wait for a peer that does not read. */
    @Override
    public void close(boolean graceful) {
        reportAndClose();
    }
}
