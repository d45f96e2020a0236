# SPDX-License-Identifier: GPL-3.0-or-later
"""Barista's check against Apache Kafka itself, filled by Kafka's own clients."""

import base64
import collections
import json

from . import samples
from .broker import MECHANISMS, SCRAM_USERS, USERS, broker, free_ports
from .compatibility import Peer
from .kcat import PEER as KCAT, Kcat
from .peers import java_peer
from .relay import flip, relay
from .report import Failure, must
from .scram import sign_in

TITLE = "Apache Kafka"
ROWS_CLAIM = ("`check` passes on PLAINTEXT, SASL_PLAINTEXT and SASL_SSL with PLAIN and both SCRAM "
              "mechanisms, and names the fault of each listener, topic and group that has one")
SAMPLES_CLAIM = ("samples equal, record by record, what Kafka's producer wrote: five codecs, "
                 "transactions, 64 partitions, a compacted topic, the broker's own time")

CLUSTER_CLAIM = ("a topic on two brokers is read from both, whichever was typed; of one that is gone "
                 "it is told what is missing")

VERSIONS = ("4.3.1", "3.9.2")
# 3.x takes the nonce of a client that has it wrong, so it proves nothing of ours.
STRICT_NONCE = ("Kafka 4.3.1",)
SASL_AUTHENTICATION_FAILED = 58
CODECS = tuple(f"codec-{name}" for name in ("none", "gzip", "snappy", "lz4", "zstd"))

# What is asked: listener, protocol, and what differs from a sign-in as alice by PLAIN with the
# right CA to the topic codec-none; what it ends with: stage and cause, None for all passed.
ROWS = [
    ("PLAINTEXT", "plain", "PLAINTEXT", {}, None),
    ("SASL_PLAINTEXT", "sasl", "SASL_PLAINTEXT", {}, None),
    ("SASL_SSL", "tls", "SASL_SSL", {}, None),
    ("SSL", "ssl", "SSL", {}, None),
    ("typed by another name", "tls", "SASL_SSL", {"host": "localhost"}, None),
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
    ("unknown user", "tls", "SASL_SSL", {"user": "nobody"}, ("sasl", "sign-in-refused")),
    ("mechanism not offered", "only512", "SASL_SSL", {}, ("sasl", "sasl-mechanism-refused")),
    ("no sign-in chosen", "sasl", "PLAINTEXT", {}, ("metadata", "sign-in-required")),
    ("no sign-in chosen, TLS", "tls", "SSL", {}, ("metadata", "sign-in-required")),
    ("sign-in on a plain listener", "plain", "SASL_PLAINTEXT", {}, ("sasl", "sign-in-not-offered")),
    ("sign-in on a TLS listener", "ssl", "SASL_SSL", {}, ("sasl", "sign-in-not-offered")),
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
    ("read denied, another topic behind it", "tls", "SASL_SSL",
     {"user": "limited", "topics": ["unread", "codec-none"]}, ("sample", "topic-forbidden")),
    ("group denied", "tls", "SASL_SSL", {"user": "limited", "group": "denied-group"},
     ("group", "group-forbidden")),
    ("group that Kafka's consumer used", "tls", "SASL_SSL", {"group": "peer-subscribed"},
     ("group", "group-already-used")),
]


def run(report, barista, folder):
    for version in VERSIONS:
        with report.case(f"Apache Kafka {version} starts and stops"):
            library = java_peer(f"kafka-{version}")
            with broker(library, folder / version) as running, running.seeded() as seed:
                peer = Peer("Apache Kafka", version)
                asker = Asker(barista, running, folder)
                against(report, f"Kafka {version}", peer, asker, seed)
                if version == VERSIONS[0]:
                    with report.claim([peer], CLUSTER_CLAIM):
                        two_brokers(report, f"Kafka {version}, two brokers", asker, seed)


def against(report, label, peer, asker, seed):
    with report.claim([peer], ROWS_CLAIM):
        for name, *row in ROWS:
            with report.case(f"{label}: check, {name}"):
                check(asker, *row)
        with report.case(f"{label}: groups are told as Kafka's own consumers committed"):
            for group, committed in seed.groups.items():
                group_is_told(asker, group, committed)
        with report.case(f"{label}: throw-away groups are joined, and left"):
            joins_and_leaves(asker, seed)
        with report.case(f"{label}: every bootstrap server is tried and told"):
            tries_all(asker)
        row_faults(report, label, asker, seed)
    with report.claim([peer, KCAT], SAMPLES_CLAIM):
        with report.case(f"{label}: kcat reads what Kafka's own producer wrote"):
            kcat_reads(Kcat(asker.folder), asker.running, seed.records)
        with report.case(f"{label}: samples equal what was written in five codecs"):
            samples.must_equal(asker.sample(CODECS), CODECS, seed.records)
        with report.case(f"{label}: the sample of 64 partitions equals what was written"):
            samples.must_equal(asker.sample(["many"]), ["many"], seed.records)
        with report.case(f"{label}: samples have the broker's time where it counts"):
            samples.must_equal(asker.sample(["log-time"]), ["log-time"], seed.records)
        with report.case(f"{label}: the sample of a compacted topic equals what was left"):
            must(samples.has_gaps(samples.written_to(seed.records, "compacted")), "no gap was made")
            samples.must_equal(asker.sample(["compacted"]), ["compacted"], seed.records)
        with report.case(f"{label}: aborted transactions are left out of the sample"):
            only_committed(asker, seed.records)
        with report.case(f"{label}: an open transaction is told, with its place"):
            stops_at_open(asker, seed.records)
        with report.case(f"fault found: {label}, a bit flipped in a batch on its way"):
            a_bit_is_noticed(asker)
        samples.faults(report, label, "codec-zstd", asker.sample(["codec-zstd"]),
                       samples.written_to(seed.records, "codec-zstd"))


def two_brokers(report, label, asker, seed):
    with report.case(f"{label}: the second starts and stops"):
        with asker.running.second() as second:
            seed.ask("spread")
            wanted = samples.written_to(seed.records, "spread")
            with report.case(f"{label}: the sample of a spread topic equals what was written"):
                followed(asker, wanted)
            with report.case(f"{label}: the same where the second was typed"):
                followed(Asker(asker.barista, second, asker.folder), wanted)
            with report.case(f"{label}: a group whose coordinator is the other one"):
                group_is_told(Asker(asker.barista, second, asker.folder), "peer-assigned",
                              seed.groups["peer-assigned"])
            with report.case(f"fault found: {label}, only one was read"):
                half = [one for one in asker.sample(["spread"]) if one["partition"] % 2 == 0]
                must(samples.differs("spread", half, wanted), "it lets it pass")
    with report.case(f"{label}: what the one that is gone held is told as not read"):
        half_is_told(asker, [one for one in wanted if one["partition"] % 2 == 0])


def followed(asker, wanted):
    samples.compare("spread", asker.sample(["spread"]), wanted)
    stage, evidence = asker.stage("sample", topics=["spread"])
    must(stage["result"] == "passed" and stage["cause"] is None, f"cause {stage['cause']}")
    told = [line.rpartition(": read, ")[2] for line in evidence["leaders"]]
    must(told == ["partitions: 3", "partitions: 3"], f"told {evidence['leaders']}")


def half_is_told(asker, wanted):
    check(asker, "tls", "SASL_SSL", {"topics": ["spread"]}, ("sample", "partitions-unreachable"))
    _, evidence = asker.stage("sample", topics=["spread"])
    must(evidence["unreached_partitions"] == 3, f"{evidence['leaders']}")
    samples.compare("spread", asker.sample(["spread"]), wanted)


def row_faults(report, label, asker, seed):
    with report.case(f"fault found: {label}, a cause that is not there"):
        noticed(asker)
    with report.case(f"fault found: {label}, another commit of a group"):
        must(fails(group_is_told, asker, "peer-assigned", seed.groups["peer-assigned"] + 1),
             "it lets it pass")
    if label in STRICT_NONCE:
        for mechanism in MECHANISMS[1:]:
            with report.case(f"fault found: {label}, {mechanism}, the client's nonce twice"):
                nonce_counts(asker.running, mechanism)


def kcat_reads(kcat, running, written):
    """Holds for the seed itself: what it says it wrote is what a client of others reads."""
    wanted = collections.defaultdict(set)
    for record in written:
        if record["committed"]:
            wanted[record["topic"]].add((record["partition"], record["offset"], record["timestamp"],
                                         plain(record["key"]), plain(record["value"])))
    must(len(wanted) == 12, f"the seed filled {len(wanted)} topics")
    kcat.use(f"bootstrap.servers={running.addresses['plain']}", "isolation.level=read_committed")
    for topic, records in wanted.items():
        read = {(one["partition"], one["offset"], one["timestamp"], one["key"], one["value"])
                for one in kcat.consume(topic)}
        must(read == records, f"{topic}: {len(read)} read, {len(records)} written, "
             f"{len(read ^ records)} differ")


def plain(text):
    return None if text is None else base64.b64decode(text)


class Asker:
    """Asks Barista about a running broker."""

    def __init__(self, barista, running, folder):
        self.barista = barista
        self.running = running
        self.folder = folder

    def profile(self, listener, protocol, change):
        """A profile file and the token for it."""
        user = change.get("user", "alice")
        group = {"group_id": change["group"]} if "group" in change else {}
        authority = change.get("ca", self.running.certificate_authority)
        server = self.running.addresses[listener]
        if "host" in change:
            server = server.replace("127.0.0.1", change["host"])
        file = self.folder / "profile.json"
        file.write_text(json.dumps({
            "format": "barista-setup", "version": 1,
            "server": {"bootstrap_servers": change.get("servers", [server]),
                       "security_protocol": protocol,
                       "ca_file": authority and str(authority)},
            "sign_in": {"mechanism": change.get("mechanism", "PLAIN"), "username": user},
            "registry": {"enabled": False},
            "topics": [{"topic": topic, **group}
                       for topic in change.get("topics", ["codec-none"])]}))
        return file, change.get("token", SCRAM_USERS.get(user, "any"))

    def check(self, listener, protocol, change, *options):
        """The object that `check --json` prints."""
        file, token = self.profile(listener, protocol, change)
        return json.loads(self.barista.run("check", file, "--json", *options, expect=(0, 1),
                                           token=token))

    def stage(self, name, **change):
        """One stage of a check over SASL_SSL, and its evidence."""
        answer = self.check("tls", "SASL_SSL", change)
        stage = next(stage for stage in answer["stages"] if stage["stage"] == name)
        return stage, stage["evidence"]

    def sample(self, topics):
        """The records that a check of these topics samples."""
        file, token = self.profile("tls", "SASL_SSL", {"topics": topics})
        return samples.sampled(self.barista, file, token)


def failures(answer):
    return [(stage["stage"], stage["cause"]) for stage in answer["stages"]
            if stage["result"] == "failed"]


def check(asker, listener, protocol, change, wanted):
    answer = asker.check(listener, protocol, change)
    failed = failures(answer)
    must(failed == ([wanted] if wanted else []), f"{failed} instead of {wanted}")
    must(answer["result"] == ("failed" if wanted else "passed"), f"result {answer['result']}")


def only_committed(asker, written):
    samples.must_equal(asker.sample(["tx"]), ["tx"], written)
    stage, evidence = asker.stage("sample", topics=["tx"])
    aborted = sum(one["topic"] == "tx" and not one["committed"] for one in written)
    must(evidence["aborted"] == aborted, f"{evidence['aborted']} aborted instead of {aborted}")
    must(stage["result"] == "passed" and stage["cause"] is None, f"cause {stage['cause']}")


def stops_at_open(asker, written):
    samples.must_equal(asker.sample(["tx-open"]), ["tx-open"], written)
    stage, evidence = asker.stage("sample", topics=["tx-open"])
    offsets = [record["offset"] for record in written if record["topic"] == "tx-open"]
    before = len(samples.written_to(written, "tx-open"))
    wanted = {"records": before, "stopped_partition": 0, "last_stable_offset": before,
              "high_watermark": max(offsets) + 1}
    found = {name: evidence.get(name) for name in wanted}
    must(found == wanted, f"{found} instead of {wanted}")
    must(stage["cause"] == "transaction-open", f"cause {stage['cause']}")


def a_bit_is_noticed(asker):
    """Past a relay that the broker advertises: the same as without, then with one bit changed."""
    port, to = asker.running.led_to["a relay"], asker.running.addresses["relayed"]
    row = ("relayed", "PLAINTEXT", {})
    with relay(port, to):
        check(asker, *row, None)
    with relay(port, to, flip(b"caff")):
        check(asker, *row, ("sample", "record-undecodable"))


def group_is_told(asker, group, committed):
    stage, evidence = asker.stage("group", group=group)
    found = stage["cause"], evidence["committed"]
    must(found == ("group-already-used", committed), f"{found} instead of {committed}")


def joins_and_leaves(asker, seed):
    """The groups of `--join`: one for each of two topics, one for both."""
    answer = asker.check("tls", "SASL_SSL", {"topics": ["codec-none", "many"]}, "--join")
    joined = [(stage["evidence"].get("joined"), stage["evidence"].get("joined_together"))
              for stage in answer["stages"] if stage["stage"] == "group"]
    must(answer["result"] == "passed" and joined == [(True, True), (True, None)], f"{joined}")
    seed.ask("members")
    thrown_away = {name: count for name, count in seed.members.items() if "-check-" in name}
    must(len(thrown_away) == 3 and not any(thrown_away.values()), f"{seed.members}")


def tries_all(asker):
    """A closed port and an unknown name stand before the one that answers, or are all there is."""
    one, other = (f"127.0.0.1:{port}" for port in free_ports(2))
    before = [one, "broker.invalid:9092"]
    for last, wanted in ((asker.running.addresses["tls"], ("passed", None)),
                         (other, ("failed", "connection-refused"))):
        stage, evidence = asker.stage("tcp", servers=[*before, last])
        told = [line.partition(": ")[0] for line in evidence.get("other_servers", [])]
        must((stage["result"], stage["cause"]) == wanted and told == before,
             f"{stage['result']}, {stage['cause']}, told {told}")
        must(last == f"{evidence['host']}:{evidence['port']}", f"{evidence}")


def nonce_counts(running, mechanism):
    """The broker has to refuse what old clients sent, or it proves nothing of ours."""
    asked = running.addresses["sasl"], mechanism, "alice", USERS["alice"]
    must(sign_in(*asked) == 0, "the right nonce is refused")
    must(sign_in(*asked, nonce_twice=True) == SASL_AUTHENTICATION_FAILED, "it lets it pass")


def fails(judge, *arguments):
    try:
        judge(*arguments)
    except Failure:
        return True
    return False


def noticed(asker):
    """The judge of the causes has to see when another one comes out, or none."""
    for listener, wanted in (("tls", ("sasl", "sign-in-refused")),
                             ("expired", ("tls", "tls-wrong-host")), ("expired", None)):
        must(fails(check, asker, listener, "SASL_SSL", {}, wanted),
             f"{listener}: it lets {wanted} pass")
