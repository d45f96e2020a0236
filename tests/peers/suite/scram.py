# SPDX-License-Identifier: GPL-3.0-or-later
"""A sign-in by SCRAM in plain Python, right or with a known fault: shows what a broker lets pass."""

import base64
import hashlib
import hmac
import secrets
import socket
import struct

HASHES = {"SCRAM-SHA-256": "sha256", "SCRAM-SHA-512": "sha512"}
SASL_HANDSHAKE, SASL_AUTHENTICATE = (17, 1), (36, 0)


def sign_in(address, mechanism, user, password, nonce_twice=False):
    """The broker's error code for client-final; 0 is accepted. `nonce_twice` is what librdkafka did
    before its pull request 4895: the client's nonce stands once more before the broker's."""
    host, port = address.rsplit(":", 1)
    with socket.create_connection((host, int(port)), 10) as stream:
        name = mechanism.encode()
        call(stream, SASL_HANDSHAKE, struct.pack(">h", len(name)) + name)

        own = secrets.token_hex(16)
        first_bare = f"n={user},r={own}"
        _, server_first = authenticate(stream, f"n,,{first_bare}")
        fields = dict(field.split("=", 1) for field in server_first.split(","))
        nonce = own + fields["r"] if nonce_twice else fields["r"]
        without_proof = f"c=biws,r={nonce}"
        auth = f"{first_bare},{server_first},{without_proof}"
        proof = prove(HASHES[mechanism], password, fields, auth)
        return authenticate(stream, f"{without_proof},p={proof}")[0]


def prove(algorithm, password, fields, auth):
    salted = hashlib.pbkdf2_hmac(algorithm, password.encode(), base64.b64decode(fields["s"]),
                                 int(fields["i"]))
    client_key = hmac.digest(salted, b"Client Key", algorithm)
    stored_key = hashlib.new(algorithm, client_key).digest()
    signature = hmac.digest(stored_key, auth.encode(), algorithm)
    return base64.b64encode(bytes(a ^ b for a, b in zip(client_key, signature))).decode()


def authenticate(stream, message):
    """Error code, and the broker's message."""
    data = message.encode()
    answer = call(stream, SASL_AUTHENTICATE, struct.pack(">i", len(data)) + data)
    code, length = struct.unpack_from(">hh", answer)
    place = 4 + max(length, 0)
    (length,) = struct.unpack_from(">i", answer, place)
    return code, answer[place + 4:place + 4 + length].decode()


def call(stream, api, body):
    """What stands behind the answer's correlation id."""
    request = struct.pack(">hhih", *api, 1, -1) + body
    stream.sendall(struct.pack(">i", len(request)) + request)
    (size,) = struct.unpack(">i", receive(stream, 4))
    return receive(stream, size)[4:]


def receive(stream, count):
    data = b""
    while len(data) < count:
        part = stream.recv(count - len(data))
        if not part:
            raise ConnectionError("the broker closed the connection")
        data += part
    return data
