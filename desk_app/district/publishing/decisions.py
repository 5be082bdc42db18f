"""The district's steps in a dossier: the same rule as at a desk, written into the log of the dossier's unit."""

from __future__ import annotations

from functools import cache

import msgspec

from desk_app.district.district import District
from desk_app.district.failures import CodeInTwoPlacesError
from desk_app.district.intake import disputes
from desk_app.district.intake.disputes import Arrived
from desk_app.district.own_log.writer import Word, append_signed
from desk_app.district.storage import Session, dossiers, logs, writers
from desk_app.district.storage.dossiers import Key
from desk_app.domain.dossiers.dossier import Dossier, fold, take_step
from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.dossiers.numbering import is_usual
from desk_app.domain.history import authority
from desk_app.errors import BadFactError, UnknownDossierError
from desk_app.protocol.event_body import event_of


def decide(
    district: District,
    code: str,
    action: str,
    *,
    unit: str = "",
    reason: str = "",
    result: str = "",
    to: str = "",
    due_at: int = 0,
) -> tuple[Recorded, Dossier]:
    """Take a step in the dossier; the event, and the dossier after it. `due_at` UTC ms; `unit` where two have the code.

    Raises `UnknownDossierError`, `CodeInTwoPlacesError`, `BadFactError`, and what the rule refuses.
    """
    at = district.clock()
    if due_at and due_at < at:
        raise BadFactError(field="due", label="Ngày hẹn trả mới", why="không thể trước lúc này")
    district.projection.catch_up()
    with district.storage.writing() as session:
        key = _only(session, code, unit)
        events = judged_events(session, key, district.identity.card.certificate)
        step = take_step(fold(events), action, reason=reason, result=result, to=to, due_at=due_at)
        said = append_signed(session, district.identity, key[0], [Word(payload=step, dossier=key[1])], at=at)
        after = fold([*events, *said])
    district.projection.catch_up()
    return said[0], after


def _only(session: Session, code: str, unit: str) -> Key:
    code = code.strip().upper()
    keys = [key for key in dossiers.by_code(session, code) if not unit or key[0] == unit]
    if not keys:
        # people also type names and ID numbers there: told again only where it has the shape of a code
        raise UnknownDossierError(code=code if is_usual(code) else "đã gõ")
    if len(keys) > 1:
        raise CodeInTwoPlacesError(code=code)
    return keys[0]


def judged_events(session: Session, key: Key, certificate: bytes) -> list[Recorded]:
    """The events of a dossier, as the projection judges them."""
    number = dossiers.number_of(session, key)
    places = dossiers.events(session, [number])[number] if number is not None else []
    found = []
    for n, seq in places:
        log = logs.name_of(session, n)
        frame = logs.frame_with(session, log, seq)
        if frame is None:
            raise LookupError("an event stands in no frame")
        try:
            body = frame.bodies()[seq - frame.first]
            event = event_of(log.hex(), seq, body)
        except msgspec.DecodeError:
            continue  # the projection has noted it for a person
        if event.dossier == key[1]:
            found.append(Arrived(event=event, body=body, came=(frame.received_at, n, seq)))
    altered = disputes.altered(session, key[0], found)
    known = cache(lambda: writers.writers(session, key[0], district=[certificate]))
    counting = [
        one
        for one in found
        if one not in altered and authority.counts(one.event, lambda log: known().of(log).is_district)
    ]
    return disputes.judged(session, key[0], counting, certificate=certificate)
