package org.ringfence.cli.command;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.guard.probe.Bite;
import org.ringfence.guard.probe.Finding.Closing;
import org.ringfence.guard.probe.KernelWatchdogDriver;
import org.ringfence.guard.probe.Undisturbed;
import org.ringfence.guard.probe.WatchdogDriver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence watchdog bite}. */
@Command(
        name = "bite",
        description = {
            "Arms a watchdog and lets it reset this host, which proves that it does.",
            "Before that, and ten times each second until it bites, how long the host lives unfed is written to its"
                    + " disk; 'ringfence watchdog probe' shows it after the boot. Exit status 1 when the host survives."
        },
        footerHeading = "%nExample:%n",
        footer = "  ringfence watchdog bite -d /dev/watchdog0 --timeout 15 --yes     RESETS this host")
public final class WatchdogBiteCommand extends WatchdogSubject {
    @Option(names = "-d", paramLabel = "DEVICE", description = "Which one. Default: the only one.")
    private @Nullable String device;

    @Option(names = "--timeout", paramLabel = "S", description = "Its timeout in seconds. Default: 15.")
    private int timeout = 15;

    @Option(names = "--yes", description = "This host is to be reset.")
    private boolean yes;

    public WatchdogBiteCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() {
        if (!yes) {
            terminal()
                    .complain("ringfence watchdog: refused: this resets this host, like pulling its plug; say --yes if"
                            + " that is meant");
            return ExitStatus.REFUSED_AS_UNSAFE;
        }
        try {
            List<WatchdogDriver> all =
                    device == null ? KernelWatchdogDriver.all() : List.of(new KernelWatchdogDriver(device));
            if (all.size() != 1) {
                return failed(
                        all.isEmpty()
                                ? "this host has no watchdog"
                                : "there are " + all.size() + " watchdogs; say which one with -d");
            }
            return bite(all.getFirst());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.NOT_DONE;
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private ExitStatus bite(WatchdogDriver driver) throws IOException, InterruptedException {
        List<String> holders = probe().look(driver).heldBy();
        if (!holders.isEmpty()) {
            return failed(driver.path() + " is held by " + holders.getFirst());
        }
        if (resourcesAtStake()) {
            return ExitStatus.REFUSED_AS_UNSAFE;
        }
        terminal()
                .line(driver.path() + " is armed with " + timeout
                        + " s and not fed any more: this host is reset then.");
        terminal().flush();
        Bite.Failure failure;
        try {
            Bite bite = new Bite(driver, state(), context().clock());
            failure = Undisturbed.run(() -> bite.bite(timeout, alive -> {}));
        } catch (IOException e) {
            return failed(why(driver, e));
        }
        return failed(
                switch (failure) {
                    case Bite.Failure.Refused(String why, Closing closing) ->
                        driver.path() + " does not take " + timeout + " s: " + why + still(closing);
                    case Bite.Failure.Survived(int seconds, long aliveMs, Closing closing) ->
                        driver.path() + " DID NOT BITE: this host lived " + aliveMs / 1000 + " s on a timeout of "
                                + seconds + " s. Do not rely on it" + still(closing);
                });
    }

    private static String still(Closing closing) {
        return closing == Closing.STAYS_ARMED ? "; it is STILL ARMED" : "";
    }
}
