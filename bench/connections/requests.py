#!/usr/bin/python3 -ISE
"""So many requests a second, whatever becomes of them: each is due at its own time, and counts from then on, also while it waits.

requests.py ADDRESS PORT RATE SECONDS   HTTP; half of them over 50 connections that stay, half with a new connection each
A request without its whole answer a second after it was due has failed. When all are over there is a line for each: when it was due
(seconds since 1970), kept or new, seconds until its end, and good or what went wrong.
"""
import asyncio, sys, time

ADDRESS, PORT, RATE, SECONDS = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
PATIENCE = 1.0
KEPT = 50
ENDS = "Connection: close\r\n"
told = []


async def exchange(wire, more):
    reader, writer = wire
    writer.write(("GET / HTTP/1.1\r\nHost: %s\r\n%s\r\n" % (ADDRESS, more)).encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    if not head.startswith("http/1.1 200 "):
        raise OSError(head.splitlines()[0])
    await reader.readexactly(int(head.split("content-length:")[1].split()[0]))


class Wire:
    """A connection, which is made when it is needed."""

    def __init__(self):
        self.open = None

    async def ask(self, due, kind, more):
        clock = asyncio.get_running_loop().time
        try:
            async with asyncio.timeout_at(due + PATIENCE):
                self.open = self.open or await asyncio.open_connection(ADDRESS, PORT)
                await exchange(self.open, more)
            outcome = "good"
        except (OSError, EOFError) as error:
            outcome = type(error).__name__
        if outcome != "good" or more == ENDS:
            self.close()
        told.append((due, kind, clock() - due, outcome))

    def close(self):
        if self.open:
            self.open[1].transport.abort()
        self.open = None


async def every(begin, end, step, ask):
    """A list would grow without an end; those that wait are no more than a second's."""
    clock = asyncio.get_running_loop().time
    due = begin
    while due < end:
        await asyncio.sleep(due - clock())
        await ask(due)
        due += step


async def main():
    loop = asyncio.get_running_loop()
    begin = loop.time() + 0.2
    since = time.time() - loop.time()
    end = begin + SECONDS
    step = 2 / RATE
    under_way = set()

    async def anew(due):
        task = loop.create_task(Wire().ask(due, "new", ENDS))
        under_way.add(task)
        task.add_done_callback(under_way.discard)

    def kept():
        wire = Wire()
        return lambda due: wire.ask(due, "kept", "")

    await asyncio.gather(every(begin, end, step, anew),
                         *(every(begin + i * step, end, KEPT * step, kept()) for i in range(KEPT)))
    await asyncio.gather(*under_way)
    print("\n".join("%.6f %s %.6f %s" % (due + since, kind, took, outcome) for due, kind, took, outcome in sorted(told)))


asyncio.run(main())
