"""The rows of the national portal's files as they come: shapes, and what is odd about a line. Interprets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
from msgspec import Struct

from desk_app import foreign_folder, typed_values
from desk_app.domain.bounded_text import json_of
from desk_app.domain.office_table import FileFault
from desk_app.domain.text import nfc
from desk_app.errors import DeskError, system_failures


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A row, or a part of one, that could not be used as it stands: where it is and why, in Vietnamese."""

    row: str
    why: str


class Category(Struct, frozen=True, kw_only=True):
    code: str = ""
    name: str = ""


class RawFee(Struct, frozen=True, kw_only=True):
    """`value_vnd` is often 0 or null with the truth in `text`."""

    type: str = ""
    value_vnd: int | float | None = None
    text: str | None = None


class Duration(Struct, frozen=True, kw_only=True):
    """`unit` WORKING_DAY, DAY or OTHER; `qty` may be 7.5, or a sentence."""

    qty: int | float | str | None = None
    unit: str | None = None
    case_code: str = ""


class Channel(Struct, frozen=True, kw_only=True):
    """How a dossier may come in: DIRECT, POSTAL or ONLINE."""

    method: str
    fees: list[RawFee] = []
    processing: Duration | None = None
    note: str | None = None


class NationalPaper(Struct, frozen=True, kw_only=True):
    """A row of the papers' list; headings and remarks stand in it too, with no quantity."""

    name: str = ""
    original_qty: int | None = 0
    copy_qty: int | None = 0
    code: str | None = ""
    required: bool | None = False
    has_electronic_form: bool = False
    is_processing_result: bool = False
    attachments: list[dict[str, Any]] = []


class PaperGroup(Struct, frozen=True, kw_only=True):
    group: str | None = ""
    items: list[NationalPaper] = []


class Basis(Struct, frozen=True, kw_only=True):
    code: str = ""
    name: str | None = ""


class NationalSource(Struct, frozen=True, kw_only=True):
    url: str = ""
    updated_at: str = ""
    created_at: str = ""
    crawled_at: str = ""


class ListedProcedure(Struct, frozen=True, kw_only=True):
    """A row of catalogue.jsonl: that a procedure exists, who does it, in which field."""

    code: str
    name: str
    categories: list[str] = []
    departments: list[str] = []
    departmentPromulgate: str = ""  # noqa: N815 — the portal's spelling
    formalityTargetType: list[str] = []  # noqa: N815
    state: str = ""
    type: str = ""


class Detailed(Struct, frozen=True, kw_only=True):
    """A row of details.jsonl: everything the portal says of a procedure."""

    code: str
    name: str
    category: Category | None = None
    promulgating_agency: str | None = None
    executing_agency: str | None = None
    subject_types: list[str] = []
    results: list[str] = []
    requirements: str | None = ""
    channels: list[Channel] = []
    processing_cases: list[Duration] = []
    legal_basis: list[Basis] = []
    steps_raw: list[dict[str, Any]] = []
    checklist_raw: list[PaperGroup] = []
    state: str = ""
    source: NationalSource = NationalSource()


MOST_CATALOGUE = 256 << 20
"""The longest file of the national catalogue, in bytes."""
MOST_UNREAD = 1000
"""So many rows that cannot be read are told one by one."""


class UnreadableCatalogueError(DeskError):
    message = "Tệp {file} có hơn {most} dòng không đọc được nên không nhập gì từ tệp này."
    remedy = "Kiểm tra đã chọn đúng tệp và tệp còn nguyên vẹn; tải lại danh mục rồi nhập lại."


Row = TypeVar("Row", ListedProcedure, Detailed)


def clean(text: str | None) -> str:
    """One line of tidy text: the portal's line breaks, double spaces, zero-width and decomposed letters mended."""
    return nfc(text or "")


def read_lines(path: Path, shape: type[Row], odd: list[NotUnderstood]) -> Iterator[tuple[str, Row]]:
    """The rows of a JSONL file and where each stood; what cannot be read, or has unknown parts, is added to `odd`."""
    with system_failures(path):
        content = foreign_folder.whole(path, most=MOST_CATALOGUE)
    unread = 0
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not raw.strip():
            continue
        place = f"{path.name}, dòng {number}"
        try:
            data = json_of(raw.decode("utf-8"))
        except UnicodeDecodeError:
            odd.append(NotUnderstood(place, "không phải văn bản UTF-8"))
            unread = _one_more(unread, path)
            continue
        except FileFault as fault:
            why = "không phải một dòng JSON trọn vẹn" if "cú pháp" in str(fault) else str(fault).partition(": ")[2]
            odd.append(NotUnderstood(place, why or str(fault)))
            unread = _one_more(unread, path)
            continue
        if isinstance(data, dict) and isinstance(data.get("code"), str):
            place += f" ({data['code']})"
        try:
            row = typed_values.converted(data, shape)
        except msgspec.ValidationError as error:
            odd.append(NotUnderstood(place, f"không đúng dạng: {error}"))
            unread = _one_more(unread, path)
            continue
        odd += [NotUnderstood(place, f"có mục lạ «{key}»") for key in sorted(_strange_keys(data, shape))]
        yield place, row


def _one_more(unread: int, path: Path) -> int:
    """So many rows that cannot be read are no list with mistakes: it is another file, and none of it is taken."""
    if unread >= MOST_UNREAD:
        raise UnreadableCatalogueError(file=path.name, most=MOST_UNREAD)
    return unread + 1


def _strange_keys(data: object, shape: object) -> set[str]:
    """Keys no record of ours has, as a path without numbers; each once."""
    if isinstance(data, list):
        part = next(iter(get_args(shape)), None)
        return {key for each in data for key in _strange_keys(each, part)}
    kinds = (shape, *get_args(shape))
    record = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Struct)), None)
    if record is None or not isinstance(data, dict):
        return set()
    hints = get_type_hints(record)
    found = {key for key in data if key not in hints}
    for key in data.keys() & hints.keys():
        found |= {f"{key}.{below}" for below in _strange_keys(data[key], hints[key])}
    return found
