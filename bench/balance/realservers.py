"""Real servers, from Debian's packages, in a network namespace each; and clients that connect anew all the time.

Used by `servers` beside it, on a host or in a virtual machine.
"""
import ftplib
import io
import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time

SERVICES = {"http": 80, "https": 443, "smtp": 25, "imap": 143, "pop": 110, "ftp": 21, "pgsql": 5432}
"""What is balanced, and its port."""
PROCESSES = {"web": ["http", "https"], "smtp": ["smtp"], "mailbox": ["imap", "pop"], "ftp": ["ftp"], "pgsql": ["pgsql"]}
"""Which services end when that process is killed."""
CHECKS = {"http": 'request = "index.html"\n    receive = "It works"', "https": 'request = "index.html"\n    receive = "It works"',
          "imap": 'login = "probe"\n    passwd = "secret"', "pop": 'login = "probe"\n    passwd = "secret"',
          "ftp": 'request = "welcome.msg"\n    receive = "welcome"',
          "pgsql": 'login = "postgres"\n    passwd = "secret"\n    database = "postgres"\n    request = "SELECT 1"', "smtp": ""}
"""How the balancer is to check each service, in its configuration's language."""
PASSIVE = (30000, 30099)
"""Ports of ftp's data connections."""
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}


def sh(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise OSError(f"{' '.join(words)}: exit status {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)
    return path


class Host:
    """One namespace with its servers; each a process group of its own."""

    def __init__(self, name, folder):
        self.name, self.folder, self.running = name, f"{folder}/{name}", {}
        os.makedirs(self.folder)
        os.chmod(self.folder, 0o755)
        self.commands = {service: getattr(self, service)() for service in PROCESSES}

    def web(self):
        sh("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=lab", "-keyout",
           f"{self.folder}/key.pem", "-out", f"{self.folder}/cert.pem")
        write(f"{self.folder}/www/index.html", f"It works on {self.name}\n")
        temporary = "".join(f"{kind}_temp_path {self.folder}/t_{kind};" for kind in
                            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        conf = write(f"{self.folder}/nginx.conf", f"""daemon off; worker_processes 1; pid {self.folder}/nginx.pid; error_log /dev/null;
events {{}} http {{ access_log off; {temporary} server {{ listen 80; listen 443 ssl; root {self.folder}/www;
ssl_certificate {self.folder}/cert.pem; ssl_certificate_key {self.folder}/key.pem; }} }}""")
        return ["nginx", "-c", conf, "-p", self.folder]

    def smtp(self):
        config = f"{self.folder}/postfix"
        shutil.copytree("/etc/postfix", config, symlinks=True)
        for each in ("spool", "data"):
            os.makedirs(f"{self.folder}/{each}")
        shutil.chown(f"{self.folder}/data", "postfix")
        write(f"{config}/main.cf", f"""compatibility_level = 3.6
queue_directory = {self.folder}/spool
data_directory = {self.folder}/data
inet_interfaces = all
inet_protocols = ipv4
myhostname = {self.name}.lab
mydestination =
local_recipient_maps =
maillog_file = {self.folder}/maillog
maillog_file_prefixes = {self.folder}
""")
        master = open(f"{config}/master.cf").read()
        lines = [line.replace(" y ", " n ", 1) if line[:1].isalpha() else line for line in master.splitlines()]
        lines = ["  ".join(w if i != 4 else "n" for i, w in enumerate(line.split())) if line[:1].isalpha() else line for line in lines]
        write(f"{config}/master.cf", "\n".join(lines) + "\n")
        return ["sh", "-c", f"postfix -c {config} check; exec /usr/lib/postfix/sbin/master -c {config} -d"]

    def mailbox(self):
        conf = write(f"{self.folder}/dovecot.conf", f"""protocols = imap pop3
base_dir = {self.folder}/dovecot
log_path = {self.folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{self.folder}/mail/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={self.folder}/mail/%u
}}
""")
        os.makedirs(f"{self.folder}/mail")
        shutil.chown(f"{self.folder}/mail", "nobody", "nogroup")
        return ["dovecot", "-F", "-c", conf]

    def ftp(self):
        write(f"{self.folder}/ftp/welcome.msg", f"welcome to {self.name}\n")
        os.chmod(f"{self.folder}/ftp", 0o555)
        os.makedirs(f"{self.folder}/empty")
        conf = write(f"{self.folder}/vsftpd.conf", f"""listen=YES
background=NO
anonymous_enable=YES
anon_root={self.folder}/ftp
secure_chroot_dir={self.folder}/empty
seccomp_sandbox=NO
pasv_min_port={PASSIVE[0]}
pasv_max_port={PASSIVE[1]}
""")
        return ["vsftpd", conf]

    def pgsql(self):
        data = f"{self.folder}/pg"
        binaries = "/usr/lib/postgresql/" + sorted(os.listdir("/usr/lib/postgresql"))[-1] + "/bin"
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        # Made once, and copied: that is slow where a processor is emulated.
        first = f"{os.path.dirname(self.folder)}/pg-first"
        if not os.path.exists(first):
            os.makedirs(first)
            shutil.chown(first, "postgres", "postgres")
            password = write(f"{self.folder}/password", "secret\n")
            sh(*as_postgres, f"{binaries}/initdb", "-D", first, "-A", "scram-sha-256", "--pwfile", password, "-N", cwd="/")
        sh("cp", "-a", first, data)
        write(f"{data}/pg_hba.conf", "host all all 0.0.0.0/0 scram-sha-256\n")
        shutil.chown(f"{data}/pg_hba.conf", "postgres", "postgres")
        # Shared memory within its folder: what is killed does not tidy up.
        return as_postgres + [f"{binaries}/postgres", "-D", data, "-h", "0.0.0.0", "-k", data, "-c", "dynamic_shared_memory_type=mmap"]

    def start(self, service):
        self.running[service] = subprocess.Popen(["ip", "netns", "exec", self.name] + self.commands[service], start_new_session=True,
                                                 cwd="/", **QUIET)

    def kill(self, service):
        """Whatever is in the namespace and belongs to the service's session, and what that has started in sessions of its own."""
        child = self.running.pop(service)
        todo, family = [child.pid], []
        while todo:
            pid = todo.pop()
            family.append(pid)
            try:
                for task in os.listdir(f"/proc/{pid}/task"):
                    todo += map(int, open(f"/proc/{pid}/task/{task}/children").read().split())
            except OSError:
                pass
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        child.wait()
        # Its own alone: PostgreSQL ends when its file is gone.
        left = {"web": "nginx.pid", "pgsql": "pg/postmaster.pid", "mailbox": "dovecot/master.pid", "smtp": "spool/pid/master.pid"}.get(service)
        if left and os.path.exists(f"{self.folder}/{left}"):
            os.remove(f"{self.folder}/{left}")


class Client(threading.Thread):
    """Connects from one of its addresses after the other, and wants the server's first word (or an answer, where the client speaks first).

    Of ftp it wants a whole file over a passive data connection, where the way to the servers has room for that.
    """

    def __init__(self, service, to, addresses, pause, patience, transfer):
        super().__init__(daemon=True)
        self.service, self.to, self.addresses, self.pause, self.patience = service, to, addresses, pause, patience
        self.attempt = self.fetch if service == "ftp" and transfer else self.hear
        self.good, self.bad, self.end = 0, [], False

    def run(self):
        turn = 0
        while not self.end:
            begun = time.monotonic()
            address = self.addresses[turn % len(self.addresses)]
            turn += 1
            try:
                self.attempt(address)
                self.good += 1
            except (OSError, EOFError, ftplib.Error) as error:
                self.bad.append((begun, str(error)))
            time.sleep(self.pause)

    def hear(self, address):
        first = {"http": b"GET / HTTP/1.0\r\n\r\n", "https": b"GET / HTTP/1.0\r\n\r\n", "pgsql": b"\0\0\0\x08\x04\xd2\x16\x2f"}
        with socket.create_connection((self.to, SERVICES[self.service]), self.patience, (address, 0)) as wire:
            if self.service == "https":
                context = ssl.create_default_context()
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                wire = context.wrap_socket(wire)
            wire.sendall(first.get(self.service, b""))
            if not wire.recv(10):
                raise OSError("nothing came")

    def fetch(self, address):
        with ftplib.FTP(timeout=self.patience, source_address=(address, 0)) as ftp:
            ftp.connect(self.to, SERVICES["ftp"])
            ftp.login()
            # As the server says, or whoever mended what it said on the way.
            ftp.trust_server_pasv_ipv4_address = True
            content = io.BytesIO()
            ftp.retrbinary("RETR welcome.msg", content.write)
            if not content.getvalue().startswith(b"welcome to"):
                raise OSError("another file came")
