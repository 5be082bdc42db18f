"""Everything a paper may say of a dossier, as text by key (`value_keys` lists the names). Pure."""

from __future__ import annotations

import re
from datetime import date

from desk_app.domain import dates, money, numbering
from desk_app.domain.dossier import Dossier
from desk_app.domain.events import Office
from desk_app.domain.moments import in_vietnam
from desk_app.domain.person import Person
from desk_app.domain.procedure import FeeStanding, Procedure

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NO_PAPERS = "Không có giấy tờ nộp kèm"
"""Stands in the list of papers of a dossier without any: an empty row could be filled in afterwards."""
ORIGINAL = "Bản chính"
"""What an original to certify is called where nobody named it."""
_RETURN_BY = {"counter": "Tại Bộ phận Một cửa", "post": "Qua dịch vụ bưu chính công ích"}


def values_of(dossier: Dossier, procedure: Procedure) -> dict[str, object]:
    """Text by key, and the rows of the tables "components", "documents" and "fees"; missing facts are missing keys.

    Works as well for a dossier that is not saved yet.
    """
    values: dict[str, object] = {**office_values(dossier.office)}
    for role, person in dossier.people.items():
        _put_person(values, role, person)
    for key, answer in dossier.fields.items():
        _put(values, key, answer)
    _put_dossier(values, dossier, procedure)
    values["components"] = tuple(
        {
            "n": str(number),
            "name": paper.name,
            "originals": _count(paper.originals),
            "certified": _count(paper.certified),
            "copies": _count(paper.copies),
        }
        for number, paper in enumerate((each for each in dossier.components if each.name.strip()), 1)
    )
    if not values["components"] and dossier.code:
        values["components"] = ({"name": NO_PAPERS},)
    values["documents"] = tuple(
        {"n": str(number), "name": paper.name or ORIGINAL, "pages": _count(paper.pages), "copies": _count(paper.copies)}
        for number, paper in enumerate((each for each in dossier.documents if each.pages and each.copies), 1)
    )
    values["fees"] = tuple(
        {"n": str(number), "name": line.name, "amount": money.dotted(line.amount), "how": line.how}
        for number, line in enumerate(dossier.fee.lines, 1)
    )
    return {key: value for key, value in values.items() if value}


def id_paper(person: Person) -> str:
    """An identity paper in one phrase: "Căn cước số 001190000001, do Bộ Công an cấp ngày 20/08/2024"."""
    if not person.id_number:
        return ""
    text = f"{person.id_kind or 'Căn cước/CCCD'} số {person.document_number or person.id_number}"
    by = person.id_issued_by or person.issuing_country
    if by:
        text += f", do {by}"
    elif person.id_issued_on:
        text += ","
    if person.id_issued_on:
        text += f" cấp ngày {dates.shown(person.id_issued_on)}"
    elif not person.id_issued_by and by:
        text += " cấp"
    return text


def office_values(office: Office) -> dict[str, str]:
    """What the forms may take from the office ("office.province"), for prefilling before there is a dossier."""
    committee = f"Ủy ban nhân dân {office.commune}" if office.commune else ""
    values = {
        "office.name": office.name,
        "office.commune": office.commune,
        "office.province": office.province,
        "office.superior": office.superior or (f"UBND {office.commune}" if office.commune else ""),
        "office.clerk": office.clerk,
        "office.desk": str(office.desk),
        "office.committee": committee,
        "office.address": ", ".join(part for part in (committee, office.province) if part),
        "office.place": _bare(office.commune),
    }
    return {key: value for key, value in values.items() if value}


def day_values(key: str, day: date) -> dict[str, object]:
    """A day as papers say it, with its words and parts beside it."""
    values: dict[str, object] = {}
    _put(values, key, day.isoformat())
    return values


def _put_person(values: dict[str, object], role: str, person: Person) -> None:
    for name in Person.__struct_fields__:
        _put(values, f"{role}.{name}", getattr(person, name))
    values[f"{role}.id_paper"] = id_paper(person)


def _put(values: dict[str, object], key: str, value: str) -> None:
    """A value as it prints; an ISO date as dd/mm/yyyy, with its words and parts beside it."""
    if not _ISO_DAY.fullmatch(value):
        values[key] = value
        return
    try:
        day = date.fromisoformat(value)
    except ValueError:
        values[key] = value
        return
    values[key] = dates.shown(value)
    values[f"{key}.words"] = dates.in_words(day)
    _put_parts(values, key, day)


def _put_parts(values: dict[str, object], key: str, day: date) -> None:
    """Day and month as official papers write them: a leading 0 below 10, for months only 1 and 2 (NĐ 30/2020)."""
    values[f"{key}.day"] = f"{day.day:02d}"
    values[f"{key}.month"] = f"{day.month:02d}" if day.month < 3 else str(day.month)
    values[f"{key}.year"] = str(day.year)
    values[f"{key}.date"] = f"{day:%d/%m/%Y}"


def _put_dossier(values: dict[str, object], dossier: Dossier, procedure: Procedure) -> None:
    for key, moment in (("dossier.received_at", dossier.received_at), ("dossier.due_at", dossier.due_at)):
        if moment:
            at = in_vietnam(moment)
            _put_parts(values, key, at.date())
            values[f"{key}.hour"], values[f"{key}.minute"] = f"{at:%H}", f"{at:%M}"
            values[key] = f"{at:%H} giờ {at:%M} phút, ngày {at:%d/%m/%Y}"
    values |= {
        "dossier.code": dossier.code,
        "dossier.barcode": numbering.payload(dossier.code),
        "dossier.procedure": _sentence(procedure.name.removeprefix("Thủ tục ")),
        "dossier.procedure_code": procedure.code,
        "dossier.procedure_title": procedure.title,
        "dossier.limit": procedure.limit_text if "limit" in procedure.unsure else procedure.limit.text,
        "dossier.sets": f"{dossier.sets:02d}",
        "dossier.fee": _fee(dossier),
        "dossier.fee_words": money.in_words(dossier.fee.known_total) if dossier.fee.known_total else "",
        "dossier.return_by": _RETURN_BY.get(dossier.return_by, dossier.return_by),
        "dossier.note": dossier.note,
        "dossier.components": "; ".join(_brought(dossier)) or NO_PAPERS,
    }


def _brought(dossier: Dossier) -> list[str]:
    documents = [f"{paper.name or ORIGINAL} ({paper.pages} trang × {paper.copies} bản)" for paper in dossier.documents]
    return [paper.name for paper in dossier.components] + documents


def _sentence(text: str) -> str:
    """Catalogues call it "Thủ tục đăng ký khai sinh"; after "Nội dung yêu cầu:" the word says nothing."""
    return text[:1].upper() + text[1:]


def _fee(dossier: Dossier) -> str:
    """An unknown fee is a blank that a pen can fill."""
    return "" if dossier.fee.standing is FeeStanding.UNKNOWN else dossier.fee.told("đồng")


def _count(number: int) -> str:
    return f"{number:02d}" if number else ""


def _bare(commune: str) -> str:
    """The place name of a date line: "xã Đông Sơn" → "Đông Sơn"; a ward named by a number keeps its kind."""
    kind, _, name = commune.partition(" ")
    return name if kind.lower() in ("xã", "phường") and name and not name[0].isdigit() else commune
