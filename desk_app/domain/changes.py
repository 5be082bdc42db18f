"""What may be changed of a dossier after reception: paths, the text each is kept as, and the change itself. Pure.

Paths: "fields.<key>", "people.<role>.<attribute>", "fee.total", "note", "return_by", "sets", "due_at", "components",
"documents", "procedure".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.course import moment_of, seen_tips, with_due
from desk_app.domain.dossier_state import STATUS, Dossier
from desk_app.domain.events import HandedIn, ProcedureChosen, Recorded
from desk_app.domain.person import Person, checked
from desk_app.domain.procedure import Document, Fee, fee_stated
from desk_app.errors import BadFactError

DUE, SETS, COMPONENTS, DOCUMENTS, PROCEDURE = "due_at", "sets", "components", "documents", "procedure"
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
    match path.split("."):
        case ["people", role, attribute]:
            return str(getattr(dossier.people.get(role), attribute, ""))
        case ["fields", *_]:
            return dossier.fields.get(path.removeprefix("fields."), "")
        case ["fee", "total"]:
            return fee_text(dossier.fee)
        case ["procedure"]:
            version = dossier.procedure_version
            return text_of(ProcedureChosen(code=dossier.procedure, version=version, forms=dossier.forms))
        case ["components"]:
            return text_of(dossier.components)
        case ["documents"]:
            return text_of(dossier.documents)
        case _:
            return str(getattr(dossier, path, ""))


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
    if fee is not None and changes.get("fee.total") == fee_text(fee):
        dossier = replace(dossier, fee=fee)
    return with_due(replace(dossier, tips=tips))


def check_change(dossier: Dossier, path: str, value: str) -> None:
    """Raises `BadFactError` or `MissingFactError` for what no record can carry."""
    match path.split("."):
        case ["fields", first, *_] if first:
            return
        case ["note"]:
            return
        case ["people", role, attribute] if role and attribute in Person.__struct_fields__:
            if attribute != "full_name" or role == "applicant":
                # What is not changed is not judged again; whether a number is a foreign one, other facts say.
                known = dossier.people.get(role, Person(full_name="-"))
                others = {name: getattr(known, name) for name in _OF_PAPER}
                checked(Person(**{"full_name": "-", **others, attribute: value}), role=f"people.{role}")
        case _ if path in _SIMPLE:
            label, why, is_right = _SIMPLE[path]
            if not is_right(value):
                raise BadFactError(field=path, label=label, why=why)
        case _:
            raise BadFactError(field=path, label=path, why="không phải mục có thể đính chính")


def _is_sum(value: str) -> bool:
    return value.isascii() and value.isdecimal()


def _is_sets(value: str) -> bool:
    return _is_sum(value) and 1 <= int(value) <= _MOST_SETS


_SIMPLE: dict[str, tuple[str, str, Callable[[str], bool]]] = {
    "return_by": ("Cách nhận kết quả", "chọn tại quầy hoặc qua bưu chính", lambda value: value in ("counter", "post")),
    "fee.total": ("Lệ phí", "cần số tiền bằng đồng", lambda value: not value or _is_sum(value)),
    SETS: ("Số bộ hồ sơ", f"phải từ 1 đến {_MOST_SETS}", _is_sets),
    DUE: ("Ngày hẹn trả", "cần ngày/tháng/năm", lambda value: moment_of(value) > 0),
    COMPONENTS: ("Thành phần hồ sơ", "cần danh sách giấy tờ", lambda value: components_of(value) is not None),
    DOCUMENTS: ("Giấy tờ cần chứng thực", "cần tên, số trang, số bản", lambda value: documents_of(value) is not None),
    PROCEDURE: ("Thủ tục", "không có thủ tục này", lambda value: procedure_of(value) is not None),
}


def _with_value(dossier: Dossier, path: str, value: str) -> Dossier:
    """The dossier with the value where it can take it; a path or value of a later program changes nothing here."""
    head, _, rest = path.partition(".")
    if head == "fields":
        return replace(dossier, fields={**dossier.fields, rest: value})
    if head == "people":
        role, _, attribute = rest.partition(".")
        person = dossier.people.get(role) or Person(full_name="")
        if attribute not in Person.__struct_fields__:
            return dossier
        return replace(dossier, people={**dossier.people, role: replace(person, **{attribute: value})})
    if path == "fee.total":
        return replace(dossier, fee=fee_stated(value) or dossier.fee)
    if path in ("note", "return_by"):
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
