"""Who asks over a line in the tests, and what was heard."""

from __future__ import annotations

import threading

from desk_app.protocol.messages import Code, Refused
from desk_app.sync.line.district_client import Line

TRUE = b"CX-true"


class Ear:
    """Believes an answer that begins with the right word."""

    def __init__(self) -> None:
        self.heard = b""

    def feed(self, data: bytes) -> bool:
        self.heard += data
        if not (TRUE.startswith(self.heard[: len(TRUE)])):
            raise Refused(Code.NOT_CX)
        return self.heard.startswith(TRUE)


class Ears(list):
    def __call__(self) -> Ear:
        self.append(Ear())
        return self[-1]

    @property
    def heard(self) -> bytes:
        return max((ear.heard for ear in self), key=len, default=b"")


def ask(url: str, question: bytes = b"question", **options):
    ears = Ears()
    made = Line(url, options.pop("tls", ""), stop=options.pop("stop", threading.Event()), **options)
    try:
        whole = made.ask(question, again=lambda: b"again", listen=ears)
    finally:
        made.close()
    return whole, ears, made.traffic
