"""Watchdogs that are real to their kernel: what probe finds of them, and that they bite."""

import time

from guest import Guest

SLACK = 10.0
"""Seconds that a loaded host may be late with a guest's time: guests are emulated."""


def probe(guest, device="/dev/watchdog0"):
    report = guest.check("ringfence watchdog probe -d %s --json" % device).json()
    assert len(report["watchdogs"]) == 1, report
    return report["watchdogs"][0]


def expect(found, **expected):
    for name, value in expected.items():
        assert found.get(name) == value, "%s is %r, not %r; all: %r" % (name, found.get(name), value, found)


def scenario_probe_softdog():
    """softdog is named as software, takes 1 to 65535 s, refuses more, and rests after closing."""
    with Guest() as guest:
        guest.check("modprobe softdog")
        finding = probe(guest)
        expect(finding, driver="softdog", identity="Software Watchdog", quality="SOFTWARE")
        expect(finding["answers"], range={"min": 1, "max": 65535, "step": 1}, above="REFUSES", spacing="EACH",
               closing="DISARMS", magicClose=True)
        state = guest.check("cat /sys/class/watchdog/watchdog0/state").output.strip()
        assert state == "inactive", state
        # Its timeout is what it was, and nothing resets the guest afterwards.
        assert guest.check("cat /sys/class/watchdog/watchdog0/timeout").output.strip() == "60"
        time.sleep(3)
        assert not [event for event in guest.events if event.name == "RESET"], guest.events
        return "range %(min)d-%(max)d" % finding["answers"]["range"] + ", %d questions" % finding["answers"]["questions"]


def scenario_probe_i6300esb():
    """i6300esb is named as the hypervisor's, takes 1 to 2046 s and refuses 2047."""
    with Guest(watchdog="i6300esb") as guest:
        guest.check("modprobe i6300esb")
        finding = probe(guest)
        expect(finding, driver="i6300esb", quality="VIRTUAL")
        expect(finding["answers"], range={"min": 1, "max": 2046, "step": 1}, above="REFUSES", spacing="EACH",
               closing="DISARMS")
        refused = guest.run("ringfence watchdog bite -d /dev/watchdog0 --timeout 2047 --yes")
        assert refused.status == 1 and "does not take 2047 s" in refused.output, refused.output
        return "range %(min)d-%(max)d" % finding["answers"]["range"] + ", %d questions" % finding["answers"]["questions"]


def scenario_probe_held():
    """A watchdog that another process holds is not opened, and that process is named."""
    with Guest() as guest:
        guest.check("modprobe softdog")
        guest.check("nohup sh -c 'exec 7>/dev/watchdog0; while sleep 1; do printf . >&7; done' >/dev/null 2>&1 & sleep 1")
        answer = guest.run("ringfence watchdog probe -d /dev/watchdog")
        assert answer.status == 1 and "held by sh (process" in answer.output, answer.output
        return answer.output.strip().splitlines()[-1][:100]


def scenario_probe_nowayout():
    """One that closing cannot disarm is not opened unless that is asked for."""
    with Guest() as guest:
        guest.check("modprobe softdog nowayout=1")
        answer = guest.run("ringfence watchdog probe -d /dev/watchdog0")
        assert answer.status == 3 and "nowayout" in answer.output, answer.output
        assert guest.check("cat /sys/class/watchdog/watchdog0/state").output.strip() == "inactive"


def bite(module, watchdog, timeout):
    with Guest(watchdog=watchdog) as guest:
        guest.check("modprobe " + module)
        refused = guest.run("ringfence watchdog bite -d /dev/watchdog0")
        assert refused.status == 3, refused.output
        # What tells from outside when it was fed last: the record is written just before.
        guest.send("ringfence watchdog bite -d /dev/watchdog0 --timeout %d --yes" % timeout)
        fed = await_record(guest)
        reset = guest.await_event("RESET", timeout + 60, since=fed)
        assert reset, "no reset; events: %r" % guest.events
        if watchdog:
            assert guest.await_event("WATCHDOG", 1), "a reset, and not by the watchdog: %r" % guest.events
        outside = reset.at - fed
        guest.await_boot()
        report = guest.check("ringfence watchdog probe --json").json()
        record = report["bite"]
        assert record["bit"], record
        inside = record["aliveMs"] / 1000
        assert timeout - 2 <= inside <= timeout + SLACK, record
        assert outside <= timeout + SLACK, outside
        return "timeout %d s: reset %.1f s after the record as seen from outside, last sign of life %.1f s" % (
            timeout, outside, inside)


def await_record(guest):
    for _ in range(600):
        if guest.run("test -e /var/lib/ringfence/watchdog-bite", port=2).status == 0:
            return time.monotonic()
        time.sleep(0.1)
    raise AssertionError("nothing was let loose: " + guest.console()[-500:])


def scenario_bite_softdog():
    """softdog resets the guest, and the time that it took is there after the boot."""
    return bite("softdog", None, 10)


def scenario_bite_i6300esb():
    """i6300esb resets the guest: qemu says that it was the watchdog, and the time is there after the boot."""
    return bite("i6300esb", "i6300esb", 10)
