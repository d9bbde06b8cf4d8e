package org.ringfence.engine.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ringfence.model.NodeId;

/** An engine in a process of its own, which can be stopped, continued and killed. */
final class ChildEngine implements AutoCloseable {
    private final Process process;
    private final Writer input;
    private final Recorder recorder = new Recorder();

    /**
     * @param prefix   a command that runs the rest of its arguments, or empty
     * @param hungAfter how long it lets a silent daemon be
     */
    ChildEngine(List<String> prefix, String self, Security security, Duration hungAfter, Map<NodeId, Endpoint> nodes)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xss512k",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName(),
                self));
        switch (security) {
            case Security.Tls tls -> command.addAll(List.of(tls.keyStore().toString(), tls.password()));
            case Security.Plain plain -> command.addAll(List.of("plain", "-"));
        }
        command.add(Long.toString(hungAfter.toMillis()));
        nodes.forEach((node, endpoint) -> command.add(node + "=" + endpoint));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        input = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                recorder.record(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
            }
        } catch (IOException e) {
            recorder.record("no more output: " + e.getMessage(), System.nanoTime());
        }
    }

    Recorder recorder() {
        return recorder;
    }

    void say(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** SIGSTOP: not one of its threads runs until {@link #proceed}. */
    void pause() {
        signal("STOP");
    }

    void proceed() {
        signal("CONT");
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    private void signal(String name) {
        try {
            run("kill", "-" + name, Long.toString(process.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident bytes. */
    long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                .sum();
    }

    /** Processor time used so far. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        kill();
    }

    /** Runs a command that must succeed. */
    static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
