#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clickhouse.py SETTINGS TOPIC COLUMNS COUNT: ClickHouse (chdb) reads COUNT records of a topic
through its Kafka engine, as AvroConfluent by the registry, whose URL carries the credentials.

Prints them as lines of JSON; `_error` is what it could not make of one.
"""

import http.server
import json
import os
import queue
import sys
import threading
import time

from chdb.session import Session

SECONDS = 300

SETTINGS = {"kafka_format": "AvroConfluent", "kafka_security_protocol": "sasl_ssl",
            "kafka_sasl_mechanism": "PLAIN", "kafka_handle_error_mode": "stream",
            "kafka_flush_interval_ms": 500, "kafka_poll_timeout_ms": 100}


def quoted(value):
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


class Taker(http.server.BaseHTTPRequestHandler):
    """Takes the blocks that the view sends, and hands on their rows."""

    rows = queue.Queue()

    def do_POST(self):
        for row in self.body().splitlines():
            self.rows.put(json.loads(row))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def body(self):
        """It comes in chunks, since its length isn't known before its end."""
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def log_message(self, *_):
        pass


def create(session, known, topic, columns, port):
    settings = {**SETTINGS, "kafka_broker_list": known["bootstrap"], "kafka_topic_list": topic,
                "kafka_group_name": known["group"], "kafka_sasl_username": known["username"],
                "kafka_sasl_password": known["token"],
                "format_avro_schema_registry_url": known["registry_with_credentials"]}
    listed = ", ".join(f"{name} = {quoted(value)}" for name, value in settings.items())
    session.query("CREATE DATABASE d")
    try:
        session.query(f"CREATE TABLE d.queue ({columns}) ENGINE = Kafka SETTINGS {listed}")
    except Exception as error:  # chdb ends its background work with a statement; the table is there
        if "Shutdown was called" not in str(error):
            raise
    session.query(f"CREATE TABLE d.taker ({columns}, partition UInt64, offset UInt64, "
                  "timestamp Int64, key String, error String) "
                  f"ENGINE = URL('http://127.0.0.1:{port}/', 'JSONEachRow')")
    session.query("CREATE MATERIALIZED VIEW d.view TO d.taker AS SELECT *, _partition AS partition, "
                  "_offset AS offset, toUnixTimestamp64Milli(_timestamp_ms) AS timestamp, "
                  "hex(_key) AS key, _error AS error FROM d.queue")


def take(count):
    """Rows as they come, `count` of them or those of SECONDS."""
    end = time.monotonic() + SECONDS
    rows = []
    try:
        while len(rows) < count:
            rows.append(Taker.rows.get(timeout=max(0, end - time.monotonic())))
    except queue.Empty:
        pass
    return sorted(rows, key=lambda row: (row["partition"], row["offset"]))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        known = json.load(file)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    session = Session()
    create(session, known, sys.argv[2], sys.argv[3], server.server_port)
    for row in take(int(sys.argv[4])):
        print(json.dumps(row))
    sys.stdout.flush()
    os._exit(0)  # its consumer does not end by itself


if __name__ == "__main__":
    main()
