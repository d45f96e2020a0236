#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clickhouse.py SETTINGS TOPIC COLUMNS COUNT: ClickHouse (chdb) reads COUNT records of a topic
through its Kafka engine, as AvroConfluent by the registry, whose URL carries the credentials.

Prints them as lines of JSON; `_error` is what it could not make of one.
"""

import json
import os
import sys
import time

from chdb.session import Session

SECONDS = 60

SETTINGS = {"kafka_format": "AvroConfluent", "kafka_security_protocol": "sasl_ssl",
            "kafka_sasl_mechanism": "PLAIN", "kafka_handle_error_mode": "stream",
            "kafka_flush_interval_ms": 500, "kafka_poll_timeout_ms": 100}


def quoted(value):
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


def create(session, known, topic, columns):
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
    session.query(f"CREATE TABLE d.kept ({columns}, partition UInt64, offset UInt64, "
                  "timestamp Int64, key String, error String) "
                  "ENGINE = MergeTree ORDER BY (partition, offset)")
    session.query("CREATE MATERIALIZED VIEW d.view TO d.kept AS SELECT *, _partition AS partition, "
                  "_offset AS offset, toUnixTimestamp64Milli(_timestamp_ms) AS timestamp, "
                  "hex(_key) AS key, _error AS error FROM d.queue")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        known = json.load(file)
    session = Session()
    create(session, known, sys.argv[2], sys.argv[3])
    end = time.monotonic() + SECONDS
    while (int(str(session.query("SELECT count() FROM d.kept", "TSV"))) < int(sys.argv[4])
           and time.monotonic() < end):
        time.sleep(0.1)
    print(session.query("SELECT * FROM d.kept ORDER BY partition, offset", "JSONEachRow"), end="")
    sys.stdout.flush()
    os._exit(0)  # its consumer does not end by itself


if __name__ == "__main__":
    main()
