"""The guard of a real node, with a real watchdog: whatever ends or loses it, the guest is reset within the bound."""

import os
import time

from guest import Guest, GuestFailure

HOLD = 10
TIMEOUT = 10
MSGWAIT = 30
"""Longer than anybody would have them: a guest whose host is busy stands still for seconds, and that is no finding."""

SLACK = 10.0
"""Seconds that a loaded host may be late with a guest's time: guests are emulated."""

CONFIGURATION = """cluster = vm
node = %(node)s
bind = %(address)s
%(peers)s
security = plain
state = /var/lib/ringfence/%(node)s
socket = /run/ringfence-%(node)s/ringfence.sock
hung-after = 30s
"""


def configure(guest, nodes, disk=None):
    """Nodes n1, n2 ... of one cluster in one guest, on addresses of its own loopback; n1 has to have a guard."""
    peers = "\n".join("peer.n%d = 127.0.0.%d" % (number, number) for number in range(1, nodes + 1))
    for number in range(1, nodes + 1):
        text = CONFIGURATION % {"node": "n%d" % number, "address": "127.0.0.%d" % number, "peers": peers}
        if number == 1:
            text += "watchdog = /dev/watchdog0\nwatchdog-timeout = %ds\nguard-hold = %ds\n" % (TIMEOUT, HOLD)
            if disk:
                text += "sbd-devices = %s\n" % disk
        guest.check("mkdir -p /run/ringfence-n%d && cat >/etc/ringfence/n%d.conf <<'END'\n%sEND" % (number, number, text))


def start(guest, what, number, log):
    guest.check("setsid ringfence %s --config /etc/ringfence/n%d.conf >/var/lib/ringfence/%s.log 2>&1 </dev/null &"
                % (what, number, log))


def await_text(guest, command, text, timeout=900):
    deadline, began = time.monotonic() + timeout, time.monotonic()
    answer = None
    while time.monotonic() < deadline:
        # What was asked before a reset is never answered.
        reset = [event for event in guest.events if event.name == "RESET" and event.at > began]
        assert not reset, "a reset while waiting for %r: the host is too busy for these times; %r" % (text, reset)
        try:
            answer = guest.run(command, timeout=60)
        except GuestFailure:
            continue
        if text in answer.output:
            return answer
        time.sleep(0.5)
    raise AssertionError("%r not in time from %s: %s" % (text, command, answer and answer.output[-1500:]))


def pid(guest, main):
    return guest.check("pgrep -f '%s' | head -n 1" % main).output.strip()


def up(guest, module="softdog", nodes=1, disk=None):
    """Guard and daemon of n1, and the daemons of the others; returns when the guard goes by beats and lease."""
    guest.check("modprobe " + module)
    configure(guest, nodes, disk)
    start(guest, "guard", 1, "guard")
    await_text(guest, "cat /var/lib/ringfence/guard.log", "armed:")
    for number in range(1, nodes + 1):
        start(guest, "node run", number, "n%d" % number)
    began = time.monotonic()
    deadline = began + 900
    # The board: flags at byte 80 are 0 when something could do harm, the lease at 72 is not the least long there is.
    while time.monotonic() < deadline:
        reset = [event for event in guest.events if event.name == "RESET" and event.at > began]
        assert not reset, "reset before anything was done to it: %s" % note(guest)
        try:
            words = guest.run("od -A n -t d8 -j 64 -N 24 /run/ringfence-n1/guard.board", timeout=60).output.split()
        except GuestFailure:
            continue
        if len(words) == 3 and words[2] == "0" and words[1] != "-9223372036854775808":
            return
        time.sleep(0.5)
    raise AssertionError("the guard does not go by the daemon: %s" % guest.run(
        "tail -n 20 /var/lib/ringfence/*.log").output)


def resident(guest):
    text = guest.check("grep VmHWM /proc/%s/status" % pid(guest, "guard.process.Main")).output
    return int(text.split()[1]) // 1024


def reset_after(guest, command, bound, watchdog=False):
    """Does something and waits for the reset: "9.8 to 10.0 s after", as seen from outside, from when the guest had done it and from
    before it began, which it says on its console. The longer one is judged."""
    asked = time.monotonic()
    mark = "mark-%d" % (asked * 1000)
    guest.send("echo %s-begin >/dev/ttyS0\n%s\necho %s-end >/dev/ttyS0" % (mark, command, mark))
    began = guest.await_console(mark + "-begin", 60)
    done = guest.await_console(mark + "-end", 60)
    reset = guest.await_event("RESET", bound + 60, since=asked)
    assert reset, "no reset; the guard said: %s" % guest.run("tail -n 20 /var/lib/ringfence/guard.log", port=2).output
    took = reset.at - began
    assert took <= bound + SLACK, "reset after %.1f s, promised were %d s" % (took, bound)
    return "%.1f to %.1f s after" % (max(0.0, reset.at - done), took)


def note(guest):
    guest.await_boot()
    return guest.check("cat /var/lib/ringfence/n1/guard-note").output


def shown_after_boot(guest, words):
    """The next daemon shows the note, in status and in the history, once."""
    guest.check("modprobe softdog")
    guest.check("mkdir -p /run/ringfence-n1")
    start(guest, "guard", 1, "guard")
    start(guest, "node run", 1, "n1")
    os_socket = "RINGFENCE_SOCKET=/run/ringfence-n1/ringfence.sock "
    await_text(guest, os_socket + "ringfence status", words)
    await_text(guest, os_socket + "ringfence history", "the guard ended this host")
    assert guest.run("test -e /var/lib/ringfence/n1/guard-note").status != 0, "the note would be told again"


def scenario_guard_hung_daemon():
    """A daemon that hangs: reset within hold + watchdog, and the note is shown after the boot."""
    with Guest(memory=768) as guest:
        up(guest)
        size = resident(guest)
        assert size <= 64, "the guard has %d MiB resident" % size
        daemon = pid(guest, "ringfence.daemon.Main")
        took = reset_after(guest, "kill -STOP " + daemon, HOLD + TIMEOUT)
        text = note(guest)
        assert "the daemon is silent" in text, text
        shown_after_boot(guest, "the daemon is silent")
        return "reset %s SIGSTOP (promised %d s), guard %d MiB" % (took, HOLD + TIMEOUT, size)


def scenario_guard_killed_daemon():
    """A daemon that is killed and not started again: reset within hold + watchdog."""
    with Guest(memory=768, watchdog="i6300esb") as guest:
        up(guest, "i6300esb")
        took = reset_after(guest, "kill -KILL " + pid(guest, "ringfence.daemon.Main"), HOLD + TIMEOUT)
        text = note(guest)
        assert "the daemon is silent" in text, text
        return "reset %s SIGKILL (promised %d s)" % (took, HOLD + TIMEOUT)


def scenario_guard_killed_guard():
    """A guard that is killed: the watchdog fires within its timeout, and nobody is left to write a note."""
    with Guest(memory=768, watchdog="i6300esb") as guest:
        up(guest, "i6300esb")
        took = reset_after(guest, "kill -KILL " + pid(guest, "guard.process.Main"), TIMEOUT)
        assert guest.await_event("WATCHDOG", 1), "a reset, and not by the watchdog: %r" % guest.events
        return "reset by the watchdog %s SIGKILL (promised %d s)" % (took, TIMEOUT)


def disk_file(name):
    path = os.path.join(os.environ.get("TMPDIR", "/var/tmp"), "ringfence-vm-%s-%d" % (name, os.getpid()))
    with open(path, "wb") as file:
        file.truncate(4 << 20)
    return path


def scenario_guard_lost_disk_and_quorum():
    """The disk is lost and the node runs on; the quorum is lost too, and it is reset within hold + watchdog."""
    disk = disk_file("disk")
    try:
        with Guest(memory=1024, disks=[disk]) as guest:
            guest.check("ringfence sbd -d /dev/vdc -1 %d -4 %d create" % (TIMEOUT, MSGWAIT))
            up(guest, nodes=3, disk="/dev/vdc")
            guest.check("for d in /sys/bus/virtio/drivers/virtio_blk/virtio*; do"
                        " [ ! -e $d/block/vdc ] || echo ${d##*/} >/sys/bus/virtio/drivers/virtio_blk/unbind; done")
            time.sleep(HOLD + TIMEOUT + SLACK)
            assert not [event for event in guest.events if event.name == "RESET"], "reset although quorate"
            others = guest.check("pgrep -f 'ringfence.daemon.Main.*/n[23].conf'").output.split()
            took = reset_after(guest, "kill -KILL " + " ".join(others), HOLD + TIMEOUT)
            text = note(guest)
            assert "too few of the disks" in text, text
            return "without the disk alone it ran on; reset %s the quorum was lost too (promised %d s)" % (
                took, HOLD + TIMEOUT)
    finally:
        os.remove(disk)


def scenario_guard_obeys_sbd():
    """A message that Debian's sbd writes resets a guarded guest at once; test is cleared."""
    disk = disk_file("disk")
    try:
        with Guest(memory=768, disks=[disk]) as guest:
            guest.check("sbd -d /dev/vdc -1 %d -4 %d create" % (TIMEOUT, MSGWAIT))
            up(guest, disk="/dev/vdc")
            guest.check("sbd -d /dev/vdc message n1 test")
            listed = guest.check("sbd -d /dev/vdc list").output
            assert "n1\tclear" in listed, listed
            took = reset_after(guest, "setsid sbd -d /dev/vdc message n1 reset >/dev/null 2>&1 &", 10)
            text = note(guest)
            assert "reset was asked for by" in text, text
            return "reset %s the command began" % took
    finally:
        os.remove(disk)


def scenario_sbd_obeys_ringfence():
    """A guest that runs Debian's sbd daemon, with a real watchdog, is reset by a message of ours."""
    disk = disk_file("disk")
    try:
        with Guest(memory=640, disks=[disk]) as guest:
            guest.check("modprobe softdog")
            guest.check("ringfence sbd -d /dev/vdc -1 %d -4 %d create" % (TIMEOUT, MSGWAIT))
            guest.check("SBD_PACEMAKER=no SBD_SYNC_RESOURCE_STARTUP=no setsid sbd -d /dev/vdc -w /dev/watchdog0 -n n1"
                        " -S 0 watch >/run/sbd.log 2>&1 </dev/null &")
            await_text(guest, "sbd -d /dev/vdc list", "n1\tclear")
            guest.check("ringfence sbd -d /dev/vdc message n1 test", timeout=600)
            await_text(guest, "sbd -d /dev/vdc list", "n1\tclear")
            took = reset_after(guest, "setsid ringfence sbd -d /dev/vdc message n1 reset >/dev/null 2>&1 &", 10)
            return "reset %s the command began" % took
    finally:
        os.remove(disk)
