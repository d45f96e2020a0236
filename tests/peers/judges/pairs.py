# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated Avro: schemas, and values with their bytes. Everything follows from the seed.

A schema is made as a tree of its text (what is registered), a value together with its bytes, which
are put down here token by token: so each can be spoilt where it hurts, and arrays and maps come in
all forms that Avro allows for their blocks.
"""

import random
import struct

WORDS = ["id", "name", "total", "at", "state", "tags", "lines", "meta", "price", "flag", "x9", "_op"]
SPACES = ["acme", "acme.shop", "org.example.deep.er"]
TEXTS = ["", "a", "é", "日本語", "\U0001f600", "a\u0000b", "\"quoted\\\"", "line\nline", "\u2028", "x" * 300]
INTS = [0, 1, -1, 63, 64, -64, -65, 8191, 8192, 2**31 - 1, -2**31]
LONGS = INTS + [2**31, -2**31 - 1, 2**53 + 1, 2**63 - 1, -2**63]
REALS = [0.0, -0.0, 1.0, -1.5, 0.1, 1e-300, 1e300, 5e-324, float("inf"), float("-inf"), float("nan")]
PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")
# Base, logical type, and the lowest and highest value that Python's dates can show.
DAY = 86400
TIMED = [("int", "date", -719162, 2932896), ("int", "time-millis", 0, DAY * 10**3 - 1),
         ("long", "time-micros", 0, DAY * 10**6 - 1),
         ("long", "timestamp-millis", -62135596800000, 253402300799999),
         ("long", "timestamp-micros", -62135596800 * 10**6, 253402300799 * 10**6),
         ("long", "local-timestamp-millis", -62135596800000, 253402300799999),
         ("long", "local-timestamp-micros", -62135596800 * 10**6, 253402300799 * 10**6),
         ("long", "timestamp-nanos", -2**63, 2**63 - 1),
         ("long", "local-timestamp-nanos", -2**63, 2**63 - 1)]
DEEPEST = 5


class SchemaMaker:
    """One schema. `named` holds what can be referred to: full name, definition."""

    def __init__(self, chance):
        self.chance = chance
        self.named = []
        self.open = []  # records whose fields are being made: what refers to them is recursive
        self.count = 0

    def make(self, depth=0, space=""):
        kinds = ["primitive"] * 6 + ["logical"] * 3 + ["enum", "fixed"]
        if depth < DEEPEST:
            kinds += ["record"] * (6 if depth == 0 else 2) + ["array", "map", "union", "union"]
        if self.named:
            kinds += ["known"] * 2
        return getattr(self, "make_" + self.chance.choice(kinds))(depth, space)

    def make_primitive(self, _depth, _space):
        name = self.chance.choice(PRIMITIVES)
        return {"type": name, "note": 1} if self.chance.random() < 0.15 else name

    def make_logical(self, _depth, space):
        kind = self.chance.randrange(6)
        if kind == 0:
            precision = self.chance.randint(1, 38)
            return {"type": "bytes", "logicalType": "decimal", "precision": precision,
                    "scale": self.chance.randint(0, precision)}
        if kind == 1:
            return {**self.make_fixed(0, space, 16), "logicalType": "decimal", "precision": 30,
                    "scale": 4}
        if kind == 2:
            return {"type": "string", "logicalType": "uuid"}
        if kind == 3:
            return {**self.make_fixed(0, space, 12), "logicalType": "duration"}
        base, name, _, _ = self.chance.choice(TIMED)
        return {"type": base, "logicalType": name}

    def name(self, kind, space):
        """Members that name a new type, and the namespace inside of it."""
        self.count += 1
        short = f"{self.chance.choice(WORDS)}{self.count}"
        way = self.chance.randrange(4)
        if way == 0:
            space = self.chance.choice(SPACES)
            members = {"name": short, "namespace": space}
        elif way == 1:
            space = self.chance.choice(SPACES)
            members = {"name": f"{space}.{short}"}
        else:
            members = {"name": short}
        if self.chance.random() < 0.3:
            members["aliases"] = ["old_" + short, "elsewhere.Old" + short]
        if self.chance.random() < 0.2:
            members["doc"] = self.chance.choice(TEXTS)
        return {"type": kind, **members}, (f"{space}.{short}" if space else short), space

    def make_enum(self, _depth, space):
        made, full, _ = self.name("enum", space)
        made["symbols"] = [f"S{i}" for i in range(self.chance.randint(1, 70))]
        if self.chance.random() < 0.3:
            made["default"] = "S0"
        self.named.append((full, made))
        return made

    def make_fixed(self, _depth, space, size=None):
        made, full, _ = self.name("fixed", space)
        made["size"] = self.chance.choice((0, 1, 2, 7, 16, 40)) if size is None else size
        if size is None:
            self.named.append((full, made))
        return made

    def make_record(self, depth, space):
        made, full, inner = self.name("record", space)
        self.named.append((full, made))
        self.open.append(full)
        made["fields"] = []
        for i in range(self.chance.choice((0, 1, 2, 3, 5, 9))):
            field = {"name": f"{self.chance.choice(WORDS)}_{i}",
                     "type": self.make(depth + 1, inner)}
            if self.chance.random() < 0.2:
                field["aliases"] = [f"was_{i}"]
            if self.chance.random() < 0.2:
                field["order"] = self.chance.choice(("ascending", "descending", "ignore"))
            if self.chance.random() < 0.4:
                self.add_default(field, inner)
            made["fields"].append(field)
        self.open.remove(full)
        return made

    def add_default(self, field, space):
        schema = field["type"]
        first = schema[0] if isinstance(schema, list) and schema else schema
        kind = first.get("type") if isinstance(first, dict) else first
        value = {"null": None, "boolean": True, "int": -7, "long": 2**40, "float": 1.5,
                 "double": -0.25, "bytes": "\u0001\u00ff", "string": "it's \"so\"", "array": [],
                 "map": {}}.get(kind, field)
        if kind == "enum":
            value = first["symbols"][-1]
        if kind == "fixed":
            value = "\u00fe" * first["size"]
        if value is not field and "logicalType" not in (first if isinstance(first, dict) else {}):
            field["default"] = value

    def make_array(self, depth, space):
        return {"type": "array", "items": self.make(depth + 1, space)}

    def make_map(self, depth, space):
        return {"type": "map", "values": self.make(depth + 1, space)}

    def make_union(self, depth, space):
        branches, kinds = [], set()
        for _ in range(self.chance.choice((1, 2, 2, 2, 3, 5))):
            known = len(self.named)
            branch = "null" if self.chance.random() < 0.3 else self.make(depth + 1, space)
            kind = key_of(branch)
            if not isinstance(branch, list) and kind not in kinds:
                kinds.add(kind)
                branches.append(branch)
            else:
                del self.named[known:]
        return branches or ["null"]

    def make_known(self, depth, space):
        """A type by its name. One that is not done yet has to be left out by some value."""
        full, _ = self.chance.choice(self.named)
        name = full
        own, _, short = full.rpartition(".")
        if own == space and self.chance.random() < 0.5:
            name = short
        elif not own and space:
            return "long"  # without a namespace it can't be named from inside of one
        if full not in self.open:
            return name
        return self.chance.choice((["null", name], [name, "null"], {"type": "array", "items": name},
                                   {"type": "map", "values": name}))


def key_of(schema):
    """What may stand in a union once."""
    if isinstance(schema, list):
        return "union"
    if isinstance(schema, str):
        return schema.rpartition(".")[2]
    return schema.get("name", schema["type"]).rpartition(".")[2]


class ValueMaker:
    """Values of one schema, as tokens: kind, bytes, and what the schema has there."""

    def __init__(self, chance, schema):
        self.chance = chance
        self.schema = schema
        self.types = {}
        self.learn(schema, "")

    def learn(self, schema, space):
        """Definitions by full name; an object learns its own namespace."""
        if isinstance(schema, list):
            for branch in schema:
                self.learn(branch, space)
        elif isinstance(schema, dict):
            if "name" in schema:
                full = schema["name"]
                if "." not in full:
                    own = schema.get("namespace", space)
                    full = f"{own}.{full}" if own else full
                space = full.rpartition(".")[0]
                self.types[full] = (schema, space)
            for key in ("items", "values"):
                self.learn(schema.get(key), space)
            for field in schema.get("fields", ()):
                self.learn(field["type"], space)

    def make(self):
        self.tokens = []
        self.budget = 200  # elements, so that recursion and lists of lists end
        value = self.value(self.schema, "", 0)
        return value, self.tokens

    def put(self, kind, data, about=None):
        self.tokens.append((kind, data, about))

    def value(self, schema, space, depth):
        if isinstance(schema, list):
            return self.union(schema, space, depth)
        if isinstance(schema, str) and schema not in PRIMITIVES:
            full = schema if "." in schema or not space else f"{space}.{schema}"
            schema, space = self.types[full]
        elif isinstance(schema, dict) and "name" in schema:
            schema, space = next(pair for pair in self.types.values() if pair[0] is schema)
        kind = schema if isinstance(schema, str) else schema["type"]
        return getattr(self, kind)(schema if isinstance(schema, dict) else {}, space, depth)

    def null(self, _schema, _space, _depth):
        return None

    def boolean(self, _schema, _space, _depth):
        value = self.chance.random() < 0.5
        self.put("boolean", bytes([value]))
        return value

    def whole(self, schema, corners, bits):
        for _, name, low, high in TIMED:
            if schema.get("logicalType") == name:
                return self.chance.choice((low, high, 0, self.chance.randint(low, high)))
        if self.chance.random() < 0.5:
            return self.chance.choice(corners)
        return self.chance.randint(-2**(bits - 1), 2**(bits - 1) - 1) >> self.chance.randrange(bits)

    def int(self, schema, _space, _depth):
        value = self.whole(schema, INTS, 32)
        self.put("int", varint(value))
        return value

    def long(self, schema, _space, _depth):
        value = self.whole(schema, LONGS, 64)
        self.put("long", varint(value))
        return value

    def float(self, _schema, _space, _depth):
        (value,) = struct.unpack("<f", self.chance.choice(
            (self.chance.randbytes(4), struct.pack("<f", self.chance.uniform(-1e6, 1e6)),
             struct.pack("<f", self.chance.choice((0.0, -0.0, 0.1, 3e38, 1e-45))))))
        data = struct.pack("<f", value)
        self.put("real", data)
        return value

    def double(self, _schema, _space, _depth):
        value = self.chance.choice((self.chance.choice(REALS), self.chance.uniform(-1e6, 1e6),
                                    struct.unpack("<d", self.chance.randbytes(8))[0]))
        self.put("real", struct.pack("<d", value))
        return value

    def bytes(self, schema, _space, _depth):
        length = self.chance.choice((0, 1, 2, 9, 70))
        if schema.get("logicalType") == "decimal":
            limit = 10**schema["precision"] - 1
            number = self.chance.randint(-limit, limit)
            data = number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True)
        else:
            data = self.chance.randbytes(length)
        self.put("length", varint(len(data)), len(data))
        self.put("bytes", data)
        return data

    def text(self, schema):
        if schema.get("logicalType") == "uuid":
            whole = self.chance.randbytes(16).hex()
            return "-".join((whole[:8], whole[8:12], whole[12:16], whole[16:20], whole[20:]))
        return self.chance.choice(TEXTS) + self.chance.choice(("", str(self.chance.random())))

    def string(self, schema, _space, _depth):
        value = self.text(schema)
        data = value.encode()
        self.put("length", varint(len(data)), len(data))
        self.put("string", data)
        return value

    def fixed(self, schema, _space, _depth):
        if schema.get("logicalType") == "decimal":
            limit = 10**schema["precision"] - 1
            data = self.chance.randint(-limit, limit).to_bytes(schema["size"], "big", signed=True)
        else:
            data = self.chance.randbytes(schema["size"])
        self.put("bytes", data)
        return data

    def enum(self, schema, _space, _depth):
        index = self.chance.randrange(len(schema["symbols"]))
        self.put("enum", varint(index), len(schema["symbols"]))
        return schema["symbols"][index]

    def union(self, schema, space, depth):
        index = self.chance.randrange(len(schema))
        if (depth > 12 or self.budget < 0) and "null" in schema:
            index = schema.index("null")
        self.put("union", varint(index), len(schema))
        return self.value(schema[index], space, depth)

    def record(self, schema, space, depth):
        return {field["name"]: self.value(field["type"], space, depth + 1)
                for field in schema["fields"]}

    def sizes(self, depth):
        """How many elements stand in each block."""
        if depth > 12 or self.budget < 0:
            return []
        total = self.chance.choice((0, 1, 1, 2, 3, 8))
        self.budget -= total
        blocks = []
        while total:
            blocks.append(self.chance.randint(1, total))
            total -= blocks[-1]
        return blocks

    def blocks(self, depth, element):
        for count in self.sizes(depth):
            start = len(self.tokens)
            for _ in range(count):
                element()
            if self.chance.random() < 0.3:  # with its size in bytes, for those who skip
                size = sum(len(data) for _, data, _ in self.tokens[start:])
                self.tokens[start:start] = [("count", varint(-count), count),
                                            ("size", varint(size), size)]
            else:
                self.tokens.insert(start, ("count", varint(count), count))
        self.put("end", b"\0")

    def array(self, schema, space, depth):
        made = []
        self.blocks(depth, lambda: made.append(self.value(schema["items"], space, depth + 1)))
        return made

    def map(self, schema, space, depth):
        made = {}

        def entry():
            key = f"{self.text({})}{len(made)}"
            data = key.encode()
            self.put("length", varint(len(data)), len(data))
            self.put("string", data)
            made[key] = self.value(schema["values"], space, depth + 1)

        self.blocks(depth, entry)
        return made


def varint(value, needless=0):
    """Zigzag, least bits first; with as many needless bytes at the end."""
    value = value << 1 ^ value >> 127
    data = bytearray()
    while value > 0x7f:
        data.append(value & 0x7f | 0x80)
        value >>= 7
    data.append(value)
    for _ in range(needless):
        data[-1] |= 0x80
        data.append(0)
    return bytes(data)


def join(tokens):
    return b"".join(data for _, data, _ in tokens)


# What can be done to a token: kind, and the bytes that take its place.
SPOILS = {
    "boolean": (lambda chance, data, about: b"\x02", lambda chance, data, about: b"\xff"),
    "int": (lambda chance, data, about: varint(2**31), lambda chance, data, about: varint(-2**40),
            lambda chance, data, about: b"\xff" * 10 + b"\x01"),
    "long": (lambda chance, data, about: b"\x80" * 9 + b"\x02",
             lambda chance, data, about: b"\xff" * 11 + b"\x01"),
    "enum": (lambda chance, data, about: varint(about), lambda chance, data, about: varint(-1),
             lambda chance, data, about: varint(2**40)),
    "union": (lambda chance, data, about: varint(about), lambda chance, data, about: varint(-1),
              lambda chance, data, about: varint(-2**40)),
    "length": (lambda chance, data, about: varint(-1 - about),
               lambda chance, data, about: varint(2**62), lambda chance, data, about: varint(-2**63),
               lambda chance, data, about: varint(about + chance.randint(1, 9))),
    "count": (lambda chance, data, about: varint(about + 1),
              lambda chance, data, about: varint(max(about - 1, 0))),
    "size": (lambda chance, data, about: varint(about + 1), lambda chance, data, about: varint(-1),
             lambda chance, data, about: varint(2**62)),
    "string": (lambda chance, data, about: data[:-1] + b"\xff" if data else data,
               lambda chance, data, about: b"\xed\xa0\x80"[:len(data)] + data[3:]),
    "end": (lambda chance, data, about: b"", lambda chance, data, about: varint(1)),
}


def spoil(chance, tokens):
    """The bytes, with something wrong in most cases."""
    way = chance.randrange(6)
    data = join(tokens)
    able = [at for at, (kind, _, _) in enumerate(tokens) if kind in SPOILS]
    if way == 0 and data:
        return data[:chance.randrange(len(data))]
    if way == 1:
        return data + chance.randbytes(chance.randint(1, 3))
    if way == 2 and data:
        at = chance.randrange(len(data))
        return data[:at] + chance.randbytes(1) + data[at + 1:]
    if way == 3 and able:  # a number with needless bytes, up to too many
        numbers = [at for at in able if tokens[at][0] in ("int", "long", "enum", "union", "length")]
        if numbers:
            at = chance.choice(numbers)
            kind, old, about = tokens[at]
            room = (5 if kind in ("int", "enum") else 10) - len(old)
            padded = old[:-1] + bytes([old[-1] | 0x80]) + b"\x80" * chance.randint(0, room + 1) + b"\0"
            return join(tokens[:at] + [(kind, padded, about)] + tokens[at + 1:])
    if not able:
        return data + b"\0"
    at = chance.choice(able)
    kind, old, about = tokens[at]
    new = chance.choice(SPOILS[kind])(chance, old, about)
    return join(tokens[:at] + [(kind, new, about)] + tokens[at + 1:])


def schemas(seed, count):
    """Pairs of a schema and a maker of its values."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        schema = SchemaMaker(chance).make()
        yield schema, ValueMaker(chance, schema)
