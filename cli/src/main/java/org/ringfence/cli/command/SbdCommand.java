package org.ringfence.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.guard.disk.DiskException;
import org.ringfence.guard.disk.Majority;
import org.ringfence.guard.disk.SbdDisk;
import org.ringfence.guard.disk.SbdDisk.Slot;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.sbd.SbdHeader;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector.Mail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence sbd}: options and listings are those that users of the {@code sbd} tool have in their scripts. */
@Command(
        name = "sbd",
        description = {
            "Works on shared disks that nodes are fenced through, in the layout of the sbd tool.",
            "Commands: create, list, dump, allocate NODE, message NODE (test|reset|off|crashdump|clear|exit), check.",
            "With several disks a message counts when more than half of them have it. A message waits as long as the"
                    + " node may take to act on it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence sbd -d /dev/disk/by-id/san-1 -1 15 -4 30 create     DESTROYS what is on it",
            "  ringfence sbd -d /dev/disk/by-id/san-1 list",
            "  ringfence sbd -d DISK1 -d DISK2 -d DISK3 message alpha reset"
        })
public final class SbdCommand extends LocalCommand {
    private static final String HELP = "see 'ringfence sbd --help'";

    @Option(names = "-d", paramLabel = "DEVICE", required = true, description = "A shared disk; up to three times.")
    private List<String> devices = new ArrayList<>();

    @Option(names = "-n", paramLabel = "NODE", description = "This node's name. Default: the host's.")
    private @Nullable String self;

    @Option(names = "-1", paramLabel = "S", description = "create: watchdog timeout in seconds. Default: 5.")
    private int watchdog = SbdHeader.Timeouts.DEFAULT.watchdog();

    @Option(names = "-2", paramLabel = "S", description = "create: time to own a slot. Default: 2.")
    private int allocate = SbdHeader.Timeouts.DEFAULT.allocate();

    @Option(names = "-3", paramLabel = "S", description = "create: how often a node reads. Default: 1.")
    private int loop = SbdHeader.Timeouts.DEFAULT.loop();

    @Option(
            names = "-4",
            paramLabel = "S",
            description = "create: after this a message has been acted on. Default: 10.")
    private int msgwait = SbdHeader.Timeouts.DEFAULT.msgwait();

    @Option(names = "--sector-size", paramLabel = "BYTES", description = "create: 512 or 4096. Default: the device's.")
    private @Nullable Integer sectorSize;

    @Parameters(paramLabel = "COMMAND", arity = "1..3", description = "What to do, and to which node.")
    private List<String> words = new ArrayList<>();

    public SbdCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException {
        if (devices.size() > Majority.DISKS_MAX) {
            throw unusable("-d", devices.size() + " disks; at most " + Majority.DISKS_MAX + " are used");
        }
        try {
            return switch (words.getFirst()) {
                case "create" -> create();
                case "list" -> each(this::list);
                case "dump" -> each(this::dump);
                case "check" -> each(this::check);
                case "allocate" -> allocate(word(1, "the name of a node"));
                case "message" -> message(word(1, "the name of a node"), word(2, "a message"));
                default -> throw unusable(words.getFirst(), "is no command of 'ringfence sbd'");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.NOT_DONE;
        }
    }

    private ExitStatus create() throws UnusableInputException, InterruptedException {
        SbdHeader.Timeouts timeouts;
        try {
            timeouts = new SbdHeader.Timeouts(watchdog, allocate, loop, msgwait);
        } catch (IllegalArgumentException e) {
            throw unusable("create", String.valueOf(e.getMessage()));
        }
        if (msgwait <= watchdog) {
            throw unusable(
                    "-4",
                    "msgwait " + msgwait + " s must be more than the watchdog timeout of " + watchdog
                            + " s, twice it as a rule: a node that lost the disk has not stopped before that");
        }
        if (sectorSize != null && sectorSize != 512 && sectorSize != 4_096) {
            throw unusable("--sector-size", sectorSize + " is neither 512 nor 4096");
        }
        return each(path -> {
            SbdHeader header = SbdDisk.create(path, timeouts, Optional.ofNullable(sectorSize));
            say("%s: made an SBD disk of version %s, %d slots, sectors of %d bytes, uuid %s"
                    .formatted(path, header.version(), header.slots(), header.sectorSize(), header.uuid()));
        });
    }

    private void list(String path) throws DiskException {
        try (SbdDisk disk = SbdDisk.open(path)) {
            for (Slot slot : disk.slots()) {
                say(slot.number() + "\t" + slot.node() + "\t"
                        + slot.mail().message().word() + "\t" + slot.mail().from());
            }
        }
    }

    private void dump(String path) throws DiskException {
        try (SbdDisk disk = SbdDisk.open(path)) {
            SbdHeader header = disk.header();
            say("==Dumping header on disk " + path);
            say("Header version     : " + header.version());
            say("UUID               : " + header.uuid());
            say("Number of slots    : " + header.slots());
            say("Sector size        : " + header.sectorSize());
            say("Timeout (watchdog) : " + header.watchdog());
            say("Timeout (allocate) : " + header.allocate());
            say("Timeout (loop)     : " + header.loop());
            say("Timeout (msgwait)  : " + header.msgwait());
            say("==Header on disk " + path + " is dumped");
        }
    }

    private void check(String path) throws DiskException {
        long began = System.nanoTime();
        try (SbdDisk disk = SbdDisk.open(path)) {
            int nodes = disk.slots().size();
            long millis = (System.nanoTime() - began) / 1_000_000;
            SbdHeader header = disk.header();
            say("%s: readable in %d ms, %d nodes, watchdog %d s, msgwait %d s"
                    .formatted(path, millis, nodes, header.watchdog(), header.msgwait()));
            if (header.msgwait() <= header.watchdog()) {
                say(path
                        + ": msgwait is not above the watchdog timeout: a message may count before the node"
                        + " has stopped");
            }
        }
    }

    private ExitStatus allocate(String node) throws InterruptedException {
        return each(path -> {
            try (SbdDisk disk = SbdDisk.open(path)) {
                say(path + ": slot " + disk.allocate(node) + " belongs to " + node);
            }
        });
    }

    private ExitStatus message(String to, String word) throws UnusableInputException, InterruptedException {
        SbdMessage message = SbdMessage.named(word)
                .orElseThrow(() -> unusable(word, "is no message; there are test reset off crashdump clear exit"));
        String from = selfName();
        String node = to.equals("LOCAL") ? from : to;
        int[] wait = {0};
        Majority sent = Majority.of(devices, path -> {
            try (SbdDisk disk = SbdDisk.open(path)) {
                Optional<Integer> slot = disk.slotOf(node);
                if (slot.isEmpty()) {
                    throw new DiskException(path, new IOException(node + " has no slot"));
                }
                disk.send(slot.get(), new Mail(message, from));
                wait[0] = Math.max(wait[0], disk.header().msgwait());
            }
        });
        sent.failures().forEach(failure -> complain(String.valueOf(failure.getMessage())));
        if (!sent.reached()) {
            return ExitStatus.NOT_DONE;
        }
        if (message != SbdMessage.EXIT) {
            Thread.sleep(1_000L * wait[0]);
        }
        return ExitStatus.DONE;
    }

    /** Done when it could be done on each. */
    private ExitStatus each(Majority.Task task) throws InterruptedException {
        Majority done = Majority.of(devices, task);
        done.failures().forEach(failure -> complain(String.valueOf(failure.getMessage())));
        return done.failures().isEmpty() ? ExitStatus.DONE : ExitStatus.NOT_DONE;
    }

    private String selfName() throws UnusableInputException {
        if (self != null) {
            return self;
        }
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            throw unusable("-n", "the host's name cannot be read: " + e.getMessage());
        }
    }

    private String word(int index, String what) throws UnusableInputException {
        if (words.size() <= index) {
            throw unusable(words.getFirst(), "needs " + what);
        }
        return words.get(index);
    }

    private static UnusableInputException unusable(String what, String why) {
        return new UnusableInputException(Problem.error(Place.NONE, what, why, HELP));
    }

    private void say(String line) {
        terminal().line(line);
    }

    private void complain(String line) {
        terminal().complain("ringfence sbd: " + line);
    }
}
