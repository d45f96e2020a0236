# SPDX-License-Identifier: GPL-3.0-or-later
"""A way to a broker that may change what comes back."""

import contextlib
import socket
import threading


@contextlib.contextmanager
def relay(port, to, change=lambda data: data):
    """Carries connections to 127.0.0.1:`port` on to the address `to`; its answers go through
    `change`, piece by piece as they come."""
    host, number = to.rsplit(":", 1)
    with socket.create_server(("127.0.0.1", port)) as listener, contextlib.ExitStack() as opened:

        def pump(source, target, through):
            with contextlib.suppress(OSError):
                while data := source.recv(65536):
                    target.sendall(through(data))
            with contextlib.suppress(OSError):
                target.shutdown(socket.SHUT_WR)

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    client = opened.enter_context(listener.accept()[0])
                    server = opened.enter_context(socket.create_connection((host, int(number))))
                    for way in ((client, server, bytes), (server, client, change)):
                        threading.Thread(target=pump, args=way, daemon=True).start()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def flip(word):
    """Changes one bit of each `word` that comes whole."""
    bent = bytes([word[0] ^ 1]) + word[1:]
    return lambda data: data.replace(word, bent)
