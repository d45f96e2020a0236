# SPDX-License-Identifier: GPL-3.0-or-later
"""Kafka clients of others, each with the same three gifts: list(), consume() and member()."""

import collections
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess

from .compatibility import Peer, python_package
from .kcat import PEER as KCAT, Kcat
from .outputs import Output
from .peers import HERE, cache, java_peer, locked, python_peer
from .report import PATIENCE, must
from .runtimes import go_peer, key_of, run_logged

KAFKA = "4.3.1"


def finished(command, wanted=0, **options):
    """The output of a command that has to end with this code. None: code, output and errors."""
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE,
                           check=False, **options)
    told = ended.stderr.decode(errors="replace")
    if wanted is None:
        return ended.returncode, ended.stdout.decode(errors="replace"), told
    must(ended.returncode == wanted, f"{command[-1]} ended with {ended.returncode}\n{told[-1500:]}")
    return ended.stdout.decode()


def written(file, text):
    """A file for the eyes of its owner only: it holds the token."""
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w",
              encoding="utf-8") as out:
        out.write(text)
    return file


def unhexed(line):
    record = json.loads(line)
    return {**record, **{part: None if record[part] is None else bytes.fromhex(record[part])
                         for part in ("key", "value")}}


def place(record):
    return record["topic"], record["partition"], record["offset"]


class Member:
    """A member of a group. What it reads is told as places, its share as a set of partitions."""

    def __init__(self, command, folder, name):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        self.output = Output(self.process.stdout, folder / f"{name}.stdout", self.say_output)
        self.told = Output(self.process.stderr, folder / f"{name}.stderr", self.say_told)

    @staticmethod
    def say_output(line):
        said = json.loads(line)
        return place(said) if "topic" in said else {tuple(where) for where in said["assigned"]}

    @staticmethod
    def say_told(_line):
        return None

    def read(self):
        return [said for said in self.output.all() if isinstance(said, tuple)]

    def assigned(self):
        given = [said for output in (self.output, self.told) for said in output.all()
                 if isinstance(said, set)]
        return given[-1] if given else set()

    def wait(self, done, what):
        must(self.output.wait_for(done, PATIENCE), f"{self.name}: {what}\n{self.told.tail()}")

    def stop(self):
        """It commits and leaves."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self.output.close()
            self.told.close()


class KcatMember(Member):
    @staticmethod
    def say_output(line):
        topic, partition, offset = line.split(" ")
        return topic, int(partition), int(offset)

    @staticmethod
    def say_told(line):
        said = re.search(r"\): (assigned|revoked): (.*)", line)
        if not said:
            return None
        return {(topic, int(number))
                for topic, number in re.findall(r"([\w./-]+) \[(\d+)\]", said[2])
                if said[1] == "assigned"}


class KcatClient:
    """Shares eagerly: everybody gives all back before a rebalance. What comes to it while it stops,
    a record or two, it commits, but does not print; why is told in judges/librdkafka.py."""

    name, peer, loses = "kcat", KCAT, 2

    def __init__(self, folder):
        self.kcat = Kcat(folder)

    def use(self, practice, folder):
        self.kcat.sign_in(practice)

    def list(self):
        return self.kcat.topics()

    def consume(self, topics):
        return [record for topic in topics for record in self.kcat.consume(topic)]

    def member(self, folder, name, group, topics):
        return KcatMember(
            [self.kcat.program, "-F", self.kcat.settings, "-G", group,
             *("-X", "auto.offset.reset=earliest", "-X", "heartbeat.interval.ms=300"),
             *("-X", "session.timeout.ms=60000", "-u", "-f", "%t %p %o\\n"), *topics], folder, name)


class Program:
    """A program of ours around a library of others, see go/franz and judges/librdkafka.py."""

    loses = 0

    def use(self, practice, folder):
        self.settings = written(folder / f"{self.name}.json", json.dumps(
            {"bootstrap": practice.bootstrap, "username": practice.username,
             "token": practice.token, "ca_file": str(practice.ca_file)}))

    def call(self, *words, wanted=0):
        return finished([*self.command, self.settings, *words], wanted)

    def list(self):
        return json.loads(self.call("list"))

    def consume(self, _topics):
        return [unhexed(line) for line in self.call("consume").splitlines()]

    def member(self, folder, name, group, topics):
        return Member([*self.command, self.settings, "member", group, *topics], folder, name)


class ConfluentKafka(Program):
    """librdkafka again, a later one; here its groups rebalance step by step."""

    name, librdkafka = "confluent-kafka", "2.16.0"
    peer = Peer("confluent-kafka", python_package("librdkafka", "confluent-kafka")[0].version
                + f" (librdkafka {librdkafka})")

    def __init__(self, _folder):
        python = python_peer("librdkafka")
        self.command = [python, "-B", HERE / "judges" / "librdkafka.py"]
        told = finished([python, "-c", "import confluent_kafka as c; print(c.libversion()[0])"])
        must(told.strip() == self.librdkafka, f"built on librdkafka {told}")


class FranzGo(Program):
    name = "franz-go"
    peer = Peer("franz-go", re.search(r"twmb/franz-go v(\S+)", (HERE / "go" / "franz" / "go.mod")
                                      .read_text(encoding="utf-8"))[1])

    def __init__(self, _folder):
        self.command = [go_peer("franz")]


class JavaMember(Member):
    @staticmethod
    def say_told(line):
        said = re.search(r"new Assignment\(partitions=\[([^\]]*)\]", line)
        return said and {(topic, int(number)) for topic, _, number
                         in (name.rpartition("-") for name in said[1].split(", ") if name)}


class JavaConsole:
    """Kafka's own tools. A formatter of ours prints the records of its console consumer."""

    name, loses = "Java console consumer", 0
    peer = Peer("Kafka's console consumer", KAFKA)
    CONSUMER = "org.apache.kafka.tools.consumer.ConsoleConsumer"
    GROUPS = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"
    OFFSETS = "org.apache.kafka.tools.GetOffsetShell"

    def __init__(self, _folder):
        jars = java_peer(f"kafka-{KAFKA}")
        self.command = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                        f"-Dlog4j2.configurationFile={HERE}/java/told.properties",
                        "-cp", f"{formatter(jars)}:{jars}/*"]

    def use(self, practice, folder):
        self.practice = practice
        self.settings = written(folder / "java.conf", (
            "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n"
            "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule "
            f'required username="{practice.username}" password="{practice.token}";\n'
            f"ssl.truststore.type=PEM\nssl.truststore.location={practice.ca_file}\n"
            "auto.offset.reset=earliest\nheartbeat.interval.ms=300\nsession.timeout.ms=60000\n"
            "default.api.timeout.ms=120000\nrequest.timeout.ms=120000\n"))

    def tool(self, name, *words):
        return [*self.command, name, "--bootstrap-server", self.practice.bootstrap,
                "--command-config", self.settings, *words]

    def list(self):
        """By the tool for offsets: that for topics wants to describe their settings, and the source
        -1 of Dekaf's two made-up ones is unknown to it."""
        return dict(collections.Counter(
            line.rsplit(":", 2)[0] for line in finished(self.tool(self.OFFSETS)).splitlines()))

    def console(self, topics, *words):
        return self.tool(self.CONSUMER, "--formatter", "Lines", "--include", "|".join(topics),
                         *words)

    def consume(self, topics):
        """It ends without an error whatever it met on its way: then it has not read all."""
        count = sum(record["topic"] in topics for record in self.practice.records())
        _, lines, told = finished(self.console(topics, "--from-beginning", "--max-messages",
                                               str(count), "--timeout-ms", "120000"), None)
        read = [unhexed(line) for line in lines.splitlines()]
        must(len(read) == count, f"{len(read)} records of {count}\n{told[-1500:]}")
        return read

    def member(self, folder, name, group, topics):
        return JavaMember(self.console(topics, "--group", group), folder, name)

    def ask(self, name, *words):
        """All that a tool says: it ends with 0 after most errors as well."""
        _, output, told = finished(self.tool(name, *words), None)
        return (output + told).strip()


def formatter(jars):
    """The folder with java/Lines.java compiled."""
    source = HERE / "java" / "Lines.java"
    folder = cache() / f"java-lines-{key_of(source)}"
    with locked(folder):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            run_logged(["java", "-m", "jdk.compiler/com.sun.tools.javac.Main", "-d", folder, "-cp",
                        jars / f"kafka-clients-{KAFKA}.jar", source],
                       pathlib.Path(f"{folder}.log"), "Lines.java")
            (folder / "complete").touch()
    return folder


CLIENTS = (KcatClient, ConfluentKafka, JavaConsole, FranzGo)
