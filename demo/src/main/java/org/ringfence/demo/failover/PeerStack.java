package org.ringfence.demo.failover;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ringfence.demo.host.Kernel;
import org.ringfence.demo.host.Network;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;

/**
 * Pacemaker with Corosync, default settings, on hosts of a laboratory kept elsewhere, whose command {@code lab} makes and
 * ends them. Faults are done from here, by the same means as those on Ringfence's hosts.
 */
final class PeerStack implements Stack {
    private static final String ID = "rf";
    private static final Path STATE = Path.of("/dev/shm/pcmk-lab" + ID);
    private static final String NETWORK = "pl" + ID + "-";
    private static final Duration FORMING = Duration.ofSeconds(90);

    private final Path lab;
    private final List<String> nodes;

    private PeerStack(Path lab, int nodes) {
        this.lab = lab;
        this.nodes =
                IntStream.rangeClosed(1, nodes).mapToObj(number -> "n" + number).toList();
    }

    /** Why the peer cannot be measured here; empty when it can. */
    static Optional<String> whyNot(Optional<Path> folder) {
        if (folder.isEmpty()) {
            return Optional.of("no laboratory was named (--peer FOLDER, or RINGFENCE_PEER_LAB)");
        }
        if (!Files.isExecutable(folder.get().resolve("lab"))) {
            return Optional.of("there is no command lab in " + folder.get());
        }
        return Stream.of(
                        "/usr/sbin/pacemakerd",
                        "/usr/sbin/corosync",
                        "/usr/sbin/crm",
                        "/usr/bin/gcc",
                        "/usr/bin/python3")
                .filter(file -> !Files.isExecutable(Path.of(file)))
                .findFirst()
                .map(file -> file + " is not installed");
    }

    static PeerStack start(Path folder, int nodes) throws IOException {
        var stack = new PeerStack(folder.resolve("lab"), nodes);
        stack.lab("down");
        try {
            stack.lab("up", Integer.toString(nodes));
            stack.await(FORMING, false);
            stack.lab("conf");
            stack.settled(FORMING);
            return stack;
        } catch (IOException | RuntimeException failure) {
            stack.close();
            throw failure;
        }
    }

    @Override
    public String name() {
        return "Pacemaker + Corosync";
    }

    @Override
    public List<String> nodes() {
        return nodes;
    }

    @Override
    public Network client() {
        return new Network.Own(Path.of("/run/netns", NETWORK + "cl"));
    }

    @Override
    public InetSocketAddress service() {
        return new InetSocketAddress(InetAddress.ofLiteral("10.77.0.100"), 7000);
    }

    @Override
    public Situation settled(Duration timeout) throws IOException {
        return await(timeout, true);
    }

    private Situation await(Duration timeout, boolean configured) throws IOException {
        Instant end = Instant.now().plus(timeout);
        while (Instant.now().isBefore(end)) {
            Optional<Situation> situation = look(configured);
            if (situation.isPresent()) {
                return situation.get();
            }
            RingfenceStack.sleep(100);
        }
        throw new IOException("the peer is not settled within " + timeout.toSeconds() + " s");
    }

    private Optional<Situation> look(boolean configured) throws IOException {
        Optional<String> live =
                nodes.stream().filter(node -> init(node).isPresent()).findFirst();
        if (live.isEmpty()) {
            return Optional.empty();
        }
        Element monitor;
        try {
            monitor = XmlReader.read(inside(live.get(), "crm_mon", "-1", "--output-as=xml"), "crm_mon");
        } catch (UnusableInputException notYet) {
            return Optional.empty();
        }
        long online = children(monitor, "nodes", "node").stream()
                .filter(node -> is(node, "online") && !is(node, "pending") && !is(node, "unclean"))
                .count();
        Optional<String> dc = children(monitor, "summary", "current_dc").stream()
                .filter(node -> is(node, "present"))
                .findFirst()
                .flatMap(node -> node.attribute("name"));
        if (online != nodes.size() || dc.isEmpty()) {
            return Optional.empty();
        }
        if (!configured) {
            return Optional.of(new Situation(dc.get(), ""));
        }
        List<Element> resources = new ArrayList<>();
        monitor.child("resources").ifPresent(all -> collect(all, resources));
        Optional<String> holder = active(resources, "web");
        boolean idle = active(resources, "vip").isPresent()
                && active(resources, "fence").isPresent()
                && inside(live.get(), "crmadmin", "-S", dc.get()).contains("S_IDLE");
        return holder.filter(_ -> idle).map(node -> new Situation(dc.get(), node));
    }

    private static List<Element> children(Element monitor, String section, String name) {
        return monitor.child(section).map(found -> found.children(name)).orElse(List.of());
    }

    private static boolean is(Element element, String attribute) {
        return element.attribute(attribute, "").equals("true");
    }

    private static void collect(Element from, List<Element> resources) {
        resources.addAll(from.children("resource"));
        from.children().forEach(child -> collect(child, resources));
    }

    private static Optional<String> active(List<Element> resources, String id) {
        return resources.stream()
                .filter(resource -> resource.id().equals(id) && is(resource, "active") && !is(resource, "failed"))
                .filter(resource -> resource.attribute("role", "").equals("Started"))
                .flatMap(resource -> resource.children("node").stream())
                .flatMap(node -> node.attribute("name").stream())
                .findFirst();
    }

    @Override
    public void move(String to) throws IOException {
        inside(to, "crm_resource", "--move", "-r", "g", "-N", to);
    }

    @Override
    public void forgetMove() throws IOException {
        inside(nodes.getFirst(), "crm_resource", "--clear", "-r", "g");
    }

    @Override
    public void cutPower(String node) throws IOException {
        Optional<Long> init = init(node);
        port(node, "down");
        if (init.isPresent()) {
            if (!Kernel.killAndAwait(init.get(), Duration.ofSeconds(10))) {
                throw new IOException(node + " cannot be ended");
            }
            Files.deleteIfExists(STATE.resolve(node + ".pid"));
        }
    }

    @Override
    public void cutLink(String node) throws IOException {
        port(node, "nomaster");
    }

    @Override
    public void comeBack(String node) throws IOException {
        // Its fence device ends a node that was cut off and leaves it off.
        if (init(node).isPresent()) {
            cutPower(node);
        }
        lab("start", node);
    }

    @Override
    public void killService(String node) throws IOException {
        // Its laboratory's service; the name it goes by there.
        long pid = processes(node).stream()
                .filter(process -> command(process).equals("lab-tcpd"))
                .findFirst()
                .orElseThrow(() -> new IOException("the service does not run on " + node));
        Kernel.signal(pid, Kernel.Signal.KILL);
    }

    @Override
    public void powerOffAll() throws IOException {
        for (String node : nodes) {
            cutPower(node);
        }
    }

    @Override
    public void startAll() throws IOException {
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> starts = new ArrayList<>();
            for (String node : nodes) {
                starts.add(together.submit(() -> {
                    lab("start", node);
                    return true;
                }));
            }
            for (Future<Boolean> start : starts) {
                start.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    @Override
    public List<Long> daemons(String node) throws IOException {
        return processes(node).stream()
                .filter(pid ->
                        command(pid).startsWith("pacemaker") || command(pid).startsWith("corosync"))
                .toList();
    }

    @Override
    public List<Long> processes(String node) throws IOException {
        Optional<Long> init = init(node);
        return init.isPresent() ? Usage.sharingProcessTable(init.get()) : List.of();
    }

    private static String command(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                    .strip();
        } catch (IOException gone) {
            return "";
        }
    }

    private static Optional<Long> init(String node) {
        try {
            long pid = Long.parseLong(
                    Files.readString(STATE.resolve(node + ".pid")).strip());
            return ProcessHandle.of(pid).map(ProcessHandle::pid);
        } catch (IOException off) {
            return Optional.empty();
        }
    }

    private static void port(String node, String change) throws IOException {
        run(List.of("ip", "-n", NETWORK + "sw", "link", "set", "v" + node.substring(1), change));
    }

    private String inside(String node, String... command) throws IOException {
        Optional<Long> init = init(node);
        if (init.isEmpty()) {
            return "";
        }
        List<String> whole =
                new ArrayList<>(List.of("nsenter", "-t", init.get().toString(), "-m", "-u", "-i", "-n", "-p", "--"));
        whole.addAll(List.of(command));
        return run(whole);
    }

    private void lab(String... arguments) throws IOException {
        List<String> whole = new ArrayList<>(List.of(lab.toString()));
        whole.addAll(List.of(arguments));
        run(whole);
    }

    private static String run(List<String> command) throws IOException {
        Path output = Files.createTempFile("ringfence-bench", ".out");
        try {
            var builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    // Not a pipe: daemons that the laboratory starts would hold it open.
                    .redirectOutput(output.toFile());
            builder.environment().put("LAB_ID", ID);
            builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
            builder.start().waitFor();
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    @Override
    public void close() throws IOException {
        lab("down");
    }
}
