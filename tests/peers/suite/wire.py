# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice Dekaf before a client of others: topics, records, registry."""

import json

from .compatibility import python_package
from .kcat import PEER as KCAT, Kcat
from .peers import judge, python_peer
from .report import Failure, Missing, must

TITLE = "Records of the practice Dekaf"
PEERS = [KCAT, *python_package("judges", "fastavro", "avro")]
CLAIM = "topics are listed, a wrong token is refused; all records, decoded, equal `practice --dump`"

# Each one names what `barista practice` is started with.
DEKAFS = {"kafka": ["--deletions", "kafka"], "cdc": ["--deletions", "cdc"],
          "strict": ["--deletions", "cdc", "--strict"]}


def run(report, barista, folder):
    tools = {}
    with report.case("kcat on librdkafka >= 2.8"):
        tools["kcat"] = Kcat(folder)
    with report.case("fastavro and official avro"):
        tools["python"] = python_peer("judges")
    with report.case("practice: one seed, the same records"):
        same_again(barista)
    for name, arguments in DEKAFS.items():
        with report.case(f"practice {name}: starts and stops"):
            with barista.practice(name, *arguments) as practice:
                against(report, practice, tools, folder)


def same_again(barista):
    """Records follow from the seed alone."""
    dumps = []
    for name, seed in (("seed-7", "7"), ("seed-7-again", "7"), ("seed-8", "8")):
        with barista.practice(name, "--seed", seed) as practice:
            dumps.append(practice.dump.read_bytes())
    must(dumps[0] == dumps[1], "two starts with one seed hold other records")
    must(dumps[0] != dumps[2], "two seeds hold the same records")


def against(report, practice, tools, folder):
    label = f"practice {practice.name}"
    with report.case(f"{label}: registry, names percent-encoded"):
        texts = registry_agrees(practice)
    if "kcat" not in tools:
        report.skip(f"{label}: kcat", "kcat can't be had")
        return

    kcat = tools["kcat"]
    read = []
    with report.case(f"{label}: kcat lists the topics"):
        kcat.sign_in(practice)
        topics = kcat.topics()
        lists_all(practice, topics)
    with report.case(f"{label}: kcat is refused with another token"):
        refused(kcat, practice)
    with report.case(f"{label}: kcat consumes all topics by assignment"):
        for topic, partitions in topics.items():
            if isinstance(partitions, int):
                read += kcat.consume(topic)
        must(len(read) >= 100, f"only {len(read)} records were read")
    with report.case(f"{label}: records by fastavro and official avro equal the dump"):
        if "python" not in tools:
            raise Missing("the Avro libraries can't be had")
        compare(tools["python"], folder, practice, read, texts)
    if practice.name == "cdc" and "python" in tools:
        faults(report, tools["python"], folder, practice, read, texts)


def registry_agrees(practice):
    """Latest and by-id answers of each subject say the same; gives the schema texts by id."""
    texts = {}
    subjects = practice.subjects()
    must(len(subjects) >= 12, f"only {len(subjects)} subjects")
    for subject in subjects:
        status, text = practice.get("subjects", subject, "versions", "latest")
        if status == 400 and "no journals available" in text:
            continue
        must(status == 200, f"latest of {subject} answers {status}: {text}")
        latest = json.loads(text)
        must(latest["subject"] == subject, f"{subject} comes back as {latest['subject']}")
        texts[latest["id"]] = latest["schema"]
        must(practice.schema(latest["id"]) == latest["schema"], f"{subject}: by id another schema")
    return texts


def lists_all(practice, topics):
    subjects = {subject.rpartition("-")[0] for subject in practice.subjects()}
    must(set(topics) == subjects, f"kcat lists {sorted(topics)}, the registry {sorted(subjects)}")
    held = {}
    for record in practice.records():
        held[record["topic"]] = max(held.get(record["topic"], 0), record["partition"] + 1)
    must(len(held) >= 6, f"only {len(held)} topics hold records")
    for topic, partitions in held.items():
        must(isinstance(topics.get(topic), int) and topics[topic] >= partitions,
             f"{topic} is listed as {topics.get(topic)}, records are in {partitions} partitions")


def refused(kcat, practice):
    kcat.sign_in(practice, token="not-" + practice.token)
    said, listed = kcat.complaint("Invalid username or password")
    kcat.sign_in(practice)
    must("Invalid username or password" in said, said)
    must(not listed, f"kcat lists topics with a wrong token\n{listed}")


def compare(python, folder, practice, read, texts, dump=None):
    found = verdict(python, folder, practice, read, texts, dump)
    must(not found, "\n".join([f"{len(found)} differences", *found[:10]]))


def verdict(python, folder, practice, read, texts, dump=None):
    capture = folder / f"{practice.name}.capture"
    schemas = folder / f"{practice.name}.schemas"
    with open(capture, "w", encoding="utf-8") as lines:
        for record in read:
            lines.write(json.dumps({**record, "key": hexed(record["key"]),
                                    "value": hexed(record["value"])}) + "\n")
    schemas.write_text(json.dumps(texts), encoding="utf-8")
    return judge(python, "records.py", capture, dump or practice.dump, schemas)


def hexed(data):
    return None if data is None else data.hex()


def faults(report, python, folder, practice, read, texts):
    """The judge of the records has to find each of these."""
    seeded = {"a flipped bit in a value": flipped, "two offsets swapped": swapped,
              "a record left out": left_out, "a deletion that lost its key": without_key}
    for name, spoil in seeded.items():
        with report.case(f"fault found: {name}"):
            found = verdict(python, folder, practice, spoil(read), texts)
            must(found, "the judge of the records lets it pass")
    with report.case("fault found: another value in the dump"):
        dump = folder / "spoilt.ndjson"
        held = practice.records()
        held[7]["timestamp"] += 1
        dump.write_text("".join(json.dumps(record) + "\n" for record in held), encoding="utf-8")
        must(verdict(python, folder, practice, read, texts, dump), "the judge lets it pass")


def flipped(read):
    spoilt = [dict(record) for record in read]
    victim = next(record for record in spoilt if record["value"] and len(record["value"]) > 8)
    middle = len(victim["value"]) // 2
    victim["value"] = (victim["value"][:middle] + bytes([victim["value"][middle] ^ 1])
                       + victim["value"][middle + 1:])
    return spoilt


def swapped(read):
    spoilt = [dict(record) for record in read]
    spoilt[0]["offset"], spoilt[1]["offset"] = spoilt[1]["offset"], spoilt[0]["offset"]
    return spoilt


def left_out(read):
    return read[:3] + read[4:]


def without_key(read):
    return [{**record, "key": None} if at == 5 else record for at, record in enumerate(read)]
