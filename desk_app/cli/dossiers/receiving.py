"""From `--scan` and `--set` to a draft: the terminal's way of filling the reception page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec.structs import replace

from desk_app.domain.channels import HELPED, ONLINE, SAID_PAPER, recorded
from desk_app.domain.dossiers.events import CardRead
from desk_app.domain.dossiers.fact_paths import APPLICANT, fact_name, role_of
from desk_app.domain.handling.ways_back import WAYS_BACK
from desk_app.domain.payments.exemption import OTHER, ExemptionClaim
from desk_app.domain.people.person import Person
from desk_app.domain.prepared.gathered_parts import PartsGatherer
from desk_app.domain.procedures.procedure import Document
from desk_app.errors import BadFactError, DeskError, MissingFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import cards, due_and_fee, prepared, reception
from desk_app.services.reception.draft import WISHES, Draft

_NUMBERS = {"sets": "Số bộ", "copies": "Số bản sao", "fee_total": "Lệ phí"}
_KEY = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*")  # as a form may name a field
_DUE = ("due", "due_at")
_EXEMPTION = {"exemption": "id", "exemption_proof": "proof", "exemption_who": "who", "exemption_law": "law"}
_OTHERS = ("document", "hand_over", "return_by", "note", "channel", "messages", *_DUE, *_EXEMPTION)
_CHOSEN: Mapping[str, tuple[Collection[str], str, str]] = {
    "return_by": (WAYS_BACK, "Nơi trả kết quả", "cần counter (tại quầy), post (bưu chính) hoặc home (tại nhà)"),
    "channel": ((SAID_PAPER, ONLINE, HELPED), "Cách nộp", "cần paper, online hoặc helped"),
    "messages": (WISHES, "Nhận tin nhắn", "cần yes (muốn nhận) hoặc no (không nhận)"),
}
"""What is chosen from a list: the values, the name, and what a wrong one is told."""
_DIGITS = 12


class UnansweredError(DeskError):
    message = "{told} Trong lệnh: {option} {key}=GIÁ_TRỊ."
    remedy = "Chưa ghi gì. Thêm hoặc sửa mục đó rồi gõ lại lệnh."


@contextmanager
def asked_with(option: str, keys: Collection[str]) -> Iterator[None]:
    """A refusal of an answer says also under which key the terminal takes it. Raises `UnansweredError`."""
    try:
        yield
    except (MissingFactError, BadFactError) as error:
        key = error.facts.get("field")
        if key in keys:
            raise UnansweredError(told=error, option=option, key=key) from error
        raise


def pairs(texts: Sequence[str], option: str = "--set") -> list[tuple[str, str]]:
    """["a=b"] → [("a", "b")]; raises `BadFactError` for a text without a key, which may be a name: it is not told."""
    found = []
    for text in texts:
        key, mark, value = text.partition("=")
        if not mark or not _KEY.fullmatch(key.strip()):
            raise BadFactError(field="set", label=option, why="cần dạng khóa=giá trị")
        found.append((key.strip(), value))
    return found


def draft_of(
    desk: Desk, procedure: str, card_text: str, answers: list[tuple[str, str]], parts: Sequence[str] = ()
) -> tuple[Draft, list[str]]:
    """The draft and the card's warnings; `parts` are the digits of a declaration prepared at home.

    Keys: a form question ("child.full_name"), "<role>.scan" (a second card), "document" ("tên:trang:bản", again for
    each), "copies", "sets", "fee_total", "due" or "due_at" (dd/mm/yyyy, "4/12"), "return_by", "note", "channel"
    ("paper", "online", "helped"), "hand_over" (1), "exemption" (a rule's id, or "other" with "exemption_who" and
    "exemption_law") with "exemption_proof", "messages" ("yes", "no": what the citizen said of receiving any).
    A bare person attribute ("phone") speaks of the applicant.
    """
    draft = reception.new_draft(procedure)
    warnings: list[str] = []
    asked = reception.keys(desk, procedure)
    if card_text:
        draft, warnings = _with_card(desk, draft, "applicant", card_text)
    for key, value in answers:
        if not _is_known(key, asked):
            raise BadFactError(field="set", label=f"--set {key}", why="thủ tục này không hỏi mục đó")
        if key.endswith(".scan"):
            draft, more = _with_card(desk, draft, key.removesuffix(".scan"), value)
            warnings += more
        elif key in _EXEMPTION:
            claim = draft.exemption or ExemptionClaim(id=OTHER)
            draft = replace(draft, exemption=replace(claim, **{_EXEMPTION[key]: value}))
        else:
            draft = _answered(desk, draft, key, value)
    draft = replace(draft, fields=cards.completed_organisations(desk, draft.fields))
    if parts:
        draft, more = _with_prepared(desk, draft, parts)
        warnings += more
    return draft, warnings


def _with_prepared(desk: Desk, draft: Draft, parts: Sequence[str]) -> tuple[Draft, list[str]]:
    """Raises the errors of `prepared`, and `BadFactError` for parts that are no whole declaration of this procedure."""
    gatherer, whole = PartsGatherer(), None
    for text in parts:
        have = prepared.gathered(gatherer, text)
        whole = have if have.is_whole else whole
    if whole is None:
        raise BadFactError(field="prepared", label="--prepared", why="chưa đủ các phần của bản khai trước")
    said = prepared.declaration(desk, whole)
    if draft.procedure not in said.procedures:
        raise BadFactError(field="prepared", label="--prepared", why=f"bản khai là «{said.title}», của thủ tục khác")
    return prepared.taken(desk, draft, said), list(said.remarks)


def _is_known(key: str, asked: frozenset[str]) -> bool:
    if key in asked or key in Person.__struct_fields__ or key in (*_NUMBERS, *_OTHERS):
        return True
    roles = {APPLICANT, *(role_of(name) for name in asked)} - {""}
    return role_of(key) in roles and fact_name(key) in ("scan", *Person.__struct_fields__)


def _with_card(desk: Desk, draft: Draft, role: str, text: str) -> tuple[Draft, list[str]]:
    read = cards.scan(desk, text)
    card = CardRead(kind=read.card.kind, fields=read.from_card, rest=read.card.rest)
    warnings = [*read.warnings]
    for each in read.differences:
        taken = "đã lấy theo thẻ" if each.by_card else "chữ trên thẻ đáng ngờ nên đã giữ như lần trước"
        warnings.append(f"{each.label} trên thẻ khác lần trước; {taken}.")
    draft = replace(draft, people={**draft.people, role: read.person})
    return (replace(draft, card=card) if role == "applicant" else draft), warnings


def _answered(desk: Desk, draft: Draft, key: str, value: str) -> Draft:
    if key in _NUMBERS:
        if not value.isdecimal() or len(value) > _DIGITS:
            raise BadFactError(field=key, label=_NUMBERS[key], why="cần một số nguyên")
        return replace(draft, **{key: int(value)})
    if key == "document":
        return replace(draft, documents=(*draft.documents, document(value)))
    if key == "components":
        return replace(draft, ticked=reception.papers_named(desk, draft.procedure, ids_in(value)))
    if key == "hand_over":
        return replace(draft, hand_over=value not in ("", "0"))
    if key in _CHOSEN:
        known, label, why = _CHOSEN[key]
        if value not in known:
            raise BadFactError(field=key, label=label, why=why)
        return replace(draft, **{key: recorded(value) if key == "channel" else value})
    if key == "note":
        return replace(draft, note=value)
    if key in _DUE:
        return replace(draft, due_at=due_and_fee.chosen_due(desk, value))
    if key in Person.__struct_fields__:
        key = f"applicant.{key}"
    return replace(draft, fields={**draft.fields, key: value})


def ids_in(text: str) -> list[str]:
    """ "a, b" → ["a", "b"]."""
    return [part.strip() for part in text.split(",") if part.strip()]


def document(text: str) -> Document:
    """ "tên:số trang:số bản" → the original to certify. Raises `BadFactError`."""
    name, _, numbers = text.partition(":")
    pages, _, copies = numbers.partition(":")
    if not (pages.isdecimal() and copies.isdecimal()) or len(pages + copies) > _DIGITS:
        raise BadFactError(field="documents", label="Giấy tờ cần chứng thực", why="cần dạng tên:số trang:số bản")
    return Document(name=name.strip(), pages=int(pages), copies=int(copies))
