package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in a checkout of its own, with a JDK and a Maven that only write down how they were called. */
class LauncherTest {
    private static final Path ROOT = Path.of(System.getProperty("ringfence.root", ".."));

    @TempDir
    Path folder;

    private Path checkout;
    private final Map<String, String> environment = new TreeMap<>();

    private record Ended(int status, String out, String err) {}

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Files.createDirectories(folder.resolve("checkout"));
        Files.copy(ROOT.resolve("ringfence"), checkout.resolve("ringfence"));
        executable(checkout.resolve("ringfence"));
        write(checkout.resolve("pom.xml"), "<project/>");
        write(checkout.resolve("cli/pom.xml"), "<project/>");
        write(checkout.resolve("cli/src/main/java/Main.java"), "");
        write(checkout.resolve("agents/ocf/ringfence/dummy"), "");
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool :
                List.of("find", "head", "readlink", "mkdir", "rm", "mv", "grep", "cut", "flock", "cat", "touch")) {
            Path found = Stream.of("/usr/bin", "/bin")
                    .map(bin -> Path.of(bin, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            script(tools.resolve(tool), "exec " + found + " \"$@\"");
        }
        environment.put("PATH", tools.toString());
        environment.put("RINGFENCE_JVM_FOLDER", folder.resolve("jvm").toString());
    }

    private void installJdk(String name, String version) throws IOException {
        Path home = folder.resolve("jvm").resolve(name);
        write(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), "echo \"$0 $*\"");
        script(home.resolve("bin/javac"), "exit 0");
    }

    /** A build that leaves behind what a build leaves behind, and counts. */
    private void installMaven(String body) throws IOException {
        script(folder.resolve("tools/mvn"), "echo \"$*\" >>" + folder.resolve("builds") + "\n" + body);
    }

    private void installMaven() throws IOException {
        installMaven(
                "mkdir -p dist/target/lib && touch dist/target/lib/a.jar dist/target/lib/b.jar dist/target/lib/built");
    }

    private long builds() throws IOException {
        Path log = folder.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    private Ended run(Path launcher, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Ended run(String... arguments) throws Exception {
        return run(checkout.resolve("ringfence"), arguments);
    }

    @Test
    void withoutAJdk25ItSaysSoInOneLineAndChangesNothing() throws Exception {
        installJdk("old", "17.0.15");
        installMaven();
        Ended ended = run("status");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).startsWith("ringfence: no JDK 25 found").contains("RINGFENCE_JAVA_HOME");
        assertThat(ended.out()).isEmpty();
        assertThat(checkout.resolve("dist")).doesNotExist();
        assertThat(builds()).isZero();
    }

    @Test
    void aHomeThatIsNoJdk25IsNamed() throws Exception {
        installJdk("old", "17.0.15");
        installJdk("new", "25.0.1");
        environment.put("RINGFENCE_JAVA_HOME", folder.resolve("jvm/old").toString());
        Ended ended = run("status");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("RINGFENCE_JAVA_HOME=" + folder.resolve("jvm/old") + " is not a JDK 25");
    }

    @Test
    void withoutMavenItSaysSoInOneLine() throws Exception {
        installJdk("new", "25");
        Ended ended = run("status");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).contains("Maven is needed");
    }

    @Test
    void aFailedBuildIsOneLineWithTheFirstErrorAndTheLog() throws Exception {
        installJdk("new", "25.0.1");
        installMaven("echo '[INFO] fine'; echo '[ERROR] Main.java:[3,1] not a statement'; exit 1");
        Ended ended = run("status");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err().lines().toList().getLast())
                .contains("the build failed: Main.java:[3,1] not a statement")
                .contains("dist/target/build.log");
    }

    @Test
    void theFirstUseBuildsAndLaterOnesDoNot() throws Exception {
        installJdk("new", "25.0.1");
        installMaven();
        Ended first = run("wait", "--json");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err().lines()).hasSize(1);
        assertThat(first.out())
                .contains("-cp " + checkout + "/dist/target/lib/a.jar:" + checkout + "/dist/target/lib/b.jar ")
                .endsWith("org.ringfence.cli.Main wait --json\n");
        Ended second = run("status");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
        Files.setLastModifiedTime(
                checkout.resolve("cli/src/main/java/Main.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        run("status");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aPlainStatusIsStartedWithTheFewJarsThatItNeeds() throws Exception {
        installJdk("new", "25.0.1");
        installMaven("mkdir -p dist/target/lib && cd dist/target/lib && touch jackson-core-3.jar picocli-4.jar"
                + " ringfence-api-1.jar ringfence-cli-1.jar ringfence-daemon-1.jar ringfence-model-1.jar built");
        String lib = checkout + "/dist/target/lib/";
        String path = "-cp " + lib + "ringfence-cli-1.jar:" + lib + "ringfence-api-1.jar:" + lib
                + "ringfence-model-1.jar:" + lib + "jackson-core-3.jar org.ringfence.cli.StatusMain ";
        for (String plain : List.of("status", "status --json", "status --socket a", "status --json --socket a")) {
            assertThat(run(plain.split(" ")).out()).endsWith(path + plain + "\n");
        }
        for (String other : List.of(
                "status --watch",
                "status --help",
                "status --socket",
                "status --socket a --json",
                "status --json x",
                "stat")) {
            assertThat(run(other.split(" ")).out()).endsWith("org.ringfence.cli.Main " + other + "\n");
        }
    }

    @Test
    void aNodeIsStartedWithItsOwnOptions() throws Exception {
        installJdk("new", "25.0.1");
        installMaven();
        Ended ended = run("node", "run", "--config", "a b.conf");
        assertThat(ended.out()).contains("-Xmx").endsWith("org.ringfence.daemon.Main --config a b.conf\n");
        assertThat(run("node", "run", "--help").out()).endsWith("org.ringfence.cli.Main node run --help\n");
        assertThat(run("node", "stop").out()).endsWith("org.ringfence.cli.Main node stop\n");
    }

    @Test
    void itWorksThroughSymbolicLinksAndFromAnyFolder() throws Exception {
        installJdk("new", "25.0.1");
        installMaven();
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../checkout/ringfence"));
        Files.createSymbolicLink(bin.resolve("ringfence"), Path.of("first"));
        Ended ended = run(bin.resolve("ringfence"), "status");
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("-Dringfence.launcher=" + checkout.toRealPath() + "/ringfence");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    private static void script(Path file, String body) throws IOException {
        write(file, "#!/bin/sh\n" + body + "\n");
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
