"""A procedure as an office writes it: the text of a TOML file, read strictly. A mistake is told by line or key."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import msgspec

from desk_app import typed_values
from desk_app.domain.bounded_text import strange_key, toml_of
from desk_app.domain.office_table import FileFault
from desk_app.domain.procedures import fee_exemption, inner_step, law_values
from desk_app.domain.procedures.procedure import FeeKind, FeeRule, Procedure
from desk_app.errors import CatalogueFileError

_CODE = re.compile(r"\d\.\d{6}")


def procedure_of(text: str, *, file: str, source: str) -> Procedure:
    """The procedure that `text` of the file `<code>.toml` says; `source` "program", "office" or "district".

    Raises `CatalogueFileError`.
    """
    try:
        raw = toml_of(text, tells_column=True)
    except FileFault as fault:
        where, _, why = str(fault).rpartition(": ")
        raise CatalogueFileError(file=file, place=where or "tệp", why=why) from fault
    unknown = "source" if "source" in raw else strange_key(raw, Procedure)  # who wrote it is not the file's to say
    if unknown:
        raise CatalogueFileError(file=file, place=f"mục «{unknown}»", why="không có mục này")
    try:
        procedure = typed_values.converted(raw | {"source": source}, Procedure)
    except msgspec.ValidationError as error:
        why, _, place_text = str(error).partition(" - at `$.")
        where = f"mục «{place_text.rstrip('`')}»" if place_text else "tệp"
        raise CatalogueFileError(file=file, place=where, why=_in_vietnamese(why)) from error
    for place_name, why in _mistakes(procedure, raw, file.removesuffix(".toml")):
        raise CatalogueFileError(file=file, place=f"mục «{place_name}»", why=why)
    return procedure


def _in_vietnamese(why: str) -> str:
    """Msgspec's English reason as a sentence for an office; an unknown reason is passed on as it is."""
    if missing := re.search(r"required field `(\w+)`", why):
        return f"thiếu mục «{missing[1]}»"
    if kinds := re.search(r"Expected `([^`]+)`, got `([^`]+)`", why):
        return f"cần kiểu {kinds[1]}, đang là {kinds[2]}"
    if value := re.search(r"Invalid enum value '([^']*)'", why):
        return f"không có giá trị «{value[1]}»"
    return why


def _mistakes(procedure: Procedure, raw: dict[str, Any], stem: str) -> list[tuple[str, str]]:
    """What the types cannot refuse, as (key, why)."""
    found: list[tuple[str, str]] = []
    if not _CODE.fullmatch(procedure.code) or procedure.code != stem:
        found.append(("code", "phải có dạng 1.001193 và trùng với tên tệp"))
    found += [(key, "không được để trống") for key in ("name", "version") if not raw[key].strip()]
    for key in ("in_force_from", "in_force_to"):
        if raw.get(key) and not law_values.is_day(raw[key]):
            found.append((key, "phải là ngày dạng 2026-11-22"))
    found += law_values.limit_mistakes(procedure.limit, "limit")
    counted = Counter(component.id for component in procedure.components)
    found += [("components", f"mã «{key}» có {times} lần") for key, times in counted.items() if times > 1]
    found += [("inner_steps", why) for why in inner_step.mistakes(procedure.inner_steps)]
    if procedure.completion.days < 1:
        found.append(("completion.days", "phải từ 1"))
    for number, rule in enumerate(procedure.fees):
        found += [(f"fees[{number}].{key}", why) for key, why in _fee_mistakes(rule)]
    found += fee_exemption.mistakes(procedure.exemptions)
    for number, exemption in enumerate(procedure.exemptions):
        found += [
            (f"exemptions[{number}].{key}", "phải là ngày dạng 2026-11-22")
            for key, text in (("in_force_from", exemption.in_force_from), ("in_force_to", exemption.in_force_to))
            if text and not law_values.is_day(text)
        ]
    found += [
        (key, "chữ phải ở dạng NFC, không có ký tự ẩn") for key, value in raw.items() if not law_values.is_clean(value)
    ]
    return found


def _fee_mistakes(rule: FeeRule) -> list[tuple[str, str]]:
    has_amount = rule.kind in {FeeKind.FIXED, FeeKind.PER_COPY, FeeKind.PER_PAGE}
    found = []
    if has_amount != (rule.amount > 0):
        found.append(("amount", "phải có số tiền" if has_amount else "loại phí này không có số tiền"))
    if (rule.kind is FeeKind.PER_PAGE) != (rule.first_pages > 0):
        found.append(("first_pages", "chỉ dùng, và phải có, khi tính theo trang"))
    return found
