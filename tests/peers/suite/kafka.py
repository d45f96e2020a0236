# SPDX-License-Identifier: GPL-3.0-or-later
"""Barista's check against Apache Kafka itself, filled by Kafka's own clients."""

import base64
import collections
import json

from .broker import MECHANISMS, SCRAM_USERS, USERS, broker
from .compatibility import Peer
from .kcat import Kcat
from .peers import java_peer
from .report import Failure, must
from .scram import sign_in

TITLE = "Apache Kafka"
PEERS = [Peer("Apache Kafka", "4.3.1")]
CLAIM = "`check` passes on its listeners, or names the fault that each of them carries"

SASL_AUTHENTICATION_FAILED = 58
CODECS = tuple(f"codec-{name}" for name in ("none", "gzip", "snappy", "lz4", "zstd"))

# What is asked: listener, protocol, and what differs from a sign-in as alice by PLAIN with the
# right CA to the topic codec-none; what it ends with: stage and cause, None for all passed.
ROWS = [
    ("PLAINTEXT", "plain", "PLAINTEXT", {}, None),
    ("SASL_PLAINTEXT", "sasl", "SASL_PLAINTEXT", {}, None),
    ("SASL_SSL", "tls", "SASL_SSL", {}, None),
    *((f"{protocol}, {mechanism}", listener, protocol, {"mechanism": mechanism}, None)
      for listener, protocol in (("sasl", "SASL_PLAINTEXT"), ("tls", "SASL_SSL"))
      for mechanism in MECHANISMS[1:]),
    *((f"{mechanism}, password not ASCII", "tls", "SASL_SSL",
       {"mechanism": mechanism, "user": "joerg"}, None) for mechanism in MECHANISMS[1:]),
    *((f"{mechanism}, wrong password", "tls", "SASL_SSL", {"mechanism": mechanism, "token": "no"},
       ("sasl", "sign-in-refused")) for mechanism in MECHANISMS[1:]),
    ("SCRAM-SHA-256 not offered", "only512", "SASL_SSL", {"mechanism": "SCRAM-SHA-256"},
     ("sasl", "sasl-mechanism-refused")),
    ("five codecs", "tls", "SASL_SSL", {"topics": CODECS}, None),
    ("wrong password", "tls", "SASL_SSL", {"token": "no"}, ("sasl", "sign-in-refused")),
    ("mechanism not offered", "only512", "SASL_SSL", {}, ("sasl", "sasl-mechanism-refused")),
    ("no sign-in chosen", "sasl", "PLAINTEXT", {}, ("metadata", "sign-in-required")),
    ("sign-in on a plain listener", "plain", "SASL_PLAINTEXT", {}, ("sasl", "sign-in-not-offered")),
    ("client certificate wanted", "mtls", "SSL", {}, ("hello", "tls-client-certificate-required")),
    ("certificate of another name", "othername", "SASL_SSL", {}, ("tls", "tls-wrong-host")),
    ("certificate expired", "expired", "SASL_SSL", {}, ("tls", "tls-expired")),
    ("unknown CA", "tls", "SASL_SSL", {"ca": None}, ("tls", "tls-unknown-ca")),
    ("TLS against plain", "plain", "SASL_SSL", {}, ("tls", "tls-server-plaintext")),
    ("plain against TLS", "tls", "SASL_PLAINTEXT", {}, ("hello", "plaintext-server-tls")),
    ("advertised port closed", "refused", "SASL_SSL", {}, ("metadata", "redirect-unreachable")),
    ("advertised name unknown", "unknown", "SASL_SSL", {}, ("metadata", "redirect-unreachable")),
    ("topic missing", "tls", "SASL_SSL", {"topics": ["nope"]}, ("topic", "topic-unknown")),
    ("topic denied", "tls", "SASL_SSL", {"user": "limited", "topics": ["denied"]},
     ("topic", "topic-forbidden")),
    ("read denied", "tls", "SASL_SSL", {"user": "limited", "topics": ["unread"]},
     ("sample", "topic-forbidden")),
    ("group denied", "tls", "SASL_SSL", {"user": "limited", "group": "denied-group"},
     ("group", "group-forbidden")),
    ("group that Kafka's consumer used", "tls", "SASL_SSL", {"group": "peer-group"},
     ("group", "group-already-used")),
]


def run(report, barista, folder):
    with report.case("Apache Kafka 4.3.1 starts and stops"):
        library = java_peer("kafka-4.3.1")
        with broker(library, folder / "4.3.1") as running, running.seeded() as written:
            with report.case("Kafka 4.3.1: kcat reads what Kafka's own producer wrote"):
                kcat_reads(Kcat(folder), running, written)
            for name, *row in ROWS:
                with report.case(f"Kafka 4.3.1: check, {name}"):
                    check(barista, running, folder, *row)
            with report.case("Kafka 4.3.1: the sample holds what the producer wrote"):
                sample_is_whole(barista, running, folder, written)
            with report.case("Kafka 4.3.1: aborted transactions are left out of the sample"):
                only_committed(barista, running, folder, written)
            with report.case("Kafka 4.3.1: an open transaction is told, with its place"):
                stops_at_open(barista, running, folder, written)
            for mechanism in MECHANISMS[1:]:
                with report.case(f"fault found: {mechanism}, the client's nonce written twice"):
                    nonce_counts(running, mechanism)
            with report.case("fault found: a cause that is not there"):
                noticed(barista, running, folder)


def kcat_reads(kcat, running, written):
    """Holds for the seed itself: what it says it wrote is what a client of others reads."""
    wanted = collections.defaultdict(set)
    for record in written:
        if record["committed"]:
            wanted[record["topic"]].add((record["partition"], record["offset"], record["timestamp"],
                                         plain(record["key"]), plain(record["value"])))
    must(len(wanted) == 9, f"the seed filled {len(wanted)} topics")
    kcat.use(f"bootstrap.servers={running.addresses['plain']}", "isolation.level=read_committed")
    for topic, records in wanted.items():
        read = {(one["partition"], one["offset"], one["timestamp"], one["key"], one["value"])
                for one in kcat.consume(topic)}
        must(read == records, f"{topic}: {len(read)} read, {len(records)} written, "
             f"{len(read ^ records)} differ")


def plain(text):
    return None if text is None else base64.b64decode(text)


def ask(barista, running, folder, listener, protocol, change):
    """The object that `check --json` prints."""
    user = change.get("user", "alice")
    group = {"group_id": change["group"]} if "group" in change else {}
    authority = change.get("ca", running.certificate_authority)
    profile = folder / "profile.json"
    profile.write_text(json.dumps({
        "format": "barista-setup", "version": 1,
        "server": {"bootstrap_servers": [running.addresses[listener]],
                   "security_protocol": protocol, "ca_file": authority and str(authority)},
        "sign_in": {"mechanism": change.get("mechanism", "PLAIN"), "username": user},
        "registry": {"enabled": False},
        "topics": [{"topic": topic, **group} for topic in change.get("topics", ["codec-none"])]}))
    return json.loads(barista.run("check", profile, "--json", expect=(0, 1),
                                  token=change.get("token", SCRAM_USERS[user])))


def check(barista, running, folder, listener, protocol, change, wanted):
    answer = ask(barista, running, folder, listener, protocol, change)
    failed = [(stage["stage"], stage["cause"]) for stage in answer["stages"]
              if stage["result"] == "failed"]
    must(failed == ([wanted] if wanted else []), f"{failed} instead of {wanted}")
    must(answer["result"] == ("failed" if wanted else "passed"), f"result {answer['result']}")


def sample_is_whole(barista, running, folder, written):
    answer = ask(barista, running, folder, "tls", "SASL_SSL", {"topics": CODECS})
    for stage in answer["stages"]:
        if stage["stage"] == "sample":
            records = [one for one in written if one["topic"] == stage["topic"]]
            deletions = sum(one["value"] is None for one in records)
            found = stage["evidence"]["records"], stage["evidence"]["deletions"]
            must(found == (len(records), deletions),
                 f"{stage['topic']}: {found}, written {len(records)}, {deletions}")


def sample_of(barista, running, folder, topic):
    answer = ask(barista, running, folder, "tls", "SASL_SSL", {"topics": [topic]})
    must(answer["result"] == "passed", f"result {answer['result']}")
    return next(stage for stage in answer["stages"] if stage["stage"] == "sample")


def counted(written, topic):
    """Records that a reader of committed ones gets, and the others."""
    kept = [record["committed"] for record in written if record["topic"] == topic]
    return kept.count(True), kept.count(False)


def only_committed(barista, running, folder, written):
    stage = sample_of(barista, running, folder, "tx")
    found = stage["evidence"]["records"], stage["evidence"]["aborted"]
    must(found == counted(written, "tx"), f"{found} instead of {counted(written, 'tx')}")
    must(stage["cause"] is None, f"cause {stage['cause']}")


def stops_at_open(barista, running, folder, written):
    stage = sample_of(barista, running, folder, "tx-open")
    offsets = [record["offset"] for record in written if record["topic"] == "tx-open"]
    before, _ = counted(written, "tx-open")
    wanted = {"records": before, "stopped_partition": 0, "last_stable_offset": before,
              "high_watermark": max(offsets) + 1}
    found = {name: stage["evidence"].get(name) for name in wanted}
    must(found == wanted, f"{found} instead of {wanted}")
    must(stage["cause"] == "transaction-open", f"cause {stage['cause']}")


def nonce_counts(running, mechanism):
    """The broker has to refuse what old clients sent, or it proves nothing of ours."""
    asked = running.addresses["sasl"], mechanism, "alice", USERS["alice"]
    must(sign_in(*asked) == 0, "the right nonce is refused")
    must(sign_in(*asked, nonce_twice=True) == SASL_AUTHENTICATION_FAILED, "it lets it pass")


def noticed(barista, running, folder):
    """The judge of the causes has to see when another one comes out, or none."""
    for listener, wanted in (("tls", ("sasl", "sign-in-refused")),
                             ("expired", ("tls", "tls-wrong-host")), ("expired", None)):
        try:
            check(barista, running, folder, listener, "SASL_SSL", {}, wanted)
        except Failure:
            continue
        raise Failure(f"{listener}: it lets {wanted} pass")
