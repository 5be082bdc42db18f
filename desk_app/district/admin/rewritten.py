"""What desks changed of events that the district had confirmed, item by item; without a word of what they say.

From copies of logs set aside, which `intake.histories` proves, and from moved events that the projection found to alter
a confirmed one.
"""

from __future__ import annotations

from msgspec import Struct

from desk_app import typed_values
from desk_app.district.intake import histories
from desk_app.district.intake.histories import RewrittenItem
from desk_app.district.storage import Session, devices, logs, quarantine
from desk_app.domain.history import rewriting
from desk_app.domain.history.rewriting_words import DEEDS, differing, event_told, paths_told
from desk_app.protocol.event_body import event_of


class RewrittenRow(Struct, frozen=True, kw_only=True):
    """An event changed after it was confirmed. Numbers are of the log, 0 for none; moments UTC ms, 0 for none.

    `kind` of the event as `events.KINDS`, `action` of a step; `paths` name what differs, without the values.
    """

    unit: str
    desk: int
    log: str
    what: str
    confirmed: int
    said: int
    code: str
    kind: str
    action: str = ""
    confirmed_at: int = 0
    said_at: int = 0
    paths: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What was done to which event."""
        return f"{event_told(self.kind, self.action)}: {DEEDS[self.what]} sau khi đã xác nhận"

    @property
    def differs_in(self) -> str:
        return paths_told(self.paths)


def rows(session: Session) -> list[RewrittenRow]:
    """Every item, by log and number."""
    found = [item for log in quarantine.rewritten_logs(session) for item in histories.items(session, log)]
    return [_row(session, item) for item in found] + _moved(session)


def _row(session: Session, one: RewrittenItem) -> RewrittenRow:
    unit, desk = _writer(session, one.log)
    confirmed, said = _said(one.confirmed), _said(one.said)
    known = confirmed or said
    return RewrittenRow(
        unit=unit,
        desk=desk,
        log=one.log.hex(),
        what=one.item.what,
        confirmed=one.item.confirmed,
        said=one.item.said,
        code=_code(session, unit, one.item.dossier),
        kind=one.item.kind,
        action=str(known.payload.get("action", "")) if known else "",
        confirmed_at=confirmed.at if confirmed else 0,
        said_at=said.at if said else 0,
        paths=differing(one.confirmed, one.said),
    )


def _moved(session: Session) -> list[RewrittenRow]:
    """Events that a desk brought in a log of moved events, with other content than it had sent before."""
    marked = session.all(
        "SELECT log, seq, dossier FROM projection_error WHERE reason = ? ORDER BY log, seq", (quarantine.REWRITTEN,)
    )
    found = []
    for name, seq, dossier in marked:
        log = bytes(name)
        unit, desk = _writer(session, log)
        frame = logs.frame_with(session, log, seq)
        event = event_of(log.hex(), seq, frame.bodies()[seq - frame.first]) if frame else None
        found.append(
            RewrittenRow(
                unit=unit,
                desk=desk,
                log=log.hex(),
                what=rewriting.ALTERED,
                confirmed=0,
                said=seq,
                code=_code(session, unit, dossier),
                kind=event.kind if event else "",
                said_at=event.at if event else 0,
            )
        )
    return found


class _SaidLine(Struct, frozen=True, rename={"at": "t", "payload": "v"}):
    at: int
    payload: dict[str, object] = {}


def _said(line: bytes) -> _SaidLine | None:
    try:
        return typed_values.from_json(line, _SaidLine)
    except (ValueError, RecursionError):
        return None


def _writer(session: Session, log: bytes) -> tuple[str, int]:
    row = logs.get(session, log)
    device = devices.get(session, row.kid) if row else None
    return (device.unit, device.desk) if device else (row.scope if row else "", 0)


def _code(session: Session, unit: str, dossier: str) -> str:
    found = session.one(
        "SELECT d.code FROM dossier d JOIN dossier_key k ON k.n = d.n WHERE k.unit = ? AND k.id = ?", (unit, dossier)
    )
    return str(found[0]) if found else ""
