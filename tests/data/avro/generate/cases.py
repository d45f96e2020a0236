# SPDX-License-Identifier: GPL-3.0-or-later
"""What generate.py turns into files: schemas with values, texts that may not be schemas, bytes that
may not be datums."""


def record(name, *fields, **more):
    return {"type": "record", "name": name, "fields": [field(*f) for f in fields], **more}


def field(name, schema, **more):
    return {"name": name, "type": schema, **more}


def fixed(name, size, **more):
    return {"type": "fixed", "name": name, "size": size, **more}


def logical(base, name, **more):
    return {"type": base, "logicalType": name, **more}


def array(items):
    return {"type": "array", "items": items}


def mapped(values):
    return {"type": "map", "values": values}


STATE = {"type": "enum", "name": "State", "symbols": ["OPEN", "PAID", "SENT"]}
LIST = record("Node", ("value", "long"), ("next", ["null", "Node"]))
TREE = record("Tree", ("name", "string"), ("children", array("Tree")))
RAW = record("RawJSON", ("json", "string"), namespace="root.total")
# One kind of number only: fastavro takes the widest branch that fits, the official package the
# first.
MANY = ["null", "long", "bytes", "string", record("R", ("a", "int")), array("string"),
        {"type": "enum", "name": "E", "symbols": ["X", "Y"]}, fixed("F", 2), mapped("long")]

# A value schema as Dekaf derives it: nullable with null second, no defaults, namespaces by path.
DEKAF = record(
    "root",
    ("id", "long"),
    ("customer", ["string", "null"]),
    ("total", [RAW, "null"]),
    ("placed_at", [logical("long", "timestamp-micros"), "null"]),
    ("due", [logical("int", "date"), "null"]),
    ("uuid", logical("string", "uuid")),
    ("lines", [array(record("lines", ("sku", "string"), ("price", ["double", "null"]),
                            ("_flow_extra", mapped(record("RawJSON", ("json", "string"),
                                                          namespace="root.lines._flow_extra"))),
                            namespace="root")), "null"]),
    ("labels", [mapped("string"), "null"]),
    ("_meta_op", ["string", "null"]),
    ("_is_deleted", "long"))

# `duration` as Dekaf writes it: the logical type stands around the fixed, and a second field
# defines the same name once more. rewrite() of generate.py turns it into what Avro allows.
DURATION_AROUND = {"type": {"type": "fixed", "name": "duration", "size": 12},
                   "logicalType": "duration"}
DEKAF_DURATIONS = record("root", ("wait", DURATION_AROUND), ("total", [DURATION_AROUND, "null"]))
MONTH_2_DAY_3_MS_4 = bytes.fromhex("020000000300000004000000")

# name, schema, value: written by both libraries, read back by both.
DATUMS = [
    ("null", "null", None),
    ("boolean true", "boolean", True),
    ("boolean false", "boolean", False),
    ("int 0", "int", 0), ("int -1", "int", -1), ("int 63", "int", 63), ("int 64", "int", 64),
    ("int highest", "int", 2147483647), ("int lowest", "int", -2147483648),
    ("long 0", "long", 0), ("long 8192", "long", 8192),
    ("long highest", "long", 9223372036854775807), ("long lowest", "long", -9223372036854775808),
    ("float 0", "float", 0.0), ("float 1.5", "float", 1.5), ("float 0.1", "float", 0.1),
    ("float highest", "float", 3.4028234663852886e38),
    ("float NaN", "float", float("nan")), ("float infinite", "float", float("-inf")),
    ("double 0.1", "double", 0.1), ("double -0", "double", -0.0),
    ("double tiny", "double", 5e-324), ("double huge", "double", 1.7976931348623157e308),
    ("double 2^53 + 2", "double", 9007199254740994.0),
    ("double NaN", "double", float("nan")), ("double infinite", "double", float("inf")),
    ("bytes none", "bytes", b""), ("bytes", "bytes", bytes([0, 1, 127, 128, 255])),
    ("bytes of 300", "bytes", bytes(range(150)) * 2),
    ("string none", "string", ""), ("string", "string", "acmeCo/orders"),
    ("string not ASCII", "string", "Zürich 北京 🚀"),
    ("string with controls", "string", "a\t\"\\\n\x01"),
    ("type in an object", {"type": "string"}, "plain"),
    ("property that nobody knows", {"type": "int", "x-origin": {"a": [1]}}, 7),
    ("record without fields", record("Empty"), {}),
    ("record", record("Order", ("id", "long"), ("note", "string")), {"id": 7, "note": "x"}),
    ("record with docs, order and default",
     {"type": "record", "name": "Order", "namespace": "acme.shop", "doc": "An order",
      "aliases": ["OldOrder", "other.Order"],
      "fields": [{"name": "id", "type": "int", "doc": "number", "order": "descending",
                  "aliases": ["number"], "default": 3},
                 {"name": "note", "type": ["null", "string"], "default": None},
                 {"name": "tags", "type": array("string"), "default": []},
                 {"name": "raw", "type": "bytes", "default": "\u00ff"}]},
     {"id": 1, "note": None, "tags": ["a"], "raw": b"\xff"}),
    ("record in a record", record("Outer", ("inner", record("Inner", ("x", "int"))), ("y", "int")),
     {"inner": {"x": 1}, "y": 2}),
    ("type used again by name",
     record("Pair", ("a", record("Part", ("n", "long"))), ("b", "Part"), ("c", ["null", "Part"])),
     {"a": {"n": 1}, "b": {"n": 2}, "c": {"n": 3}}),
    ("namespace taken from outside",
     record("Outer", ("a", record("Inner", ("x", "int"))), ("b", "acme.Inner"), ("c", "Inner"),
            namespace="acme"), {"a": {"x": 1}, "b": {"x": 2}, "c": {"x": 3}}),
    ("full name in the name",
     record("acme.shop.Outer", ("a", record("Inner", ("x", "int"))), ("b", "acme.shop.Inner")),
     {"a": {"x": 1}, "b": {"x": 2}}),
    ("full name beats the namespace",
     record("acme.Outer", ("a", record("Inner", ("x", "int"))), ("b", "acme.Inner"),
            namespace="other"), {"a": {"x": 1}, "b": {"x": 2}}),
    ("two types of one name in two namespaces",
     record("root", ("a", record("RawJSON", ("json", "string"), namespace="root.a")),
            ("b", record("RawJSON", ("json", "string"), namespace="root.b"))),
     {"a": {"json": "1"}, "b": {"json": "\"x\""}}),
    ("enum first", STATE, "OPEN"), ("enum last", STATE, "SENT"),
    ("enum with default", {**STATE, "default": "OPEN", "doc": "state", "namespace": "acme"},
     "PAID"),
    ("fixed", fixed("Two", 2), b"\x00\xff"), ("fixed of 16", fixed("md5", 16), bytes(range(16))),
    ("array none", array("int"), []), ("array", array("int"), [1, -2, 300]),
    ("array of arrays", array(array("string")), [["a"], [], ["b", "c"]]),
    ("array of records", array(record("P", ("x", "int"), ("s", "string"))),
     [{"x": 1, "s": "a"}, {"x": 2, "s": ""}]),
    ("array of nulls", array("null"), [None, None, None]),
    ("array of a union", array(["null", "long", "string"]), [None, 5, "five"]),
    ("map none", mapped("string"), {}), ("map", mapped("long"), {"a": 1, "": 2, "ü": 3}),
    ("map of maps", mapped(mapped("boolean")), {"a": {"b": True}, "c": {}}),
    ("map of records", mapped(record("P", ("x", ["null", "int"]))),
     {"k": {"x": None}, "l": {"x": 4}}),
    ("union of one", ["string"], "only"),
    ("nullable, null first", ["null", "string"], "x"), ("nullable, null", ["null", "string"], None),
    ("nullable, null second", ["string", "null"], "x"), ("null, second", ["string", "null"], None),
    *[("union of many: " + kind, MANY, value) for kind, value in [
        ("null", None), ("long", 5000000000), ("bytes", b"\x01\x02\x03"), ("string", "text"),
        ("record", {"a": 1}), ("array", ["a"]), ("map", {"x": 5000000000})]],
    ("union with boolean", ["string", "boolean", "null"], True),
    ("union with int", ["string", "int"], 5), ("union with float", ["string", "float"], 1.5),
    ("union with enum", ["null", STATE], "PAID"),
    ("union with fixed", ["null", fixed("F", 2)], b"ab"),
    ("union with double", ["null", "double", array("double")], 1.5),
    ("union with float and double", [array("float"), "null", "double"], [1.5, -2.0]),
    ("list of one", LIST, {"value": 1, "next": None}),
    ("list of three", LIST, {"value": 1, "next": {"value": 2, "next": {"value": 3, "next": None}}}),
    ("tree", TREE, {"name": "root", "children": [
        {"name": "a", "children": [{"name": "aa", "children": []}]},
        {"name": "b", "children": []}]}),
    ("recursion through a map", record("Dir", ("files", array("string")), ("dirs", mapped("Dir"))),
     {"files": ["x"], "dirs": {"sub": {"files": [], "dirs": {}}}}),
    ("two that lead to each other",
     record("A", ("b", ["null", record("B", ("a", ["null", "A"]), ("n", "int"))])),
     {"b": {"a": {"b": None}, "n": 4}}),
    ("decimal on bytes", logical("bytes", "decimal", precision=6, scale=2), b"\x30\x39"),
    ("decimal below zero", logical("bytes", "decimal", precision=6, scale=2), b"\xff\xcf\xc7"),
    ("decimal without a scale", logical("bytes", "decimal", precision=4), b"\x00"),
    ("decimal on fixed", fixed("Money", 8, logicalType="decimal", precision=18, scale=4),
     (123456789).to_bytes(8, "big", signed=True)),
    ("decimal of 38 digits", fixed("Wide", 16, logicalType="decimal", precision=38, scale=10),
     (-10**37).to_bytes(16, "big", signed=True)),
    ("uuid", logical("string", "uuid"), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
    ("uuid on fixed", fixed("id", 16, logicalType="uuid"), bytes(range(16))),
    ("date", logical("int", "date"), 20370), ("date before 1970", logical("int", "date"), -1),
    ("time-millis", logical("int", "time-millis"), 86399999),
    ("time-micros", logical("long", "time-micros"), 86399999999),
    ("timestamp-millis", logical("long", "timestamp-millis"), 1760000000123),
    ("timestamp-micros", logical("long", "timestamp-micros"), 1760000000123456),
    ("timestamp-micros before 1970", logical("long", "timestamp-micros"), -1),
    ("timestamp-nanos", logical("long", "timestamp-nanos"), 1760000000123456789),
    ("local-timestamp-millis", logical("long", "local-timestamp-millis"), 1760000000123),
    ("local-timestamp-micros", logical("long", "local-timestamp-micros"), 1760000000123456),
    ("local-timestamp-nanos", logical("long", "local-timestamp-nanos"), 1760000000123456789),
    ("duration", fixed("wait", 12, logicalType="duration"), MONTH_2_DAY_3_MS_4),
    ("duration around its fixed", DURATION_AROUND, MONTH_2_DAY_3_MS_4),
    ("logical type that nobody knows", logical("string", "moon-phase"), "full"),
    ("logical type on another base", logical("string", "date"), "2026-01-01"),
    ("logical types in a union", ["null", logical("long", "timestamp-micros"),
                                  logical("string", "uuid")], 1760000000123456),
    ("Dekaf key", record("Key", ("_flow_key", record("Parts", ("p1", "long"), ("p2", "string"),
                                                     namespace="root.Key")), namespace="root"),
     {"_flow_key": {"p1": 42, "p2": "EU"}}),
    ("Dekaf value, full", DEKAF,
     {"id": 42, "customer": "Zoë", "total": {"json": "12.50"}, "placed_at": 1760000000123456,
      "due": 20400, "uuid": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
      "lines": [{"sku": "A-1", "price": 6.25, "_flow_extra": {"colour": {"json": "\"red\""}}},
                {"sku": "A-2", "price": None, "_flow_extra": {}}],
      "labels": {"gift": "yes"}, "_meta_op": "c", "_is_deleted": 0}),
    ("Dekaf value, nulls", DEKAF,
     {"id": -1, "customer": None, "total": None, "placed_at": None, "due": None,
      "uuid": "00000000-0000-0000-0000-000000000000",
      "lines": None, "labels": None, "_meta_op": None, "_is_deleted": 1}),
    ("Dekaf value with durations", DEKAF_DURATIONS,
     {"wait": MONTH_2_DAY_3_MS_4, "total": bytes(12)}),
]

# name, schema, bytes as neither library writes them, though Avro allows it; both read them.
FORMS = [
    ("array in two blocks", array("int"), "0402040206 00".replace(" ", "")),
    ("array, block with a size", array("int"), "03040204 00".replace(" ", "")),
    ("array, sizes and counts mixed", array("string"), "0106 046162 02 026300".replace(" ", "")),
    ("array of records, block with a size", array(record("P", ("x", "int"), ("s", "string"))),
     "030c02026104 026200".replace(" ", "")),
    ("array in an array, blocks with sizes", array(array("int")),
     "010a 03040204 00 00".replace(" ", "")),
    ("map, block with a size", mapped("long"), "03 0c 026102 026204 00".replace(" ", "")),
    ("map in two blocks", mapped("long"), "02026102 02026204 00".replace(" ", "")),
    ("map, block with a size, then a plain one", mapped("string"),
     "01 08 0261 0278 02 0262 0279 00".replace(" ", "")),
    ("long with needless bytes", "long", "828000"),
    ("string length with needless bytes", "string", "848000 6162".replace(" ", "")),
]

# Refused by both, read by Barista all the same: Dekaf writes such.
TOLERATED = ("type in two objects", "type defined twice, the same",
             "duration defined twice, as Dekaf does")

# name, text. What each library says is written beside it.
SCHEMAS = [
    ("empty text", ""), ("not JSON", "{"), ("number", "5"), ("true", "true"), ("JSON null", "null"),
    ("bare word", "string"), ("unknown type", '"strong"'), ("empty object", "{}"),
    ("type in two objects", '{"type": {"type": "string"}}'),
    ("type is null", '{"type": null}'), ("type is a number", '{"type": 5}'),
    ("unknown name", '{"type": "array", "items": "Missing"}'),
    ("name used before its definition",
     '{"type": "record", "name": "A", "fields": [{"name": "x", "type": "B"}, {"name": "y", "type":'
     ' {"type": "fixed", "name": "B", "size": 1}}]}'),
    ("record without a name", '{"type": "record", "fields": []}'),
    ("record without fields", '{"type": "record", "name": "A"}'),
    ("fields is an object", '{"type": "record", "name": "A", "fields": {}}'),
    ("field without a name", '{"type": "record", "name": "A", "fields": [{"type": "int"}]}'),
    ("field without a type", '{"type": "record", "name": "A", "fields": [{"name": "x"}]}'),
    ("field is a string", '{"type": "record", "name": "A", "fields": ["x"]}'),
    ("field twice", '{"type": "record", "name": "A", "fields": [{"name": "x", "type": "int"},'
     ' {"name": "x", "type": "int"}]}'),
    ("name with a hyphen", '{"type": "record", "name": "a-b", "fields": []}'),
    ("name begins with a digit", '{"type": "record", "name": "1a", "fields": []}'),
    ("name is empty", '{"type": "record", "name": "", "fields": []}'),
    ("name is a number", '{"type": "record", "name": 5, "fields": []}'),
    ("name not ASCII", '{"type": "record", "name": "Größe", "fields": []}'),
    ("field name with a hyphen",
     '{"type": "record", "name": "A", "fields": [{"name": "a-b", "type": "int"}]}'),
    ("field name is empty",
     '{"type": "record", "name": "A", "fields": [{"name": "", "type": "int"}]}'),
    ("namespace with a hyphen",
     '{"type": "record", "name": "A", "namespace": "a-b", "fields": []}'),
    ("namespace with two dots",
     '{"type": "record", "name": "A", "namespace": "a..b", "fields": []}'),
    ("namespace empty", '{"type": "record", "name": "A", "namespace": "", "fields": []}'),
    ("name of a primitive", '{"type": "record", "name": "string", "fields": []}'),
    ("type defined twice, the same",
     '{"type": "record", "name": "A", "fields": [{"name": "x", "type": {"type": "fixed", "name":'
     ' "F", "size": 1}}, {"name": "y", "type": {"type": "fixed", "name": "F", "size": 1}}]}'),
    ("type defined twice, different",
     '{"type": "record", "name": "A", "fields": [{"name": "x", "type": {"type": "fixed", "name":'
     ' "F", "size": 1}}, {"name": "y", "type": {"type": "fixed", "name": "F", "size": 2}}]}'),
    ("enum without a name", '{"type": "enum", "symbols": ["A"]}'),
    ("enum without symbols", '{"type": "enum", "name": "E"}'),
    ("enum of no symbol", '{"type": "enum", "name": "E", "symbols": []}'),
    ("symbol twice", '{"type": "enum", "name": "E", "symbols": ["A", "A"]}'),
    ("symbol with a hyphen", '{"type": "enum", "name": "E", "symbols": ["a-b"]}'),
    ("symbol is a number", '{"type": "enum", "name": "E", "symbols": [1]}'),
    ("symbols is a string", '{"type": "enum", "name": "E", "symbols": "AB"}'),
    ("default is no symbol", '{"type": "enum", "name": "E", "symbols": ["A"], "default": "B"}'),
    ("fixed without a name", '{"type": "fixed", "size": 4}'),
    ("fixed without a size", '{"type": "fixed", "name": "F"}'),
    ("fixed below zero", '{"type": "fixed", "name": "F", "size": -1}'),
    ("fixed of no bytes", '{"type": "fixed", "name": "F", "size": 0}'),
    ("fixed size is text", '{"type": "fixed", "name": "F", "size": "4"}'),
    ("fixed size is a fraction", '{"type": "fixed", "name": "F", "size": 1.5}'),
    ("array without items", '{"type": "array"}'), ("map without values", '{"type": "map"}'),
    ("items is a number", '{"type": "array", "items": 1}'),
    ("union of nothing", "[]"), ("union in a union", '["null", ["int"]]'),
    ("union with a type twice", '["string", "string"]'),
    ("union with two arrays",
     '[{"type": "array", "items": "int"}, {"type": "array", "items": "string"}]'),
    ("union with two maps", '[{"type": "map", "values": "int"}, {"type": "map", "values": "int"}]'),
    ("union with two logical types of one base",
     '[{"type": "long", "logicalType": "timestamp-micros"}, "long"]'),
    ("union with two records of one name",
     '[{"type": "record", "name": "A", "fields": []},'
     ' {"type": "record", "name": "A", "fields": []}]'),
    ("union with two records", '[{"type": "record", "name": "A", "fields": []},'
     ' {"type": "record", "name": "B", "fields": []}]'),
    ("decimal without precision", '{"type": "bytes", "logicalType": "decimal"}'),
    ("decimal, scale above precision",
     '{"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 3}'),
    ("decimal, precision 0", '{"type": "bytes", "logicalType": "decimal", "precision": 0}'),
    ("decimal, more digits than its fixed holds",
     '{"type": "fixed", "name": "F", "size": 2, "logicalType": "decimal", "precision": 9}'),
    ("duration of 11 bytes",
     '{"type": "fixed", "name": "F", "size": 11, "logicalType": "duration"}'),
    ("duration defined twice, as Dekaf does",
     '{"type": "record", "name": "root", "fields": [{"name": "a", "type": {"type": {"type":'
     ' "fixed", "name": "duration", "size": 12}, "logicalType": "duration"}}, {"name": "b", "type":'
     ' {"type":'
     ' {"type": "fixed", "name": "duration", "size": 12}, "logicalType": "duration"}}]}'),
    ("default of another type",
     '{"type": "record", "name": "A", "fields": [{"name": "x", "type": "int", "default": "a"}]}'),
    ("default of the second branch", '{"type": "record", "name": "A", "fields": [{"name": "x",'
     ' "type": ["null", "int"], "default": 1}]}'),
    ("order is a word of nobody", '{"type": "record", "name": "A", "fields": [{"name": "x", "type":'
     ' "int", "order": "sideways"}]}'),
    ("aliases is text", '{"type": "record", "name": "A", "aliases": "B", "fields": []}'),
    ("error type", '{"type": "error", "name": "A", "fields": []}'),
    ("text behind the schema", '"int" "int"'),
]

# name, schema, bytes that are not a datum of it. What each library says is written beside it.
DAMAGED = [
    ("nothing for a boolean", "boolean", ""), ("boolean 2", "boolean", "02"),
    ("nothing for an int", "int", ""), ("varint that does not end", "long", "8080"),
    ("varint of 11 bytes", "long", "ffffffffffffffffffff01"),
    ("varint above 64 bits", "long", "ffffffffffffffffff7f"),
    ("int above 32 bits", "int", "8080808020"),
    ("half a float", "float", "0000"), ("half a double", "double", "00000000"),
    ("bytes cut", "bytes", "0a0102"), ("string cut", "string", "0a6162"),
    ("string of negative length", "string", "01"), ("bytes of negative length", "bytes", "03ff"),
    ("string of 2^62 bytes", "string", "feffffffffffffffff01"),
    ("string not UTF-8", "string", "04c328"),
    ("string with a lone surrogate", "string", "06eda080"),
    ("fixed cut", fixed("F", 4), "0001"),
    ("enum beyond its symbols", STATE, "06"), ("enum below zero", STATE, "01"),
    ("union beyond its branches", ["null", "int"], "04"),
    ("union below zero", ["null", "int"], "01"),
    ("record cut", record("R", ("a", "int"), ("b", "string")), "02"),
    ("array without its end", array("int"), "0202"),
    ("array of more than there is", array("int"), "c801 02".replace(" ", "")),
    ("array of 2^62 ints", array("int"), "feffffffffffffffff01"),
    ("block with a size beyond the end", array("int"), "01c80102"),
    ("lowest count", array("int"), "ffffffffffffffffff01 02 02 00".replace(" ", "")),
    ("map cut in its key", mapped("int"), "020661"),
    ("bytes behind the datum", "int", "0202"),
]
