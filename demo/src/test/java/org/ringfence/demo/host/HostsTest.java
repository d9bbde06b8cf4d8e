package org.ringfence.demo.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsTest {
    @TempDir
    Path base;

    @Test
    void aPowerCutEndsEveryProcessOfAHostAndOfNoOther() throws Exception {
        assumeOwnHosts();
        Run run = Run.begin(base);
        try {
            Hosts hosts = Hosts.own(run, 2);
            everyProcessEndsWithItsHost(hosts);
        } finally {
            run.remove();
        }
        assertThat(run.folder()).doesNotExist();
        assertThat(Command.run("", "ip", "netns", "list")).doesNotContain(run.id());
        assertThat(HostGroup.of(run, "n1").map(HostGroup::processes).orElse(List.of()))
                .isEmpty();
        HostGroup.remove(run);
    }

    @Test
    void aLoopbackHostsProcessesEndWithItAndWithNoOther() throws Exception {
        Run run = Run.begin(base);
        try {
            Hosts hosts = Hosts.loopback(run, 2);
            everyProcessEndsWithItsHost(hosts);
        } finally {
            run.remove();
        }
        assertThat(run.folder()).doesNotExist();
    }

    private static void everyProcessEndsWithItsHost(Hosts hosts) throws IOException, InterruptedException {
        for (Host host : hosts.hosts()) {
            host.powerOn();
            assertThat(host.isOn()).isTrue();
            // An orphan in a session of its own, deaf to everything but SIGKILL.
            host.start(
                    List.of("sh", "-c", "trap '' TERM HUP INT; (setsid sleep 1000 &) ; sleep 1000"),
                    host.folder().resolve("log"));
        }
        Host first = hosts.host("n1");
        Host second = hosts.host("n2");
        await(() -> sleeping(first) == 2 && sleeping(second) == 2);
        first.powerOff();
        assertThat(first.processes()).isEmpty();
        assertThat(first.isOn()).isFalse();
        assertThat(sleeping(second)).isEqualTo(2);
        first.powerOn();
        assertThat(first.isOn()).isTrue();
        assertThat(sleeping(first)).isZero();
    }

    private static long sleeping(Host host) {
        return host.processes().stream()
                .filter(pid -> Processes.read(pid, "cmdline").orElse("").equals("sleep\0" + "1000\0"))
                .count();
    }

    @Test
    void hostsReachEachOtherUntilTheCableIsOutAndAgainWhenItIsBack() throws Exception {
        assumeOwnHosts();
        Run run = Run.begin(base);
        try {
            Hosts hosts = Hosts.own(run, 2);
            for (Host host : hosts.hosts()) {
                host.powerOn();
            }
            Host second = hosts.host("n2");
            assertThat(reaches(hosts.client(), second)).isTrue();
            assertThat(reaches(hosts.host("n1").network(), second)).isTrue();
            second.cutLink();
            assertThat(reaches(hosts.host("n1").network(), second)).isFalse();
            second.healLink();
            assertThat(reaches(hosts.host("n1").network(), second)).isTrue();
            second.powerOff();
            assertThat(reaches(hosts.client(), second)).isFalse();
        } finally {
            run.remove();
        }
    }

    private static boolean reaches(Network from, Host to) throws InterruptedException {
        boolean[] reached = new boolean[1];
        Thread looker = Thread.ofPlatform().start(() -> {
            try {
                from.enter();
                reached[0] = InetAddress.getByName(to.address()).isReachable(400);
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        });
        looker.join();
        return reached[0];
    }

    @Test
    void aRunWhoseOwnerWasKilledIsRemovedByTheNext() throws Exception {
        assumeOwnHosts();
        Run abandoned = Run.begin(base);
        Hosts hosts = Hosts.own(abandoned, 1);
        Host host = hosts.host("n1");
        host.limitState(4 << 20);
        host.powerOn();
        host.start(List.of("sleep", "1000"), host.folder().resolve("log"));
        await(() -> sleeping(host) == 1);
        Process owner = new ProcessBuilder("sleep", "1000").start();
        abandoned.handOver(owner.pid());
        Run second = Run.begin(base);
        assertThat(host.isOn()).isTrue();

        owner.destroyForcibly().waitFor();
        Run third = Run.begin(base);

        assertThat(abandoned.folder()).doesNotExist();
        assertThat(host.isOn()).isFalse();
        assertThat(Command.run("", "ip", "netns", "list")).doesNotContain(abandoned.id());
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(abandoned.id());
        assertThat(second.folder()).exists();
        second.remove();
        third.remove();
    }

    private static void assumeOwnHosts() {
        Hosts.whyNotOwn().ifPresent(why -> assumeTrue(false, "hosts of their own cannot be made: " + why));
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        for (long end = System.nanoTime() + Duration.ofSeconds(5).toNanos(); System.nanoTime() < end; ) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("it did not come to pass within 5 s");
    }
}
