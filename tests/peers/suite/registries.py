# SPDX-License-Identifier: GPL-3.0-or-later
"""Barista's check and columns with the schemas in a registry of others: Apicurio. The records are
those of the practice Dekaf, so Apicurio is given the practice schemas under their ids."""

import json

from .apicurio import PASSWORD, USER, apicurio
from .compatibility import Peer
from .peers import java_peer
from .report import Failure, must

TITLE = "Schema registries"
PEERS = [Peer("Apicurio Registry", "3.3.3")]

JSON_SCHEMA = json.dumps({"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
                          "properties": {"id": {"type": "integer"}}})
PROTOBUF = 'syntax = "proto3"; message Session { int64 id = 1; }'
MONEY = json.dumps({"type": "record", "name": "Money", "namespace": "acme",
                    "fields": [{"name": "cents", "type": "long"}]})
PRICED = json.dumps({"type": "record", "name": "Product", "namespace": "acme",
                     "fields": [{"name": "price", "type": "acme.Money"}]})

# What is asked, what differs from the right profile, what it ends with: service, stage, cause, and
# a part of what the evidence says.
ROWS = [
    ("latest and id are the same", {"topics": ["acmeCo/customers"]}, None, ""),
    ("records older than the latest version", {"topics": ["acmeCo/orders"]}, None, ""),
    ("a slash at the end of the address", {"url": "/apis/ccompat/v7/"}, None, ""),
    ("its newer interface, v8", {"url": "/apis/ccompat/v8"}, None, ""),
    ("wrong password, an empty 401", {"token": "no"}, ("registry", "registry", "registry-refused"),
     '"status": 401'),
    ("no sign-in", {"user": None}, ("registry", "registry", "registry-refused"), '"status": 401'),
    ("prefix left out, JSON of another shape", {"url": ""},
     ("registry", "registry", "registry-not-found"), '"status": 404'),
    ("an interface that it has not", {"url": "/apis/ccompat/v6"},
     ("registry", "registry", "registry-not-found"), '"status": 404'),
    ("its CA is not known", {"trust": "practice"}, ("registry", "tls", "tls-unknown-ca"), ""),
    ("schema that refers to another", {"topics": ["acmeCo/products"]},
     ("registry", "registry", "schema-unsupported"), "it refers to another schema, money-value"),
    ("Protobuf", {"topics": ["acmeCo/sessions"]},
     ("registry", "registry", "schema-unsupported"), "it is of type PROTOBUF"),
    ("JSON Schema, of keys", {"topics": ["acmeCo/inventory"]},
     ("registry", "registry", "schema-unsupported"), "it is of type JSON"),
    ("JSON Schema, by a record's id", {"topics": ["acmeCo/example"]},
     ("kafka", "sample", "record-undecodable"), "it is of type JSON"),
    ("a record's id that it has not", {"topics": ["acmeCo/order_lines"]},
     ("kafka", "sample", "record-undecodable"), "the registry has no schema 10008"),
]


def run(report, barista, folder):
    with report.claim(PEERS, "`check` behind its path prefix, https with an own CA: passes, or names "
                             "what is missing, refused or not Avro; `schema` proposes the columns "
                             "that it proposes from the practice registry"), \
         report.case("Apicurio 3.3.3 starts and stops"):
        library = java_peer("apicurio-3.3.3")
        with barista.practice("registries", "--deletions", "cdc") as practice, \
             apicurio(library, folder / "3.3.3") as running:
            against(report, Asker(barista, practice, running, folder))


class Asker:
    def __init__(self, barista, practice, running, folder):
        self.barista = barista
        self.practice = practice
        self.running = running
        self.profile = folder / "profile.json"
        self.trust = {"practice": practice.ca_file, "both": folder / "both.pem"}
        self.trust["both"].write_text("".join(
            open(name, encoding="ascii").read()
            for name in (practice.ca_file, running.certificate_authority)))

    def ask(self, command, change, *arguments, expect=(0, 1)):
        """What a command with --json prints."""
        user = change.get("user", USER)
        self.profile.write_text(json.dumps({
            "format": "barista-setup", "version": 1,
            "server": {"bootstrap_servers": [self.practice.bootstrap],
                       "security_protocol": "SASL_SSL",
                       "ca_file": str(self.trust[change.get("trust", "both")])},
            "sign_in": {"mechanism": "PLAIN", "username": self.practice.username},
            "registry": {"enabled": True, "same_sign_in": False, "username": user,
                         "url": self.running.root + change.get("url", "/apis/ccompat/v7")},
            "topics": [{"topic": topic}
                       for topic in change.get("topics", ["acmeCo/customers"])]}))
        token = change.get("token", PASSWORD) if user else None
        return json.loads(self.barista.run(command, self.profile, *arguments, "--json",
                                           expect=expect, token=self.practice.token,
                                           registry_token=token))


def against(report, asker):
    with report.case("Apicurio: check, nothing registered yet"):
        check(asker, {}, ("registry", "registry", "schema-missing"), "not found.")
    fill(asker)
    for name, *row in ROWS:
        with report.case(f"Apicurio: check, {name}"):
            check(asker, *row)
    with report.case("Apicurio: every record of the sample is decoded, by schemas of two ids"):
        all_decoded(asker)
    with report.case("Apicurio: the columns are those of the practice registry"):
        same_columns(asker, "acmeCo/customers")
    with report.case("fault found: a cause that is not there"):
        noticed(check, asker, {"token": "no"}, None, "")
        noticed(check, asker, {"topics": ["acmeCo/sessions"]},
                ("registry", "registry", "schema-unsupported"), "it is of type JSON")
    with report.case("fault found: another column"):
        noticed(same_columns, asker, "acmeCo/orders")


def fill(asker):
    """See ROWS for what becomes of each topic."""
    running = asker.running
    held = {name: asker.practice.latest(name) for name in asker.practice.subjects()
            if name.startswith("acmeCo/")}
    texts = {name: (latest["id"], latest["schema"]) for name, latest in held.items()}
    moved = ("acmeCo/example-value", "acmeCo/order_lines-value", "acmeCo/products-value",
             "acmeCo/sessions-value", "acmeCo/inventory-key")
    example = texts["acmeCo/example-value"][0]
    running.fill({**{name: pair for name, pair in texts.items() if name not in moved},
                  "elsewhere": (example, JSON_SCHEMA)})

    longer = json.loads(texts["acmeCo/orders-value"][1])
    longer["fields"].append({"name": "added_later", "type": ["null", "string"], "default": None})
    running.register("acmeCo/orders-value", json.dumps(longer))
    for name in ("acmeCo/example-value", "acmeCo/order_lines-value"):
        must(running.register(name, texts[name][1]) != texts[name][0], f"{name} has its old id")
    running.register("money-value", MONEY)
    running.register("acmeCo/products-value", PRICED, references=[
        {"name": "acme.Money", "subject": "money-value", "version": 1}])
    running.register("acmeCo/sessions-value", PROTOBUF, schemaType="PROTOBUF")
    running.register("acmeCo/inventory-key", JSON_SCHEMA + "\n", schemaType="JSON")


def check(asker, change, wanted, words):
    answer = asker.ask("check", change)
    failed = [stage for stage in answer["stages"] if stage["result"] == "failed"]
    found = [(stage["service"], stage["stage"], stage["cause"]) for stage in failed]
    must(found == ([wanted] if wanted else []), f"{found} instead of {wanted}")
    must(answer["result"] == ("failed" if wanted else "passed"), f"result {answer['result']}")
    told = json.dumps([stage["evidence"] for stage in failed])
    must(words in told, f"{words} is not told: {told}")


def all_decoded(asker):
    topics = ["acmeCo/customers", "acmeCo/orders"]
    for stage in asker.ask("check", {"topics": topics})["stages"]:
        if stage["stage"] == "sample":
            evidence = stage["evidence"]
            held = sum(record["topic"] == stage["topic"] for record in asker.practice.records())
            must(evidence["decoded"] == evidence["records"] == held,
                 f"{stage['topic']}: {evidence}, {held} are held")


def same_columns(asker, topic):
    here = asker.ask("schema", {"topics": [topic]}, "--topic", topic, expect=0)
    there = json.loads(asker.barista.run("schema", asker.practice.profile, "--topic", topic,
                                         "--json", token=asker.practice.token))
    must(here["columns"], "no columns")
    must(here["columns"] == there["columns"], f"{here['columns']}\n{there['columns']}")


def noticed(judge, *arguments):
    """The judge has to see it when another cause comes out, or another table."""
    try:
        judge(*arguments)
    except Failure:
        return
    raise Failure(f"it lets {arguments[1:]} pass")
