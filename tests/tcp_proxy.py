"""A line to a server on loopback that can be cut, at any moment or at chosen words."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Proxy:
    """Hands every connection to its own port on to `target`; the words it looks for have to come in one packet."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.is_refusing = False
        self.cuts = 0
        self._words: bytes | None = None
        self._arrives = False
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def cut(self) -> None:
        """Every connection, now."""
        for end in self._open:
            _end(end)
        self._open.clear()

    def cut_at(self, words: bytes, *, arrives: bool) -> None:
        """The connection on which the client says these words next: once the server has heard them, or before.

        `cuts` counts how often that happened.
        """
        self._words, self._arrives = words, arrives

    def close(self) -> None:
        """Take no more connections, and cut those there are."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.is_refusing:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self._target))
            self._open += [client, server]
            for line in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._carry, args=line, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, is_client: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if is_client and self._words is not None and self._words in data:
                    self._words = None
                    self.cuts += 1
                    if self._arrives:
                        _hear_out(source, sink, data)
                    _end(source)
                    _end(sink)
                    return
                sink.sendall(data)


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


def _hear_out(client: socket.socket, server: socket.socket, data: bytes) -> None:
    """The client hears nothing more; the server hears the words, and is given the time to answer."""
    client.shutdown(socket.SHUT_WR)
    server.sendall(data)
    server.settimeout(0.5)
    with suppress(TimeoutError):
        server.recv(65536)
