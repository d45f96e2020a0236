#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""histories.py PLANS COUNT [PLAN=COUNT]...: plays COUNT histories into a table of each plan, and looks
at its rows.

A history is a few keys, each created, changed, deleted, perhaps created again. Its records arrive out
of order, some twice, some with another's offset (where no partitions are: the last to arrive wins
then), in many inserts. A column takes what its JSON path finds in the document; what finds nothing
takes null or the default, or the record would be quarantined, which no plan allows.

Promised: soft plans end with one row for each key, the newest, deletions too; the hard one without
those whose newest record is a deletion; a change log with every record that arrived. The endpoint
leaves deleted rows out unless asked. PLANS comes from plans.py. Prints one line for each thing found,
ends with 1 if any.
"""

import json
import random
import re
import sys

from chdb.session import Session

SEED = 20261122


def history(chance, plan, number):
    """The records of one history, in the order in which they arrive."""
    records, offset = [], chance.randrange(100)
    for one in range(chance.randrange(1, 4)):
        key = {"id": f"{number}/{one}", "region": f"r{one}", "number": number}
        key = {name: key[name] for name in plan["key"]}
        for turn in range(chance.randrange(1, 9)):
            offset += chance.randrange(1, 400)
            operation = "c" if turn == 0 else chance.choice("uuddc")
            records.append(record_of(chance, plan, key, operation, offset))
    if not plan["split"] and chance.random() < 0.3:  # two records of one offset
        first = chance.choice(records)
        key = json.loads(first["__key"])
        records.append(record_of(chance, plan, key, chance.choice("ud"), first["__offset"]))
    records += chance.sample(records, len(records) // 4)  # at least once
    chance.shuffle(records)
    return records


def record_of(chance, plan, key, operation, offset):
    deleted = operation == "d"
    document = dict(key)
    if plan["form"] == "nested":
        document["_meta"] = {"op": operation}
        if plan["mode"] == "cdc":
            document["_meta"]["is_deleted"] = int(deleted)
    else:
        document["_meta_op"] = operation
        if plan["mode"] == "cdc":
            document["_is_deleted"] = int(deleted)
    if not deleted:
        document |= {"note": f"{offset}", "amount": chance.choice((None, 1.5)), "tags": ["a"] * (offset % 3),
                     "ship": {"city": "Kyiv"}}
    return {"__key": json.dumps(key), "__offset": offset, "deleted": deleted,
            "__timestamp": 1767225600 + chance.randrange(0, 90 * 86400),
            "__partition": chance.randrange(3),
            "document": None if deleted and plan["mode"] == "kafka" else document}


def find(document, path):
    """What a JSON path of a data source finds; None: nothing."""
    if path == "#.__value":
        return json.dumps(document) if document is not None else ""
    for step in re.sub(r"\[:\]$", "", path).split(".")[1:]:
        document = document.get(step) if isinstance(document, dict) else None
    return document


def row_of(plan, record):
    """The row that Tinybird makes of a record; raises where it would be quarantined."""
    row = {}
    for (name, path), column in zip(plan["paths"], plan["columns"]):
        value = record[name] if path is None else find(record["document"], path)
        kind = column.removeprefix(f"`{name}` ")
        if value is None and "DEFAULT" in kind:
            value = json.loads(kind.partition("DEFAULT ")[2])
        if value is None and not kind.startswith("Nullable("):
            raise ValueError(f"{name} {kind} would quarantine {json.dumps(record)}")
        row[name] = value
    return row


def promised(plan, arrived):
    """Rows of all, and of those that the endpoint shows by itself."""
    kept = arrived
    if not plan["log"]:
        newest = {}
        for record in arrived:
            before = newest.get(record["__key"])
            if before is None or record["__offset"] >= before["__offset"]:
                newest[record["__key"]] = record
        kept = [record for record in newest.values() if plan["plan"] != "hard" or not record["deleted"]]
    return kept, [record for record in kept if not record["deleted"]]


def texts(rows):
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def select(session, query):
    text = str(session.query(query.rstrip(" ;\n") + " FORMAT JSONEachRow", "JSONEachRow"))
    return [json.loads(line) for line in text.splitlines() if line]


def differ(what, read, wanted):
    if read == wanted:
        return None
    only = [text for text in read if text not in set(wanted)][:1]
    lacking = [text for text in wanted if text not in set(read)][:1]
    return f"{what}: {len(read)} rows, not {len(wanted)}; too many: {only}, missing: {lacking}"


def play(session, plan, count):
    """Fills the table of a plan; gives all records in the order of their arrival."""
    session.query("DROP TABLE IF EXISTS rows")
    session.query(f"CREATE TABLE rows ({', '.join(plan['columns'])}) ENGINE = {plan['engine']}")
    histories = [history(random.Random(f"{SEED}/{number}"), plan, number) for number in range(count)]
    arrived = []
    for turn in range(max(map(len, histories))):
        batch = [records[turn] for records in histories if turn < len(records)]
        lines = "\n".join(json.dumps(row_of(plan, record)) for record in batch)
        session.query(f"INSERT INTO rows FORMAT JSONEachRow\n{lines}")
        arrived += batch
    return arrived


def check_plan(session, plan, count):
    arrived = play(session, plan, count)
    kept, alive = promised(plan, arrived)
    names = ", ".join(f"`{name}`" for name, _ in plan["paths"])
    final = "" if plan["log"] else " FINAL"
    for moment in ("at once", "after a merge"):
        rows = [row_of(plan, record) for record in kept]
        read = select(session, f"SELECT {names} FROM rows{final}")
        for row in read + rows:
            row.pop("__timestamp", None)
        yield differ(f"{plan['name']}, {moment}", texts(read), texts(rows))
        shown = [pick(row, rows) for row in select(session, plan["current"])]
        meant = [pick(row_of(plan, record), shown) for record in alive]
        yield differ(f"{plan['name']}, endpoint, {moment}", texts(shown), texts(meant))
        shown = [pick(row, rows) for row in select(session, plan["everything"])]
        meant = [pick(row_of(plan, record), shown) for record in kept]
        yield differ(f"{plan['name']}, endpoint with deleted rows, {moment}", texts(shown), texts(meant))
        session.query("OPTIMIZE TABLE rows")


def pick(row, like):
    """The columns that the rows of a result have, without the time."""
    names = set(like[0]) if like else set(row)
    return {name: value for name, value in row.items() if name in names and name != "__timestamp"}


def main():
    wrong = 0
    counts = dict(argument.split("=") for argument in sys.argv[3:])
    session = Session()
    with open(sys.argv[1], encoding="utf-8") as lines:
        for plan in map(json.loads, lines):
            count = int(counts.get(plan["name"], sys.argv[2]))
            try:
                found = [text for text in check_plan(session, plan, count) if text]
            except Exception as error:  # the server's words, or a record in the quarantine
                found = [f"{plan['name']}: {type(error).__name__}: {error}"]
            for text in found:
                print(text.replace("\n", " / ")[:600])
            wrong += len(found)
    session.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
