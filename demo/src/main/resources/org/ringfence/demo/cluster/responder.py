# responder.py ADDRESS PORT NAME PIDFILE - as responder.pl, for machines without Perl.
import os
import socket
import sys

address, port, name, pid_file = sys.argv[1:5]
listening = socket.socket()
listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listening.bind((address, int(port)))
listening.listen(512)
pid = os.fork()
if pid:
    with open(pid_file, "w") as file:
        file.write("%d\n" % pid)
    os._exit(0)
nothing = os.open("/dev/null", os.O_RDWR)
for number in (0, 1, 2):
    os.dup2(nothing, number)
while True:
    client, _ = listening.accept()
    try:
        client.send((name + "\n").encode())
    except OSError:
        pass
    client.close()
