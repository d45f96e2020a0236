# SPDX-License-Identifier: GPL-3.0-or-later
"""kcat, that is librdkafka, as a client: lists topics and consumes them by assignment."""

import json
import os
import re
import shutil
import subprocess

from .compatibility import Peer
from .peers import program
from .report import PATIENCE, Failure, Missing

OLDEST = (2, 8)
# Kafka's own lengths stand before the bytes, so that a key may hold anything.
FORMAT = "%t\\n%p %o %T %K %S\\n%k%s\\n"


def told_version():
    """Of kcat, and of the librdkafka that it is built on; None where there is no kcat."""
    found = shutil.which("kcat") and re.search(
        r"Version (\d[\d.]*).*librdkafka (\d[\d.]*)",
        subprocess.run(["kcat", "-V"], capture_output=True, text=True, check=False).stdout, re.S)
    return found and f"{found[1]} (librdkafka {found[2]})"


PEER = Peer("kcat", told_version() or "none", pinned=False)


class Kcat:
    def __init__(self, folder):
        self.program = program("kcat", "Debian: apt-get install kcat")
        self.settings = folder / "kcat.conf"
        text = subprocess.run([self.program, "-V"], capture_output=True, text=True, check=False)
        found = re.search(r"librdkafka (\d+)\.(\d+)\.(\d+)", text.stdout + text.stderr)
        if not found:
            raise Missing("kcat does not tell its librdkafka")
        self.version = ".".join(found.groups())
        if tuple(map(int, found.groups()))[:2] < OLDEST:
            raise Missing(f"kcat is built on librdkafka {self.version}, older than 2.8")

    def use(self, *settings):
        """The client's settings from here on, in a file, where a token belongs."""
        file = os.open(self.settings, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(file, "w", encoding="utf-8") as lines:
            lines.write("".join(f"{setting}\n" for setting in settings))

    def sign_in(self, practice, token=None):
        self.use(f"bootstrap.servers={practice.bootstrap}", "security.protocol=SASL_SSL",
                 "sasl.mechanism=PLAIN", f"sasl.username={practice.username}",
                 f"sasl.password={token or practice.token}",
                 f"ssl.ca.location={practice.ca_file}", "check.crcs=true")

    def command(self, *arguments):
        return [self.program, "-F", self.settings, "-m", str(PATIENCE // 2), *arguments]

    def run(self, *arguments):
        ended = subprocess.run(self.command(*arguments), capture_output=True,
                               stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False)
        if ended.returncode:
            raise Failure(f"kcat {' '.join(arguments)} ended with {ended.returncode}\n"
                          + ended.stderr.decode(errors="replace")[-1000:])
        return ended.stdout

    def complaint(self, text):
        """What it says of listing topics until `text` comes or it ends, and what it lists by then.
        It would try again and again."""
        with subprocess.Popen(self.command("-L"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as client:
            said = ""
            for line in client.stderr:
                said += line
                if text in line:
                    break
            client.kill()
            return said, client.stdout.read()

    def topics(self):
        """Name and number of partitions of each topic; an error in place of a number."""
        listed = json.loads(self.run("-L", "-J"))
        return {topic["topic"]: topic.get("error") or len(topic["partitions"])
                for topic in listed["topics"]}

    def consume(self, topic):
        """All records from the beginning to the end of each partition."""
        return parse(self.run("-C", "-q", "-e", "-o", "beginning", "-t", topic, "-f", FORMAT))


def parse(output):
    records = []
    at = 0
    while at < len(output):
        topic, at = line(output, at)
        numbers, at = line(output, at)
        partition, offset, timestamp, key_size, value_size = map(int, numbers.split())
        key, at = take(output, at, key_size)
        value, at = take(output, at, value_size)
        if output[at:at + 1] != b"\n":
            raise Failure(f"kcat's output can't be read at byte {at}")
        at += 1
        records.append({"topic": topic, "partition": partition, "offset": offset,
                        "timestamp": timestamp, "key": key, "value": value})
    return records


def line(output, at):
    end = output.index(b"\n", at)
    return output[at:end].decode(), end + 1


def take(output, at, size):
    return (None, at) if size < 0 else (output[at:at + size], at + size)
