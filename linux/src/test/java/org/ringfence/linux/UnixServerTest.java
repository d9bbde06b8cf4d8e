package org.ringfence.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UnixServerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aCallerIsKnownByItsNumbers() throws Exception {
        Path socket = folder.resolve("s");
        try (UnixServer server = UnixServer.listen(socket, 8);
                SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                UnixConnection connection = server.accept()) {
            assertThat(connection.peer().pid())
                    .isEqualTo((int) ProcessHandle.current().pid());
            assertThat(connection.peer().uid()).isEqualTo((Integer) Files.getAttribute(socket, "unix:uid"));
            assertThat(connection.peer().gid()).isEqualTo((Integer) Files.getAttribute(socket, "unix:gid"));
        }
    }

    @Test
    void anotherUsersProcessIsToldApart() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can begin a process as another user");
        Path socket = folder.resolve("s");
        try (UnixServer server = UnixServer.listen(socket, 8)) {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            Process caller = Knock.asNobody(folder, socket, 1234);
            try (UnixConnection connection = server.accept()) {
                assertThat(connection.peer()).isEqualTo(new PeerCredentials((int) caller.pid(), 65534, 1234));
                assertThat(line(connection)).isEqualTo("knock");
            }
            assertThat(caller.waitFor()).isZero();
        }
    }

    @Test
    void whatIsSentArrivesBothWays() throws Exception {
        byte[] much = "0123456789".repeat(300_000).getBytes(UTF_8);
        Path socket = folder.resolve("s");
        try (UnixServer server = UnixServer.listen(socket, 8);
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                UnixConnection connection = server.accept()) {
            Thread sending = Thread.ofPlatform().start(() -> {
                try (connection) {
                    connection.write(much);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(Channels.newInputStream(channel).readAllBytes()).isEqualTo(much);
            sending.join();
        }
        try (UnixServer server = UnixServer.listen(folder.resolve("t"), 8);
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("t")));
                UnixConnection connection = server.accept()) {
            CompletableFuture<byte[]> all = CompletableFuture.supplyAsync(() -> readAll(connection));
            channel.write(ByteBuffer.wrap(much));
            channel.shutdownOutput();
            assertThat(all.join()).isEqualTo(much);
        }
    }

    @Test
    void silenceEndsAtTheTimeout() throws Exception {
        Path socket = folder.resolve("s");
        try (UnixServer server = UnixServer.listen(socket, 8);
                SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                UnixConnection connection = server.accept()) {
            connection.readTimeout(Duration.ofMillis(50));
            assertThatThrownBy(() -> connection.read(new byte[10])).isInstanceOf(SocketTimeoutException.class);
            connection.writeTimeout(Duration.ofMillis(50));
            assertThatThrownBy(() -> connection.write(new byte[10_000_000])).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        Path socket = folder.resolve("s");
        UnixServer server = UnixServer.listen(socket, 8);
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            UnixConnection connection = server.accept();
            var accepting = failureOf(() -> server.accept().close());
            var reading = failureOf(() -> connection.read(new byte[1]));
            Thread.sleep(100);
            connection.close();
            server.close();
            assertThat(accepting.join()).isInstanceOf(ClosedChannelException.class);
            assertThat(reading.join()).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(server::accept).isInstanceOf(ClosedChannelException.class);
            server.close();
        }
    }

    @Test
    void aNameThatIsTakenOrTooLongIsRefused() throws Exception {
        Path taken = Files.createFile(folder.resolve("taken"));
        assertThatThrownBy(() -> UnixServer.listen(taken, 8))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE))
                .hasMessage("bind: Address already in use");
        assertThatThrownBy(() -> UnixServer.listen(folder.resolve("x".repeat(120)), 8))
                .hasMessageContaining("at most 107 bytes");
    }

    @Test
    void writingToACallerWhoLeftFails() throws Exception {
        Path socket = folder.resolve("s");
        try (UnixServer server = UnixServer.listen(socket, 8)) {
            SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
            try (UnixConnection connection = server.accept()) {
                assertThat(connection.read(new byte[10])).isEqualTo(-1);
                assertThatThrownBy(() -> connection.write(new byte[10])).isInstanceOf(ErrnoException.class);
            }
        }
    }

    private interface Attempt {
        void make() throws IOException;
    }

    private static CompletableFuture<Throwable> failureOf(Attempt attempt) {
        var failure = new CompletableFuture<Throwable>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                attempt.make();
                failure.complete(new AssertionError("it did not fail"));
            } catch (IOException e) {
                failure.complete(e);
            }
        });
        return failure;
    }

    private static byte[] readAll(UnixConnection connection) {
        var all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = connection.read(buffer); count >= 0; count = connection.read(buffer)) {
                all.write(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return all.toByteArray();
    }

    private static String line(UnixConnection connection) throws IOException {
        byte[] buffer = new byte[100];
        int count = connection.read(buffer);
        return new String(Arrays.copyOf(buffer, count), UTF_8).strip();
    }
}
