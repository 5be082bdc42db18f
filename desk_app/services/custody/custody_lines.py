"""The lines of a history that say where the papers of a dossier went."""

from __future__ import annotations

from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Recorded


def told(event: Recorded, after: Dossier | None) -> str:
    """One hand-over or taking over, as a person reads it; `after` is the dossier with it."""
    payload = event.payload
    if isinstance(payload, TakenAtDesk):
        return _noted(f"Quầy {payload.desk} đã nhận hồ sơ và giấy tờ", payload.note)
    if not isinstance(payload, GivenToDesk):
        return ""
    if payload.to == payload.giver:
        said = f"Quầy {payload.giver} giữ lại hồ sơ, không chuyển nữa"
    else:
        said = f"Quầy {payload.giver} chuyển hồ sơ và giấy tờ cho quầy {payload.to}"
    if payload.papers:
        said += f", kèm {len(payload.papers)} giấy tờ"
    if after is not None and event.stamp in after.holding.void:
        said += f" (không tính: lúc đó hồ sơ ở quầy {after.holding.desk})"
    return _noted(said, payload.note)


def _noted(text: str, note: str) -> str:
    return f"{text}. {note}" if note else text
