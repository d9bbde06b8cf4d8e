package org.ringfence.network.balance.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.network.balance.check.Answer;
import org.ringfence.network.balance.check.Prober;
import org.ringfence.network.balance.table.DataPath;
import org.ringfence.network.balance.table.ServiceTable;
import org.ringfence.network.balance.table.Tables;

@Timeout(60)
class BalancerTest {
    private static final String TEXT = """
        checkinterval=1
        virtual=192.0.2.9:80
            real=one:80 masq 3
            real=two:80 masq
            fallback=127.0.0.1:80
        """;

    @TempDir
    private Path folder;

    private final Map<String, Boolean> works = new ConcurrentHashMap<>(Map.of("one", true, "two", true));
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final RecordingPath path = new RecordingPath();
    private Optional<Balancer> running = Optional.empty();

    /** Remembers what it was told; refuses where it is to. */
    private static final class RecordingPath implements DataPath {
        private volatile List<ServiceTable> tables = List.of();
        private volatile boolean refuses;

        @Override
        public void apply(List<ServiceTable> wanted) throws IOException {
            if (refuses) {
                throw new IOException("no");
            }
            tables = wanted;
        }

        @Override
        public List<Load> loads() {
            return List.of();
        }

        @Override
        public void close() {
            tables = List.of();
        }

        String shown() {
            var text = new StringBuilder();
            tables.forEach(table -> table.seats()
                    .forEach(seat -> text.append(text.isEmpty() ? "" : " ")
                            .append(seat.server().host())
                            .append(':')
                            .append(seat.weight())));
            return text.toString();
        }
    }

    @AfterEach
    void end() throws IOException {
        if (running.isPresent()) {
            running.get().close();
        }
    }

    @Test
    void whatChecksFindIsInTheTables() throws IOException {
        start(TEXT);
        await(() -> path.shown().equals("one:3 two:1"));
        works.put("one", false);
        await(() -> path.shown().equals("one:0 two:1"));
        works.put("two", false);
        await(() -> path.shown().equals("one:0 two:0 127.0.0.1:1"));
        works.put("one", true);
        await(() -> path.shown().equals("one:3 two:0"));
        assertThat(log.toString(UTF_8)).contains("198.51.100.1:80 is down: broken", "no server is left");
    }

    @Test
    void theFallbackCommandIsToldWhenTheLastServerGoesAndTheFirstIsBack() throws IOException {
        Path told = folder.resolve("told");
        Path command = Files.writeString(folder.resolve("command"), "#!/bin/sh\necho \"$@\" >>" + told + "\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        start(TEXT + "\tfallbackcommand=\"" + command + "\"\n");
        await(() -> path.shown().equals("one:3 two:1"));
        works.replaceAll((server, before) -> false);
        await(() -> Files.exists(told));
        works.put("one", true);
        await(() -> read(told).equals("start 192.0.2.9:80 tcp\nstop 192.0.2.9:80 tcp\n"));
    }

    @Test
    void theAdministratorDrainsAndWeighs() throws IOException {
        Questions questions = new Questions(start(TEXT), () -> "read");
        await(() -> path.shown().equals("one:3 two:1"));
        assertThat(questions.apply("drain\tone\ton")).isEqualTo("ok\none: changed in 1 service\n");
        assertThat(path.shown()).isEqualTo("one:0 two:1");
        assertThat(questions.apply("status")).contains("drained").contains("fine (5 ms)");
        questions.apply("drain\t198.51.100.1\toff");
        assertThat(questions.apply("weight\t198.51.100.1:80\t7\ttcp 192.0.2.9:80"))
                .startsWith("ok");
        assertThat(path.shown()).isEqualTo("one:7 two:1");
        questions.apply("weight\tone\tconfigured");
        assertThat(path.shown()).isEqualTo("one:3 two:1");
        assertThat(questions.apply("drain\tnine\ton")).startsWith("error\nno service has a server nine");
        assertThat(questions.apply("juggle")).startsWith("error");
        assertThat(questions.apply("status\tjson")).contains("\"state\":\"up\"").startsWith("ok\n{");
        assertThat(questions.apply("reload")).isEqualTo("ok\nread\n");
    }

    @Test
    void aConfigurationThatThePathRefusesChangesNothing() throws IOException {
        Balancer balancer = start(TEXT);
        await(() -> path.shown().equals("one:3 two:1"));
        path.refuses = true;
        assertThatThrownBy(() ->
                        balancer.reconfigure(Tables.configuration("virtual=192.0.2.8:80\n\treal=three:80 masq\n")))
                .isInstanceOf(IOException.class);
        path.refuses = false;
        balancer.reconfigure(Tables.configuration(TEXT.replace("masq 3", "masq 5")));
        assertThat(path.shown()).isEqualTo("one:5 two:1");
    }

    @Test
    void aFileTakesAServerOut() throws Exception {
        var maintenance =
                new Maintenance((subject, attempt) -> new Answer(true, "fine", 1), Optional.of(folder.toString()));
        start(TEXT, maintenance);
        await(() -> path.shown().equals("one:3 two:1"));
        Path file = Files.createFile(folder.resolve("198.51.100.2"));
        await(() -> path.shown().equals("one:3 two:0"));
        Files.delete(file);
        Files.createFile(folder.resolve("198.51.100.1:80"));
        await(() -> path.shown().equals("one:0 two:1"));
    }

    @Test
    void questionsComeOverALocalSocketOfWhichThereIsOne() throws IOException {
        Path socket = folder.resolve("folder/socket");
        assertThatThrownBy(() -> ControlClient.ask(socket, "status")).hasMessageContaining("no balancer answers");
        Questions questions = new Questions(start(TEXT), () -> "read");
        try (ControlServer server = ControlServer.open(socket, questions)) {
            assertThat(server).isNotNull();
            assertThat(ControlClient.ask(socket, "status").text()).contains("tcp 192.0.2.9:80");
            assertThat(ControlClient.ask(socket, "juggle").done()).isFalse();
            assertThatThrownBy(() -> ControlServer.open(socket, questions)).hasMessageContaining("another balancer");
        }
        assertThat(socket).doesNotExist();
    }

    private Balancer start(String text) throws IOException {
        return start(
                text,
                (subject, attempt) -> works.getOrDefault(subject.server().host(), false)
                        ? new Answer(true, "fine", 5)
                        : new Answer(false, "broken", 5));
    }

    private Balancer start(String text, Prober prober) throws IOException {
        var notices = new Notices(
                new PrintStream(log, true, UTF_8), InstantSource.system(), new Commands(Duration.ofSeconds(5)));
        Balancer balancer = Balancer.start(Tables.configuration(text), path, prober, notices);
        running = Optional.of(balancer);
        return balancer;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("tables: %s, log: %s", path.shown(), log.toString(UTF_8))
                    .isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
