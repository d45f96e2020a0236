#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tables.py TABLES.ndjson: does ClickHouse make a table of each? A line holds a name, columns and an
engine in ClickHouse's words. Prints one line for each that it refuses, ends with 1 if any."""

import json
import sys

from chdb.session import Session


def main():
    wrong = 0
    session = Session()
    with open(sys.argv[1], encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            table = json.loads(line)
            try:
                session.query(f"CREATE TABLE t{number} ({', '.join(table['columns'])}) "
                              f"ENGINE = {table['engine']}")
            except Exception as error:  # whatever the server says
                text = str(error).strip().replace("\n", " / ")
                print(f"{table['name']}: {text[:300]}: {table['engine'][:100]}")
                wrong += 1
    session.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
