package org.ringfence.daemon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.api.Client;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.model.NodeId;

@Timeout(60)
class LocalServerTest {
    private static final Limits LIMITS = new Limits(4, 100_000, Duration.ofSeconds(20), Duration.ofSeconds(2));
    private static final Request STANDBY = new Request.Standby(new NodeId("n1"), true, false);
    private static final RequestHandler ECHO =
            (caller, request, _) -> new Reply.Done(request.toString(), List.of(caller.toString()));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path socket;

    @BeforeEach
    void name() {
        socket = folder.resolve("run/ringfence.sock");
    }

    private LocalServer open(RequestHandler handler) throws IOException {
        return LocalServer.open(socket, Optional.empty(), handler, LIMITS);
    }

    @Test
    void aRequestReachesTheHandlerWithWhoAsks() throws Exception {
        var asked = new LinkedBlockingQueue<Caller>();
        try (LocalServer _ = open((caller, request, before) -> {
                    asked.add(caller);
                    return ECHO.handle(caller, request, before);
                });
                Client client = Client.connect(socket)) {
            assertThat(client.call(STANDBY))
                    .isInstanceOfSatisfying(
                            Reply.Done.class, done -> assertThat(done.text()).isEqualTo(STANDBY.toString()));
            Caller caller = asked.take();
            assertThat(caller.pid()).isEqualTo((int) ProcessHandle.current().pid());
            assertThat(caller.uid()).isEqualTo((Integer) Files.getAttribute(socket, "unix:uid"));
            assertThat(caller.user()).isEqualTo(System.getProperty("user.name"));
        }
    }

    @Test
    void requestsFollowEachOtherOnOneConnection() throws Exception {
        try (LocalServer _ = open(ECHO);
                Client client = Client.connect(socket)) {
            for (int round = 0; round < 100; round++) {
                assertThat(client.call(STANDBY)).isInstanceOf(Reply.Done.class);
            }
        }
    }

    @Test
    void repliesBeforeTheOutcomeArriveInOrder() throws Exception {
        try (LocalServer _ = open((_, _, before) -> {
                    for (int done = 0; done < 100; done++) {
                        before.send(new Reply.Progress("working", done, 100));
                    }
                    return new Reply.Done("ok", List.of());
                });
                Client client = Client.connect(socket)) {
            List<Reply> before = new ArrayList<>();
            client.call(STANDBY, before::add);
            assertThat(before).hasSize(100).last().isEqualTo(new Reply.Progress("working", 99, 100));
        }
    }

    @Test
    void longWorkIsNotTakenForADeadDaemon() throws Exception {
        try (LocalServer _ = open((_, _, _) -> {
                    Thread.sleep(11_000);
                    return new Reply.Done("at last", List.of());
                });
                Client client = Client.connect(socket)) {
            assertThat(client.call(STANDBY)).isEqualTo(new Reply.Done("at last", List.of()));
        }
    }

    @Test
    void aHandlerLearnsThatItsCallerHasGone() throws Exception {
        var ended = new CountDownLatch(1);
        try (LocalServer _ = open((_, _, before) -> {
            try {
                while (true) {
                    before.send(new Reply.Progress("x".repeat(100_000), 0, 0));
                }
            } finally {
                ended.countDown();
            }
        })) {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                channel.write(bytes("{\"protocol\":1,\"request\":{\"type\":\"Watch\"}}\n"));
                assertThat(channel.read(ByteBuffer.allocate(10))).isPositive();
            }
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aHandlerThatFailsIsAnsweredFor() throws Exception {
        try (LocalServer _ = open((_, _, _) -> {
                    throw new IllegalStateException("broken invariant");
                });
                Client client = Client.connect(socket)) {
            assertThat(client.call(STANDBY))
                    .isInstanceOfSatisfying(
                            Reply.NotDone.class,
                            not -> assertThat(not.problems().getFirst().text())
                                    .contains("the daemon failed over the request", "broken invariant"));
            assertThat(client.call(STANDBY)).isInstanceOf(Reply.NotDone.class);
        }
    }

    @Test
    void whatIsNoRequestIsSaidAndTheNextOneIsAnswered() throws Exception {
        try (LocalServer _ = open(ECHO)) {
            assertThat(talk("GET / HTTP/1.1\n{\"protocol\":1,\"request\":{\"type\":\"Status\"}}\n"))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("\"type\":\"Unusable\"", "the request cannot be read"),
                            second -> assertThat(second).contains("\"type\":\"Done\"", "Status[]"));
        }
    }

    @Test
    void aRequestThatIsTooLongIsRefusedWithoutReadingItAll() throws Exception {
        try (LocalServer _ = open(ECHO);
                Client client = Client.connect(socket)) {
            var load = new Request.ConfigureLoad("x".repeat(5_000_000), "a.xml", "", false, false);
            assertThat(client.call(load))
                    .isInstanceOfSatisfying(
                            Reply.Unusable.class,
                            unusable -> assertThat(
                                            unusable.problems().getFirst().toString())
                                    .isEqualTo("the request has more than 100000 bytes; make it smaller"));
        }
    }

    @Test
    void moreCallersThanThereIsRoomForAreToldSo() throws Exception {
        try (LocalServer _ = open(ECHO)) {
            List<Client> clients = new ArrayList<>();
            for (int count = 0; count < LIMITS.connections(); count++) {
                Client client = Client.connect(socket);
                clients.add(client);
                assertThat(client.call(STANDBY)).isInstanceOf(Reply.Done.class);
            }
            try (Client tooMany = Client.connect(socket)) {
                assertThat(tooMany.call(STANDBY))
                        .isInstanceOfSatisfying(
                                Reply.NotDone.class,
                                not -> assertThat(not.problems().getFirst().text())
                                        .isEqualTo("this node's daemon is busy with 4 callers"));
            }
            clients.forEach(Client::close);
            await().untilAsserted(() -> {
                try (Client again = Client.connect(socket)) {
                    assertThat(again.call(STANDBY)).isInstanceOf(Reply.Done.class);
                }
            });
        }
    }

    @Test
    void aCallerThatTakesNothingIsLetGo() throws Exception {
        var ended = new CountDownLatch(1);
        try (LocalServer _ = open((_, _, before) -> {
                    try {
                        while (true) {
                            before.send(new Reply.Progress("x".repeat(100_000), 0, 0));
                        }
                    } finally {
                        ended.countDown();
                    }
                });
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(bytes("{\"protocol\":1,\"request\":{\"type\":\"Watch\"}}\n"));
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closingLetsAnAnswerOutAndEndsTheRest() throws Exception {
        var begun = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        LocalServer server = open((_, request, _) -> {
            begun.countDown();
            if (request instanceof Request.Shutdown) {
                go.await();
                return new Reply.Done("bye", List.of());
            }
            Thread.sleep(60_000);
            return new Reply.Done("never", List.of());
        });
        var leaving = answerOf(new Request.Shutdown("done"));
        var waiting = answerOf(new Request.Status());
        begun.await();
        go.countDown();
        server.close();
        assertThat(leaving.get(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Done("bye", List.of()));
        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(DaemonUnavailableException.class);
        assertThat(socket).doesNotExist();
        server.close();
    }

    @Test
    void aSocketThatADeadDaemonLeftIsReplaced() throws Exception {
        open(ECHO).close();
        Files.createDirectories(folder.resolve("run"));
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        assertThat(socket).exists();
        try (LocalServer _ = open(ECHO);
                Client client = Client.connect(socket)) {
            assertThat(client.call(STANDBY)).isInstanceOf(Reply.Done.class);
        }
    }

    @Test
    void aSocketThatSomebodyListensOnIsLeftAlone() throws Exception {
        try (LocalServer _ = open(ECHO)) {
            assertThatThrownBy(() -> open(ECHO))
                    .isInstanceOf(IOException.class)
                    .hasMessage("another daemon listens at " + socket
                            + ": stop it first, or give this one a socket of its own with --socket");
            try (Client client = Client.connect(socket)) {
                assertThat(client.call(STANDBY)).isInstanceOf(Reply.Done.class);
            }
        }
        try (var foreign = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            foreign.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> open(ECHO)).hasMessageStartingWith("another daemon listens at " + socket);
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws Exception {
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(socket, "precious");
        assertThatThrownBy(() -> open(ECHO)).hasMessageStartingWith(socket + " is in the way");
        assertThat(socket).hasContent("precious");
    }

    @Test
    void onlyTheOwnerAndTheGroupMayOpenTheSocket() throws Exception {
        try (LocalServer _ = open(ECHO)) {
            assertThat(mode()).isEqualTo("rw-------");
        }
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a socket to any group");
        try (LocalServer _ = LocalServer.open(socket, Optional.of("daemon"), ECHO, LIMITS)) {
            assertThat(mode()).isEqualTo("rw-rw----");
            assertThat(Files.getAttribute(socket, "unix:gid")).isEqualTo(1);
        }
    }

    @Test
    void aGroupThatDoesNotExistIsSaid() {
        assertThatThrownBy(() -> LocalServer.open(socket, Optional.of("no-such-group"), ECHO, LIMITS))
                .hasMessage("there is no group no-such-group: make it with 'groupadd --system no-such-group'");
        assertThat(socket).doesNotExist();
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(socket));
    }

    private CompletableFuture<Reply.Outcome> answerOf(Request request) {
        var answer = new CompletableFuture<Reply.Outcome>();
        Thread.ofVirtual().start(() -> {
            try (Client client = Client.connect(socket)) {
                answer.complete(client.call(request));
            } catch (DaemonUnavailableException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private List<String> talk(String text) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(bytes(text));
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
