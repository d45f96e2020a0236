# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections and sinks for the setups drawn by lot: every kind, option and form of SQL, and places
for something hostile."""

import json

from . import random_setups
from .peers import TOP

KAFKA = {"security_protocol": ("SASL_SSL", "SASL_PLAINTEXT", "PLAINTEXT"),
         "mechanism": ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"),
         "registry_url": ("https://registry.example.com/a",), "registry_secret": ("REGISTRY_SINK",),
         "ca_secret": ("SINK_CA",)}
FILES = {"compression": ("none", "gzip", "snappy", "zstd"), "strategy": ("create_new", "replace")}
TEMPLATES = ("events", "events_{timestamp, '%Y-%m-%d'}", "{id}/part_{8}", "a b", "two  blanks", "it's",
             'say "x"', "events_{timestamp,'%Y'}.csv")
SCHEDULES = ("@on-demand", "@once", "0 * * * *", "*/15 * * * *", "0 6 * * 1-5", "0 0 * * 5#3",
             "15 3 1,15 jan-jun MON")
# Lines that start with words that end a block, comments, quotes, templates.
QUERIES = ("SELECT 1 AS id, now() AS timestamp",
           "WITH 1 AS TYPE SELECT\nTYPE + 1 AS id, now() AS timestamp",
           "SELECT 1 AS id,\n  now() AS timestamp\n\n-- it's a note\nWHERE 1",
           "SELECT 1 AS TYPE,\nTYPE,\n  now() AS timestamp",
           "\n\n    SELECT 'a#b {x}' AS id, now() AS timestamp /* SQL >\nTYPE sink\n# x */\n",
           "SELECT 1 AS id, now() AS timestamp # note\n# whole line\nLIMIT 1",
           "%\nSELECT {{ Int32(id, 1) }} AS id, now() AS timestamp\n{% if defined(x) %} WHERE 1 {% end %}",
           "SELECT {{ String(id, 'it') }} AS id, now() AS timestamp")


def page():
    """The sinks of the vendor's page and each option that it lists, for both kinds of workspace."""
    for path in sorted((TOP / "tests" / "data" / "sinks").glob("*.json")):
        for target in ("forward", "classic"):
            profile = json.loads(path.read_text(encoding="utf-8"))
            profile["project"] = {"format": target}
            profile["topics"] = []
            yield {"name": f"{path.stem}-{target}", "profile": profile, "schemas": [], "ca_pem": None,
                   "token": "token", "hostile": None}


def add_sinks(chance, case):
    if chance.random() < 0.3:
        return
    targets = [target_of(chance, number) for number in range(chance.randrange(1, 4))]
    case["profile"]["connections"] = targets
    case["profile"]["sinks"] = [sink_of(chance, chance.choice(targets), number)
                                for number in range(chance.randrange(1, 4))]


def some(chance, options):
    return {name: chance.choice(words) for name, words in options.items() if chance.random() < 0.5}


def target_of(chance, number):
    if chance.random() < 0.5:
        servers = chance.choice((["kafka.example.com:9092"], ["a.example.com:1", "b.example.com"]))
        return {"type": "kafka", "name": f"sink_kafka_{number}", "bootstrap_servers": servers,
                "key": f"SINK_KEY_{number}", "secret": f"SINK_SECRET_{number}",
                **some(chance, KAFKA)}
    role = {"arn": "arn:aws:iam::123456789012:role/path/tinybird-s3"}
    pair = {"key": f"SINK_KEY_{number}", "secret": f"SINK_SECRET_{number}"}
    return {"type": "s3", "name": f"sink_s3_{number}", "region": "eu-west-1",
            **chance.choice((role, pair))}


def sink_of(chance, target, number):
    sink = {"name": f"sink_{number}", "connection": target["name"],
            "schedule": chance.choice(SCHEDULES)}
    if chance.random() < 0.7:
        sink["description"] = chance.choice(("Plain", "Two\nlines  of it", "it's \"quoted\" #5 $HOME"))
    if target["type"] == "kafka":
        sink["topic"] = "acmeCo/events.out"
    else:
        sink.update(bucket_uri="s3://my-bucket/year={timestamp, '%Y'}/",
                    file_template=chance.choice(TEMPLATES),
                    format=chance.choice(("csv", "ndjson", "parquet")), **some(chance, FILES))
    sink["nodes"] = [{"name": f"rows_{number}", "sql": chance.choice(QUERIES)}]
    if chance.random() < 0.4:
        sink["nodes"][0]["description"] = "What is\nexported"
        sink["nodes"].append({"name": f"all_{number}", "sql": f"SELECT *\nFROM rows_{number}"})
    return sink


def into_sink(member):
    def put(_chance, case, text):
        if not case["profile"].get("sinks"):
            return False
        case["profile"]["sinks"][0][member] = text
        return True
    return put


def into_node(member, form="{}"):
    def put(_chance, case, text):
        if not case["profile"].get("sinks"):
            return False
        case["profile"]["sinks"][0]["nodes"][0][member] = form.format(text)
        return True
    return put


def into_literal(_chance, case, text):
    quoted = text.replace("\\", "\\\\").replace("'", "''")
    return into_node("sql", "SELECT '{}' AS id, now() AS timestamp")(_chance, case, quoted)


def into_target(member):
    def put(_chance, case, text):
        targets = case["profile"].get("connections")
        if not targets:
            return False
        targets[0][member] = [text] if member == "bootstrap_servers" else text
        return True
    return put


random_setups.ADD.append(add_sinks)
random_setups.PLACES.update(
    {f"sink's {member}": into_sink(member)
     for member in ("name", "description", "connection", "topic", "bucket_uri", "file_template",
                    "format", "compression", "strategy")})
random_setups.PLACES.update(
    {"node's name": into_node("name"), "node's description": into_node("description"),
     "literal in SQL": into_literal, "literal in SQL ": into_literal,
     "comment in SQL": into_node("sql", "SELECT 1 AS id /*\n{} */, now() AS timestamp"),
     "connection's name": into_target("name"), "region": into_target("region"),
     "role": into_target("arn"), "sink's servers": into_target("bootstrap_servers")})
