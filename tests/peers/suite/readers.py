# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice Dekaf before software of others that reads records by the registry's schemas:
KafkaJS's registry client, and ClickHouse's Kafka engine."""

import json
import os
import subprocess
import urllib.parse

from .clients import had, refused
from .compatibility import node_package, python_package
from .consumers import place, unhexed, written
from .kcat import Kcat
from .peers import HERE, python_peer
from .report import PATIENCE, Missing, must
from .runtimes import Node
from .wire import (compare as compare_all, flipped, hexed, left_out, registry_agrees, swapped,
                   verdict)

TITLE = "KafkaJS, and readers by the practice registry"
NOTES = [
    "KafkaJS's registry client refuses the value schema of `acmeCo/sessions`: `duration` stands "
    "there as Dekaf writes it.",
    "KafkaJS speaks Metadata 6 at most. Offered is 9 alone, but other versions are answered too, "
    "as Dekaf's source has it."]

AVRO = python_package("judges", "fastavro", "avro")
REGISTRY_CLIENT = "@kafkajs/confluent-schema-registry"

# Columns for ClickHouse, by the names of the fields.
ORDERS = ("acmeCo/orders", {
    "id": "Int64", "_meta_op": "String", "channel": "Nullable(String)",
    "customer_id": "Nullable(Int64)", "discount": "Nullable(Float64)", "gift": "Nullable(Bool)",
    "placed_at": "Nullable(Int64)", "tags": "Array(String)", "total": "Nullable(Float64)",
    "_is_deleted": "Int64"})
CUSTOMERS = ("acmeCo/customers", {"customer_id": "Int64", "_meta_op": "String",
                                  "email": "Nullable(String)", "_is_deleted": "Int64"})


def run(report, barista, folder):
    with report.case("practice for readers: starts and stops"):
        with barista.practice("readers", "--deletions", "cdc") as practice:
            settings = told(practice, folder, "readers")
            with report.claim([node_package("kafkajs", REGISTRY_CLIENT)], "it reads the schemas; "
                              "keys and values, decoded, equal `practice --dump`"):
                registry_client(report, practice, settings, folder)
            with report.claim([node_package("kafkajs", "kafkajs"), *AVRO], "it lists the topics; "
                              "all records, read in a group and decoded, equal `practice --dump`"):
                kafkajs(report, practice, settings, folder)
            with report.claim(python_package("clickhouse", "chdb"), "its Kafka engine reads a "
                              "topic as AvroConfluent, credentials percent-encoded in the URL"):
                clickhouse(report, barista, practice, folder)


def told(practice, folder, group, token=None):
    """Where the practice Dekaf is, in a file; the registry once more with credentials in its URL,
    percent-encoded, since the user name has slashes."""
    address = urllib.parse.urlsplit(practice.registry)
    pair = ":".join(urllib.parse.quote(part, safe="")
                    for part in (practice.username, token or practice.token))
    return written(folder / f"{group}.json", json.dumps({
        "bootstrap": practice.bootstrap, "registry": practice.registry, "group": group,
        "registry_with_credentials": f"{address.scheme}://{pair}@{address.netloc}",
        "username": practice.username, "token": practice.token, "ca_file": str(practice.ca_file)}))


def answer(node, settings, *words):
    ended = node.run("kafkajs.cjs", settings, *words)
    must(ended.returncode == 0, ended.stderr[-1500:])
    return ended.stdout


# --- KafkaJS


def kafkajs(report, practice, settings, folder):
    topics, read, texts = [], [], {}
    with report.case("KafkaJS: lists the topics"):
        topics += json.loads(answer(Node("kafkajs"), settings, "topics"))
        lists(practice, topics)
    with report.case("fault found: KafkaJS, a topic left out of its list"):
        refused(lists, practice, had(topics or None, "what KafkaJS lists")[1:])
    with report.case("KafkaJS: reads all in a group, equal to the dump"):
        count = str(len(practice.records()))
        lines = answer(Node("kafkajs"), settings, "consume", count, *topics).splitlines()
        texts.update(registry_agrees(practice))
        read += [unhexed(line) for line in lines]
        compare_all(python_peer("judges"), folder, practice, read, texts)
    for fault, spoil in {"two offsets swapped": swapped, "a flipped bit in a value": flipped,
                         "a record left out": left_out}.items():
        with report.case(f"fault found: KafkaJS, {fault}"):
            ordered = sorted(had(read or None, "what KafkaJS reads"), key=place)
            must(verdict(python_peer("judges"), folder, practice, spoil(ordered), texts),
                 "it is let pass")


def lists(practice, topics):
    wanted = sorted({subject.rpartition("-")[0] for subject in practice.subjects()})
    must(sorted(topics) == wanted, f"{sorted(topics)} are listed, the registry has {wanted}")


# --- KafkaJS's registry client


def registry_client(report, practice, settings, folder):
    read = []
    with report.case("KafkaJS registry client: reads the schemas"):
        node = Node("kafkajs")
        subjects = practice.subjects()
        for line in answer(node, settings, "schemas", *subjects).splitlines():
            subject, schema_id, names = json.loads(line)
            latest = practice.latest(subject)
            must(schema_id == latest["id"], f"{subject} has id {schema_id} for it")
            if subject == "acmeCo/sessions-value":
                must('unknown type: {"name":"duration"' in names, f"{subject}: {names}")
            else:
                wanted = [field["name"] for field in json.loads(latest["schema"])["fields"]]
                must(names == wanted, f"{subject} has the fields {names} for it")
    with report.case("KafkaJS registry client: decodes all, equal to the dump"):
        kcat = Kcat(folder)
        kcat.sign_in(practice)
        for topic in sorted({record["topic"] for record in practice.records()}):
            read += kcat.consume(topic)
        compare(practice, decoded(folder, settings, read))
    seeded = {"a schema id of another topic": of_another, "a flipped bit": flipped_behind_the_id}
    for fault, spoil in seeded.items():
        with report.case(f"fault found: KafkaJS registry client, {fault}"):
            if not read:
                raise Missing("kcat can't be had")
            refused(compare, practice, decoded(folder, settings, spoil(read)))


def decoded(folder, settings, read):
    capture = folder / "kafkajs.capture"
    capture.write_text("".join(json.dumps({**record, "key": hexed(record["key"]),
                                           "value": hexed(record["value"])}) + "\n"
                               for record in read), encoding="utf-8")
    return [json.loads(line) for line in
            answer(Node("kafkajs"), settings, "decode", capture).split("\n") if line]


def compare(practice, read):
    held = {(record["topic"], record["partition"], record["offset"]): record
            for record in practice.records()}
    must(len(read) == len(held), f"{len(read)} records read, {len(held)} held")
    for record in read:
        wanted = held[record["topic"], record["partition"], record["offset"]]
        if record["topic"] == "acmeCo/sessions":
            must("duration" in record["value"].get("error", ""), f"{record} is decoded")
            wanted = {**wanted, "value": record["value"]}
        must(record == wanted, f"read {record}\nheld {wanted}")


def of_another(read):
    """The first value comes with the schema of another topic."""
    other = next(record for record in read if record["topic"] != read[0]["topic"])
    return [{**read[0], "value": other["value"][:5] + read[0]["value"][5:]}, *read[1:]]


def flipped_behind_the_id(read):
    value = read[0]["value"]
    return [{**read[0], "value": value[:12] + bytes([value[12] ^ 1]) + value[13:]}, *read[1:]]


# --- ClickHouse


def clickhouse(report, barista, practice, folder):
    with report.case("ClickHouse: reads a topic through its Kafka engine"):
        equal(practice, *ORDERS, table(practice, folder, "chdb", *ORDERS))
    with report.case("fault found: ClickHouse, another token in the registry's URL"):
        rows = table(practice, folder, "chdb-token", *ORDERS, token="not-it")
        must(all("Invalid username or password" in row["error"] for row in rows), rows[:1])
    with report.case("fault found: ClickHouse, a value of an unknown schema"):
        with barista.practice("unknown-schema", "--deletions", "cdc",
                              "--scenario", "unknown-schema") as faulty:
            rows = table(faulty, folder, "chdb-schema", *CUSTOMERS)
            must(sum("999" in row["error"] for row in rows) == 1, rows[:1])


def table(practice, folder, group, topic, columns, token=None):
    """The rows that ClickHouse makes of a topic."""
    held = [record for record in practice.records() if record["topic"] == topic]
    ended = subprocess.run(
        [python_peer("clickhouse"), "-B", HERE / "judges" / "clickhouse.py",
         told(practice, folder, group, token), topic,
         ", ".join(f"{name} {kind}" for name, kind in columns.items()), str(len(held))],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=False,
        cwd=folder, env={**os.environ, "SSL_CERT_FILE": str(practice.ca_file)})
    must(ended.returncode == 0, ended.stderr[-1500:])
    rows = [json.loads(line) for line in ended.stdout.split("\n") if line]
    must(len(rows) == len(held), f"{len(rows)} rows of {len(held)} records\n{ended.stderr[-1500:]}")
    return rows


def equal(practice, topic, columns, rows):
    held = {(record["partition"], record["offset"]): record for record in practice.records()
            if record["topic"] == topic}
    for row in rows:
        must(not row["error"], row["error"])
        record = held.pop((row["partition"], row["offset"]))
        wanted = {name: record["value"][name] for name in columns}
        wanted["tags"] = wanted["tags"] or []  # ClickHouse has no null in place of an array
        found = {name: row[name] for name in columns}
        must((found, row["timestamp"]) == (wanted, record["timestamp"]), f"{row}\nheld {record}")
    must(not held, f"{len(held)} records are missing")
