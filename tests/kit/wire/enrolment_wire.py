"""An enrolment between a desk and a district in this process, without a line."""

from __future__ import annotations

from threading import Event

import msgspec
import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.intake import enrolment as at_district
from desk_app.district.intake import enrolment_slots
from desk_app.protocol.keys import slot_of
from desk_app.protocol.messages import DISTRICT_PATH, Refused

CODE = "0123456789ABCDEFGHJK"


class Wire:
    """The two requests of an enrolment, answered by a district in this process; `spoil` changes what comes back."""

    def __init__(self, here: DistrictOffice, monkeypatch: pytest.MonkeyPatch) -> None:
        self.here = here
        self.card = here.district.identity.card
        self.spoil = lambda answer: answer
        self.asked: list[str] = []
        monkeypatch.setattr("desk_app.services.sync.enrolling.Line", self._line)

    def _line(self, url: str, tls: str | None, *, stop: Event) -> Wire:
        self.url, self.tls = url, tls
        return self

    def call(self, path: str, body: bytes | None = None) -> bytes:
        self.asked.append(path)
        if path == DISTRICT_PATH:
            return msgspec.json.encode(self.card)
        district = self.here.district
        try:
            answer = at_district.answer(district.storage, district.identity, body or b"", at=district.clock())
        except Refused as refused:
            answer = refused.code.value.encode()
        return self.spoil(answer)

    def close(self) -> None: ...


def digits_at(here: DistrictOffice, code: str) -> str:
    with here.district.storage.reading() as session:
        slot = enrolment_slots.get(session, slot_of(code))
    assert slot is not None
    return slot.digits
