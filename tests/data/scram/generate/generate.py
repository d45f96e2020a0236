# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes exchanges.json and saslprep.json by Python's own hashlib, hmac and stringprep.

python3 generate.py OUTPUT-FOLDER
"""

import base64
import hashlib
import hmac
import json
import random
import stringprep
import sys
import unicodedata
from pathlib import Path

PROHIBITED = [
    stringprep.in_table_c12,
    stringprep.in_table_c21,
    stringprep.in_table_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
]

SETS = {
    "space": stringprep.in_table_c12,
    "nothing": stringprep.in_table_b1,
    "prohibited": lambda c: any(table(c) for table in PROHIBITED),
    "right-to-left": stringprep.in_table_d1,
    "left-to-right": stringprep.in_table_d2,
}


# --- SASLprep (RFC 4013) ---


def mapped(text):
    spaced = "".join(" " if stringprep.in_table_c12(c) else c for c in text)
    return "".join(c for c in spaced if not stringprep.in_table_b1(c))


def prepared(text, stored):
    """None: refused."""
    result = unicodedata.ucd_3_2_0.normalize("NFKC", mapped(text))
    if not result or any(table(c) for c in result for table in PROHIBITED):
        return None
    if stored and any(stringprep.in_table_a1(c) for c in result):
        return None
    if any(stringprep.in_table_d1(c) for c in result):
        if any(stringprep.in_table_d2(c) for c in result):
            return None
        if not (stringprep.in_table_d1(result[0]) and stringprep.in_table_d1(result[-1])):
            return None
    return result


def ranges(is_in):
    found = []
    for code_point in range(0x110000):
        if not is_in(chr(code_point)):
            continue
        if found and found[-1][1] == code_point - 1:
            found[-1][1] = code_point
        else:
            found.append([code_point, code_point])
    return found


# Where characters that SASLprep treats in ways of their own are dense.
POOLS = [
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x300, 0x36F),
    (0x370, 0x3FF),
    (0x5B0, 0x5F4),
    (0x600, 0x6FE),
    (0x900, 0x97F),
    (0x1100, 0x11FF),
    (0x1E00, 0x1FFF),
    (0x2000, 0x206F),
    (0x2100, 0x214F),
    (0x3040, 0x30FF),
    (0xAC00, 0xAD00),
    (0xF900, 0xFA20),
    (0xFB00, 0xFB4F),
    (0xFDF0, 0xFDFC),
    (0xFE70, 0xFEFC),
    (0xFF01, 0xFFE6),
    (0x1D15E, 0x1D164),
]

BY_HAND = [
    "user",
    "I\u00adX",
    "USER",
    "\u00aa",
    "\u2168",
    "\u0007",
    "\u06271",
    "\u0627\u0628",
    "\u06271\u0628",
    "a\u0627",
    "\u00ad",
    "\u200b",
    "a\u00a0b\u3000c",
    "p\u00e4ssw\u00f6rd",
    "pa\u0308sswo\u0308rd",
    "\ufb01",
    "\ud7a3",
    "\u1112\u1175\u11c2",
    "\uac00\u11a8",
    "q\u0307\u0323",
    "q\u0323\u0307",
    "d\u0323\u0307",
    "a\u0327\u0301",
    "\u0344",
    "\u212b",
    "\u1e9b\u0323",
    "\u0958",
    "\ufdfa",
    "\U0001d160",
    "\ue000",
    "\ufffd",
    "\U000e0001",
    "\u0340",
    "\u2ff0",
    "a\u007f",
]


def random_text(source):
    letters = []
    while len(letters) < source.randint(1, 8):
        letter = chr(source.randint(*source.choice(POOLS)))
        if not stringprep.in_table_a1(letter):
            letters.append(letter)
    return "".join(letters)


def saslprep():
    source = random.Random(4013)
    # One pool at a time as well, so that some of it is allowed.
    texts = BY_HAND + [random_text(source) for _ in range(200)]
    for first, last in POOLS:
        pool = [c for c in map(chr, range(first, last + 1)) if not stringprep.in_table_a1(c)]
        texts += ["".join(source.choices(pool, k=source.randint(1, 6))) for _ in range(12)]
    return {
        "sets": {name: ranges(is_in) for name, is_in in SETS.items()},
        "texts": [[text, prepared(text, True)] for text in texts],
    }


# --- SCRAM (RFC 5802) ---


def sign(algorithm, key, message):
    return hmac.new(key, message, algorithm).digest()


def b64(data):
    return base64.b64encode(data).decode()


def exchange(mechanism, username, password, salt, iterations, server_nonce, extensions=""):
    algorithm = {"SCRAM-SHA-256": "sha256", "SCRAM-SHA-512": "sha512"}[mechanism]
    name = prepared(username, False).replace("=", "=3D").replace(",", "=2C")
    secret = prepared(password, True).encode()
    client_nonce = "fyko+d2lbbFgONRv9qkxdawL"
    first_bare = f"n={name},r={client_nonce}"
    server_first = f"r={client_nonce}{server_nonce},s={b64(salt)},i={iterations}{extensions}"
    without_proof = f"c={b64(b'n,,')},r={client_nonce}{server_nonce}"
    auth = f"{first_bare},{server_first},{without_proof}".encode()

    salted = hashlib.pbkdf2_hmac(algorithm, secret, salt, iterations)
    client_key = sign(algorithm, salted, b"Client Key")
    stored_key = hashlib.new(algorithm, client_key).digest()
    signature = sign(algorithm, stored_key, auth)
    proof = bytes(a ^ b for a, b in zip(client_key, signature))
    server_signature = sign(algorithm, sign(algorithm, salted, b"Server Key"), auth)
    return {
        "mechanism": mechanism,
        "username": username,
        "password": password,
        "nonce": client_nonce,
        "client_first": f"n,,{first_bare}",
        "server_first": server_first,
        "client_final": f"{without_proof},p={b64(proof)}",
        "server_final": f"v={b64(server_signature)}",
    }


def exchanges():
    cases = [
        ("user", "pencil", b"0123456789abcdef", 4096, "3rfcNHYJY1ZVvWVs7j"),
        ("a,b=c", "=,=2C", b"s", 4097, "%!~"),
        ("acmeCo/prod/tinybird", "x" * 64, bytes(range(64)), 4096, "n"),
        ("u", "y" * 65, bytes(range(128)), 4096, "n"),
        ("u", "y" * 128, b"salt", 4096, "n"),
        ("u", "y" * 129, b"salt", 4096, "n"),
        ("j\u00f6rg", "p\u00e4ssw\u00f6rd \u20ac", b"salt", 4099, "n"),
        ("\uff55ser", "I\u00adX\u00a0\ufb01", b"salt", 4096, "n"),
        ("user", "pencil", b"salt", 5000, "n", ",x=later,Y=still=later"),
    ]
    mechanisms = ("SCRAM-SHA-256", "SCRAM-SHA-512")
    return [exchange(mechanism, *case) for mechanism in mechanisms for case in cases]


def main():
    folder = Path(sys.argv[1])
    lines = ",\n".join(json.dumps(one) for one in exchanges())
    (folder / "exchanges.json").write_text(f"[\n{lines}\n]\n")

    prep = saslprep()
    sets = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in prep["sets"].items())
    texts = ",\n".join(json.dumps(one) for one in prep["texts"])
    (folder / "saslprep.json").write_text(
        f'{{"sets": {{\n{sets}\n}}, "texts": [\n{texts}\n]}}\n'
    )


main()
