# SPDX-License-Identifier: GPL-3.0-or-later
"""What a setup's sinks and their connections are to be read as, told from the profile alone. Used by
setups.py (Forward) and classic.py."""

import re
import textwrap

BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
SETTINGS = ("connection", "topic", "bucket_uri", "file_template", "schedule", "format", "strategy",
            "compression")
NAMES = {"connection": "connection_name", "topic": "kafka_topic"}
OF_KIND = {"kafka": ("connection", "topic", "schedule"),
           "s3": tuple(name for name in SETTINGS if name != "topic")}
# The words of the REST API, which Classic's files say.
CLASSIC = {"strategy": {"create_new": "new", "replace": "truncate"},
           "compression": {"none": "None", "gzip": "gz"}}
# What the vendor's parsers refuse by meaning; the finding says so, and the file is not judged.
UNREADABLE = {"sink-schedule", "sink-schedule-syntax", "sink-topic", "sink-bucket", "sink-template",
              "sink-connection"}


def one_line(text):
    return BLANKS.sub(" ", text).strip()


def kind_of(profile, sink):
    for target in profile["connections"]:
        if target["name"] == sink.get("connection"):
            return target["type"]
    return "kafka" if "topic" in sink else "s3"


def lines_of(sql):
    """SQL without what neither reader keeps: blank lines, lines of comments, what ends no block."""
    lines = [re.sub(r"^(\s*)(/\*\*/|-) (?=\s*([A-Z_]+|#.*)(\s|$))", r"\1", line)
             for line in textwrap.dedent(sql).strip().splitlines()]
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]


def statement(sql):
    tidied = sql.replace("\r\n", "\n").replace("\r", "\n").strip()
    return tidied if tidied.startswith("%") or not re.search(r"\{\{|\{%", tidied) else "%\n" + tidied


def meant(profile, sink, classic):
    """The settings of a sink's last node, as a parser of the vendor names them."""
    found = {}
    kind = kind_of(profile, sink)
    for name in OF_KIND[kind]:
        value = sink.get(name)
        if value is None:
            continue
        if name == "schedule" and value == "@once":
            value = "@on-demand"
        key = "export_" + NAMES.get(name, name)
        if classic and name in CLASSIC:
            key = "export_write_strategy" if name == "strategy" and value in CLASSIC[name] else key
            value = CLASSIC[name].get(value, value)
        found[key] = value
    if classic:
        target = next((one for one in profile["connections"] if one["name"] == sink.get("connection")),
                      {})
        found["export_service"] = "kafka" if kind == "kafka" else "s3_iamrole" if "arn" in target else "s3"
    return found


def check_sink(same, result, profile, sink, classic=False):
    """@result: what a parser made of the file: its nodes and the pipe's description."""
    nodes = result.nodes
    same("nodes", [node["name"] for node in nodes], [node["name"] for node in sink["nodes"]])
    for node, own in zip(nodes, sink["nodes"]):
        same("SQL", lines_of(node["sql"]), lines_of(statement(own["sql"])))
        if "description" in own:
            same("description", node["description"], one_line(own["description"]))
    if "description" in sink:
        same("description", result.description, one_line(sink["description"]))
    same("type", nodes[-1]["type"].lower(), "sink")
    read = {name: value for name, value in nodes[-1].items() if name.startswith("export_")}
    same("settings", read, meant(profile, sink, classic))


def check_target(same, node, secret, target):
    """@secret: a secret's value, or None where they are left as they stand."""
    same("type", node["type"], target["type"])
    names = {"security_protocol": "kafka_security_protocol", "mechanism": "kafka_sasl_mechanism"}
    if target["type"] == "s3":
        names = {"region": "s3_region", "arn": "s3_arn"}
    for name, key in names.items():
        same(name, node.get(key), target.get(name))
    if target["type"] == "kafka":
        typed = ",".join(target["bootstrap_servers"])
        servers = ",".join(one if ":" in one else f"{one}:9092" for one in target["bootstrap_servers"])
        if node["kafka_bootstrap_servers"] != typed:  # what is no address stays as it is
            same("servers", node["kafka_bootstrap_servers"], servers)
        if "registry_secret" not in target:
            same("registry", node.get("kafka_schema_registry_url"), target.get("registry_url"))
    secrets = {"key": "kafka_key", "secret": "kafka_secret", "registry_secret": "kafka_schema_registry_url",
               "ca_secret": "kafka_ssl_ca_pem"}
    if target["type"] == "s3":
        secrets = {"key": "s3_access_key", "secret": "s3_secret"}
    for name, key in secrets.items():
        if name in target:
            read = node.get(key)
            same(name, secret if secret else bool(read), read if secret else True)


def judged(model, path):
    """Whether the file of that path is one that the parsers can be asked about."""
    return not any(error["rule"] in UNREADABLE and error["file"] == path for error in model["errors"])
