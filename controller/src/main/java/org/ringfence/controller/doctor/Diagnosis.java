package org.ringfence.controller.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ringfence.model.problem.Problem.Severity;

/** The catalogue. The order is that of the report: what endangers data first. */
public enum Diagnosis {
    FENCING_OFF(
            Severity.ERROR,
            Where.CONFIGURATION,
            "fencing is switched off (fencing-enabled=false), so a lost node could go on writing",
            "ringfence configure set fencing-enabled=true"),
    FENCING_MISSING(
            Severity.ERROR,
            Where.CONFIGURATION,
            "no fence device is configured, so a lost node could not be stopped",
            "configure a fence device (a primitive of class stonith) for each node; see docs/fencing.md"),
    FENCING_UNCOVERED(
            Severity.ERROR,
            Where.CONFIGURATION,
            "no fence device covers the node, so what it runs would not be recovered when it is lost",
            "name the node in pcmk_host_list or pcmk_host_map of a device, or configure a device for it"),
    FENCING_TOPOLOGY(
            Severity.ERROR,
            Where.CONFIGURATION,
            "a level of the fencing topology can never be used, and somebody counts on it",
            "name devices and nodes that are there, or remove the level"),
    FENCING_BY_ITSELF(
            Severity.WARNING,
            Where.CONFIGURATION,
            "the only device that fences the node may run on that node alone: once the node is lost, nobody runs it",
            "let it run elsewhere: location DEVICE-elsewhere DEVICE -inf: NODE"),
    FENCING_NO_DELAY(
            Severity.WARNING,
            Where.CONFIGURATION,
            "two nodes that lose each other fence each other at the same time, and both are off",
            "ringfence configure set priority-fencing-delay=10s, or pcmk_delay_base on the device of one node"),
    QUORUM_IGNORED(
            Severity.ERROR,
            Where.CONFIGURATION,
            "with no-quorum-policy=ignore both halves of a cluster that is cut in two start everything",
            "ringfence configure set no-quorum-policy=stop"),
    FILE_SYSTEM_WITHOUT_LOCKS(
            Severity.ERROR,
            Where.CONFIGURATION,
            "a cluster file system is mounted on several nodes and nothing runs the lock manager that keeps them apart",
            "run ocf:pacemaker:controld as a clone, ordered before the file system and with it"),
    ADDRESS_TWICE(
            Severity.ERROR,
            Where.CONFIGURATION,
            "two resources bring up the same address; wherever both run, one of the two nodes is not reached",
            "give each its own address, or remove one"),
    COLOCATION_NEVER(
            Severity.ERROR,
            Where.CONFIGURATION,
            "the constraint can never hold: no node is left that both resources may be on, so the dependent never runs",
            "remove one of the constraints that it contradicts; 'ringfence why RESOURCE' names and tries them"),
    TIMERS_CONTRADICT(
            Severity.WARNING,
            Where.CONFIGURATION,
            "timers contradict each other or the recovery target",
            "ringfence timers"),
    MONITOR_MISSING(
            Severity.WARNING,
            Where.CONFIGURATION,
            "the resource has no monitor operation, so nobody notices when it fails",
            "add one: op monitor interval=10s timeout=20s"),
    MONITOR_OF_PROMOTED_MISSING(
            Severity.WARNING,
            Where.CONFIGURATION,
            "the resource can be promoted and has no monitor operation for that role, so nobody notices when the"
                    + " promoted one fails",
            "add one with an interval of its own: op monitor interval=9s role=Promoted timeout=20s"),
    TIMEOUT_SHORT(
            Severity.WARNING,
            Where.CONFIGURATION,
            "the operation's timeout is hardly more than it was measured to take, or less: a slow day makes it a"
                    + " failure",
            "set the timeout to at least twice the longest time measured"),
    CLONE_NOT_INTERLEAVED(
            Severity.WARNING,
            Where.CONFIGURATION,
            "a clone that depends on another clone restarts everywhere when one instance of the other does",
            "set interleave=true on both"),
    THRESHOLD_WITHOUT_TIMEOUT(
            Severity.WARNING,
            Where.CONFIGURATION,
            "failures are counted up to migration-threshold and never forgotten: in the end the resource may run"
                    + " nowhere",
            "set failure-timeout beside it, for example 10min"),
    MOVE_LEFT_BEHIND(
            Severity.WARNING,
            Where.CONFIGURATION,
            "a constraint that a move or ban of another tool left behind still holds",
            "ringfence configure delete ID; moves of Ringfence end by themselves"),
    NOT_UNDERSTOOD(
            Severity.WARNING,
            Where.CONFIGURATION,
            "part of the configuration is not understood or cannot be used, and is left out of account",
            "see what it says; 'ringfence configure verify' names file, line and column"),
    MAINTENANCE_LEFT_ON(
            Severity.WARNING,
            Where.CONFIGURATION,
            "maintenance is on: nothing is recovered",
            "ringfence maintenance off --plan shows what its end would do"),
    UNMANAGED(
            Severity.NOTE,
            Where.CONFIGURATION,
            "the resource is not managed: it is watched, and not recovered",
            "ringfence configure set --resource RESOURCE is-managed="),
    STANDBY_LEFT_ON(
            Severity.NOTE,
            Where.CONFIGURATION,
            "the node is in standby and runs nothing",
            "ringfence standby NODE --off --plan shows what its end would do"),
    NO_STICKINESS(
            Severity.NOTE,
            Where.CONFIGURATION,
            "resources have no stickiness: they may move back, with an outage, when a node returns",
            "rsc_defaults resource-stickiness=100"),
    AGENT_MISSING(
            Severity.ERROR,
            Where.HOST,
            "the agent of a resource is not installed on the host, so the resource cannot run there",
            "install it, or keep the resource off: location RESOURCE-not-here RESOURCE -inf: NODE"),
    DISK_NEARLY_FULL(
            Severity.ERROR,
            Where.HOST,
            "the file system that keeps the configuration is nearly full; a node that cannot save acknowledges nothing",
            "make room"),
    MEMORY_CAN_BE_SWAPPED(
            Severity.WARNING,
            Where.HOST,
            "the host has swap and the daemon's memory is not locked: a page that comes back late looks like a dead"
                    + " node",
            "swapoff -a, or allow the daemon to lock its memory (LimitMEMLOCK=infinity)"),
    HOST_NAME_DIFFERS(
            Severity.NOTE,
            Where.HOST,
            "the host's name is not its node's name; agents that ask the host take the one for the other",
            "hostnamectl set-hostname NODE"),
    CLOCK_NOT_SET(
            Severity.WARNING,
            Where.HOST,
            "nothing keeps the host's clock right; histories of several nodes cannot be told in order, and rules with"
                    + " dates fail",
            "run chronyd, ntpd or systemd-timesyncd"),
    CLOCKS_DIFFER(
            Severity.WARNING,
            Where.HOST,
            "the host's clock is a second or more away from the DC's; failure timeouts, rules with dates and moves end"
                    + " at another time there",
            "let every host keep its clock by the same source, with chronyd, ntpd or systemd-timesyncd"),
    RELEASES_DIFFER(
            Severity.WARNING,
            Where.HOST,
            "nodes run different releases: what is new waits for the oldest of them",
            "bring the others to the same release, one node after another"),
    DRBD_WITHOUT_FENCING(
            Severity.ERROR,
            Where.HOST,
            "the DRBD resource goes on without its peer and keeps nobody from promoting the other side, so both may be"
                    + " written, and what one of them wrote is lost",
            "in its net section: fencing resource-and-stonith; and a fence-peer handler beside it");

    /** Where it is found. */
    public enum Where {
        CONFIGURATION,
        HOST
    }

    private final Severity severity;
    private final Where where;
    private final String reason;
    private final String remedy;

    Diagnosis(Severity severity, Where where, String reason, String remedy) {
        this.severity = severity;
        this.where = where;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** {@code fencing-missing}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Diagnosis> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(Diagnosis::code).toList();
    }

    public Severity severity() {
        return severity;
    }

    public Where where() {
        return where;
    }

    /** One sentence without a full stop. */
    public String reason() {
        return reason;
    }

    /** What to do; names in capitals stand for the element that is found. */
    public String remedy() {
        return remedy;
    }
}
