"""Small servers that answer as a district, a captive portal or a bad line would."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

Answer = Callable[["Conversation"], None]


class Conversation:
    """One accepted connection, with what a test's answer needs."""

    def __init__(self, sock: socket.socket, number: int, is_over: threading.Event) -> None:
        self.sock = sock
        self.number = number
        self.is_over = is_over
        self.requests: list[bytes] = []
        self._rest = b""

    def request(self) -> bytes:
        """The body of the next request, b"" when the other side left."""
        while b"\r\n\r\n" not in self._rest:
            if not self._more():
                return b""
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        while len(self._rest) < length:
            if not self._more():
                return b""
        body, self._rest = self._rest[:length], self._rest[length:]
        self.requests.append(body)
        return body

    def answer(self, body: bytes, *, status: str = "200 OK", headers: str = "", length: int | None = None) -> None:
        told = len(body) if length is None else length
        self.send(f"HTTP/1.1 {status}\r\nContent-Length: {told}\r\n{headers}\r\n".encode() + body)

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def _more(self) -> bool:
        data = self.sock.recv(65536)
        self._rest += data
        return bool(data)


@contextlib.contextmanager
def serving(
    answer: Answer, *, wrap: Callable[[socket.socket], socket.socket] | None = None
) -> Iterator[list[Conversation]]:
    """Runs `answer` in a thread for each connection; yields the conversations; their list has `.url`."""

    class Conversations(list[Conversation]):
        url = ""

    listener = socket.create_server(("127.0.0.1", 0))
    found = Conversations()
    found.url = f"{'https' if wrap else 'http'}://127.0.0.1:{listener.getsockname()[1]}"
    is_over = threading.Event()
    threads: list[threading.Thread] = []

    def talk(sock: socket.socket) -> None:
        with contextlib.suppress(OSError):
            secure = wrap(sock) if wrap else sock
            with secure:
                conversation = Conversation(secure, len(found), is_over)
                found.append(conversation)
                answer(conversation)
        sock.close()

    def accept() -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=talk, args=(sock,), daemon=True)
            threads.append(thread)
            thread.start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield found
    finally:
        is_over.set()
        with contextlib.suppress(OSError):  # Windows: a listener is not connected, and closing it ends `accept`
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(5)
        for conversation in found:
            with contextlib.suppress(OSError):
                conversation.sock.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(5)
