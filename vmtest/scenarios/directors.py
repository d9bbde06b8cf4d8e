"""Directors with the kernel's IPVS that are killed: what becomes of connections that they carried."""

import os
import sys
import time

from guest import HERE, Guest
from scenarios.balancers import ours_started, ours_stopped, put

SECONDS = 75
"""How long the client talks: a file takes 51 s at least."""
SLACK = 5.0
"""Seconds that neighbours may take to believe where an address is now: guests are emulated."""
SERVERS = {"s1": "10.9.0.11", "s2": "10.9.0.12"}
GATEWAY = "10.9.0.254"


class Site:
    """A director in each of two guests; the second also has the client and two servers, in network namespaces of its own."""

    def __init__(self, forwarding):
        self.forwarding, self.masq = forwarding, forwarding == "masq"
        # By masquerading servers must answer through the director: clients are in another network, and the servers' way to it moves too.
        self.vip, self.client = ("10.10.0.100", "10.10.0.50") if self.masq else ("10.9.0.100", "10.9.0.50")

    def build(self, second):
        """The network and the servers."""
        with open(os.path.join(HERE, "guest", "conversations")) as file:
            put(second, "/srv/conversations", file.read(), 755)
        second.check("""set -e
ip link add br0 type bridge && ip link set br0 up
ip addr del 10.9.0.2/24 dev eth0 && ip link set eth0 master br0 && ip addr add 10.9.0.2/24 dev br0
# qemu's network between guests gives each what it sent itself, too: nobody is to be believed to be there for that.
bridge link set dev eth0 learning off
join() {
    ip netns add $1 && ip -n $1 link set lo up
    ip link add $1 type veth peer name eth0 netns $1 && ip link set $1 master br0 up
    ip -n $1 addr add $2/24 dev eth0 && ip -n $1 link set eth0 up
}
""" + "".join("join %s %s\n" % each for each in {**SERVERS, "client": self.client}.items()))
        for name in SERVERS:
            if self.masq:
                second.check("ip -n %s route add 10.10.0.0/24 via %s" % (name, GATEWAY))
            else:
                second.check("ip netns exec %s sysctl -q -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2"
                             " && ip -n %s addr add %s/32 dev lo" % (name, name, self.vip))
            second.check("ip netns exec %s setsid /srv/conversations serve >/run/%s.out 2>&1 </dev/null &" % (name, name))

    def prepare(self, director):
        director.check("modprobe -a ip_vs ip_vs_rr"
                       " && sysctl -q -w net.ipv4.ip_forward=%d net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.default.send_redirects=0" % self.masq)
        put(director, "/etc/ha.d/lb.cf", "checkinterval = 2\nchecktimeout = 20\n" + "".join(
            "virtual = %s:%d\n%s    checktype = connect\n    scheduler = rr\n" % (self.vip, port, "".join(
                "    real = %s:%d %s\n" % (address, port, self.forwarding) for address in SERVERS.values())) for port in (7, 80)))

    def take_address(self, director, device):
        """And tell it, as the cluster does: the time of this guest's clock."""
        addresses = [self.vip + "/24", GATEWAY + "/24"] if self.masq else [self.vip + "/32"]
        return float(director.check("cut -d' ' -f1 /proc/uptime; " + "; ".join(
            "ip addr add %s dev %s && arping -q -c 1 -U -I %s %s" % (address, device, device, address.split("/")[0]) for address in addresses)).output)

    def give_address(self, director, device):
        for address in [self.vip, GATEWAY] if self.masq else [self.vip]:
            director.check("ip addr del %s dev %s" % (address + ("/24" if self.masq else "/32"), device))


def balancing(guest):
    """Until both services have both servers."""
    full = "[ $(ipvsadm -Ln | grep -c ' 1      ') = 4 ]"
    guest.check("for i in $(seq 800); do %s && break; sleep 0.5; done; %s || { ipvsadm -Ln; cat /run/balance.out; exit 1; }" % (full, full), timeout=900)


def agent(guest, action, expected, **parameters):
    """ocf:ringfence:ipvs-sync, as a cluster runs it."""
    variables = " ".join("OCF_RESKEY_%s=%s" % each for each in parameters.items())
    answer = guest.run("%s OCF_ROOT=/usr/lib/ocf OCF_RESOURCE_INSTANCE=sync /opt/ringfence/agents/ringfence/ipvs-sync %s" % (variables, action))
    assert answer.status == expected, "%s: %d, not %d: %s" % (action, answer.status, expected, answer.output)


def synchronise(guest, device):
    agent(guest, "monitor", 7, interface=device)
    for _ in "once", "again":
        agent(guest, "start", 0, interface=device)
    agent(guest, "monitor", 0, interface=device)
    said = guest.check("ringfence balance sync status --json").json()
    assert said["synchronised"] and {each["interface"] for each in said["daemons"]} == {device}, said


def killed_director(site, second, synchronised):
    """What the client had of it; the first director is a guest for this once."""
    with Guest(number=1, network=True) as first:
        site.prepare(first)
        site.take_address(first, "eth0")
        if synchronised:
            agent(first, "start", 0, interface="eth0")
        ours_started(first, "lb.cf")
        balancing(first)
        balancing(second)
        second.check("ip netns exec client setsid /srv/conversations use %s %d >/run/client.out 2>&1 </dev/null &" % (site.vip, SECONDS))
        time.sleep(20)
        heard = second.check("ipvsadm -Lnc").output
        assert ("ESTABLISHED" in heard) == synchronised, heard
        first.process.kill()
        first.process.wait()
    moved = site.take_address(second, "br0")
    found = second.check("for i in $(seq 300); do grep -q begun /run/client.out && break; sleep 1; done; cat /run/client.out", timeout=400).json()
    found["moved"] = moved
    return found


def became(talk, moved):
    """Of a connection that lasts, when its director was killed; an echo or a piece of a file is due all the time."""
    if talk["error"]:
        return talk["error"]
    before, after = [at for at in talk["times"] if at <= moved], [at for at in talk["times"] if at > moved]
    return "went on %.2f s after the address was there, after a silence of %.2f s" % (after[0] - moved, after[0] - before[-1]) if after else "said nothing more"


def told(found):
    bad, moved = [begun for begun, _ in found["bad"]], found["moved"]
    return "the echo %s, the download %s; new connections: %d good (median %s ms), %d failed, the last begun %.1f s after the address was there" % (
        became(found["echo"], moved), became(found["download"], moved), found["good"], found["median_ms"], len(bad), max(bad, default=moved) - moved)


def director_killed(forwarding):
    site = Site(forwarding)
    with Guest(number=2, memory=896, network=True) as second:
        site.build(second)
        site.prepare(second)
        # Its table is there before the address is, as it has to listen nowhere.
        ours_started(second, "lb.cf")
        without = killed_director(site, second, False)
        print("not synchronised: " + told(without), file=sys.stderr, flush=True)
        ours_stopped(second)
        site.give_address(second, "br0")
        # With the connections that it knows.
        second.check("modprobe -r ip_vs_rr ip_vs")
        synchronise(second, "br0")
        ours_started(second, "lb.cf")
        found = killed_director(site, second, True)
        print("synchronised: " + told(found), file=sys.stderr, flush=True)
        agent(second, "stop", 0, interface="br0")
        agent(second, "monitor", 7, interface="br0")
        for talk in "echo", "download":
            assert without[talk]["error"], "without synchronisation it went on too: " + told(without)
            assert not found[talk]["error"] and found[talk]["times"][-1] > found["moved"], told(found)
        # Whoever connects while there is no director fails; afterwards none does.
        for each in without, found:
            late = [bad for bad in each["bad"] if bad[0] > each["moved"] + SLACK]
            assert each["good"] > 0 and not late, "%s: failed after the address was there at %s: %s" % (told(each), each["moved"], late)
        return "synchronised: %s. Not synchronised: %s" % (told(found), told(without))


def scenario_ipvs_director_killed():
    """A director with IPVS (gate) is killed: with synchronisation an echo and a download go on over its successor, without they end."""
    return director_killed("gate")


def scenario_ipvs_director_killed_masquerading():
    """The same with masq, where the servers' way back moves too."""
    return director_killed("masq")
