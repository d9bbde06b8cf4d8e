"""The kernel's load balancer, kept by ringfence balance: what is wanted is what the kernel has."""

import time

from guest import Guest

CONFIGURATION = """checkinterval = 1
quiescent = %s
virtual = 10.99.0.1:80
    real = 10.99.0.2:80 masq 3
    real = 10.99.0.3:8080 masq
    real = 10.99.0.4 gate 2
    scheduler = wlc
    persistent = 60
    netmask = 255.255.255.0
    checktype = external
    checkcommand = /tmp/check
virtual6 = [fd00::1]:53
    real6 = [fd00::2]:53 ipip
    protocol = udp
    ops = yes
    checktype = on
virtual = 7
    real = 10.99.0.2 gate
    scheduler = sh
    schedflags = sh-port
    checktype = on
"""
CHECK = """#!/bin/sh
! [ -e /tmp/down-$3 ]
"""


def table(guest):
    """The kernel's own words, without counts: one line for each service and destination."""
    lines = guest.check("cat /proc/net/ip_vs").output.split("\n")[3:]
    return [" ".join(line.split()[:4] if "->" in line else line.split()) for line in lines if line.strip()]


def await_line(guest, wanted, there=True, timeout=300):
    deadline = time.monotonic() + timeout
    while any(wanted in line for line in table(guest)) != there:
        assert time.monotonic() < deadline, "%r %s: %s" % (wanted, "is not there" if there else "is there", table(guest))
        time.sleep(1)


def scenario_balance_ipvs():
    """The kernel's table is built, follows its checks, keeps what is not the balancer's own, and is cleared at the end."""
    with Guest() as guest:
        guest.check("modprobe ip_vs && modprobe dummy && ip link add d0 type dummy && ip link set d0 up"
                    " && ip addr add 10.99.0.1/24 dev d0 && ip -6 addr add fd00::1/64 dev d0 nodad")
        guest.check("cat >/tmp/check <<'END'\n%sEND\nchmod +x /tmp/check" % CHECK)
        guest.check("cat >/tmp/b.cf <<'END'\n%sEND" % (CONFIGURATION % "no"))
        guest.check("setsid ringfence balance run --path ipvs --config /tmp/b.cf >/tmp/b.log 2>&1 </dev/null &")
        await_line(guest, "0A630003:1F90 Masq 1")
        built = table(guest)
        assert "-> 0A630002:0050 Masq 3" in built and "-> 0A630004:0050 Route 2" in built, built
        assert any(line.startswith("TCP 0A630001:0050 wlc persistent 60000 FFFFFF00") for line in built), built
        assert any(line.startswith("UDP [fd00:0000:0000:0000:0000:0000:0000:0001]:0035 wrr ops") for line in built), built
        assert any(line.startswith("FWM 00000007 sh") for line in built), built
        guest.check("touch /tmp/down-10.99.0.2")
        await_line(guest, "0A630002:0050 Masq", there=False)
        guest.check("rm /tmp/down-10.99.0.2")
        await_line(guest, "0A630002:0050 Masq 3")
        guest.check("ringfence balance drain 10.99.0.3")
        await_line(guest, "0A630003:1F90 Masq 0")
        guest.check("pkill -TERM -f network.balance.process.Main || kill $(pidof java)")
        await_line(guest, "TCP 0A630001:0050", there=False)
        assert table(guest) == [], table(guest)
        return "%d lines in the kernel's table" % len(built)
