# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice Dekaf before Kafka clients of others: they list, read everything and share the work
in groups."""

from .consumers import CLIENTS
from .compatibility import python_package
from .peers import python_peer
from .report import Failure, Missing, must
from .sharing import FAULTS, judge, play
from .wire import compare, lists_all, registry_agrees, swapped, verdict

TITLE = "Clients of the practice Dekaf"

TOPICS = ("acmeCo/customers", "acmeCo/orders")
# Enough for each partition to get some soon, whoever reads it.
ARRIVALS = "60"
STOPS = 2  # of members, before the last one goes on
AVRO = python_package("judges", "fastavro", "avro")


def run(report, barista, folder):
    clients = {}
    for kind in CLIENTS:
        with report.case(f"{kind.name}: is there"):
            clients[kind.name] = kind(folder)
    with report.case("practice for reading: starts and stops"):
        with barista.practice("reading") as practice:
            reading(report, practice, clients, folder)
    with report.case("practice for groups: starts and stops"):
        with barista.practice("groups", "--arrivals", ARRIVALS) as practice:
            for kind in CLIENTS:
                with report.claim([kind.peer], "two members share the partitions while records "
                                  "arrive; commit, rebalance, leave, resume: each record once"):
                    sharing(report, practice, clients.get(kind.name), kind.name, folder)


def reading(report, practice, clients, folder):
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


def had(thing, name):
    if thing is None:
        raise Missing(f"{name} can't be had")
    return thing


def sharing(report, practice, client, name, folder):
    group = f"acmeco-practice-{name.replace(' ', '-').lower()}"
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
            try:
                judge(spoil(reads), places(practice), STOPS * client.loses)
            except Failure:
                continue
            raise Failure("it is let pass")


def places(practice):
    return [(record["topic"], record["partition"], record["offset"])
            for record in practice.records() if record["topic"] in TOPICS]
