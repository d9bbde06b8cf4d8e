package org.ringfence.network.balance.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.network.balance.check.Answer;
import org.ringfence.network.balance.check.Attempt;
import org.ringfence.network.balance.check.Subject;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.table.Tables;

/** Dialogues in lines of text, each with a server that follows a script. */
@Timeout(30)
class DialoguesTest {
    private static final String EHLO = "EHLO " + Text.hostName();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service=smtp|>220-more~>220 mail ESMTP~HELLO~>250-mail~>250 HELP~QUIT~>221 bye|true|220 mail ESMTP",
                "service=submission|>554 no|false|says '554 no'",
                "service=pop|>+OK hello~QUIT~>+OK|true|+OK hello",
                "service=pop^login=\"me\"^passwd=\"pw\"|>+OK~USER me~>+OK~PASS pw~>-ERR no|false|says '-ERR no'",
                "service=imap^login=\"me\"^passwd=\"p\\\"w\"|>* OK hi~a LOGIN \"me\" \"p\\\\\\\"w\"~>* CAP~>a OK in~b"
                        + " LOGOUT|true|a OK in",
                "service=imap^login=\"me\"|>* OK hi~a LOGIN \"me\" \"\"~>a NO|false|says 'a NO'",
                "service=nntp|>200 news~QUIT|true|200 news",
                "service=nntp|>400 full|false|says '400 full'",
                "service=ftp|>220 ftp~USER anonymous~>331 p~PASS ringfence@HOST~>230 in~QUIT|true|230 in",
                "service=ftp^login=\"me\"^passwd=\"pw\"|>220 ftp~USER me~>331 p~PASS pw~>530 no|false|says '530 no'",
                "service=simpletcp^request=\"ping\\n\"^receive=\"po.g\"|ping~>pong!|true|pong!",
                "service=simpletcp^request=\"ping\\n\"^receive=\"x\"|ping~>pong!|false|answers without /x/: 'pong!'",
            })
    void linesAreSaidAndUnderstood(String directives, String script, boolean good, String text) throws Exception {
        List<String> lines = List.of(
                script.replace("HELLO", EHLO).replace("HOST", Text.hostName()).split("~"));
        try (var server = new ScriptedServer(lines)) {
            Answer answer = negotiate(server.port(), directives.replace("^", "\n\t"));
            assertThat(answer.text()).isEqualTo(text);
            assertThat(answer.good()).isEqualTo(good);
            assertThat(server.surprise()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request=\"a/b\"^virtualhost=\"w.example\"|GET /a/b HTTP/1.1~Host:"
                        + " w.example|HTTP/1.1 200 OK~Content-Length: 4~~good|true|HTTP/1.1 200 OK",
                "receive=\"goo+d\"|GET / HTTP/1.1~Host: 127.0.0.1|HTTP/1.0 200 OK~~so good|true|HTTP/1.0 200 OK",
                "receive=\"bad\"|GET / HTTP/1.1~Host: 127.0.0.1|HTTP/1.1 200 OK~Transfer-Encoding:"
                        + " chunked~~4~good~0~|false|answers without /bad/: 'good'",
                "httpmethod=HEAD|HEAD / HTTP/1.1~Host: 127.0.0.1|HTTP/1.1 204 None~|true|HTTP/1.1 204 None",
                "|GET / HTTP/1.1~Host: 127.0.0.1|HTTP/1.1 503 Busy~|false|says 'HTTP/1.1 503 Busy'",
                "|GET / HTTP/1.1~Host: 127.0.0.1|HTTP/1.1 301 Moved~Location: /x~|false|says 'HTTP/1.1 301 Moved', to"
                        + " /x",
            })
    void pagesAreAskedFor(@Nullable String directives, String asked, String answered, boolean good, String text)
            throws Exception {
        String script =
                asked + "~User-Agent: ringfence-balance~Accept: */*~Connection: close~~>" + answered.replace("~", "~>");
        try (var server = new ScriptedServer(List.of(script.split("~", -1)))) {
            String more = directives == null ? "" : "\n\t" + directives.replace("^", "\n\t");
            Answer answer = negotiate(server.port(), "service=http" + more);
            assertThat(answer.text()).isEqualTo(text);
            assertThat(answer.good()).isEqualTo(good);
            assertThat(server.surprise()).isEmpty();
        }
    }

    @Test
    void aFileIsFetchedAndLookedInto() throws Exception {
        try (var data = new ScriptedServer(List.of(">welcome here"));
                var server = new ScriptedServer(List.of(
                        ">220 ftp",
                        "USER me",
                        ">230 in",
                        "TYPE I",
                        ">200 yes",
                        "EPSV",
                        ">229 there (|||" + data.port() + "|)",
                        "RETR welcome.msg",
                        ">150 now",
                        ">226 done",
                        "QUIT"))) {
            Answer answer = negotiate(
                    server.port(), "service=ftp\n\tlogin=\"me\"\n\trequest=\"welcome.msg\"\n\treceive=\"welcome\"");
            assertThat(answer.text()).isEqualTo("welcome here");
            assertThat(server.surprise()).isEmpty();
        }
    }

    @Test
    void whoSaysNothingIsNotWaitedForLongerThanTheTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Answer answer = negotiate(silent.getLocalPort(), "service=smtp\n\tnegotiatetimeout=1");
            assertThat(answer.good()).isFalse();
            assertThat(answer.text()).isEqualTo("no answer within 1 s");
            assertThat(answer.tookMs()).isBetween(900L, 3_000L);
        }
    }

    @Test
    void aConnectIsEnoughForAConnectCheck() throws Exception {
        int port;
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            port = silent.getLocalPort();
            assertThat(probe(port, "checktype=connect", Attempt.Kind.CONNECT).good())
                    .isTrue();
        }
        Answer answer = probe(port, "checktype=connect", Attempt.Kind.CONNECT);
        assertThat(answer.good()).isFalse();
        assertThat(answer.text()).startsWith("takes no connection");
    }

    @Test
    void aProgramsStatusIsItsAnswer(@TempDir Path folder) throws Exception {
        Path program = Files.writeString(
                folder.resolve("check"), "#!/bin/sh\n[ \"$*\" = '192.0.2.9 80 127.0.0.1 99' ] || exit 7\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        String directives = "checktype=external\n\tcheckcommand=" + program;
        assertThat(probe(99, directives, Attempt.Kind.EXTERNAL).good()).isTrue();
        assertThat(probe(98, directives, Attempt.Kind.EXTERNAL).text()).endsWith("ends with status 7");
        Files.writeString(program, "#!/bin/sh\nsleep 60\n");
        assertThat(probe(98, directives, Attempt.Kind.EXTERNAL).text()).endsWith("does not end in time");
    }

    @Test
    void thisHostAnswersAPing() throws Exception {
        assertThat(probe(9, "checktype=ping", Attempt.Kind.PING).good()).isTrue();
    }

    private static Answer negotiate(int port, String directives) throws InterruptedException {
        return probe(port, directives, Attempt.Kind.NEGOTIATE);
    }

    private static Answer probe(int port, String directives, Attempt.Kind kind) throws InterruptedException {
        VirtualService service = Tables.configuration(
                        "virtual=192.0.2.9:80\n\treal=127.0.0.1:" + port + " masq\n\t" + directives + "\n")
                .services()
                .getFirst();
        Duration timeout = directives.contains("timeout=1") || kind == Attempt.Kind.EXTERNAL
                ? Duration.ofSeconds(1)
                : Duration.ofSeconds(10);
        return new NetworkProber()
                .probe(new Subject(service, service.servers().getFirst()), new Attempt(kind, timeout, 1));
    }
}
