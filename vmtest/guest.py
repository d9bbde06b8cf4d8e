"""Guests: small virtual machines under qemu, asked over serial ports and watched from outside.

A guest has no network but, where a scenario wants it, one between guests on this host's loopback. Its own disk is thrown
away with it, and outlives resets. Times are this host's, in seconds (time.monotonic).
"""

import base64
import ctypes
import json
import os
import queue
import shutil
import socket
import subprocess
import tempfile
import threading
import time

WORK = os.environ.get("RINGFENCE_VMLAB", "/var/tmp/ringfence-vmlab")
IMAGE = os.path.join(WORK, "image")
HERE = os.path.dirname(os.path.abspath(__file__))
CHECKOUT = os.path.dirname(HERE)
AGENTS = 3


class GuestFailure(Exception):
    """A guest did not do what guests do: boot, answer. No finding about Ringfence."""


class Event:
    """What qemu tells: RESET, WATCHDOG, SHUTDOWN, GUEST_PANICKED ..."""

    def __init__(self, name, data, at):
        self.name, self.data, self.at = name, data, at

    def __repr__(self):
        return "%s %s at %.3f" % (self.name, json.dumps(self.data), self.at)


class Answer:
    def __init__(self, status, output):
        self.status, self.output = status, output

    def json(self):
        """Of the last line that is JSON."""
        for line in reversed(self.output.splitlines()):
            if line.startswith("{"):
                return json.loads(line)
        raise AssertionError("no JSON in: " + self.output)


class Guest:
    """One virtual machine.

    watchdog: None, or a device that qemu has: "i6300esb", "ib700". softdog needs none.
    disks:    files that the guest has as /dev/vdc, /dev/vdd ...; may be shared with other guests.
    network:  whether it has a network with other guests, at 10.9.0.NUMBER.
    """

    def __init__(self, number=1, memory=640, watchdog=None, disks=(), network=False):
        self.number, self.memory, self.watchdog = number, memory, watchdog
        self.disks, self.network = list(disks), network
        self.folder = tempfile.mkdtemp(prefix="ringfence-vm%d-" % number, dir=os.environ.get("TMPDIR", "/var/tmp"))
        self.events = []
        self.changed = threading.Condition()
        self.asked = 0
        self.answers = {}
        self.process = None
        self.ports = []

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def path(self, name):
        return os.path.join(self.folder, name)

    # --- life

    def start(self, boot_timeout=600):
        accel = ["-accel", "kvm", "-cpu", "host"] if kvm() else ["-accel", "tcg", "-cpu", "max"]
        command = ["qemu-system-x86_64", "-M", "pc"] + accel + [
            "-smp", "1", "-m", str(self.memory), "-nodefaults", "-no-user-config", "-display", "none",
            "-kernel", os.path.join(IMAGE, "vmlinuz"), "-initrd", os.path.join(IMAGE, "initrd.gz"),
            "-append", "console=ttyS0 " + os.environ.get("RINGFENCE_VM_APPEND", "quiet") + " panic=5 mitigations=off nokaslr no_timer_check tsc=unstable clocksource=hpet "
                       "random.trust_cpu=on guest=%d" % self.number,
            "-drive", "file=%s,if=virtio,format=raw,snapshot=on,cache=unsafe" % os.path.join(IMAGE, "base.ext4"),
            "-drive", "file=%s,if=virtio,format=raw,readonly=on,file.locking=off" % ringfence_disk(),
            "-device", "virtio-rng-pci", "-serial", "file:" + self.path("console"),
            "-qmp", "unix:%s,server=on,wait=off" % self.path("qmp"),
            "-device", "virtio-serial-pci,max_ports=%d" % (AGENTS + 1)]
        for disk in self.disks:
            command += ["-drive", "file=%s,if=virtio,format=raw,cache=none,file.locking=off" % disk]
        for port in range(1, AGENTS + 1):
            command += ["-chardev", "socket,id=agent%d,path=%s,server=on,wait=off" % (port, self.path("agent%d" % port)),
                        "-device", "virtserialport,chardev=agent%d,nr=%d" % (port, port)]
        if self.network:
            command += ["-netdev", "socket,id=peers,mcast=230.9.0.1:12347,localaddr=127.0.0.1",
                        "-device", "virtio-net-pci,netdev=peers,romfile=,mac=52:54:00:09:00:%02x" % self.number]
        if self.watchdog:
            command += ["-device", self.watchdog, "-action", "watchdog=reset"]
        environment = dict(os.environ, TMPDIR=self.folder)
        with open(self.path("qemu.log"), "w") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment, preexec_fn=die_with_parent)
        deadline = time.monotonic() + 20
        while not all(os.path.exists(self.path(name)) for name in ["qmp"] + ["agent%d" % p for p in range(1, AGENTS + 1)]):
            self._alive()
            if time.monotonic() > deadline:
                raise GuestFailure("qemu did not come up")
            time.sleep(0.05)
        self.qmp = self._connect("qmp")
        self.qmp_lines = self.qmp.makefile("r")
        self.qmp_lines.readline()
        self.qmp.sendall(b'{"execute":"qmp_capabilities"}\n')
        threading.Thread(target=self._watch, daemon=True).start()
        for port in range(1, AGENTS + 1):
            connection = self._connect("agent%d" % port)
            self.ports.append(connection)
            threading.Thread(target=self._listen, args=(connection,), daemon=True).start()
        self.await_boot(boot_timeout)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if not os.environ.get("RINGFENCE_VM_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def await_boot(self, timeout=600):
        """Until the guest answers. It is asked again and again: what was asked before it listened is lost."""
        deadline = time.monotonic() + timeout
        pings, next_ping = [], 0.0
        with self.changed:
            self.answers.clear()
        while time.monotonic() < deadline:
            self._alive()
            if time.monotonic() >= next_ping:
                pings.append(self.send("true"))
                next_ping = time.monotonic() + 10
            with self.changed:
                if any(ping in self.answers for ping in pings):
                    return
                self.changed.wait(0.5)
        raise GuestFailure("no answer in %d s; its console ends: %s" % (timeout, self.console()[-800:]))

    def console(self):
        with open(self.path("console"), errors="replace") as file:
            return file.read()

    # --- asking

    def run(self, command, timeout=600, port=1):
        """Runs a command by bash, and gives its Answer. Of three ports each does one command at a time."""
        with self.changed:
            self.asked += 1
            number = str(self.asked)
        self.ports[port - 1].sendall(b"%s %s\n" % (number.encode(), base64.b64encode(command.encode())))
        deadline = time.monotonic() + timeout
        with self.changed:
            while number not in self.answers:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise GuestFailure("no answer in %d s to: %s" % (timeout, command))
                self.changed.wait(min(left, 1))
            return self.answers.pop(number)

    def send(self, command, port=1):
        """Runs a command that may end the guest; nothing waits for it."""
        with self.changed:
            self.asked += 1
            number = str(self.asked)
        self.ports[port - 1].sendall(b"%s %s\n" % (number.encode(), base64.b64encode(command.encode())))
        return number

    def check(self, command, timeout=600, port=1):
        """As run; the command must succeed."""
        answer = self.run(command, timeout, port)
        if answer.status != 0:
            raise AssertionError("%s: exit status %d: %s" % (command, answer.status, answer.output))
        return answer

    # --- watching from outside

    def await_console(self, text, timeout):
        """When this text came to the guest's console, to some 10 ms."""
        deadline = time.monotonic() + timeout
        while text not in self.console():
            self._alive()
            if time.monotonic() > deadline:
                raise GuestFailure("no %r on the console in %d s" % (text, timeout))
            time.sleep(0.01)
        return time.monotonic()

    def await_event(self, name, timeout, since=0.0):
        """The first event of this name after `since`, or None when there was none in time."""
        deadline = time.monotonic() + timeout
        with self.changed:
            while True:
                for event in self.events:
                    if event.name == name and event.at > since:
                        return event
                left = deadline - time.monotonic()
                if left <= 0:
                    return None
                self.changed.wait(min(left, 1))

    def _watch(self):
        for line in self.qmp_lines:
            message = json.loads(line)
            if "event" in message:
                with self.changed:
                    self.events.append(Event(message["event"], message.get("data", {}), time.monotonic()))
                    self.changed.notify_all()

    def _listen(self, connection):
        rest = b""
        while True:
            try:
                data = connection.recv(65536)
            except OSError:
                return
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                words = line.split(b" ")
                if len(words) == 3 and words[0].isdigit() and words[1].isdigit():
                    try:
                        output = base64.b64decode(words[2], validate=True).decode(errors="replace")
                    except ValueError:
                        continue
                    with self.changed:
                        self.answers[words[0].decode()] = Answer(int(words[1]), output)
                        self.changed.notify_all()

    def _connect(self, name):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self.path(name))
        return connection

    def _alive(self):
        if self.process.poll() is not None:
            with open(self.path("qemu.log")) as log:
                raise GuestFailure("qemu has ended: " + log.read()[-800:])


def kvm():
    """Whether guests can have the processor itself. There may be a /dev/kvm on one whose virtualization is hidden: of no use."""
    if os.environ.get("RINGFENCE_VM_TCG") or not os.access("/dev/kvm", os.W_OK):
        return False
    with open("/proc/cpuinfo") as file:
        flags = next((line.split() for line in file if line.startswith("flags")), [])
    return "vmx" in flags or "svm" in flags


def die_with_parent():
    """A guest does not outlive its scenario, however that ends: PR_SET_PDEATHSIG with SIGKILL."""
    ctypes.CDLL(None).prctl(1, 9)


def ringfence_disk():
    """A disk with this checkout's build, made anew when the build is newer."""
    library = os.path.join(CHECKOUT, "dist", "target", "lib")
    stamp = os.path.join(library, "built")
    if not os.path.exists(stamp):
        raise GuestFailure("this checkout is not built: ./ringfence --version builds it")
    name = "ringfence-%08x.ext4" % (hash_of(CHECKOUT))
    disk = os.path.join(WORK, name)
    if not os.path.exists(disk) or os.path.getmtime(disk) < os.path.getmtime(stamp):
        with tempfile.TemporaryDirectory(dir=WORK) as folder:
            os.makedirs(os.path.join(folder, "dist", "target"))
            shutil.copytree(library, os.path.join(folder, "dist", "target", "lib"))
            agents = os.path.join(CHECKOUT, "agents")
            if os.path.isdir(agents):
                shutil.copytree(agents, os.path.join(folder, "agents"), ignore=shutil.ignore_patterns("src", "target", "pom.xml"))
            shutil.copy2(os.path.join(CHECKOUT, "ringfence"), folder)
            part = disk + ".part"
            if os.path.exists(part):
                os.remove(part)
            subprocess.run(["truncate", "-s", "96M", part], check=True)
            subprocess.run(["mke2fs", "-q", "-t", "ext4", "-O", "^has_journal", "-d", folder, part], check=True)
            os.replace(part, disk)
    return disk


def hash_of(text):
    value = 0
    for byte in text.encode():
        value = (value * 31 + byte) & 0xFFFFFFFF
    return value
