# SPDX-License-Identifier: GPL-3.0-or-later
"""Setups drawn by lot: every plan, kind of key and engine, and in half of them something hostile.

The same seed gives the same setups. What other parts of a profile add themselves to ADD: functions
that take the lot and the case and change it."""

import random
import string

SEED = 20261122
ADD = []

PLANS = (None, "none", "soft-document", "soft-nullable", "hard", "hard")
KEYS = ([("_id", "string")], [("id", "long")], [("sku", "string"), ("day", "date")],
        [("region", "string"), ("number", "long"), ("line", "int")], [("flag", "boolean")],
        [("uid", "uuid")], [("hash", "string"), ("column", "long")], [("order", "string"), ("__x", "long")],
        [("Type", "string"), ("class", "int"), ("key_class", "int"), ("error", "boolean")])
TYPES = ("string", "long", "int", "double", "float", "boolean", "bytes", "date", "micros", "millis",
         "uuid", "decimal", "enum", "fixed", "strings", "longs", "records", "record", "map", "raw",
         "mixed", "deep", "millis-time")
# Words that end a block, quotes that end a value, signs that mean something to one reader or another.
HOSTILE = ["it's", 'a"b', "a'b\"c", "a#b", "#", "a$b", "$HOME", "${PATH}", "$$", "a--b", "--", "a`b", "`",
           "a\nb", "a\r\nSQL >\nb", "a\tb", "SQL", "SQL >", "TYPE", "TYPE endpoint", "NODE x", "ttl",
           "codec", "INDEX", "index", "DESCRIPTION >", "\U0001f980", "\u202eabc", "a\u2028b", "a\u0085b",
           "\ufeffa", "x" * 10000, '{{ tb_secret("X") }}', "{% end %}", "{# a #}", "a\\b", "\\", " ", " a ",
           "%", "no", "0123", "12e3", "1:20", "~", "- a", "a: b", "null", "'", '"', "'; DROP TABLE x --",
           ">", "<", "../../x", "/etc/passwd", "a/b", "\u00e9t\u00e9", "\u6ce8\u6587", "\x07", "a b", "*", ",", "a,b",
           "(", "tuple()", "1a", "__value", "__offset", "c__error", "default", "FINAL", "select", "a.b", "$.a",
           "[:]", "a[:]", "&a", "*a", "!a", "|", ">-", "@a", "%YAML", "---", "...", "true", "Nullable(String)"]


def setups(count, seed=SEED):
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        case = plain(chance, f"{number:03d}")
        for add in ADD:
            add(chance, case)
        if number % 2:
            spoil(chance, case)
        yield case


def plain(chance, name):
    dekaf = chance.random() < 0.75
    topics = [topic_of(chance, dekaf, i) for i in range(chance.choice((1, 1, 1, 2, 3)))]
    mode = chance.choice(("cdc", "cdc", "kafka")) if dekaf else None
    profile = {"format": "barista-setup", "version": 1, "topics": [topic for topic, _ in topics]}
    if dekaf:
        profile["task"] = {"name": "acmeCo/prod/tinybird", "managed": chance.random() < 0.6}
        if chance.random() < 0.8:
            profile["task"]["deletions"] = mode
        if chance.random() < 0.7:
            profile["task"]["bindings"] = [binding_of(chance, topic["topic"]) for topic, _ in topics]
    else:
        profile["server"] = {"bootstrap_servers": chance.choice((["kafka.example.com:9092"],
                                                                 ["a.example.com", "b.example.com:9094"])),
                             "security_protocol": chance.choice(("SASL_SSL", "SASL_PLAINTEXT",
                                                                 "PLAINTEXT"))}
        profile["sign_in"] = {"mechanism": chance.choice(("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")),
                              "username": "analyst"}
        profile["registry"] = {"enabled": chance.random() < 0.85, "url": "https://registry.example.com/a/"}
    profile["project"] = {"format": "classic" if chance.random() < 0.2 else "forward"}
    return {"name": name, "profile": profile,
            "schemas": [schemas_of(chance, dekaf, mode, shape) for _, shape in topics],
            "ca_pem": None, "token": "".join(chance.choices(string.ascii_letters + "-_", k=43)),
            "hostile": None}


def binding_of(chance, topic):
    binding = {"collection": topic, "topic": topic}
    if chance.random() < 0.4:
        binding["not_before"] = "2026-01-01T00:00:00Z"
    if chance.random() < 0.4:
        binding["exclude"] = ["flow_published_at", "a_b"]
    return binding


def topic_of(chance, dekaf, number):
    """A topic's answers, and what its schemas are made of."""
    key = chance.choice(KEYS)
    fields = [(f"f{i}_{kind.replace('-', '_')}", kind, chance.random() < 0.6) for i, kind in
              enumerate(chance.sample(TYPES, chance.randrange(1, 9)))]
    name = f"acmeCo/orders{number}" if dekaf else f"orders.{number}"
    topic = {"topic": name, "start": chance.choice(("earliest", "latest"))}
    plan = chance.choice(PLANS)
    if plan:
        topic["deletions"] = plan
    if chance.random() < 0.4:
        topic["store"] = chance.choice(("document", "columns"))
    if chance.random() < 0.3:
        topic["marker"] = chance.choice(("$._is_deleted", "/_meta/is_deleted"))
    engine = engine_of(chance, key)
    if engine:
        topic["engine"] = engine
    if chance.random() < 0.2:
        topic["group_id"] = f"group.{number}-A_b"
    if chance.random() < 0.2:
        topic["data_source"] = f"source_{number}"
    return topic, (key, fields)


def engine_of(chance, key):
    engine = {}
    if chance.random() < 0.3:
        engine["name"] = chance.choice(("MergeTree", "ReplacingMergeTree", "MergeTree", "Null",
                                        "AggregatingMergeTree", "CollapsingMergeTree"))
    if chance.random() < 0.4:
        engine["sorting_key"] = chance.choice(
            ("__key", ", ".join(name for name, _ in key), f"{key[0][0]}, __key", "cityHash64(__key)",
             "__key, __offset", "tuple()", "nothing", "`__key`"))
    if chance.random() < 0.2:
        engine["version"] = chance.choice(("__offset", "__timestamp", "f0_string", "__partition"))
    if chance.random() < 0.2:
        engine["partition_key"] = chance.choice(("toYYYYMM(__timestamp)", "toYear(__timestamp)",
                                                 "__partition", key[0][0], "tuple()"))
    if chance.random() < 0.2:
        engine["ttl"] = chance.choice(("__timestamp + toIntervalDay(90)",
                                       "__timestamp + INTERVAL 30 DAY"))
    if chance.random() < 0.05:
        engine["is_deleted"] = chance.choice(("_is_deleted", "_meta_is_deleted", "__offset"))
    return engine


def avro(kind, path):
    """The Avro schema of a kind of field."""
    logical = {"date": ("int", "date"), "micros": ("long", "timestamp-micros"),
               "millis": ("long", "timestamp-millis"), "uuid": ("string", "uuid"),
               "millis-time": ("int", "time-millis")}
    if kind in logical:
        return {"type": logical[kind][0], "logicalType": logical[kind][1]}
    return {"decimal": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 4},
            "enum": {"type": "enum", "name": f"E_{path}", "symbols": ["a", "b"]},
            "fixed": {"type": "fixed", "name": f"F_{path}", "size": 8},
            "strings": {"type": "array", "items": "string"},
            "longs": {"type": "array", "items": ["null", "long"]},
            "records": {"type": "array", "items": {"type": "record", "name": f"I_{path}",
                                                   "fields": [{"name": "a", "type": "long"}]}},
            "record": {"type": "record", "name": f"R_{path}",
                       "fields": [{"name": "a", "type": "string"}, {"name": "b", "type": ["null", "long"]}]},
            "deep": {"type": "record", "name": f"D_{path}",
                     "fields": [{"name": "a", "type": {"type": "record", "name": f"D2_{path}",
                                                       "fields": [{"name": "b", "type": "double"}]}}]},
            "map": {"type": "map", "values": "string"},
            "raw": {"type": "record", "name": "RawJSON", "namespace": f"root.{path}",
                    "fields": [{"name": "json", "type": "string"}]},
            "mixed": ["null", "string", "long"]}.get(kind, kind)


def schemas_of(chance, dekaf, mode, shape):
    key, fields = shape
    value = [{"name": name, "type": avro(kind, f"k{i}")} for i, (name, kind) in enumerate(key)]
    operation = chance.choice(("_meta_op", "_meta.op", None)) if dekaf else None
    nested = []
    if operation == "_meta_op":
        value.append({"name": "_meta_op", "type": "string"})
    elif operation:
        nested.append({"name": "op", "type": "string"})
    marker = chance.choice(("_is_deleted", "_meta.is_deleted", "both", None)) if mode == "cdc" else None
    if marker in ("_meta.is_deleted", "both"):
        nested.append({"name": "is_deleted", "type": chance.choice(("long", "boolean"))})
    if nested:
        value.append({"name": "_meta", "type": {"type": "record", "name": "Meta", "fields": nested}})
    for i, (name, kind, nullable) in enumerate(fields):
        one = avro(kind, f"v{i}")
        if nullable and kind != "mixed":
            one = [one, "null"]
        value.append({"name": name, "type": one})
    if marker in ("_is_deleted", "both"):
        value.append({"name": "_is_deleted", "type": "long"})
    parts = [{"name": f"p{i + 1}", "type": avro(kind, f"p{i}")} for i, (_, kind) in enumerate(key)]
    keys = {"type": "record", "name": "Parts", "namespace": "root.Key", "fields": parts}
    if dekaf:
        keys = {"type": "record", "name": "Key", "namespace": "root",
                "fields": [{"name": "_flow_key", "type": keys}]}
    elif chance.random() < 0.5:
        keys = None
    return {"key": keys, "value": {"type": "record", "name": "root", "fields": value}}


def spoil(chance, case):
    """Puts one hostile text into one place of the case."""
    text = chance.choice(HOSTILE)
    place = chance.choice(sorted(PLACES))
    if PLACES[place](chance, case, text) is not False:
        case["hostile"] = f"{place} = {text[:40]!r}"


def first(case):
    return case["profile"]["topics"][0]


def into_topic(_chance, case, text):
    first(case)["topic"] = text


def into_field(chance, case, text):
    fields = case["schemas"][0]["value"]["fields"]
    fields[chance.randrange(len(fields))]["name"] = text


def into_nested(_chance, case, text):
    case["schemas"][0]["value"]["fields"].append(
        {"name": "nest", "type": {"type": "record", "name": "Nest",
                                  "fields": [{"name": text, "type": "string"}]}})


def into_column(member):
    def put(chance, case, text):
        fields = case["schemas"][0]["value"]["fields"]
        first(case)["columns"] = [{"path": f"$.{chance.choice(fields)['name']}", member: text}]
    return put


def into_engine(member):
    def put(_chance, case, text):
        first(case).setdefault("engine", {})[member] = text
    return put


def into_member(section, member):
    def put(_chance, case, text):
        case["profile"].setdefault(section, {})[member] = text
    return put


def into_first(member):
    def put(_chance, case, text):
        first(case)[member] = text
    return put


def into_task(member):
    def put(_chance, case, text):
        if "task" not in case["profile"]:
            return False
        case["profile"]["task"][member] = text
        return True
    return put


def into_binding(member):
    def put(_chance, case, text):
        bindings = case["profile"].get("task", {}).get("bindings")
        if not bindings:
            return False
        bindings[0][member] = [text] if member == "exclude" else text
        return True
    return put


def into_servers(_chance, case, text):
    case["profile"].setdefault("server", {})["bootstrap_servers"] = [text]


def into_token(_chance, case, text):
    case["token"] = text.strip() or "x"


PLACES = {"topic": into_topic, "field": into_field, "field ": into_field, "nested field": into_nested,
          "column name": into_column("name"), "column name ": into_column("name"),
          "column type": into_column("type"), "engine": into_engine("name"),
          "sorting key": into_engine("sorting_key"), "version": into_engine("version"),
          "partition": into_engine("partition_key"), "ttl": into_engine("ttl"),
          "is deleted": into_engine("is_deleted"), "group": into_first("group_id"),
          "data source": into_first("data_source"), "marker": into_first("marker"),
          "connection": into_member("project", "connection"), "title": into_member("profile", "x"),
          "user name": into_member("sign_in", "username"), "registry": into_member("registry", "url"),
          "task": into_task("name"), "collection": into_binding("collection"),
          "binding": into_binding("topic"), "excluded": into_binding("exclude"),
          "servers": into_servers, "token": into_token}


def into_title(_chance, case, text):
    case["profile"]["name"] = text


PLACES["title"] = into_title
