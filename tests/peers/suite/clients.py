# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice Dekaf before Kafka clients of others: they list, read everything and share the work
in groups."""

import json

from .consumers import CLIENTS, ConfluentKafka, FranzGo, JavaConsole
from .compatibility import python_package
from .peers import python_peer
from .report import Failure, Missing, must
from .sharing import FAULTS, judge, play, stopped_at_the_end
from .wire import compare, lists_all, registry_agrees, swapped, verdict

TITLE = "Clients of the practice Dekaf"
NOTES = [
    "A consumer of librdkafka 2.16.0 that closes throws away the records that wait in it, but stores "
    "the offset of each end of a transaction behind them, and commits it; from a topic of Apache Kafka "
    "4.3.1 with transactions it loses records so as well, from one without none. Its member here stores "
    "the offsets of what it has printed (`enable.auto.offset.store=false`). kcat can't, and may lose "
    "two records where it stops."]

TOPICS = ("acmeCo/customers", "acmeCo/orders")
# Records a second: enough for each partition to get some soon, whoever reads it; few where a client
# that stops loses what comes meanwhile.
ARRIVALS, FEW_ARRIVALS = "60", "10"
STOPS = 2  # of members, before the last one goes on
AVRO = python_package("judges", "fastavro", "avro")


def run(report, barista, folder):
    clients = {}
    for kind in CLIENTS:
        with report.case(f"{kind.name}: is there"):
            clients[kind.name] = kind(folder)
    with report.case("practice for reading: starts and stops"):
        with (barista.practice("reading") as practice,
              barista.practice("damaged", "--scenario", "damaged-batch") as damaged):
            reading(report, practice, damaged, clients, folder)
    with report.case("practice for groups: starts and stops"):
        with (barista.practice("groups", "--arrivals", ARRIVALS) as practice,
              barista.practice("quiet", "--arrivals", FEW_ARRIVALS) as quiet):
            for kind in CLIENTS:
                with report.claim([kind.peer], "two members share the partitions while records "
                                  "arrive; commit, rebalance, leave, resume: each record once"):
                    sharing(report, quiet if kind.loses else practice, clients.get(kind.name),
                            kind.name, folder)
            tools(report, practice, clients, folder)


def reading(report, practice, damaged, clients, folder):
    texts = registry_agrees(practice)
    topics = sorted({record["topic"] for record in practice.records()})
    for kind in CLIENTS:
        with report.claim([kind.peer, *AVRO], "topics are listed; all records, decoded, equal "
                          "`practice --dump`"):
            client, read = clients.get(kind.name), []
            with report.case(f"{kind.name}: lists the topics"):
                had(client, kind.name).use(practice, folder)
                lists_all(practice, client.list())
            with report.case(f"{kind.name}: reads all, equal to the dump"):
                read += had(client, kind.name).consume(topics)
                compare(python_peer("judges"), folder, practice, read, texts)
            with report.case(f"fault found: {kind.name}, two offsets swapped"):
                had(read or None, f"what {kind.name} reads")
                must(verdict(python_peer("judges"), folder, practice, swapped(read), texts),
                     "it is let pass")
            with report.case(f"fault found: {kind.name}, a flipped bit in a batch"):
                had(client, kind.name).use(damaged, folder)
                refused(client.consume, ("acmeCo/customers",))


def had(thing, name):
    if thing is None:
        raise Missing(f"{name} can't be had")
    return thing


def refused(judge, *arguments, told=""):
    """`told` has to be in what the judge says."""
    try:
        judge(*arguments)
    except Failure as failure:
        must(told in str(failure), f"it is refused, but for: {failure}")
        return
    raise Failure("it is let pass")


def group_of(name):
    return f"acmeco-practice-{name.replace(' ', '-').lower()}"


def sharing(report, practice, client, name, folder):
    group = group_of(name)
    reads = []
    with report.case(f"{name}: members of a group share, commit, rebalance and resume"):
        had(client, name).use(practice, folder)
        initial = places(practice)
        partitions = {where[:2] for where in initial}
        reads += play(lambda member: client.member(folder, f"{name}-{member}", group, TOPICS),
                      partitions, len(initial))
        judge(reads, places(practice), STOPS * client.loses)
    for fault, spoil in FAULTS.items():
        with report.case(f"fault found: {name}, {fault}"):
            had(reads or None, f"what members of {name} read")
            refused(judge, spoil(reads), places(practice), STOPS * client.loses)


def places(practice):
    return [(record["topic"], record["partition"], record["offset"])
            for record in practice.records() if record["topic"] in TOPICS]


# --- what else clients do with groups, and where Dekaf stops them


def tools(report, practice, clients, folder):
    for kind, case in ((ConfluentKafka, confluent_kafka), (JavaConsole, java_tools),
                       (FranzGo, franz_go)):
        with report.claim([kind.peer], case.__doc__):
            with report.case(f"{kind.name}: {case.__doc__}"):
                client = had(clients.get(kind.name), kind.name)
                client.use(practice, folder)
                case(client, folder)
            for fault, word, answer, told in TOOL_FAULTS[kind]:
                with report.case(f"fault found: {kind.name}, {fault}"):
                    client = had(clients.get(kind.name), kind.name)
                    client.use(practice, folder)
                    refused(case, Spoilt(client, word, answer), folder, told=told)


class Spoilt:
    """A client as it is, but for its answer to what has this word."""

    def __init__(self, client, word, answer):
        self.client = client
        self.word = word
        self.answer = answer

    def __getattr__(self, name):
        return getattr(self.client, name)

    def call(self, *words, **options):
        return self.answer if self.word in words else self.client.call(*words, **options)

    def ask(self, *words):
        return self.answer if self.word in words else self.client.ask(*words)


# What is spoilt, the word of the command, what it answers instead, and what has to be noticed.
TOOL_FAULTS = {
    ConfluentKafka: [("a group is listed", "groups", '["acmeco-practice-notes"]',
                      "groups are listed"),
                     ("a note without its text", "note", '[7, ""]', "the note is lost")],
    JavaConsole: [("a group is listed", "--list", "acmeco-practice-notes", "groups are listed")],
    FranzGo: [("offsets of all topics are told", "committed", (0, "2\n", ""), "INVALID_REQUEST")],
}


def says(text, *parts):
    for part in parts:
        must(part in text, f"{part!r} is not in {text!r}")


def confluent_kafka(client, _folder):
    """what is noted with a commit comes back; no group is listed or described, but deleted"""
    group = "acmeco-practice-notes"
    must(json.loads(client.call("note", group, TOPICS[0], "half past two")) == [7, "half past two"],
         "the note is lost")
    must(json.loads(client.call("groups")) == [], "groups are listed")
    says(client.call("describe", group, wanted=None)[2], "_UNSUPPORTED_FEATURE")
    client.call("delete", group)
    says(client.call("delete", group, wanted=None)[2], "GROUP_ID_NOT_FOUND")


def java_tools(client, _folder):
    """`kafka-consumer-groups` lists and describes no group, but deletes one"""
    group = ("--group", group_of(client.name))
    must(client.ask(client.GROUPS, "--list") == "", "groups are listed")
    says(client.ask(client.GROUPS, "--describe", *group), "does not support DESCRIBE_GROUPS")
    says(client.ask(client.GROUPS, "--delete", *group), "was successful")


def franz_go(client, folder):
    """offsets of all topics are refused; members in it keep a group from being deleted; the \
greeting of Kafka 4.4 is hung up on"""
    group = group_of(client.name)
    says(client.call("committed", group, wanted=None)[2], "INVALID_REQUEST")
    member = client.member(folder, "staying", group, TOPICS)
    with stopped_at_the_end([member]):
        member.wait(member.assigned, "it is given nothing")
        says(client.call("delete", group, wanted=None)[2], "NON_EMPTY_GROUP")
    client.call("delete", group)
    says(client.call("delete", group, wanted=None)[2], "GROUP_ID_NOT_FOUND")
    says(client.call("newest", wanted=None)[2], "closed the connection", "api versions")
