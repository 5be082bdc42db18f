"""The telephone list: whom somebody must call, what to say, and what came of it."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.messages import occasion
from desk_app.domain.messages.kinds import About, ContactOutcome
from desk_app.domain.messages.message_events import Contacted
from desk_app.domain.messages.occasion import Message
from desk_app.domain.permissions import Permission
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.messages import queueing, templates
from desk_app.services.worklists import day_moments
from desk_app.store.queries import dossiers, worklists

MOST = 2000
_LONGEST_NOTE = 300
_CONSENT = frozenset({ContactOutcome.AGREES.value, ContactOutcome.DECLINES.value})


class CallLine(Struct, frozen=True, kw_only=True):
    """One citizen to call: what to say, how often somebody tried. `phone` as on the dossier, "" for none."""

    id: int
    code: str
    applicant: str
    phone: str
    about: About
    words: str
    since_at: int
    tries: int


class ToTell(Struct, frozen=True, kw_only=True):
    """What a dossier's page says of telling the citizen: `about` None where nothing waits for being told; `wants` what
    the citizen said of messages, `asks` whether the office wants to know.
    """

    about: About | None
    words: str
    phone: str
    is_told: bool
    tries: int
    messages: tuple[Message, ...]
    wants: bool | None
    asks: bool = False


def call_list(desk: Desk, *, most: int = MOST) -> list[CallLine]:
    """Whom to call now, who waits longest first."""
    found = worklists.to_call(desk.db, day_moments.of(desk), most=most)
    rows = {row.id: row for row in dossiers.rows(desk.db, [each.id for each in found])}
    lines = []
    for each in found:
        row = rows.get(each.id)
        if row is None:
            continue
        kept = dossiers.by_code(desk.db, row.code)
        here = occasion.occasion(kept)
        about = About(each.about)
        lines.append(
            CallLine(
                id=each.id,
                code=row.code,
                applicant=row.applicant,
                phone=row.phone,
                about=about,
                words=templates.words(desk, kept, about)[0],
                since_at=each.since_at,
                tries=occasion.tries(kept, here) if here is not None else 0,
            )
        )
    return lines


def to_tell(desk: Desk, dossier: Dossier) -> ToTell:
    """What the citizen of this dossier must be told now, and what was sent."""
    here = occasion.occasion(dossier)
    return ToTell(
        about=here.about if here is not None else None,
        words=templates.words(desk, dossier, here.about)[0] if here is not None else "",
        phone=dossier.applicant.phone,
        is_told=here is not None and occasion.is_told(dossier, here),
        tries=occasion.tries(dossier, here) if here is not None else 0,
        messages=occasion.messages(dossier),
        wants=occasion.wants_messages(dossier),
        asks=dossier.status.is_open and queueing.asks_consent(desk),
    )


def contact(desk: Desk, code: str, outcome: str, *, about: str = "", note: str = "") -> Dossier:
    """Record that somebody told the citizen, or could not; `about` is what waits for being told where none is named.

    Raises `UnknownDossierError`, `BadFactError`.
    """
    if outcome not in {each.value for each in ContactOutcome}:
        raise BadFactError(field="outcome", label="Kết quả báo", why="chọn một trong các kết quả đang có")
    if len(note) > _LONGEST_NOTE:
        raise BadFactError(field="note", label="Ghi chú", why=f"dài quá {_LONGEST_NOTE} chữ")
    with session.deed(desk, Permission.STEP) as done:
        kept = dossiers.by_code(desk.db, code)
        here = occasion.occasion(kept)
        if outcome in _CONSENT:
            about = About.CONSENT
        about = about or (here.about if here is not None else "")
        if about not in {each.value for each in About}:
            raise BadFactError(field="about", label="Báo cho người dân", why="hồ sơ này không có việc nào phải báo")
        kept = done.advance(kept, Contacted(about=about, outcome=outcome, note=nfc(note.strip())))
        return queueing.after_consent(desk, done, kept) if outcome == ContactOutcome.AGREES else kept


def slip_was_shown(desk: Desk, code: str) -> bool:
    """The slip was scanned while the result was ready and no step followed: note it, once for each result that waits.

    Whether something was noted. Raises `UnknownDossierError`.
    """
    kept = dossiers.by_code(desk.db, code)
    here = occasion.occasion(kept)
    if here is None or here.about is not About.READY or occasion.in_hand_since(kept):
        return False
    contact(desk, code, ContactOutcome.AT_COUNTER, about=About.READY)
    return True
