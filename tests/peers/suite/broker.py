# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Apache Kafka broker (KRaft) with a listener for each thing that can go wrong, and a second
node beside it for topics that are spread."""

import contextlib
import json
import os
import random
import re
import signal
import socket
import subprocess

from .outputs import Output
from .peers import HERE
from .report import PATIENCE, Failure, must

USERS = {"alice": "alice-secret", "limited": "limited-secret"}
SCRAM_USERS = {**USERS, "joerg": "p\u00e4ssw\u00f6rd \u20ac"}
MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")

# Name: protocol, certificate, mechanisms, what it advertises (None: itself).
LISTENERS = {
    "plain": ("PLAINTEXT", None, (), None),
    "sasl": ("SASL_PLAINTEXT", None, MECHANISMS, None),
    "tls": ("SASL_SSL", "good", MECHANISMS, None),
    "ssl": ("SSL", "good", (), None),
    "mtls": ("SSL", "good", (), None),
    "refused": ("SASL_SSL", "good", MECHANISMS, "a closed port"),
    "relayed": ("PLAINTEXT", None, (), "a relay"),
    "unknown": ("SASL_SSL", "good", MECHANISMS, "broker.invalid:9092"),
    "othername": ("SASL_SSL", "othername", MECHANISMS, None),
    "expired": ("SASL_SSL", "expired", MECHANISMS, None),
    "only512": ("SASL_SSL", "good", ("SCRAM-SHA-512",), None),
}

# Name: names and addresses that it is for, its life.
CERTIFICATES = {
    "good": ("IP:127.0.0.1,DNS:localhost", ("-days", "30")),
    "othername": ("DNS:kafka.example.com", ("-days", "30")),
    "expired": ("IP:127.0.0.1", ("-startdate", "20200101000000Z", "-enddate", "20200201000000Z")),
}

CA_SETTINGS = """\
[ca]
default_ca = own
[own]
new_certs_dir = .
database = index
serial = serial
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
"""

# The second node listens where a client may be led to.
SECOND_LISTENERS = ("plain", "sasl", "tls")

BROKER_SETTINGS = """\
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAIN
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
connection.failed.authentication.delay.ms=0
auto.create.topics.enable=false
log.retention.ms=-1
broker.session.timeout.ms=120000
log.cleaner.backoff.ms=100
log.cleaner.dedupe.buffer.size=2097152
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
allow.everyone.if.no.acl.found=true
"""

JAVA = ("java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
LOGGING = [f"-Dlog4j.configuration={HERE.as_uri()}/java/started-1.properties",
           f"-Dlog4j2.configurationFile={HERE.as_uri()}/java/started-2.properties"]
STARTED = re.compile("Kafka Server started")


class Broker:
    """A running broker; `certificate_authority` signed what its listeners show."""

    def __init__(self, library, folder, ports, controller, led_to=None):
        self.library = library
        self.folder = folder
        self.controller = controller
        self.led_to = led_to or {}  # ports that listeners advertise in place of their own
        self.certificate_authority = folder / "ca.pem"
        self.addresses = {name: f"127.0.0.1:{port}" for name, port in ports.items()}

    @contextlib.contextmanager
    def second(self):
        """Another broker of the same cluster."""
        ports = dict(zip(SECOND_LISTENERS, free_ports(len(SECOND_LISTENERS))))
        with node(self.library, self.folder, 2, ports, self.controller):
            yield Broker(self.library, self.folder, ports, self.controller)

    @contextlib.contextmanager
    def seeded(self):
        """Filled by Kafka's own clients, see java/Seed.java. A transaction stays open until the
        end."""
        command = [*JAVA, "-cp", f"{self.library}/*", HERE / "java" / "Seed.java",
                   self.addresses["plain"]]
        errors = self.folder / "seed.stderr"
        with open(errors, "wb") as stderr, subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
                text=True) as process:
            try:
                yield Seed(process, errors)
            finally:
                process.stdin.close()


class Seed:
    """What was written, by which group what was committed, and how many members groups have."""

    def __init__(self, process, errors):
        self.process = process
        self.errors = errors
        self.records = []
        self.groups = {}
        self.members = {}
        self.read()

    def read(self):
        for line in iter(self.process.stdout.readline, "ready\n"):
            if not line:
                raise Failure("Kafka's own clients could not fill the broker\n"
                              + self.errors.read_text(errors="replace")[-1500:])
            told = json.loads(line)
            if "group" in told:
                self.groups[told["group"]] = told["committed"]
            elif "member_of" in told:
                self.members[told["member_of"]] = told["members"]
            else:
                self.records.append(told)

    def ask(self, word):
        """One thing more."""
        print(word, file=self.process.stdin, flush=True)
        self.read()


@contextlib.contextmanager
def broker(library, folder):
    """Starts a fresh broker from the jars in `library`, and stops it."""
    folder.mkdir(parents=True)
    make_certificates(folder)
    *numbers, controller, closed, relayed = free_ports(len(LISTENERS) + 3)
    ports = dict(zip(LISTENERS, numbers))
    led_to = {"a closed port": closed, "a relay": relayed}
    with node(library, folder, 1, ports, controller, led_to, *scram_users()):
        yield Broker(library, folder, ports, controller, led_to)


@contextlib.contextmanager
def node(library, folder, number, ports, controller, led_to=None, *format_arguments):
    """`ports`: of its listeners; `controller`: of node 1, which is the only one; `led_to`: ports
    that listeners advertise in place of their own."""
    properties = folder / f"node-{number}.properties"
    properties.write_text(BROKER_SETTINGS + settings(folder, number, ports, controller, led_to))
    java = [*JAVA, "-cp", f"{library}/*"]
    log = folder / f"node-{number}.log"
    with open(log, "wb") as output:
        subprocess.run([*java, "kafka.tools.StorageTool", "format", "-t", "AAAAAAAAAAAAAAAAAAAAAQ",
                        "-c", properties, *format_arguments],
                       check=True, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
                       env={**os.environ, "LC_ALL": "C.UTF-8"})  # passwords are not all ASCII
    with started([*java, *LOGGING, "kafka.Kafka", properties], log, STARTED):
        yield


@contextlib.contextmanager
def started(command, log, ready, **options):
    """A server that goes on when it has said that it is `ready`. Stopped at the end."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, **options) as server:
        output = Output(server.stdout, log, ready.search)
        try:
            must(output.wait_for(output.all, PATIENCE),
                 f"{log.name}: the server did not start, ended with {server.poll()}\n"
                 + output.tail())
            yield
        finally:
            stop(server)
            output.close()


def free_ports(count):
    """Below those that connections are given, lest one takes a port before its server is up."""
    ports = []
    with contextlib.ExitStack() as held:
        while len(ports) < count:
            port = random.randrange(20000, 32768)
            with contextlib.suppress(OSError):
                held.enter_context(socket.create_server(("127.0.0.1", port)))
                ports.append(port)
    return ports


def make_certificates(folder):
    """A CA, and a PEM store (key, certificate, CA) for each entry of CERTIFICATES."""
    (folder / "ca.cnf").write_text(CA_SETTINGS)
    (folder / "index").touch()
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30",
            "-subj", "/CN=CA of the peers", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    for name, (alternatives, life) in CERTIFICATES.items():
        openssl(folder, "req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr",
                "-subj", f"/CN={name}", "-addext", f"subjectAltName={alternatives}")
        openssl(folder, "ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", "ca.pem",
                "-keyfile", "ca.key", "-in", f"{name}.csr", "-out", f"{name}.pem", *life)
        parts = (folder / part for part in (f"{name}.key", f"{name}.pem", "ca.pem"))
        (folder / f"{name}.store").write_text("".join(part.read_text() for part in parts))


def openssl(folder, *arguments):
    ended = subprocess.run(["openssl", *arguments], cwd=folder, stdin=subprocess.DEVNULL,
                           capture_output=True, text=True, check=False)
    if ended.returncode:
        raise Failure(f"openssl {arguments[0]}: {ended.stderr[-500:]}")


def scram_users():
    for name, secret in SCRAM_USERS.items():
        for mechanism in MECHANISMS[1:]:
            yield from ("--add-scram", f"{mechanism}=[name={name},password={secret}]")


def settings(folder, number, ports, controller, led_to):
    """The part of a node's settings that says what it is and where it listens."""
    first = number == 1
    listeners = [f"CONTROLLER://127.0.0.1:{controller}"] if first else []
    protocols = ["CONTROLLER:PLAINTEXT"]
    advertised = []
    lines = ["process.roles=broker" + (",controller" if first else ""), f"node.id={number}",
             f"log.dirs={folder}/node-{number}",
             f"controller.quorum.voters=1@127.0.0.1:{controller}"]
    for name, port in ports.items():
        protocol, store, mechanisms, address = LISTENERS[name]
        own = f"127.0.0.1:{port}"
        if led_to and address in led_to:
            address = f"127.0.0.1:{led_to[address]}"
        listeners.append(f"{name.upper()}://{own}")
        protocols.append(f"{name.upper()}:{protocol}")
        advertised.append(f"{name.upper()}://{address or own}")
        lines += [f"listener.name.{name}.{line}" for line in listener(folder, store, mechanisms)]
    if "mtls" in ports:
        lines.append("listener.name.mtls.ssl.client.auth=required")
    lines += ["listeners=" + ",".join(listeners), "advertised.listeners=" + ",".join(advertised),
              "listener.security.protocol.map=" + ",".join(protocols)]
    return "\n".join(lines) + "\n"


def listener(folder, store, mechanisms):
    if store:
        yield "ssl.keystore.type=PEM"
        yield f"ssl.keystore.location={folder}/{store}.store"
        yield "ssl.truststore.type=PEM"
        yield f"ssl.truststore.location={folder}/ca.pem"
    if mechanisms:
        yield "sasl.enabled.mechanisms=" + ",".join(mechanisms)
    for mechanism in mechanisms:
        yield f"{mechanism.lower()}.sasl.jaas.config={login_module(mechanism)}"


def login_module(mechanism):
    package = "org.apache.kafka.common.security"
    if mechanism == "PLAIN":
        users = " ".join(f'user_{name}="{secret}"' for name, secret in USERS.items())
        return f"{package}.plain.PlainLoginModule required {users};"
    return f"{package}.scram.ScramLoginModule required;"


def stop(server):
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
