package org.ringfence.daemon.sbd;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.guard.disk.DiskException;
import org.ringfence.guard.disk.Majority;
import org.ringfence.guard.disk.SbdDisk;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector.Mail;
import org.ringfence.model.value.Truth;

/**
 * Fences through shared disks: writes the message by majority, verified, and then waits msgwait from the moment at which the
 * majority had it. After that the target has read it and acted, or its guard could not read it and the watchdog has fired.
 * Everything else goes to the agents that are programs.
 *
 * <p>Serves {@code ringfence_sbd}, and {@code fence_sbd} and {@code external/sbd} on hosts that do not have those.
 */
public final class SbdFenceAgents implements FenceAgents {
    private static final System.Logger LOG = System.getLogger("ringfence");

    /** The agent's name. */
    public static final String OWN = "ringfence_sbd";

    private static final Set<String> ALSO = Set.of("fence_sbd", "external/sbd");
    private static final List<String> DEVICE_PARAMETERS = List.of("devices", "sbd_device", "devs");
    private static final List<String> TARGET_PARAMETERS = List.of("plug", "port", "nodename");

    /** For whatever is not a message: opening, and reading all slots. */
    private static final long LOOKING_MILLIS = 10_000;

    private static final long LOOKING_AGAIN_MILLIS = 2_000;
    private static final long SLOT_LOOK_MILLIS = 100;

    private static final String METADATA = """
        <?xml version="1.0" ?>
        <resource-agent name="ringfence_sbd" shortdesc="Fence device through shared disks">
          <longdesc>Writes a message into the slot of a node and waits until its guard must have acted.</longdesc>
          <parameters>
            <parameter name="plug" unique="0" required="0">
              <getopt mixed="-n, --plug=[node]"/>
              <content type="string"/>
              <shortdesc lang="en">The node whose slot is written to</shortdesc>
            </parameter>
            <parameter name="devices" unique="0" required="0">
              <getopt mixed="--devices=[disks]"/>
              <content type="string"/>
              <shortdesc lang="en">One to three disks; those of this host's guard where they are left out</shortdesc>
            </parameter>
            <parameter name="crashdump" unique="0" required="0">
              <getopt mixed="--crashdump=[yes]"/>
              <content type="boolean" default="false"/>
              <shortdesc lang="en">Ask for a dump of the kernel in place of a reset</shortdesc>
            </parameter>
          </parameters>
          <actions>
            <action name="reboot"/>
            <action name="off"/>
            <action name="on"/>
            <action name="status"/>
            <action name="monitor"/>
            <action name="list"/>
            <action name="metadata"/>
            <action name="test"/>
          </actions>
        </resource-agent>
        """;

    private final FenceAgents programs;
    private final Predicate<String> installed;
    private final List<String> ownDevices;
    private final String self;

    /**
     * @param installed  whether a fence agent is there as a program
     * @param ownDevices the disks of this host's guard; may be none
     * @param self       this node, as the sender of messages
     */
    public SbdFenceAgents(FenceAgents programs, Predicate<String> installed, List<String> ownDevices, String self) {
        this.programs = programs;
        this.installed = installed;
        this.ownDevices = List.copyOf(ownDevices);
        this.self = self;
    }

    /** Whether an agent of this name is this one, on a host where {@code installed} says which are there as programs. */
    public static boolean serves(String agent, Predicate<String> installed) {
        return agent.equals(OWN) || (ALSO.contains(agent) && !installed.test(agent));
    }

    @Override
    public void execute(Request request, Consumer<Result> whenDone) {
        if (!serves(request.agent(), installed)) {
            programs.execute(request, whenDone);
            return;
        }
        Thread.ofVirtual().name("fence " + request.token()).start(() -> whenDone.accept(run(request)));
    }

    private Result run(Request request) {
        long began = System.nanoTime();
        try {
            return switch (request.action()) {
                case "metadata" -> done(request, began, METADATA.lines().toList(), "");
                case "monitor", "status" -> {
                    look(request);
                    yield done(request, began, List.of(), "");
                }
                case "list" -> done(request, began, look(request), "");
                case "on" -> clear(request, began);
                case "test" -> test(request, began);
                case "off" -> message(request, began, SbdMessage.OFF);
                case "reboot" ->
                    message(request, began, isTrue(request, "crashdump") ? SbdMessage.CRASHDUMP : SbdMessage.RESET);
                default -> failed(request, began, "there is no action " + request.action());
            };
        } catch (Posting.NoMajorityException | UnusableException e) {
            return failed(request, began, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(request, began, "interrupted");
        }
    }

    /** What was asked for cannot be done; nothing was written. */
    private static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    /** Every node that has a slot, as a disk says that is read with the majority. */
    private List<String> look(Request request)
            throws UnusableException, Posting.NoMajorityException, InterruptedException {
        var posting = new Posting(
                devices(request),
                disk -> disk.slots().stream().map(SbdDisk.Slot::node).toList());
        return posting.carryOut(Math.min(LOOKING_MILLIS, request.timeout().toMillis()))
                .said();
    }

    /** A node may come up again: what had stopped it is taken out of its slot, unless it is gone already. */
    private Result clear(Request request, long began)
            throws UnusableException, Posting.NoMajorityException, InterruptedException {
        Posting.of(devices(request), target(request), SbdMessage.CLEAR, self)
                .carryOut(Math.min(LOOKING_MILLIS, request.timeout().toMillis()));
        return done(request, began, List.of(), "");
    }

    private Result message(Request request, long began, SbdMessage message)
            throws UnusableException, Posting.NoMajorityException, InterruptedException {
        List<String> devices = devices(request);
        String target = target(request);
        long millis = request.timeout().toMillis();
        // Too short a timeout must be known before the message is written, not after it.
        int msgwait = new Posting(devices, _ -> List.of())
                .carryOut(Math.min(LOOKING_MILLIS, millis))
                .msgwait();
        long left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        if (left <= TimeUnit.SECONDS.toMillis(msgwait)) {
            throw new UnusableException("msgwait is " + msgwait + " s, and the fencing timeout of " + millis
                    + " ms leaves " + left + " ms: nothing was written; raise pcmk_" + request.action()
                    + "_timeout or fencing-timeout");
        }
        Posting.Majority written =
                Posting.of(devices, target, message, self).carryOut(left - TimeUnit.SECONDS.toMillis(msgwait));
        Instant at = Instant.now().minusNanos(System.nanoTime() - written.at()).truncatedTo(ChronoUnit.MILLIS);
        long end = written.at() + TimeUnit.SECONDS.toNanos(written.msgwait());
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(rest);
        }
        mustBeThere(devices, target, message);
        return done(
                request,
                began,
                List.of(),
                "message " + message.word() + " written to " + written.disks() + " of " + devices.size() + " disks at "
                        + at + ", then waited msgwait " + written.msgwait()
                        + " s, within which its guard has read it or its watchdog has fired");
    }

    /**
     * Whoever sends a test at the same moment may have written it over the message, before its target has read that. A guard that
     * begins anew clears what it finds in its node's name; a test is cleared in its sender's. A disk that cannot be read any more
     * had the message, which is what counts.
     */
    private static void mustBeThere(List<String> devices, String target, SbdMessage message)
            throws UnusableException, InterruptedException {
        List<String> lost = new CopyOnWriteArrayList<>();
        var looking = new Posting(devices, disk -> {
            Mail mail = disk.mail(slot(disk, target));
            boolean stands = mail.message().stops()
                    || (mail.message() == SbdMessage.CLEAR
                            && (mail.from().isEmpty() || mail.from().equalsIgnoreCase(target)));
            if (!stands) {
                lost.add(disk.path() + " holds " + mail.message().word() + " of " + mail.from());
            }
            return List.of();
        });
        try {
            looking.carryOut(LOOKING_AGAIN_MILLIS);
        } catch (Posting.NoMajorityException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "the message cannot be looked at again", unreadable);
        }
        if (devices.size() - lost.size() < devices.size() / 2 + 1) {
            throw new UnusableException("the message " + message.word() + " was written over before its time was over: "
                    + String.join("; ", lost));
        }
    }

    /**
     * Whether somebody reads the target's slots: a test message is written to each disk, and must be cleared on more than half.
     * Nothing that stops the target is written over; a message that comes in the moment between looking and writing is missed by
     * its sender, who looks again.
     */
    private Result test(Request request, long began)
            throws UnusableException, Posting.NoMajorityException, InterruptedException {
        List<String> devices = devices(request);
        String target = target(request);
        long end = began + request.timeout().toNanos();
        Posting.Majority cleared = new Posting(devices, disk -> {
                    int slot = slot(disk, target);
                    awaitClear(disk, slot, end, "before a test could be written");
                    disk.send(slot, new Mail(SbdMessage.TEST, self));
                    awaitClear(disk, slot, end, "so nobody reads it");
                    return List.of();
                })
                .carryOut(request.timeout().toMillis());
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        return done(
                request,
                began,
                List.of(),
                "cleared a test message on " + cleared.disks() + " of " + devices.size() + " disks within " + took
                        + " ms");
    }

    private static int slot(SbdDisk disk, String target) throws DiskException {
        return disk.slotOf(target)
                .orElseThrow(() -> new DiskException(disk.path(), new IOException("node " + target + " has no slot")));
    }

    private static void awaitClear(SbdDisk disk, int slot, long end, String otherwise)
            throws DiskException, InterruptedException {
        for (Mail mail = disk.mail(slot); mail.message() != SbdMessage.CLEAR; mail = disk.mail(slot)) {
            if (mail.message() != SbdMessage.TEST || System.nanoTime() - end > 0) {
                throw new DiskException(
                        disk.path(),
                        new IOException(
                                "the slot holds " + mail.message().word() + " of " + mail.from() + ", " + otherwise));
            }
            Thread.sleep(SLOT_LOOK_MILLIS);
        }
    }

    private List<String> devices(Request request) throws UnusableException {
        Optional<String> named = first(request.parameters(), DEVICE_PARAMETERS);
        List<String> devices = named.map(text -> Stream.of(text.split("[;,\\s]+"))
                        .filter(device -> !device.isEmpty())
                        .distinct()
                        .toList())
                .orElse(ownDevices);
        if (devices.isEmpty() || devices.size() > Majority.DISKS_MAX) {
            throw new UnusableException("it needs one to three disks, not " + devices.size()
                    + ": name them with devices=, or give this host's guard some with sbd-devices");
        }
        return devices;
    }

    private static String target(Request request) throws UnusableException {
        return first(request.parameters(), TARGET_PARAMETERS)
                .orElseThrow(() -> new UnusableException("it was not told which node: plug is missing"));
    }

    private static boolean isTrue(Request request, String parameter) {
        String value = request.parameters().getOrDefault(parameter, "");
        return Truth.parse(value).orElse(false);
    }

    private static Optional<String> first(Map<String, String> parameters, List<String> names) {
        return names.stream()
                .map(name -> parameters.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static Result done(Request request, long began, List<String> output, String reason) {
        return new Result(request.token(), true, 0, output, reason, Duration.ofNanos(System.nanoTime() - began));
    }

    private static Result failed(Request request, long began, String reason) {
        return new Result(request.token(), false, 1, List.of(), reason, Duration.ofNanos(System.nanoTime() - began));
    }
}
