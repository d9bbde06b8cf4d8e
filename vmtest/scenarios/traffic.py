"""Traffic that the kernel's IPVS carries, to real servers."""

import os
import sys

from guest import CHECKOUT, Guest
from scenarios.balancers import put

BENCH = os.path.join(CHECKOUT, "bench", "balance")


def servers(path, forwarding):
    """bench/balance/servers in a guest; its table. What it says comes to the guest's console too, as it goes on for long."""
    with Guest(memory=1280) as guest:
        for name in "servers", "realservers.py":
            with open(os.path.join(BENCH, name)) as file:
                put(guest, "/srv/bench/balance/" + name, file.read(), 755)
        guest.check("ln -s /opt/ringfence/ringfence /srv/ringfence")
        # Patient, as a processor that is emulated has all of it to do.
        answer = guest.run("set -o pipefail; /srv/bench/balance/servers --path %s --forwarding %s --interval 3 --pause 0.5 --patience 20 2>&1 | tee /dev/console" % (
            path, forwarding), timeout=2400)
        print(answer.output, file=sys.stderr, flush=True)
        assert answer.status == 0, answer.output
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in answer.output.splitlines() if line.startswith("| ")][1:]
        assert len(rows) == 5, answer.output
        for killed, services, _, _, good, _, late, why in rows:
            assert int(good) > 0, "%s: no connection succeeded: %s" % (services, why)
            assert int(late) == 0, "%s: %s connections failed that began when %s was out of the table: %s" % (services, late, killed, why)
        return "; ".join("%s: out %s s, back %s s, good %s, failed %s" % (row[1], row[2], row[3], row[4], row[5]) for row in rows)


def scenario_ipvs_direct_routing():
    """nginx, postfix, dovecot, vsftpd and PostgreSQL behind IPVS with gate, each killed and started again under clients."""
    return servers("ipvs", "gate")


def scenario_ipvs_masquerading():
    """nginx, postfix, dovecot, vsftpd and PostgreSQL behind IPVS with masq, each killed and started again under clients."""
    return servers("ipvs", "masq")


def scenario_built_in_servers():
    """The same servers behind the built-in director."""
    return servers("built-in", "masq")
