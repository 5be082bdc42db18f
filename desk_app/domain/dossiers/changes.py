"""What may be changed of a dossier after reception, by path (`fact_paths`), and how each text is kept. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.channels import CHANNELS
from desk_app.domain.dossiers import fact_paths
from desk_app.domain.dossiers.course import moment_of, seen_tips, with_due
from desk_app.domain.dossiers.dossier_state import STATUS, Dossier
from desk_app.domain.dossiers.events import HandedIn, ProcedureChosen, Recorded
from desk_app.domain.dossiers.fact_paths import (
    APPLICANT,
    CHANNEL,
    COMPONENTS,
    DOCUMENTS,
    DUE,
    FEE,
    NOTE,
    PROCEDURE,
    RETURN_BY,
    SETS,
    FactPath,
)
from desk_app.domain.handling.ways_back import WAYS_BACK
from desk_app.domain.organisations.organisation import Organisation
from desk_app.domain.people.person import Person, checked
from desk_app.domain.procedures.procedure import Document, Fee, fee_stated
from desk_app.errors import BadFactError

WEIGHTY = frozenset({DUE, SETS, COMPONENTS, DOCUMENTS, PROCEDURE})
"""Paths on which the law's clock, the fee or the citizen's papers hang: nobody changes them without a reason."""
_MOST_SETS = 99
_OF_PAPER = ("nationality", "issuing_country", "id_kind")
_encoder = msgspec.json.Encoder(order="sorted")
_Shape = type[tuple[HandedIn, ...]] | type[tuple[Document, ...]] | type[ProcedureChosen]
_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    COMPONENTS: msgspec.json.Decoder(tuple[HandedIn, ...]),
    DOCUMENTS: msgspec.json.Decoder(tuple[Document, ...]),
    PROCEDURE: msgspec.json.Decoder(ProcedureChosen),
}


def text_of(value: Struct | tuple[Struct, ...]) -> str:
    """A list of papers or a procedure, as a change keeps it."""
    return _encoder.encode(value).decode()


def components_of(text: str) -> tuple[HandedIn, ...] | None:
    """None for a text that is no such list."""
    found: tuple[HandedIn, ...] | None = _decoded(COMPONENTS, text)
    return found


def documents_of(text: str) -> tuple[Document, ...] | None:
    """None for a text that is no such list."""
    found: tuple[Document, ...] | None = _decoded(DOCUMENTS, text)
    return found


def procedure_of(text: str) -> ProcedureChosen | None:
    """None for a text that is no procedure."""
    found: ProcedureChosen | None = _decoded(PROCEDURE, text)
    return found


def value_at(dossier: Dossier, path: str) -> str:
    """The value that shows now, as a change would keep it; "" for what the dossier does not have."""
    fact = FactPath.parse(path)
    if fact.head == "people":
        return str(getattr(dossier.people.get(fact.role), fact.name, ""))
    if fact.head == "organisations":
        return str(getattr(dossier.organisations.get(fact.role), fact.name, ""))
    if fact.head == "fields":
        return dossier.fields.get(fact.name, "")
    match path:
        case fact_paths.FEE:
            return fee_text(dossier.fee)
        case fact_paths.PROCEDURE:
            version = dossier.procedure_version
            return text_of(ProcedureChosen(code=dossier.procedure, version=version, forms=dossier.forms))
        case fact_paths.COMPONENTS:
            return text_of(dossier.components)
        case fact_paths.DOCUMENTS:
            return text_of(dossier.documents)
        case _:
            return str(getattr(dossier, path, ""))


def with_values(dossier: Dossier, values: Mapping[str, str]) -> Dossier:
    """The dossier as it would read with these values by path; nobody has recorded them."""
    for path, value in values.items():
        dossier = _with_value(dossier, path, value)
    return dossier


def fee_text(fee: Fee) -> str:
    """What "fee.total" says of a fee: the sum, "" while nobody knows it."""
    return "" if fee.known_total is None else str(fee.known_total)


def changed(dossier: Dossier, event: Recorded, changes: Mapping[str, str], *, fee: Fee | None = None) -> Dossier:
    """The dossier after these changes; each keeps beside it what its writer had not seen."""
    tips = dict(dossier.tips)
    for path, value in changes.items():
        if path == STATUS:
            continue  # no correction says where a dossier stands
        tips[path] = seen_tips(tips.get(path, ()), event, path, value)
        # Events are taken in the order of their stamps: what this one says is the latest of what stands.
        dossier = _with_value(dossier, path, value)
    if fee is not None and changes.get(FEE) == fee_text(fee):
        dossier = replace(dossier, fee=fee)
    return with_due(replace(dossier, tips=tips))


def check_change(dossier: Dossier, path: str, value: str) -> None:
    """Raises `BadFactError` or `MissingFactError` for what no record can carry."""
    fact = FactPath.parse(path)
    if fact.head in ("fields", "organisations") or path == NOTE:
        return
    if fact.is_persons:
        _check_person(dossier, fact, value)
    elif path in _SIMPLE:
        label, why, is_right = _SIMPLE[path]
        if not is_right(value):
            raise BadFactError(field=path, label=label, why=why)
    else:
        raise BadFactError(field=path, label=path, why="không phải mục có thể đính chính")


def _check_person(dossier: Dossier, fact: FactPath, value: str) -> None:
    if fact.name == "full_name" and fact.role != APPLICANT:
        return
    # What is not changed is not judged again; whether a number is a foreign one, other facts say.
    known = dossier.people.get(fact.role, Person(full_name="-"))
    others = {name: getattr(known, name) for name in _OF_PAPER}
    checked(Person(**{"full_name": "-", **others, fact.name: value}), role=f"{fact.head}.{fact.role}")


def _is_sum(value: str) -> bool:
    return value.isascii() and value.isdecimal()


def _is_sets(value: str) -> bool:
    return _is_sum(value) and len(value) <= len(str(_MOST_SETS)) and 1 <= int(value) <= _MOST_SETS


_SIMPLE: dict[str, tuple[str, str, Callable[[str], bool]]] = {
    RETURN_BY: ("Cách nhận kết quả", "chọn tại quầy, qua bưu chính hoặc tại nhà", lambda value: value in WAYS_BACK),
    CHANNEL: ("Cách nộp", "chọn giấy, trực tuyến hoặc trực tuyến có giúp", lambda value: value in CHANNELS),
    FEE: ("Lệ phí", "cần số tiền bằng đồng", lambda value: not value or _is_sum(value)),
    SETS: ("Số bộ hồ sơ", f"phải từ 1 đến {_MOST_SETS}", _is_sets),
    DUE: ("Ngày hẹn trả", "cần ngày/tháng/năm", lambda value: moment_of(value) > 0),
    COMPONENTS: ("Thành phần hồ sơ", "cần danh sách giấy tờ", lambda value: components_of(value) is not None),
    DOCUMENTS: ("Giấy tờ cần chứng thực", "cần tên, số trang, số bản", lambda value: documents_of(value) is not None),
    PROCEDURE: ("Thủ tục", "không có thủ tục này", lambda value: procedure_of(value) is not None),
}


def _with_value(dossier: Dossier, path: str, value: str) -> Dossier:
    """The dossier with the value where it can take it; a path or value of a later program changes nothing here."""
    fact = FactPath.parse(path)
    if fact.head == "fields":
        return replace(dossier, fields={**dossier.fields, fact.name: value})
    if fact.head == "organisations":
        said = replace(dossier.organisations.get(fact.role) or Organisation(), **{fact.name: value})
        return replace(dossier, organisations={**dossier.organisations, fact.role: said})
    if fact.is_persons:
        person = dossier.people.get(fact.role) or Person(full_name="")
        return replace(dossier, people={**dossier.people, fact.role: replace(person, **{fact.name: value})})
    if path == FEE:
        return replace(dossier, fee=fee_stated(value) or dossier.fee)
    if path in (NOTE, RETURN_BY, CHANNEL):
        return replace(dossier, **{path: value})
    if path == SETS and _is_sets(value):
        return replace(dossier, sets=int(value))
    if path in (COMPONENTS, DOCUMENTS) and (papers := _decoded(path, value)) is not None:
        return replace(dossier, **{path: papers})
    if path == PROCEDURE and (chosen := procedure_of(value)) is not None:
        return replace(dossier, procedure=chosen.code, procedure_version=chosen.version, forms=chosen.forms)
    return dossier


def _decoded(path: str, text: str) -> Any:
    try:
        return _DECODERS[path].decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
