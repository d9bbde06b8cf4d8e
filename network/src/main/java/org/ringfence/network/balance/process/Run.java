package org.ringfence.network.balance.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.network.balance.configuration.Reading;
import org.ringfence.network.balance.dialogue.NetworkProber;
import org.ringfence.network.balance.director.Limits;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.Scheduler;
import org.ringfence.network.balance.service.VirtualService;

/** {@code balance run}: balances by one file until the process is told to end. */
final class Run {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final ConfigurationFile file;
    private final Notices notices;
    private final Maintenance prober;
    private FileTime read;
    private BalanceConfiguration configuration;
    private boolean kernel;

    private Run(ConfigurationFile file, Notices notices, BalanceConfiguration configuration, FileTime read) {
        this.file = file;
        this.notices = notices;
        this.read = read;
        this.configuration = configuration;
        this.prober =
                new Maintenance(new NetworkProber(), configuration.options().maintenanceDirectory());
    }

    /**
     * Returns when the process is to end.
     *
     * @throws UnusableInputException when the file cannot be used; nothing was begun
     * @throws IOException            when an address or the socket cannot be listened on
     */
    static void until(
            CountDownLatch end, ConfigurationFile file, Path socket, PathChoice choice, Limits limits, Notices notices)
            throws UnusableInputException, IOException, InterruptedException {
        FileTime read = modified(file.path());
        Reading reading = file.read();
        var run = new Run(file, notices, reading.orUnusable(), read);
        PathChoice.Opened opened = choice.open(limits, notices);
        run.kernel = opened.kernel();
        run.warn(reading);
        try (Balancer balancer = Balancer.start(run.configuration, opened.path(), run.prober, notices);
                ControlServer control =
                        ControlServer.open(socket, new Questions(balancer, () -> run.reload(balancer)))) {
            notices.say("balances " + run.configuration.services().size() + " services by " + file + ", asked over "
                    + control.path());
            Thread.ofPlatform().daemon().name("configuration").start(() -> run.watch(balancer));
            end.await();
            notices.say("ends");
        }
    }

    private void warn(Reading reading) {
        for (Problem problem : reading.problems()) {
            notices.say((problem.severity() == Problem.Severity.ERROR ? "" : "warning: ") + problem);
        }
        reading.configuration().ifPresent(found -> {
            List<VirtualService> services = found.services();
            if (services.stream().anyMatch(service -> !service.alerts().to().isEmpty())) {
                notices.say("warning: emailalert: no mail is sent; what happens is said here");
            }
            if (!found.options().execute().isEmpty()) {
                notices.say("warning: execute: start a balancer of its own for each of "
                        + String.join(", ", found.options().execute()));
            }
            found.options()
                    .logFile()
                    .ifPresent(log -> notices.say("logfile: what happens is said here, not in " + log));
            for (VirtualService service : services) {
                if (!kernel && !Scheduler.BUILT_IN.contains(service.scheduler().name())) {
                    notices.say("warning: " + service.id() + ": scheduler '"
                            + service.scheduler().name() + "' is not built in; wrr it is");
                }
            }
        });
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException absent) {
            // Who reads it next says so.
            return FileTime.fromMillis(0);
        }
    }

    private void watch(Balancer balancer) {
        try {
            while (true) {
                Thread.sleep(LOOK_AGAIN);
                FileTime now = modified(file.path());
                if (now.compareTo(seen()) > 0) {
                    changed(balancer, now);
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized FileTime seen() {
        return read;
    }

    private synchronized void changed(Balancer balancer, FileTime now) {
        read = now;
        configuration.options().callback().ifPresent(command -> notices.changed(command, file.path()));
        if (configuration.options().autoreload()) {
            try {
                notices.say(reload(balancer));
            } catch (IOException refused) {
                notices.say(String.valueOf(refused.getMessage()));
            }
        }
    }

    /** @throws IOException when it cannot be used; everything goes on as before */
    private synchronized String reload(Balancer balancer) throws IOException {
        read = modified(file.path());
        try {
            Reading reading = file.read();
            BalanceConfiguration next = reading.orUnusable();
            balancer.reconfigure(next);
            prober.folder(next.options().maintenanceDirectory());
            configuration = next;
            warn(reading);
            return file + (file.parameters() ? " are" : " is") + " read again";
        } catch (UnusableInputException unusable) {
            throw new IOException("goes on as before: " + unusable.getMessage(), unusable);
        }
    }
}
