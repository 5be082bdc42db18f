"""The copy board of a dossier: each blank of another system's screen with what stands in the dossier, in order."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.errors import DeskError
from desk_app.services.desk.desk import Desk
from desk_app.services.filing import facts, profiles
from desk_app.store.queries import dossiers


class NoBoardError(DeskError):
    message = "Chưa có bảng chép cho thủ tục của hồ sơ {code}."
    remedy = "Hiện có bảng chép cho khai sinh, khai tử và xác nhận tình trạng hôn nhân; thủ tục khác thì gõ tay."


class BoardEntry(Struct, frozen=True, kw_only=True):
    """A blank there, and its text; "" where the dossier says nothing. `verified`: its place on the screen was read."""

    label: str
    text: str
    verified: bool


class CopyBoard(Struct, frozen=True, kw_only=True):
    """What is copied where; `verified` is False while nobody here has read that screen."""

    code: str
    title: str
    system: str
    verified: bool
    entries: tuple[BoardEntry, ...]


def board(desk: Desk, code: str) -> CopyBoard:
    """The board of a dossier; what is copied was typed once. Raises `UnknownDossierError`, `NoBoardError`."""
    kept = dossiers.by_code(desk.db, code)
    profile = profiles.board_for(kept.procedure)
    if profile is None:
        raise NoBoardError(code=kept.code)
    return CopyBoard(
        code=kept.code,
        title=profile.title,
        system=profile.system,
        verified=profile.verified,
        entries=tuple(
            BoardEntry(label=field.label, text=_text(kept, field), verified=field.verified) for field in profile.field
        ),
    )


def has_board(procedure: str) -> bool:
    return profiles.board_for(procedure) is not None


def _text(kept: Dossier, field: profiles.BoardField) -> str:
    text = facts.fact(kept, field.value)
    if field.kind == "count":
        return text or "0"
    return facts.day(text, "/") if field.kind == "date" else text
