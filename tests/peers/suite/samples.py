# SPDX-License-Identifier: GPL-3.0-or-later
"""What Barista samples, record by record, against what Kafka's own producer wrote."""

import json

from .report import Failure, must

MEMBERS = ("partition", "offset", "timestamp", "key", "value")


def written_to(written, topic):
    """Records of `topic` that a reader of committed ones gets."""
    return [one for one in written if one["topic"] == topic and one["committed"]]


def sampled(barista, profile, token):
    """Records of the probed topics as tests/peers/show-sample prints them."""
    lines = barista.run_beside("show-sample", profile, token=token).splitlines()
    return [json.loads(line) for line in lines]


def whole(record):
    """All that a record holds, in a form that can be compared; keys, values, headers in Base64."""
    return (*(record[member] for member in MEMBERS), tuple(map(tuple, record["headers"])))


def compare(topic, read, wanted):
    """Every record once and nothing else, equal in all that it holds."""
    found = sorted(map(whole, (one for one in read if one["topic"] == topic)), key=place)
    right = sorted(map(whole, wanted), key=place)
    if found == right:
        return
    differ = [pair for pair in zip(found, right) if pair[0] != pair[1]]
    raise Failure(f"{topic}: {len(found)} read, {len(right)} written\n"
                  + "\n".join(f"read {pair[0]}\nnot  {pair[1]}"[:400] for pair in differ[:3]))


def place(record):
    return record[:2]


def has_gaps(records):
    """Whether offsets are missing between others of one partition."""
    offsets = sorted(one["offset"] for one in records)
    return any(after - before > 1 for before, after in zip(offsets, offsets[1:]))


def faults(report, label, topic, read, wanted):
    """The judge of the samples has to find each of these."""
    seeded = {"a flipped bit in a value": flipped, "two offsets swapped": swapped,
              "a record left out": left_out, "a record twice": doubled,
              "an empty value for a null one": emptied, "a header left out": without_header,
              "another timestamp": later}
    for name, spoil in seeded.items():
        with report.case(f"fault found: {label}, sample, {name}"):
            spoilt = [dict(one) for one in read if one["topic"] == topic]
            spoil(spoilt)
            must(differs(topic, spoilt, wanted), "the judge of the samples lets it pass")


def differs(topic, read, wanted):
    try:
        compare(topic, read, wanted)
    except Failure:
        return True
    return False


def flipped(records):
    victim = next(one for one in records if one["value"])
    first = victim["value"][0]
    victim["value"] = ("B" if first == "A" else "A") + victim["value"][1:]


def swapped(records):
    records[0]["offset"], records[1]["offset"] = records[1]["offset"], records[0]["offset"]


def left_out(records):
    del records[3]


def doubled(records):
    records.append(records[3])


def emptied(records):
    next(one for one in records if one["value"] is None)["value"] = ""


def without_header(records):
    victim = next(one for one in records if one["headers"])
    victim["headers"] = victim["headers"][1:]


def later(records):
    records[0]["timestamp"] += 1


def must_equal(read, topics, written):
    """The sample of each topic against what was written."""
    for topic in topics:
        wanted = written_to(written, topic)
        must(wanted, f"nothing was written to {topic}")
        compare(topic, read, wanted)
