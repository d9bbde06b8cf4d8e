#!/usr/bin/python3 -ISE
"""What clients see; one line for each thing that happens: time, who, what.

client.py PORT ADDRESS...           for each address one that probes with new connections, one that only reads, one that writes
client.py PORT --idle N ADDRESS...  N connections to each, which only wait; UP once all are there, then LOST for each
"""
import selectors, socket, sys, threading, time

PORT = int(sys.argv[1])
lock = threading.Lock()


def say(*words):
    with lock:
        print("%.6f" % time.time(), *words, flush=True)


def connect(address, timeout=0.25):
    one = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    one.settimeout(timeout)
    try:
        one.connect((address, PORT))
        name = one.recv(64).decode().strip()
        if name:
            return one, name
    except OSError:
        pass
    one.close()
    return None, None


def probe(address):
    while True:
        one, name = connect(address)
        if one:
            say(address, "probe", "ANSWER", name)
            one.close()
        time.sleep(0.01)


def long_lived(address, writes):
    who = "writer" if writes else "reader"
    while True:
        one, name = connect(address)
        if not one:
            time.sleep(0.01)
            continue
        say(address, who, "UP", name)
        one.setblocking(False)
        waiting = selectors.DefaultSelector()
        waiting.register(one, selectors.EVENT_READ)
        try:
            while True:
                if waiting.select(0.1 if writes else None) and not one.recv(4096):
                    say(address, who, "LOST", "end")
                    break
                if writes:
                    try:
                        one.send(b"x" * 32)
                    except BlockingIOError:
                        pass
        except OSError as error:
            say(address, who, "LOST", type(error).__name__)
        waiting.close()
        one.close()


def idle(count, addresses):
    waiting = selectors.DefaultSelector()
    total = 0
    for address in addresses:
        for _ in range(count):
            one, name = None, None
            while not one:
                one, name = connect(address, 2)
            one.setblocking(False)
            waiting.register(one, selectors.EVENT_READ, address)
            total += 1
    say("all", "idle", "UP", total)
    while total:
        gone = []
        for key, _ in waiting.select():
            try:
                if key.fileobj.recv(4096):
                    continue
            except BlockingIOError:
                continue
            except OSError:
                pass
            gone.append("%.6f %s idle LOST" % (time.time(), key.data))
            waiting.unregister(key.fileobj)
            key.fileobj.close()
            total -= 1
        # In one piece: thousands that each wait for a line to be written would say more about the client than about the cluster.
        if gone:
            print("\n".join(gone), flush=True)


if sys.argv[2] == "--idle":
    import resource

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    idle(int(sys.argv[3]), sys.argv[4:])
else:
    for address in sys.argv[2:]:
        for task in ((probe, address), (long_lived, address, False), (long_lived, address, True)):
            threading.Thread(target=task[0], args=task[1:], daemon=True).start()
    threading.Event().wait()
