"""What a scanned slip is: of which dossier, and whether another slip has replaced it since."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from desk_app.domain.calendar.moments import shown_day
from desk_app.domain.dossiers import numbering
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.steps import ACTIONS
from desk_app.domain.outgoing import slip_scans
from desk_app.domain.outgoing.course import counted
from desk_app.domain.outgoing.slip_scans import SlipScan
from desk_app.domain.payments import bundle_payment
from desk_app.errors import UnknownDossierError
from desk_app.services.desk.desk import Desk
from desk_app.store.queries import dossiers


class ScannedSlip(Struct, frozen=True, kw_only=True):
    """`code` of the dossier; `replaced` says in a sentence which slip took this one's place, "" where it holds."""

    code: str
    replaced: str = ""


def known(desk: Desk, text: str) -> tuple[str, SlipScan] | None:
    """The code of the recorded dossier that a scan names, and what was scanned; None for no code, or an unknown one.

    The text of a transfer for a whole names the dossier that leads it.
    """
    whole = bundle_payment.leading_code(text)
    for scan in (*slip_scans.readings(text), *([SlipScan(whole, is_slip=False)] if whole else [])):
        code = numbering.code_from_scan(scan.code)
        if code is None:
            continue
        try:
            return dossiers.row_by_code(desk.db, code).code, scan
        except UnknownDossierError:
            continue
    return None


def scanned(desk: Desk, text: str) -> ScannedSlip | None:
    """The slip behind a scan; None when the text is none, or of no dossier here."""
    found = known(desk, text)
    if found is None:
        return None
    code, scan = found
    kept = dossiers.by_code(desk.db, code)
    promised = slip_scans.replaced_since(scan, kept)
    return ScannedSlip(code=code, replaced=_told(kept, promised) if promised is not None else "")


def _told(kept: Dossier, promised: date) -> str:
    said = f"Giấy vừa quét hẹn ngày {promised:%d/%m/%Y}, nay đã có giấy hẹn ngày {shown_day(kept.due_at)} thay"
    for turn, step in reversed([*counted(kept)]):
        if step.due_at == kept.due_at:
            rule = ACTIONS.get(step.action)
            number = f", số {step.number}" if step.number else ""
            return f"{said} (bước {rule.label if rule else step.action} ngày {shown_day(turn.at)}{number})."
    return f"{said}."
