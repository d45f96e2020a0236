# SPDX-License-Identifier: GPL-3.0-or-later
"""What Tinybird's page on sinks shows comes out of tests/data/sinks.

tests/data/pages/sinks holds the page's examples as it prints them, in TypeScript. They are read here,
said as a datafile's settings, and compared with the files that Barista makes. What differs all the
same has a row in docs/seed-pages.md: each of DIFFERENCES is one."""

import json
import os
import re
import socket
import tempfile
import textwrap

from tap import main, run

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.path.join(TOP, "tests", "data")

DIFFERENCES = ("language", "once", "indentation", "order", "policies")

TOKEN = re.compile(r"""\s+|//[^\n]*|(?P<text>"[^"]*"|`[^`]*`)|(?P<word>\w+)|(?P<mark>[^\s])""")

# As the SDK's generator says them.
COMMANDS = {
    "bootstrapServers": "KAFKA_BOOTSTRAP_SERVERS", "securityProtocol": "KAFKA_SECURITY_PROTOCOL",
    "saslMechanism": "KAFKA_SASL_MECHANISM", "key": "KAFKA_KEY", "secret": "KAFKA_SECRET",
    "region": "S3_REGION", "arn": "S3_ARN", "connection": "EXPORT_CONNECTION_NAME",
    "topic": "EXPORT_KAFKA_TOPIC", "schedule": "EXPORT_SCHEDULE", "bucketUri": "EXPORT_BUCKET_URI",
    "fileTemplate": "EXPORT_FILE_TEMPLATE", "format": "EXPORT_FORMAT",
    "strategy": "EXPORT_STRATEGY", "compression": "EXPORT_COMPRESSION",
}


def read(*path):
    with open(os.path.join(DATA, *path), encoding="utf-8") as file:
        return file.read()


class Reader:
    """As much of TypeScript as the page has: constants made by calls on texts, lists and objects."""

    def __init__(self, text):
        self.tokens = [match for match in TOKEN.finditer(text) if match.lastgroup]
        self.at = 0
        self.names = {}

    def take(self, mark=None):
        token = self.tokens[self.at].group()
        assert mark in (None, token), (mark, token)
        self.at += 1
        return token

    def next_is(self, mark):
        return self.at < len(self.tokens) and self.tokens[self.at].group() == mark

    def constants(self):
        """Each call in the page's order: what is defined, its name, its settings."""
        found = []
        while self.at < len(self.tokens):
            self.take("export")
            self.take("const")
            constant = self.take()
            self.take("=")
            call, (name, settings) = self.value()
            self.take(";")
            self.names[constant] = name
            found.append((call, name, settings))
        return found

    def listed(self, end):
        values = []
        while not self.next_is(end):
            values.append(self.value())
            if not self.next_is(end):
                self.take(",")
        self.take(end)
        return values

    def value(self):
        token = self.take()
        if token[0] in "\"`":
            return token[1:-1]
        if token == "[":
            return self.listed("]")
        if token == "{":
            settings = {}
            while not self.next_is("}"):
                member = self.take()
                self.take(":")
                settings[member] = self.value()
                if not self.next_is("}"):
                    self.take(",")
            self.take("}")
            return settings
        if not self.next_is("("):
            return self.names[token]
        self.take("(")
        return token, self.listed(")")


def said(settings):
    """A datafile's settings of those in TypeScript."""
    found = {}
    for name, value in settings.items():
        if isinstance(value, tuple):
            assert value[0] == "secret", value
            value = '{{ tb_secret("%s") }}' % value[1][0]  # "language"
        found[COMMANDS[name]] = value
    if found.get("EXPORT_SCHEDULE") == "@once":  # "once"
        found["EXPORT_SCHEDULE"] = "@on-demand"
    return found


def shown():
    """The page's connections and sinks by their files' paths."""
    files = {}
    for call, name, settings in Reader(read("pages", "sinks", "page.ts")).constants():
        if call == "defineSinkPipe":
            nodes = [made[1][0] for made in settings["nodes"]]
            files[f"sinks/{name}.pipe"] = {
                "DESCRIPTION": settings["description"], "TYPE": "sink", **said(settings["sink"]),
                "nodes": [(node["name"], textwrap.dedent(node["sql"]).strip()) for node in nodes]}
        else:
            kind = {"defineKafkaConnection": "kafka", "defineS3Connection": "s3"}[call]
            files[f"connections/{name}.connection"] = {"TYPE": kind, **said(settings)}
    return files


def datafile(text):
    """The settings of a datafile; of its nodes name and SQL, without the block's indentation."""
    found = {"nodes": []}
    block = None
    for line in text.splitlines():
        if block is not None and (not line or line.startswith("    ")):
            block.append(line[4:])
            continue
        command, _, value = line.partition(" ")
        block = [] if value == ">" else None
        if command == "NODE":
            found["nodes"].append((value, None))
        elif command == "SQL":
            found["nodes"][-1] = (found["nodes"][-1][0], block)
        elif command:
            found[command] = block if block is not None else value
    found["nodes"] = [(name, "\n".join(sql).strip()) for name, sql in found["nodes"]]
    if not found["nodes"]:
        del found["nodes"]
    if "DESCRIPTION" in found:
        found["DESCRIPTION"] = "\n".join(found["DESCRIPTION"]).strip()
    return found


def generated(name):
    """The files of a project by their paths; there is no server to connect to, nor any need."""
    with tempfile.TemporaryDirectory() as folder:
        done = run("generate", os.path.join(DATA, "sinks", name), "--output", folder)
        assert done.returncode == 0, done.stderr
        files = {}
        for parent, _, names in os.walk(folder):
            for file_name in names:
                whole = os.path.join(parent, file_name)
                with open(whole, encoding="utf-8") as file:
                    files[os.path.relpath(whole, folder)] = file.read()
        return files


def test_six_sinks_and_seven_connections():
    page = shown()
    made = {path: datafile(text) for path, text in generated("page.json").items()
            if path.endswith((".pipe", ".connection"))}
    assert len([path for path in page if path.startswith("sinks/")]) == 6
    assert len([path for path in page if path.startswith("connections/")]) == 7
    assert sorted(made) == sorted(page), sorted(made)
    for path, settings in page.items():
        assert made[path] == settings, (path, made[path], settings)


def test_each_listed_option():
    pipes = [datafile(text) for path, text in generated("options.json").items()
             if path.endswith(".pipe")]
    listed = re.findall(r'^(\w+): "(.*)"$', read("pages", "sinks", "options.ts"), re.M)
    assert len(listed) == 13, listed
    for name, value in listed:
        command, value = next(iter(said({name: value}).items()))
        assert any(pipe.get(command) == value for pipe in pipes), (command, value)


def test_sign_ins_that_the_page_names():
    connections = [datafile(text) for path, text in generated("options.json").items()
                   if path.endswith(".connection")]
    made = {connection.get("KAFKA_SASL_MECHANISM") for connection in connections
            if connection.get("KAFKA_SECURITY_PROTOCOL") == "SASL_SSL"}
    assert made == {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"}, made


def test_nothing_is_connected_to():
    """No topics, but a server: nobody calls there."""
    with socket.create_server(("127.0.0.1", 0)) as listener, tempfile.TemporaryDirectory() as place:
        listener.setblocking(False)
        setup = json.loads(read("sinks", "page.json"))
        setup["topics"] = []
        setup["server"] = {"bootstrap_servers": [f"127.0.0.1:{listener.getsockname()[1]}"],
                           "security_protocol": "PLAINTEXT"}
        path = os.path.join(place, "profile.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(setup, file)
        done = run("generate", path, "--output", os.path.join(place, "project"))
        assert done.returncode == 0, done.stderr
        assert os.path.exists(os.path.join(place, "project", "sinks", "daily_export.pipe"))
        try:
            listener.accept()
        except BlockingIOError:
            return
        raise AssertionError("somebody called")


def test_differences_are_documented():
    with open(os.path.join(TOP, "docs", "seed-pages.md"), encoding="utf-8") as file:
        section = re.search(r"^## Out of Tinybird$(.*?)(?=^## |\Z)", file.read(), re.M | re.S)
    rows = re.findall(r"^\| \*\*(.+?)\*\* \| .+ \| .+ \|$", section.group(1), re.M)
    assert sorted(rows) == sorted(DIFFERENCES), rows


main([value for name, value in sorted(globals().items()) if name.startswith("test_")])
