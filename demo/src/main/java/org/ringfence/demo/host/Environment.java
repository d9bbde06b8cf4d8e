package org.ringfence.demo.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The environment of every process on a host: little, and the same wherever the run was started from. */
final class Environment {
    /** In the environment of every process of one host. */
    static final String HOST = "RINGFENCE_DEMO_HOST";

    private Environment() {}

    /** The same as shell commands, for what starts without this environment. */
    static String mark(Run run, String host) {
        return "export %s='%s' %s='%s-%s'".formatted(Run.VARIABLE, run.id(), HOST, run.id(), host);
    }

    static void emptyVolatile(Host host) throws IOException {
        Path folder = host.volatileFolder();
        if (Files.isDirectory(folder)) {
            Leftovers.deleteTree(folder);
        }
        Files.createDirectories(folder);
    }

    static Map<String, String> of(Run run, String host) {
        return Map.of(
                "PATH",
                "/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME",
                System.getProperty("user.home"),
                "LC_ALL",
                "C.UTF-8",
                // Its files are named after process numbers, and those of hosts in process namespaces are alike.
                "RINGFENCE_JAVA_OPTS",
                "-XX:-UsePerfData",
                "RINGFENCE_BUILT",
                "1",
                "RINGFENCE_JAVA_HOME",
                System.getProperty("java.home"),
                Run.VARIABLE,
                run.id(),
                HOST,
                run.id() + "-" + host);
    }
}
