# SPDX-License-Identifier: GPL-3.0-or-later
"""What `@tinybirdco/sdk` can write as we do, by its types and by what it throws at."""

import re

KNOWN = {
    "connection": {"TYPE", "KAFKA_BOOTSTRAP_SERVERS", "KAFKA_SECURITY_PROTOCOL", "KAFKA_SASL_MECHANISM",
                   "KAFKA_KEY", "KAFKA_SECRET", "KAFKA_SCHEMA_REGISTRY_URL", "KAFKA_SSL_CA_PEM",
                   "S3_REGION", "S3_ARN", "S3_ACCESS_KEY", "S3_SECRET"},
    "datasource": {"DESCRIPTION", "SCHEMA", "ENGINE", "ENGINE_PARTITION_KEY", "ENGINE_SORTING_KEY",
                   "ENGINE_TTL", "ENGINE_VER", "ENGINE_IS_DELETED", "KAFKA_CONNECTION_NAME",
                   "KAFKA_TOPIC", "KAFKA_GROUP_ID", "KAFKA_AUTO_OFFSET_RESET", "KAFKA_STORE_RAW_VALUE"},
    "pipe": {"DESCRIPTION", "NODE", "SQL", "TYPE", "TOKEN", "EXPORT_CONNECTION_NAME",
             "EXPORT_KAFKA_TOPIC", "EXPORT_SCHEDULE", "EXPORT_BUCKET_URI", "EXPORT_FILE_TEMPLATE",
             "EXPORT_FORMAT", "EXPORT_STRATEGY", "EXPORT_COMPRESSION"}}
WORDS = {"EXPORT_STRATEGY": {"create_new", "replace"}, "EXPORT_COMPRESSION": {"none", "gzip", "snappy"},
         "KAFKA_SECURITY_PROTOCOL": {"SASL_SSL", "PLAINTEXT", "SASL_PLAINTEXT"},
         "KAFKA_SASL_MECHANISM": {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"},
         "ENGINE": {f'"{name}MergeTree"' for name in ("", "Replacing", "Aggregating", "Summing")}}
TYPES = {"String", "UUID", "Bool", "Date", "Date32", "DateTime", "DateTime64", "Decimal", "FixedString",
         "JSON", "IPv4", "IPv6", "Array", "Map", "Nullable", "LowCardinality", "Float32", "Float64",
         *(f"{sign}Int{bits}" for sign in ("", "U") for bits in (8, 16, 32, 64, 128, 256))}
# What String.trim() of ECMAScript takes away, which the SDK calls.
TRIMMED = re.compile("[\t\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")
# One can't be said without the others.
NEEDS = [("TYPE kafka", "KAFKA_BOOTSTRAP_SERVERS"), ("TYPE s3", "S3_REGION"),
         ("S3_ACCESS_KEY", "S3_SECRET"), ("S3_SECRET", "S3_ACCESS_KEY"),
         ("EXPORT_KAFKA_TOPIC", "EXPORT_SCHEDULE"),
         ("EXPORT_BUCKET_URI", "EXPORT_FILE_TEMPLATE", "EXPORT_FORMAT", "EXPORT_SCHEDULE")]
TEMPLATE = re.compile(r"\{\{[^}]+\}\}|\{%[^%]+%\}")


def reason(path, text, theirs):
    """Why the SDK can't say a file; None: it can."""
    kind = path.suffix[1:]
    settings = dict(re.findall(r"^([A-Z][A-Z0-9_]+) ?(.*)$", text, re.M))
    unknown = settings.keys() - KNOWN[kind]
    if unknown and kind != "connection":  # (lines of a certificate look alike)
        return sorted(unknown)[0]
    for name, words in WORDS.items():
        if settings.get(name, next(iter(words))) not in words:
            return f"{name} {settings[name]}"
    if settings.get("TYPE") == "s3" and not settings.keys() & {"S3_ARN", "S3_SECRET"}:
        return "no sign-in"
    connection = settings.get("KAFKA_CONNECTION_NAME", settings.get("EXPORT_CONNECTION_NAME"))
    if connection and ("connection", connection) not in theirs:
        return "its connection"
    replacing = settings.get("ENGINE") == '"ReplacingMergeTree"'
    if not replacing and settings.keys() & {"ENGINE_VER", "ENGINE_IS_DELETED"}:
        return "a version of another engine"
    for first, *others in NEEDS:
        missing = [name for name in others if not settings.get(name)]
        if missing and (first in settings or first == f"TYPE {settings.get('TYPE')}"):
            return f"that there is no {missing[0]}"
    if kind == "datasource":
        return reason_of_columns(text)
    if settings["TYPE"] == "sink" and not settings.keys() & {"EXPORT_KAFKA_TOPIC", "EXPORT_BUCKET_URI"}:
        return "no target"
    return reason_of_queries(path, text) if kind == "pipe" else None


def reason_of_queries(path, text):
    for block in re.findall(r"^SQL >\n((?:    .*\n|\n)*)", text, re.M):
        if block.startswith("    %\n") != bool(TEMPLATE.search(block)):
            return "a statement that only looks like a template"
        sql = block.removeprefix("    %\n").strip(" \n")
        if TRIMMED.match(sql[0]) or TRIMMED.match(sql[-1]):
            return "white space around a statement"
    source = re.sub(r"_(current|deleted)$", ".datasource", path.stem)
    source = path.parent.parent / "datasources" / source
    if path.parent.name == "endpoints":  # (its columns are part of what is said there)
        for line in columns_of(source.read_text(encoding="utf-8")):
            unknown = types_of(line) - TYPES
            if unknown:
                return f"the type of {line}"
    return None


def columns_of(text):
    schema = re.search(r"^SCHEMA >\n((?:    .*\n)+)", text, re.M)[1]
    return [line.strip() for line in schema.splitlines()]


def types_of(column):
    """`name` Array(DateTime('UTC')) `json:...` -> Array, DateTime"""
    return set(re.findall(r"[^\s(),]+", re.sub(r"'[^']*'|`[^`]*`|\bDEFAULT .*|\b\d+\b", " ", column)))


def reason_of_columns(text):
    for line in columns_of(text):
        if not re.match(r"`[A-Za-z_]\w*` [^`]+ `json:", line):
            return f"the column {line}"
        if types_of(line) - TYPES:
            return f"the type of {line}"
    return None
