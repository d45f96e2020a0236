# SPDX-License-Identifier: GPL-3.0-or-later
"""The setups drawn by lot, with TypeScript on: more of what the SDK can say, words and signs that
mean something to its language, and names that are taken there."""

import random

from . import random_sinks
from .random_setups import setups

# Signs of template literals, escapes, comments and templates.
HOSTILE = ["`", "${process.exit(7)}", "$${1}", "$$", "\\", "\\\\", "\\${x}", "\\`${x}`",
           "\\u{1f980}", "\\u", "\\x4", "\\n", "\\0", "\\\n", "*/", "/*", "//", "</script>", "<!--",
           "\u2028", "\u2029", "\r", "\r\n", "\u00a0a\u00a0", "\u3000a", "\ufeff", "'+x+'",
           "\";x=\"", "\U0001f980", "\u202e", "\u200b", "{{ x }}", "{{}}", "{% if x %}", "{%%}",
           "%", "{{ tb_secret(\"A\") }}", "{{ tb_secret(\"A\", \"b\") }}",
           "{{ String(x, '`${y}`') }}", "x" * 5000, "a\n\n\nb", "\n\na\n\n", "  a\n    b", "\ta\n\tb"]
WORDS = ["await", "class", "delete", "new", "default", "node", "secret", "t", "engine", "undefined",
         "NaN", "globalThis", "require", "exports", "module", "Promise", "Object", "arguments",
         "eval", "let", "static", "async", "of", "type", "any", "string", "number", "symbol",
         "never", "object", "namespace", "declare", "abstract", "constructor", "prototype",
         "__proto__", "toString", "defineDatasource", "definePipe", "process", "import", "export",
         "using", "enum", "Symbol", "Array", "_", "__", "_1", "a_b", "aB", "a__b"]

ENGINES = ("MergeTree", "MergeTree", "ReplacingMergeTree", "AggregatingMergeTree", "SummingMergeTree",
           "Null", "CollapsingMergeTree")


def drawn(count):
    """Setups of Forward workspaces with TypeScript on, and those of the page on sinks."""
    for case in setups(count):
        chance = random.Random(f"typescript/{case['name']}")
        project = case["profile"].setdefault("project", {})
        project.update(format="forward", typescript=True)
        if chance.random() < 0.5:
            make_sayable(chance, case)
        if chance.random() < 0.6:
            place, put = chance.choice(PLACES)
            text = chance.choice(WORDS if place.endswith("name") else HOSTILE)
            if put(case, text) is not False:
                case["hostile"] = f"{place} = {text[:40]!r}"
        yield case
    for case in random_sinks.page():
        if case["profile"]["project"]["format"] == "forward":
            case["profile"]["project"]["typescript"] = True
            yield case


def make_sayable(chance, case):
    """Records without a registry, and no column that comes from elsewhere: the SDK has words for it."""
    case["profile"].setdefault("registry", {})["enabled"] = False
    for topic in case["profile"]["topics"]:
        topic["deletions"] = "none"
        topic["engine"] = {"name": chance.choice(ENGINES),
                           "sorting_key": chance.choice(("cityHash64(__value)",
                                                         "substring(__value, 1, 8)"))}
        if chance.random() < 0.3:
            topic["engine"]["version"] = "__value"
        if chance.random() < 0.5:
            topic["engine"]["partition_key"] = "substring(__value, 1, 8)"
        if chance.random() < 0.3:
            topic["engine"]["ttl"] = "toDateTime(length(__value)) + toIntervalDay(90)"


def member(section, name, form="{}"):
    def put(case, text):
        listed = case["profile"].get(section)
        if not listed:
            return False
        listed[0][name] = form.format(text)
        return True
    return put


def into_node(name, form="{}"):
    def put(case, text):
        if not case["profile"].get("sinks"):
            return False
        node = case["profile"]["sinks"][0]["nodes"][0]
        node[name] = form.replace("{}", text)
        return True
    return put


def same_name(case, text):
    """One name for a connection and for the first sink: constants of one module."""
    if not case["profile"].get("sinks"):
        return False
    targets = {target["name"]: target for target in case["profile"]["connections"]}
    for sink in case["profile"]["sinks"]:
        if sink["connection"] == case["profile"]["connections"][0]["name"]:
            sink["connection"] = text
    targets[case["profile"]["connections"][0]["name"]]["name"] = text
    case["profile"]["sinks"][0]["name"] = text
    return True


def without(*names, section="sinks"):
    """A sink that leaves settings out."""
    def put(case, _text):
        for one in case["profile"].get(section, []):
            for name in names:
                one.pop(name, None)
        return True
    return put


def into_field(case, text):
    case["schemas"][0]["value"]["fields"][-1]["name"] = text


PLACES = [("sink's description", member("sinks", "description")),
          ("node's description", into_node("description")),
          ("text in SQL", into_node("sql", "SELECT '{}' AS id, now() AS timestamp")),
          ("comment in SQL", into_node("sql", "SELECT 1 AS id, now() AS timestamp /* {} */")),
          ("end of SQL", into_node("sql", "SELECT 1 AS id, now() AS timestamp\n{}")),
          ("start of SQL", into_node("sql", "{}\nSELECT 1 AS id, now() AS timestamp")),
          ("topic of a sink", member("sinks", "topic")),
          ("bucket", member("sinks", "bucket_uri", "s3://bucket/{}")),
          ("template", member("sinks", "file_template")),
          ("group", member("topics", "group_id")),
          ("topic", member("topics", "topic")),
          ("sink without a format", without("format")),
          ("sink without strategy and compression", without("strategy", "compression")),
          ("sink without a topic", without("topic")),
          ("sink with both", member("sinks", "topic", "a")),
          ("connection without a region", without("region", section="connections")),
          ("connection without a key", without("key", section="connections")),
          ("connection without servers", without("bootstrap_servers", section="connections")),
          ("connection without a role", without("arn", section="connections")),
          ("sink's name", member("sinks", "name")),
          ("shared name", same_name),
          ("data source's name", member("topics", "data_source")),
          ("field's name", into_field)]
