package org.ringfence.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.model.NodeId;

@Timeout(30)
class ClientTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void withoutADaemonItSaysHowToStartOne() {
        Path nowhere = folder.resolve("ringfence.sock");
        assertThatThrownBy(() -> Client.connect(nowhere))
                .isInstanceOf(DaemonUnavailableException.class)
                .hasMessageStartingWith("no Ringfence daemon listens at " + nowhere + ": start it with ");
    }

    @Test
    void aSocketThatIsLeftOverSaysHowToStartTheDaemon() throws IOException {
        Path stale = folder.resolve("ringfence.sock");
        listen(stale).close();
        assertThat(stale).exists();
        assertThatThrownBy(() -> Client.connect(stale))
                .isInstanceOf(DaemonUnavailableException.class)
                .hasMessageStartingWith("no Ringfence daemon answers at " + stale);
    }

    @Test
    void aFileThatIsNoSocketIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> Client.connect(file)).isInstanceOf(DaemonUnavailableException.class);
    }

    @Test
    void aPathThatNoSocketCanHaveIsSaid() {
        Path deep = folder.resolve("x".repeat(120));
        assertThatThrownBy(() -> Client.connect(deep)).isInstanceOf(DaemonUnavailableException.class);
    }

    @Test
    void whatComesBeforeTheOutcomeIsGivenAsItComes() throws Exception {
        var progress = new Reply.Progress("one", 1, 2);
        var done = new Reply.Done("ok", List.of());
        byte[] answer = ("\n" + text(progress, false) + "\n\n" + text(done, true) + "\n").getBytes(UTF_8);
        try (var server = listen(folder.resolve("s"))) {
            Thread answering = answer(server, answer);
            List<Reply> before = new ArrayList<>();
            try (Client client = Client.connect(folder.resolve("s"))) {
                assertThat(client.call(new Request.Status(), before::add)).isEqualTo(done);
            }
            assertThat(before).containsExactly(progress);
            answering.join();
        }
    }

    @Test
    void aLongAnswerArrivesWhole() throws Exception {
        var done = new Reply.Done("x".repeat(3_000_000), List.of("ü".repeat(100_000)));
        try (var server = listen(folder.resolve("s"))) {
            Thread answering = answer(server, (text(done, true) + "\n").getBytes(UTF_8));
            try (Client client = Client.connect(folder.resolve("s"))) {
                assertThat(client.call(new Request.Status())).isEqualTo(done);
            }
            answering.join();
        }
    }

    @Test
    void aDaemonThatDiesOverAChangeLeavesItInDoubt() throws Exception {
        try (var server = listen(folder.resolve("s"))) {
            Thread answering = answer(server, "{\"protocol\":1,".getBytes(UTF_8));
            try (Client client = Client.connect(folder.resolve("s"))) {
                assertThatThrownBy(() -> client.call(new Request.Standby(new NodeId("n1"), true, false)))
                        .isInstanceOf(DaemonUnavailableException.class)
                        .hasMessageContaining(
                                "closed the connection before it had answered; what was asked may have been done");
            }
            answering.join();
        }
    }

    @Test
    void anAnswerThatIsNotOursIsSaid() throws Exception {
        try (var server = listen(folder.resolve("s"))) {
            Thread answering = answer(server, "HTTP/1.1 400 Bad Request\n".getBytes(UTF_8));
            try (Client client = Client.connect(folder.resolve("s"))) {
                assertThatThrownBy(() -> client.call(new Request.History(Optional.empty(), Optional.empty())))
                        .isInstanceOf(DaemonUnavailableException.class)
                        .hasMessageContaining("answered with not JSON");
            }
            answering.join();
        }
    }

    private static String text(Reply reply, boolean last) {
        return new String(Lines.write(reply, last), UTF_8);
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }

    /** Takes one connection, reads a request's line, answers with {@code bytes} and closes. */
    private static Thread answer(ServerSocketChannel server, byte[] bytes) {
        return Thread.ofVirtual().start(() -> {
            try (SocketChannel channel = server.accept()) {
                ByteBuffer one = ByteBuffer.allocate(1);
                do {
                    one.clear();
                } while (channel.read(one) > 0 && one.get(0) != '\n');
                ByteBuffer out = ByteBuffer.wrap(bytes);
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
