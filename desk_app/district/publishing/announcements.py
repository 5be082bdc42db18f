"""Words for the clerks: written into the district's logs, and read from there again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.district.failures import UnknownUnitError
from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.storage import Session
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.calendar.typed_day import told_day
from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.notices import Announced
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, MissingFactError

_LONGEST_TITLE, _LONGEST_TEXT = 120, 4000
_HOW_A_DAY = "viết như 2026-12-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An announcement: to whom ("*" for everybody, else a unit), when (UTC ms), what, until which ISO day."""

    scope: str
    at: int
    title: str
    text: str
    until: str


def announce(
    session: Session, identity: Identity, *, scope: str, title: str, text: str, until: str, at: int
) -> Recorded:
    """Tell everybody ("*") or one unit. Raises `MissingFactError`, `BadFactError`, `UnknownUnitError`."""
    title = nfc(title)
    text = "\n".join(nfc(line) for line in text.strip().splitlines())
    if not title:
        raise MissingFactError(field="title", label="Tiêu đề")
    if not text:
        raise MissingFactError(field="text", label="Nội dung")
    if len(title) > _LONGEST_TITLE or len(text) > _LONGEST_TEXT:
        why = f"tiêu đề tối đa {_LONGEST_TITLE} chữ, nội dung tối đa {_LONGEST_TEXT} chữ"
        raise BadFactError(field="text", label="Thông báo", why=why)
    if until and (why := _no_end(until, in_vietnam(at).date())):
        raise BadFactError(field="until", label="Ngày hết hạn", why=why)
    checked_scope(session, scope)
    said = writer.append_signed(
        session, identity, scope, [Word(payload=Announced(title=title, text=text, until=until))], at=at
    )
    return said[0]


def told(session: Session, identity: Identity) -> list[Told]:
    """All announcements, newest first."""
    found = [
        Told(scope=scope, at=event.at, title=event.payload.title, text=event.payload.text, until=event.payload.until)
        for scope, event in writer.own_events(session, identity)
        if isinstance(event.payload, Announced)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def checked_scope(session: Session, scope: str) -> None:
    """Raises `UnknownUnitError` where the scope is neither everybody nor a unit with a desk."""
    if scope != writer.EVERYBODY and not session.one("SELECT 1 FROM device WHERE unit = ?", [scope]):
        raise UnknownUnitError(unit=scope)


def _no_end(until: str, today: date) -> str:
    """Why nothing can be shown until that day; "" where it can."""
    try:
        day = date.fromisoformat(until)
    except ValueError:
        return _HOW_A_DAY
    if day.isoformat() != until:
        return _HOW_A_DAY
    return f"{told_day(day)} đã qua" if day < today else ""
