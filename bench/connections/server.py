#!/usr/bin/python3 -ISE
"""The service: tells who it is, then sends back whatever it is sent. For many thousand connections, of both families."""
import resource, selectors, socket, sys

hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
name = (socket.gethostname() + "\n").encode()
waiting = selectors.DefaultSelector()
listener = socket.socket(socket.AF_INET6)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
listener.bind(("::", int(sys.argv[1])))
listener.listen(4096)
listener.setblocking(False)
waiting.register(listener, selectors.EVENT_READ)
while True:
    for key, _ in waiting.select():
        one = key.fileobj
        try:
            if one is listener:
                one, _ = listener.accept()
                one.setblocking(False)
                waiting.register(one, selectors.EVENT_READ)
                one.send(name)
                continue
            data = one.recv(4096)
            if data:
                one.send(data)
                continue
        except BlockingIOError:
            continue
        except OSError:
            pass
        try:
            waiting.unregister(one)
        except (KeyError, ValueError):
            pass
        one.close()
