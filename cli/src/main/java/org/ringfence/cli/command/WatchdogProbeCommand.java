package org.ringfence.cli.command;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.Context;
import org.ringfence.cli.screen.WatchdogScreen;
import org.ringfence.guard.probe.BiteRecord;
import org.ringfence.guard.probe.Finding;
import org.ringfence.guard.probe.KernelWatchdogDriver;
import org.ringfence.guard.probe.Probe;
import org.ringfence.guard.probe.ProbeFile;
import org.ringfence.guard.probe.Undisturbed;
import org.ringfence.guard.probe.WatchdogDriver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence watchdog probe}. */
@Command(
        name = "probe",
        description = {
            "Without -d: lists this host's watchdogs and what is known of them without opening one.",
            "With -d: opens that one, finds which timeouts its driver really takes, and closes it so that it rests."
                + " While it is open it is armed: this is refused while resources run here, and where closing cannot"
                + " disarm.",
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence watchdog probe", "  ringfence watchdog probe -d /dev/watchdog0"})
public final class WatchdogProbeCommand extends WatchdogSubject {
    private static final RecordJson<Report> JSON = RecordJson.of(Report.class).build();

    @Option(names = "-d", paramLabel = "DEVICE", description = "The one to question.")
    private @Nullable String device;

    @Option(
            names = "--armed-for-good",
            description =
                    "Question one that closing does not disarm. It is fed until this command is ended; from then on"
                            + " another has as long as its timeout to take it over.")
    private boolean armedForGood;

    public WatchdogProbeCommand(Context context) {
        super(context);
    }

    /**
     * What is printed with {@code --json}.
     *
     * @param watchdogs one with {@code -d}, else all
     * @param bite      the last proof on this host, done or not
     */
    record Report(List<Finding> watchdogs, Optional<Bite> bite) {}

    /** @param bit whether the host was reset */
    record Bite(String device, String identity, int timeout, Instant at, long aliveMs, boolean bit) {}

    @Override
    protected ExitStatus run() {
        try {
            return device == null ? list() : question(new KernelWatchdogDriver(device));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.NOT_DONE;
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private ExitStatus list() throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (WatchdogDriver driver : KernelWatchdogDriver.all()) {
            findings.add(probe().look(driver));
        }
        show(findings);
        return ExitStatus.DONE;
    }

    private ExitStatus question(WatchdogDriver driver) throws IOException, InterruptedException {
        Probe probe = probe();
        try {
            Finding known = probe.look(driver);
            if (!known.heldBy().isEmpty()) {
                show(List.of(known));
                return failed(driver.path() + " is held by " + String.join(", ", known.heldBy())
                        + "; the kernel gives a watchdog to one process at a time: end that one, which disarms it if"
                        + " it is kind, and ask again");
            }
            if (resourcesAtStake()) {
                return ExitStatus.REFUSED_AS_UNSAFE;
            }
            if (known.nowayout().orElse(false) && !armedForGood) {
                terminal()
                        .complain(
                                "ringfence watchdog: refused: " + driver.path() + " cannot be disarmed once it is open"
                                        + " (nowayout): this host would be"
                                        + " reset when this command ends; say"
                                        + " --armed-for-good if something"
                                        + " takes it over then");
                return ExitStatus.REFUSED_AS_UNSAFE;
            }
            Finding finding = Undisturbed.run(() -> probe.question(driver));
            show(List.of(finding));
            ProbeFile.write(state(), ProbeFile.fact(finding));
            boolean armed =
                    finding.answers().map(Finding.Answers::closing).equals(Optional.of(Finding.Closing.STAYS_ARMED));
            return armed ? keepFeeding(driver, finding) : ExitStatus.DONE;
        } catch (IOException e) {
            return failed(why(driver, e));
        }
    }

    /** Closing did not disarm it, and this host is not to be reset for having asked. */
    private ExitStatus keepFeeding(WatchdogDriver driver, Finding finding) throws IOException, InterruptedException {
        WatchdogDriver.Armed armed = driver.open();
        int longest = finding.answers()
                .flatMap(Finding.Answers::range)
                .map(range -> Math.min(range.max(), 600))
                .orElse(0);
        if (longest > 0) {
            armed.setTimeout(longest);
        }
        terminal()
                .complain("ringfence watchdog: " + driver.path()
                        + " is still armed after closing. It is fed by this command"
                        + " from now on. End this one only when another can take it over within its timeout"
                        + (longest > 0 ? " of " + longest + " s" : "") + ", or to have the host reset.");
        while (!Thread.interrupted()) {
            armed.feed();
            Thread.sleep(500);
        }
        return ExitStatus.NOT_DONE;
    }

    private void show(List<Finding> findings) throws IOException {
        Optional<BiteRecord> record = BiteRecord.readFrom(state());
        String boot = BiteRecord.currentBoot();
        if (json()) {
            Optional<Bite> bite = record.map(done -> new Bite(
                    done.device(), done.identity(), done.timeout(), done.fedAt(), done.aliveMs(), done.bit(boot)));
            print(JSON, new Report(findings, bite));
        } else {
            new WatchdogScreen(terminal()).show(findings, record, boot);
        }
        terminal().flush();
    }
}
