# SPDX-License-Identifier: GPL-3.0-or-later
"""Consumer groups of the practice Dekaf before members of others: kcat and Kafka's own consumer."""

import collections
import re
import signal
import subprocess
import time

from .compatibility import Peer
from .kcat import PEER as KCAT, Kcat
from .peers import java_peer
from .report import Missing, must

TITLE = "Groups of the practice Dekaf"
PEERS = [KCAT, Peer("Kafka's console consumer", "4.3.1")]
CLAIM = "members share the partitions, commit, rebalance and resume"

TOPIC = "acmeCo/orders"
GROUP = "acmeco-practice-peers"
SECONDS = 60
CONSOLE = "org.apache.kafka.tools.consumer.ConsoleConsumer"


def run(report, barista, folder):
    kcat = None
    with report.case("kcat on librdkafka >= 2.8"):
        kcat = Kcat(folder)
    jars = None
    with report.case("Kafka's own clients"):
        jars = java_peer("kafka-4.3.1")
    with report.case("practice groups: starts and stops"):
        with barista.practice("groups") as practice:
            with report.case("practice groups: two members of kcat share, commit and resume"):
                if kcat is None:
                    raise Missing("kcat can't be had")
                kcat.sign_in(practice)
                balanced(kcat, folder, held(practice))
            with report.case("practice groups: Kafka's console consumer commits and resumes"):
                if jars is None:
                    raise Missing("Kafka's jars can't be had")
                console(jars, folder, practice)


def held(practice):
    return collections.Counter((record["partition"], record["offset"])
                               for record in practice.records() if record["topic"] == TOPIC)


class Member:
    """kcat in a group; what it reads and what it is told goes to files."""

    def __init__(self, kcat, folder, name, *options):
        self.output = folder / f"{name}.stdout"
        self.told = folder / f"{name}.stderr"
        with open(self.output, "wb") as output, open(self.told, "wb") as told:
            self.process = subprocess.Popen(
                [kcat.program, "-F", kcat.settings, "-G", GROUP, "-X", "auto.offset.reset=earliest",
                 "-X", "heartbeat.interval.ms=300", "-X", "session.timeout.ms=6000",
                 "-u", "-f", "%p %o\\n", *options, TOPIC],
                stdin=subprocess.DEVNULL, stdout=output, stderr=told)

    def read(self):
        return collections.Counter(tuple(map(int, line.split()))
                                   for line in self.output.read_text("utf-8").splitlines())

    def assigned(self):
        """The partitions of each rebalance so far."""
        return [set(map(int, re.findall(r"\[(\d+)\]", line)))
                for line in self.told.read_text("utf-8", "replace").splitlines()
                if "): assigned:" in line]

    def wait(self, done, what):
        end = time.monotonic() + SECONDS
        while not done() and time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.05)
        must(done(), f"{what}\n" + self.told.read_text("utf-8", "replace")[-1500:])

    def stop(self):
        """Commits and leaves."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(SECONDS)
        finally:
            self.process.kill()


def balanced(kcat, folder, wanted):
    partitions = {partition for partition, _ in wanted}
    members = [Member(kcat, folder, "first")]
    first = members[0]
    try:
        first.wait(lambda: first.read().total() >= wanted.total(), "the first does not read all")
        members.append(Member(kcat, folder, "second"))
        second = members[1]
        second.wait(lambda: second.assigned() and len(first.assigned()) > 1, "no rebalance")
        must(first.assigned()[-1] and second.assigned()[-1]
             and not first.assigned()[-1] & second.assigned()[-1]
             and first.assigned()[-1] | second.assigned()[-1] == partitions,
             f"{first.assigned()} and {second.assigned()} do not share {partitions}")
        second.stop()
        first.wait(lambda: first.assigned()[-1] == partitions, "the first does not get all back")
    finally:
        for member in members:
            member.stop()
    must(first.read() == wanted, "the first has not read each record once")
    must(not second.read(), "the second reads again what was committed")
    resumed = Member(kcat, folder, "third", "-e")
    resumed.wait(lambda: resumed.process.poll() is not None, "the third does not come to the end")
    must(not resumed.read(), "the third reads again what was committed")


def console(jars, folder, practice):
    settings = folder / "console.conf"
    settings.touch(0o600)
    settings.write_text("security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n"
                        "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule "
                        f'required username="{practice.username}" password="{practice.token}";\n'
                        f"ssl.truststore.type=PEM\nssl.truststore.location={practice.ca_file}\n"
                        "auto.offset.reset=earliest\n", encoding="utf-8")
    wanted = held(practice).total()
    for times, expected in (("first", wanted), ("second", 0)):
        ended = subprocess.run(
            ["java", "-Xmx256m", "-cp", f"{jars}/*", CONSOLE, "--bootstrap-server",
             practice.bootstrap, "--command-config", settings, "--group", GROUP + "-java",
             "--topic", TOPIC, "--timeout-ms", "6000"],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
        told = ended.stderr.decode(errors="replace")
        must(f"Processed a total of {expected} messages" in told,
             f"the {times} time it should read {expected}\n" + told[-1500:])
