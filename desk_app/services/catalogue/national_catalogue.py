"""Reads the national list of procedures (catalogue.jsonl, details.jsonl) into ours; what it cannot use, it tells.

The same content always gives the same version, so importing twice changes nothing. No line is lost silently.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec.structs import replace

from desk_app import foreign_folder
from desk_app.domain.procedures.citation import Citation
from desk_app.domain.procedures.procedure import LimitUnit, Procedure, TimeLimit
from desk_app.errors import NoCatalogueError
from desk_app.services.catalogue.national_fees import fees_of
from desk_app.services.catalogue.national_limits import limit_of
from desk_app.services.catalogue.national_papers import papers_of
from desk_app.services.catalogue.national_rows import (
    Basis,
    Detailed,
    ListedProcedure,
    NotUnderstood,
    Row,
    clean,
    read_lines,
)

__all__ = ["Import", "NotUnderstood", "read_national"]

_CODE = re.compile(r"\d\.\d{6}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?/\d{4}/\S+")
_IN_FORCE = {"ACTIVE", "UPDATED", ""}
_PROVINCE = re.compile(r"(UBND|Ủy ban nhân dân|Trung tâm .+) (tỉnh|thành phố|TP) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What was read: procedures by code, and what a person should look at, in the files' order."""

    procedures: list[Procedure]
    not_understood: list[NotUnderstood]


def read_national(folder: Path) -> Import:
    """Every procedure of the two files in `folder`; one of them is enough. Raises `NoCatalogueError`.

    `unsure` names what the portal left open: "limit" (the clerk sets the date), "fees", "components".
    """
    files = [folder / "catalogue.jsonl", folder / "details.jsonl"]
    if not any(map(foreign_folder.is_there, files)):
        raise NoCatalogueError(folder=folder.name)
    odd: list[NotUnderstood] = []
    listed = _by_code(files[0], ListedProcedure, odd)
    detailed = _by_code(files[1], Detailed, odd)
    procedures = []
    for code in sorted(listed.keys() | detailed.keys()):
        _, row = listed.get(code, ("", None))
        if code in detailed:
            place, details = detailed[code]
            procedures.append(_with_details(details, row, place, odd))
        elif row:
            procedures.append(_without_details(row))
    return Import(procedures=procedures, not_understood=odd)


def _by_code(file: Path, shape: type[Row], odd: list[NotUnderstood]) -> dict[str, tuple[str, Row]]:
    """The rows in force by code; of two rows with one code the later is kept, and said so."""
    found: dict[str, tuple[str, Row]] = {}
    if not foreign_folder.is_there(file):
        odd.append(NotUnderstood(file.name, "không có tệp này trong thư mục"))
        return found
    for place, row in read_lines(file, shape, odd):
        if not _CODE.fullmatch(row.code):
            odd.append(NotUnderstood(place, f"mã thủ tục «{row.code}» không đúng dạng 1.001193"))
        elif not clean(row.name):
            odd.append(NotUnderstood(place, "thủ tục không có tên"))
        elif row.state not in _IN_FORCE:
            odd.append(NotUnderstood(place, f"trạng thái «{row.state}» không phải đang hiệu lực, không nhập"))
        else:
            if row.code in found:
                earlier, same = found[row.code][0], found[row.code][1] == row
                odd.append(
                    NotUnderstood(place, f"lặp lại {earlier}" + ("" if same else ", khác nội dung: dùng dòng này"))
                )
            found[row.code] = (place, row)
    return found


def _without_details(row: ListedProcedure) -> Procedure:
    return _stamped(
        Procedure(
            code=row.code,
            name=clean(row.name),
            version="",
            short_name=_short_name(row.name, row.departmentPromulgate),
            field_name=_joined(row.categories),
            agency=_joined(row.departments),
            limit=TimeLimit(unit=LimitUnit.WORKING_DAY),
            fees=fees_of(())[0],
            unsure=("limit", "fees", "components"),
            source="national",
        )
    )


def _with_details(details: Detailed, row: ListedProcedure | None, place: str, odd: list[NotUnderstood]) -> Procedure:
    limit, limit_text = limit_of(details.channels, details.processing_cases)
    fees, fees_sure = fees_of(details.channels)
    components, strange = papers_of(details.checklist_raw)
    odd += [NotUnderstood(place, why) for why in strange]
    if not limit:
        odd.append(NotUnderstood(place, f"chưa rõ thời hạn: {limit_text or 'không ghi'}"))
    unsure = {"limit": limit is not None, "fees": fees_sure, "components": bool(components)}
    return _stamped(
        Procedure(
            code=details.code,
            name=clean(details.name),
            version="",
            short_name=_short_name(details.name, details.promulgating_agency),
            field_code=clean(details.category.code) if details.category else "",
            field_name=clean(details.category.name) if details.category else _joined(row.categories if row else []),
            agency=clean(details.executing_agency) or _joined(row.departments if row else []),
            limit=limit or TimeLimit(unit=LimitUnit.WORKING_DAY),
            limit_text=limit_text,
            components=components,
            fees=fees,
            results=tuple(dict.fromkeys(name for name in map(clean, details.results) if name)),
            legal_basis=_citations(details.legal_basis),
            unsure=tuple(key for key, sure in unsure.items() if not sure),
            source="national",
        )
    )


def _short_name(name: str, promulgator: str | None) -> str:
    """A province's own procedure carries the province, or a list would show several of one name."""
    return f"{clean(name)} – {clean(promulgator)}" if _PROVINCE.match(clean(promulgator)) else ""


def _joined(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in map(clean, names) if name))


def _citations(raw: list[Basis]) -> tuple[Citation, ...]:
    """Each legal text once, by its bare number where it has one."""
    found: dict[str, Citation] = {}
    for basis in raw:
        number = clean(basis.code)
        bare = _NUMBER.search(number)
        number = bare[0] if bare else number
        if number:
            found.setdefault(number, Citation(number=number, title=clean(basis.name)))
    return tuple(found[number] for number in sorted(found))


def _stamped(procedure: Procedure) -> Procedure:
    """The same with its version: a digest of everything in it."""
    digest = hashlib.sha256(msgspec.json.encode(procedure)).hexdigest()
    return replace(procedure, version=f"qg-{digest[:16]}")
