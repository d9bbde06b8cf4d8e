"""Hosts of Ringfence in namespaces of their own, on a switch that leads nowhere else, a client beside them, and a power switch."""
import json, os, select, shutil, signal, socket, subprocess, threading, time

HERE = os.path.dirname(os.path.realpath(__file__))
HOME = os.path.dirname(os.path.dirname(HERE))
VIPS = ("10.79.0.100", "fd79::100")
PORT = 7000
STRANGER_LINK = "02:00:00:00:79:99"
# As many open files as are wanted, or as there may be.
FILES = "ulimit -n 65536 2>/dev/null || ulimit -n $(ulimit -Hn); "


def ip(*words, check=True):
    return subprocess.run(("ip",) + words, check=check, capture_output=not check, text=True)


def nv(owner, name, value):
    return '<nvpair id="%s-%s" name="%s" value="%s"/>' % (owner, name, name, value)


def primitive(name, agent, parameters):
    *standard, kind = agent.split(":")
    return ('<primitive id="%s" class="%s"%s type="%s"><instance_attributes id="%s-i">%s</instance_attributes><operations>'
            '<op id="%s-m" name="monitor" interval="10s" timeout="20s"/></operations></primitive>'
            % (name, standard[0], ' provider="%s"' % standard[1] if standard[1:] else "", kind, name,
               "".join(nv(name, k, v) for k, v in parameters.items()), name))


class Lab:
    def __init__(self, count=3, apart=False):
        """With apart nodes have a second network for what they tell each other."""
        self.apart = apart
        self.id = "rfc%d-" % os.getpid()
        self.folder = "/dev/shm/%slab" % self.id
        self.names = ["n%d" % (i + 1) for i in range(count)]
        self.running = {}
        self.spaces = []
        self.others = []
        self.over = False

    # --- network

    def build(self):
        for part in ("asked", "on", "hosts"):
            os.makedirs(self.folder + "/switch/" + part)
        os.makedirs(self.folder + "/fence")
        shutil.copy(HERE + "/fence_switch", self.folder + "/fence/")
        ip("netns", "add", self.id + "sw")
        for switch in ("br0", "br1", "br2"):
            ip("-n", self.id + "sw", "link", "add", switch, "type", "bridge")
            ip("-n", self.id + "sw", "link", "set", switch, "up")
        for name in self.names:
            open(self.folder + "/switch/hosts/" + name, "w").close()
        self.host_network("cl", 250, "02:00:00:00:79:fa")
        threading.Thread(target=self.power_switch, daemon=True).start()

    def host_network(self, name, number, link):
        space, port = self.id + name, "v-" + name
        self.spaces.append(name)
        ip("netns", "add", space)
        ip("-n", self.id + "sw", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", space)
        ip("-n", space, "link", "set", "lo", "up")
        ip("-n", space, "link", "set", "eth0", "address", link)
        ip("-n", space, "link", "set", "eth0", "up")
        ip("-n", space, "address", "add", "10.79.0.%d/24" % number, "dev", "eth0")
        ip("-n", space, "address", "add", "fd79::%x/64" % number, "dev", "eth0", "nodad")
        ip("-n", self.id + "sw", "link", "set", port, "master", "br0", "up")

    def node_network(self, name, number):
        self.host_network(name, number, "02:00:00:00:79:0%d" % number)
        if self.apart:
            space, port = self.id + name, "c-" + name
            ip("-n", self.id + "sw", "link", "add", port, "type", "veth", "peer", "name", "eth1", "netns", space)
            ip("-n", space, "link", "set", "eth1", "up")
            ip("-n", space, "address", "add", "10.80.0.%d/24" % number, "dev", "eth1")
            ip("-n", self.id + "sw", "link", "set", port, "master", "br2", "up")

    def remove_network(self, name):
        """The cables by themselves, since the kernel takes a namespace apart only later."""
        ip("-n", self.id + "sw", "link", "del", "c-" + name, check=False)
        ip("-n", self.id + "sw", "link", "del", "v-" + name, check=False)
        ip("netns", "del", self.id + name, check=False)
        if name in self.spaces:
            self.spaces.remove(name)

    def port(self, name, *how):
        ip("-n", self.id + "sw", "link", "set", "v-" + name, *how, check=False)

    def inside(self, name, *command):
        return ("nsenter", "--net=/run/netns/" + self.id + name) + command

    def run(self, name, *command):
        return subprocess.run(self.inside(name, *command), capture_output=True, text=True).stdout

    def start_beside(self, name, *command):
        """In a network of its own, until the laboratory is taken down; the process, and the file with what it says."""
        log = "%s/beside%d.log" % (self.folder, len(self.others))
        with open(log, "w") as out:
            self.others.append(subprocess.Popen(self.inside(name, "sh", "-c", FILES + "exec \"$@\"", "sh", *command), stdout=out))
        return self.others[-1], log

    def start_client(self, *words):
        return self.start_beside("cl", HERE + "/client.py", str(PORT), *words)

    # --- hosts

    def boot(self, name):
        folder = self.folder + "/" + name
        os.makedirs(folder, exist_ok=True)
        peers = "".join("peer.%s = 10.%d.0.%d:7788\n" % (n, 80 if self.apart else 79, i + 1) for i, n in enumerate(self.names))
        with open(folder + "/ringfence.conf", "w") as conf:
            conf.write("cluster = connections\nnode = %s\n%sstate = %s/state\nsocket = %s/socket\nsecurity = plain\n"
                       "agents = %s/agents:/usr/lib/ocf/resource.d\nfence-agents = %s/fence\n"
                       % (name, peers, folder, folder, HOME, self.folder))
        self.node_network(name, self.names.index(name) + 1)
        open(self.folder + "/switch/on/" + name, "w").close()
        init = (FILES + "hostname %s; mount -t tmpfs tmpfs /run; %s/ringfence node run --config %s/ringfence.conf"
                " >>%s/log 2>&1 & wait" % (name, HOME, folder, folder))
        self.running[name] = subprocess.Popen(
            self.inside(name, "unshare", "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "--mount-proc", "sh", "-c", init),
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8", "RINGFENCE_BUILT": "1",
                 "RINGFENCE_JAVA_OPTS": "-XX:-UsePerfData"}, stdin=subprocess.DEVNULL)

    def power_off(self, name):
        """The link first: a dying host still sends, and its kernel would reset what its processes leave."""
        self.port(name, "down")
        ip("-n", self.id + "sw", "link", "set", "c-" + name, "down", check=False)
        process = self.running.pop(name, None)
        if process:
            with open("/proc/%d/task/%d/children" % (process.pid, process.pid)) as children:
                first = [int(pid) for pid in children.read().split()]
            watched = [os.pidfd_open(pid) for pid in first]
            process.kill()
            process.wait()
            for one in watched:
                select.select([one], [], [], 10)
                os.close(one)
        # With its kernel: nothing of its connections may outlive it.
        self.remove_network(name)
        try:
            os.unlink(self.folder + "/switch/on/" + name)
        except FileNotFoundError:
            pass

    def power_switch(self):
        while not self.over:
            for name in os.listdir(self.folder + "/switch/asked"):
                self.power_off(name)
                os.unlink(self.folder + "/switch/asked/" + name)
            time.sleep(0.005)

    # --- the cluster

    def ask(self, name, request):
        one = socket.socket(socket.AF_UNIX)
        one.settimeout(30)
        with one:
            one.connect(self.folder + "/" + name + "/socket")
            one.sendall((json.dumps({"protocol": 1, "request": request}) + "\n").encode())
            for line in one.makefile():
                if line.strip():
                    reply = json.loads(line)
                    if reply.get("last"):
                        return reply["reply"]
        raise OSError("no answer")

    def any(self, request):
        for name in list(self.running):
            try:
                return self.ask(name, request)
            except (OSError, ValueError):
                continue
        return None

    def where(self, resource):
        """Where it runs, when the cluster is at rest with all nodes online; otherwise None."""
        status = self.any({"type": "Status"})
        if not status or status.get("transition") or any(n["state"] != "ONLINE" for n in status.get("nodes", [{"state": ""}])):
            return None

        def find(resources):
            for one in resources:
                if one["id"] == resource:
                    return one
                found = find(one.get("members") or [])
                if found:
                    return found

        found = find(status["resources"])
        return found["places"][0]["node"] if found and found["places"] else None

    def settled(self, resource, within=90):
        end = time.time() + within
        while time.time() < end:
            place = self.where(resource)
            if place:
                return place
            time.sleep(0.1)
        raise SystemExit("not settled within %d s: %s" % (within, json.dumps(self.any({"type": "Status"}))[:3000]))

    def configure(self, members, tickle=True):
        cib = ('<cib validate-with="pacemaker-3.9" admin_epoch="0" epoch="1" num_updates="0"><configuration><crm_config>'
               '<cluster_property_set id="p">%s</cluster_property_set></crm_config><nodes>%s</nodes><resources>%s<group id="g">%s</group>'
               '</resources><constraints/><rsc_defaults><meta_attributes id="d">%s%s</meta_attributes></rsc_defaults></configuration><status/></cib>'
               % (nv("p", "fencing-loop-limit", "0"),
                  "".join('<node id="%s" uname="%s"/>' % (n, n) for n in self.names),
                  primitive("power", "stonith:fence_switch",
                            {"switch": self.folder + "/switch", "pcmk_host_list": " ".join(self.names), "pcmk_host_check": "static-list"}),
                  members, nv("d", "resource-stickiness", "100"), "" if tickle else nv("d", "tickle", "false")))
        reply = self.any({"type": "ConfigureLoad", "cib": cib, "file": "cib.xml", "reason": "bench"})
        if not reply or reply["type"] != "Done":
            raise SystemExit("the configuration was not taken: %s" % reply)

    def up(self, members, wait=None, tickle=True):
        """A cluster with a group of those members; where the resource to wait for runs."""
        self.build()
        for name in self.names:
            self.boot(name)
        end = time.time() + 90
        while time.time() < end:
            status = self.any({"type": "Status"})
            if status and all(n["state"] == "ONLINE" for n in status["nodes"]):
                break
            time.sleep(0.2)
        else:
            raise SystemExit("no cluster: " + json.dumps(status)[:2000])
        self.configure(members, tickle)
        return self.settled(wait) if wait else None

    def down(self):
        self.over = True
        for process in self.others:
            process.kill()
            process.wait()
        for name in list(self.running):
            self.power_off(name)
        for name in list(self.spaces):
            self.remove_network(name)
        ip("netns", "del", self.id + "sw", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
