#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""librdkafka.py SETTINGS COMMAND...: confluent-kafka as a client of the practice Dekaf. What it
reads and is told goes to standard output, one line of JSON each.

list | consume | member GROUP TOPIC... | groups | describe GROUP | delete GROUP |
note GROUP TOPIC TEXT (commits offset 7 of partition 0 with a text, and tells what it finds then)
"""

import json
import signal
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient

SECONDS = 300


def say(value):
    print(json.dumps(value), flush=True)


def hexed(data):
    return None if data is None else data.hex()


def say_record(message):
    say({"topic": message.topic(), "partition": message.partition(), "offset": message.offset(),
         "timestamp": message.timestamp()[1], "key": hexed(message.key()),
         "value": hexed(message.value())})


def topics(client):
    return {name: topic.error or sorted(topic.partitions)
            for name, topic in client.list_topics(timeout=SECONDS).topics.items()}


def list_topics(settings):
    say({name: len(found) if isinstance(found, list) else str(found)
         for name, found in topics(AdminClient(settings)).items()})


def consume(settings):
    """All records by assignment, to the end of each partition."""
    consumer = Consumer({**settings, "group.id": "unused", "enable.auto.commit": False,
                         "enable.partition.eof": True})
    left = {(name, number) for name, found in topics(consumer).items() if isinstance(found, list)
            for number in found}
    consumer.assign([TopicPartition(*where, OFFSET_BEGINNING) for where in left])
    while left:
        message = consumer.poll(SECONDS)
        if message is None:
            raise SystemExit(f"no end of {sorted(left)}")
        if message.error() is None:
            say_record(message)
        elif message.error().code() == KafkaError._PARTITION_EOF:
            left.discard((message.topic(), message.partition()))
        else:
            raise KafkaException(message.error())
    consumer.close()


def member(settings, group, *names):
    """One member of a group, rebalanced step by step: reads until it is told to stop, commits what
    it has told and leaves. It stores offsets itself: where the library does, closing throws away
    the records that wait, but stores the offset of each end of a transaction behind them, and
    commits that. Apache Kafka's topics with transactions lose records so as well."""
    # asked for between two polls: a signal within one makes it drop the record that it has in hand
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    held = set()

    def changed(change):
        def tell(_, partitions):
            change({(where.topic, where.partition) for where in partitions})
            say({"assigned": sorted(held)})
        return tell

    consumer = Consumer({**settings, "group.id": group, "auto.offset.reset": "earliest",
                         "partition.assignment.strategy": "cooperative-sticky",
                         "enable.auto.offset.store": False,
                         "heartbeat.interval.ms": 300, "session.timeout.ms": 60000})
    consumer.subscribe(list(names), on_assign=changed(held.update),
                       on_revoke=changed(held.difference_update))
    while signal.sigtimedwait({signal.SIGTERM}, 0) is None:
        message = consumer.poll(0.2)
        if message is not None and message.error() is None:
            say_record(message)
            consumer.store_offsets(message)
        elif message is not None:
            print(message.error(), file=sys.stderr)
    consumer.close()


def groups(settings):
    client = AdminClient(settings)  # has to outlive what it promises
    found = client.list_consumer_groups(request_timeout=SECONDS).result()
    say([group.group_id for group in found.valid])


def describe(settings, group):
    client = AdminClient(settings)
    say(str(client.describe_consumer_groups([group], request_timeout=SECONDS)[group].result()))


def delete(settings, group):
    client = AdminClient(settings)
    client.delete_consumer_groups([group], request_timeout=SECONDS)[group].result()


def note(settings, group, topic, text):
    consumer = Consumer({**settings, "group.id": group})
    consumer.commit(offsets=[TopicPartition(topic, 0, 7, text)], asynchronous=False)
    found, = consumer.committed([TopicPartition(topic, 0)], timeout=SECONDS)
    say([found.offset, found.metadata])
    consumer.close()


COMMANDS = {"list": list_topics, "consume": consume, "member": member, "groups": groups,
            "describe": describe, "delete": delete, "note": note}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        known = json.load(file)
    settings = {"bootstrap.servers": known["bootstrap"], "security.protocol": "SASL_SSL",
                "sasl.mechanism": "PLAIN", "sasl.username": known["username"],
                "sasl.password": known["token"], "ssl.ca.location": known["ca_file"],
                "check.crcs": True}
    try:
        COMMANDS[sys.argv[2]](settings, *sys.argv[3:])
    except KafkaException as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
