"""The kernel's IPVS: the same files by Debian's ldirectord and by us, side by side in one guest."""

import base64
import os
import sys
import time

from guest import CHECKOUT, Guest

EXAMPLES = os.path.join(CHECKOUT, "network", "src", "test", "resources", "balance", "examples")
SAMPLE = "/usr/share/doc/ldirectord/examples/ldirectord.cf"
NAMES = "192.0.2.80 www\n198.51.100.81 one\n198.51.100.82 two\n198.51.100.83 three\n198.51.100.91 first\n" \
        "198.51.100.92 second\n198.51.100.93 third\n198.51.100.94 sorry\n"
ALIVE = "/srv/alive"
KNOWN = {"ldirectord alone: -a -t 192.0.2.30:995 -r 198.51.100.30:995 -m -w 1":
         "ldirectord takes a server that refuses pops for one that works"}
"""Differences that are ldirectord's own, and why."""


def examples():
    """Those that both read, and Debian's own where ldirectord is installed here; their texts by name."""
    paths = [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES))
             if name.endswith(".cf") and "only-here" not in name]
    found = {}
    for path in paths + [path for path in [SAMPLE] if os.path.exists(path)]:
        with open(path) as file:
            found[os.path.basename(path)] = file.read()
    return found


def put(guest, path, text, mode=644):
    guest.check("mkdir -p %s && echo %s | base64 -d >%s && chmod %d %s" % (
        os.path.dirname(path), base64.b64encode(text.encode()).decode(), path, mode, path))


def prepare(guest):
    """All addresses are the guest's own, so that a server that is not there refuses at once."""
    guest.check("modprobe -a ip_vs ip_vs_rr ip_vs_wrr ip_vs_lc ip_vs_wlc ip_vs_sh ip_vs_mh")
    guest.check("for net in 192.0.2.0/24 198.51.100.0/23 192.168.6.0/24; do ip route add local $net dev lo; done;"
                " ip -6 route add local 2001:db8::/32 dev lo")
    put(guest, "/etc/hosts", "127.0.0.1 localhost\n" + NAMES)
    for program in "/usr/local/sbin/sorry", "/usr/local/sbin/spread":
        put(guest, program, "#!/bin/sh\n", 755)
    put(guest, "/usr/local/lib/check", "#!/bin/sh\nexit 0\n", 755)
    put(guest, "/usr/local/lib/check.pl", "exit 0;\n", 755)
    guest.check("mkdir -p /var/lib/balance/maintenance %s/health && echo OK >%s/health/ready && echo up >%s/index.html" % (
        ALIVE, ALIVE, ALIVE))
    for name, text in examples().items():
        put(guest, "/etc/ha.d/" + name, text)
    put(guest, "/etc/ha.d/second.cf", "checkinterval = 5\n")
    put(guest, "/etc/ha.d/third.cf", "checkinterval = 5\n")


def serve(guest, address, port):
    """A web server that answers; its process."""
    return guest.check("setsid busybox httpd -f -p %s:%d -h %s >/dev/null 2>&1 </dev/null & echo $!" % (
        address, port, ALIVE)).output.strip()


def table(guest):
    return sorted(guest.check("ipvsadm -Sn").output.split("\n"))


def settled(guest, quiet=12.0, timeout=240):
    """The table, once it has not changed for a while and is not empty."""
    deadline = time.monotonic() + timeout
    last, since = None, time.monotonic()
    while time.monotonic() < deadline:
        now = table(guest)
        if now != last:
            last, since = now, time.monotonic()
        elif time.monotonic() - since > quiet and any(last):
            return last
        time.sleep(1)
    return last


def peer_started(guest, name):
    """What it complains of, when it has not begun. One that is supervised stays in the foreground."""
    guest.check("cd /etc/ha.d && setsid ldirectord /etc/ha.d/%s start >/run/peer.out 2>&1 </dev/null &" % name)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if guest.run("pgrep -f 'ldirectord /etc/ha.d/%s'" % name).status != 0:
            return guest.run("tail -n 3 /run/peer.out").output.strip()
        if guest.run("ipvsadm -Sn | grep -q ." ).status == 0:
            return ""
        time.sleep(1)
    return "it has made no table in 60 s"


def peer_stopped(guest):
    guest.run("pkill -TERM ldirectord; for i in $(seq 40); do pgrep ldirectord >/dev/null || break; sleep 0.5; done;"
              " pkill -KILL ldirectord; ipvsadm -C", timeout=120)


def ours_started(guest, name):
    guest.check("cd /etc/ha.d && setsid ringfence balance run --config /etc/ha.d/%s --path ipvs --socket /run/balance.sock"
                " >/run/balance.out 2>&1 </dev/null &" % name)


def ours_stopped(guest):
    guest.run("pkill -TERM -f '[b]alance.process.Main'; for i in $(seq 60); do pgrep -f '[b]alance.process.Main' >/dev/null || break;"
              " sleep 0.5; done; ipvsadm -C", timeout=120)


def difference(theirs, ours):
    return ["ldirectord alone: " + line for line in theirs if line not in ours] + [
        "we alone: " + line for line in ours if line not in theirs]


def scenario_ipvs_same_tables():
    """Ten files that together use every directive: ldirectord and we build the same table of the kernel."""
    said, wrong = [], []
    with Guest(memory=768) as guest:
        prepare(guest)
        serve(guest, "198.51.100.1", 80)
        serve(guest, "198.51.100.70", 80)
        for name in examples():
            complaint = peer_started(guest, name)
            if complaint:
                said.append("%s: not run by ldirectord: %s" % (name, complaint))
                peer_stopped(guest)
                continue
            theirs = settled(guest)
            peer_stopped(guest)
            ours_started(guest, name)
            ours = settled(guest)
            ours_stopped(guest)
            differs = difference(theirs, ours)
            said.append("%s: %d lines%s" % (name, len([line for line in theirs if line]), ", differ" if differs else ""))
            said += [KNOWN[line] for line in differs if line in KNOWN]
            differs = [line for line in differs if line not in KNOWN]
            print(said[-1], "\n  ".join([""] + differs), file=sys.stderr, flush=True)
            if differs:
                wrong.append("%s:\n  %s\n%s" % (name, "\n  ".join(differs), guest.run("tail -n 5 /run/balance.out").output))
        assert not wrong, "\n".join(said + wrong)
        return "; ".join(said)


def scenario_ipvs_killed_server():
    """A web server that is killed: both take its weight in the same way, and give it back when it answers again."""
    seen = {}
    with Guest(memory=768) as guest:
        prepare(guest)
        serve(guest, "198.51.100.2", 80)
        for who in "ldirectord", "ringfence":
            server = serve(guest, "198.51.100.1", 80)
            if who == "ldirectord":
                complaint = peer_started(guest, "01-web.cf")
                assert not complaint, complaint
            else:
                ours_started(guest, "01-web.cf")
            before = settled(guest)
            guest.check("kill -KILL " + server)
            without = settled(guest, quiet=30)
            server = serve(guest, "198.51.100.1", 80)
            again = settled(guest, quiet=30)
            guest.check("kill -KILL " + server)
            if who == "ldirectord":
                peer_stopped(guest)
            else:
                ours_stopped(guest)
            assert before != without and before == again, "%s: %r, %r, %r" % (who, before, without, again)
            seen[who] = [before, without, again]
        assert seen["ldirectord"] == seen["ringfence"], seen
        return "%d lines with it, without it, and again: the same" % len(seen["ringfence"][0])
