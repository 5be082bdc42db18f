"""The sheet of keys as a paper for the printer of A4; and the keys as the program carries them, without its window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from desk_app import places, typed_values
from desk_app.documents.layout.key_sheet import KeyGroup, key_sheet
from desk_app.documents.output import pdf
from desk_app.domain.calendar.moments import milliseconds
from desk_app.services.desk.desk import Desk
from desk_app.services.papers.papers import Paper

TITLE = "Bàn Một Cửa: bảng phím tắt"


def shipped() -> list[KeyGroup]:
    """Every key of the window in groups, as `make manual-pictures` wrote them down; a test compares the two."""
    told = typed_values.from_json(shipped_file().read_bytes(), dict[str, list[tuple[str, str]]])
    return list(told.items())


def shipped_file() -> Path:
    return places.resources() / "manual" / "keys.json"


def in_file(groups: Sequence[KeyGroup]) -> bytes:
    """The content of that file."""
    told = {title: [list(pair) for pair in keys] for title, keys in groups}
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def key_pdf(groups: Sequence[KeyGroup], *, made_at: int, under: str = "") -> bytes:
    """One sheet of A4; `made_at` UTC ms."""
    page = key_sheet(TITLE, groups)
    return pdf.to_pdf([page], title=TITLE, subject=TITLE, code="", made_at=made_at, under=under)


def key_paper(desk: Desk, groups: Sequence[KeyGroup]) -> Paper:
    """One sheet; nothing of it is recorded."""
    return Paper(
        kind="keys",
        name="keys",
        form="",
        version="",
        title="Bảng phím tắt",
        sheet="A4",
        pages=1,
        copies=1,
        pdf=key_pdf(groups, made_at=milliseconds(desk.now()), under=desk.watermark),
    )
