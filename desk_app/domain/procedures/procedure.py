"""An administrative procedure as the law has it on a day: components, limits, fees, forms, who must sign."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from desk_app.domain.money import MOST_MONEY, dotted
from desk_app.domain.procedures.citation import Citation
from desk_app.domain.procedures.fee_exemption import Exemption
from desk_app.domain.procedures.inner_step import CompletionRule, InnerStep
from desk_app.errors import BadFactError


class LimitUnit(StrEnum):
    """How a time limit counts."""

    SAME_DAY = "same_day"
    WORKING_DAY = "working_day"
    DAY = "day"
    WORKING_HOUR = "working_hour"


MOST_LIMIT = 3660
"""The longest limit that is believed, in days or hours; the law knows none of ten years."""


class TimeLimit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`amount` of `unit`; `cut_off` "HH:MM" moves a later receipt to the next working day, "" never."""

    unit: LimitUnit
    amount: int = 0
    cut_off: str = "15:00"

    @property
    def text(self) -> str:
        """As the slip says it."""
        if self.unit is LimitUnit.SAME_DAY:
            return "trong ngày làm việc"
        names = {LimitUnit.WORKING_DAY: "ngày làm việc", LimitUnit.DAY: "ngày", LimitUnit.WORKING_HOUR: "giờ làm việc"}
        return f"{self.amount:02d} {names[self.unit]}"


class ComponentUse(StrEnum):
    """What happens to a paper: handed in, shown and given back, or only a remark of the catalogue."""

    SUBMIT = "submit"
    SHOW = "show"
    NOTE = "note"


class Component(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One paper of the list. `default` says whether it is ticked when reception opens; `form` names our form."""

    id: str
    name: str
    use: ComponentUse = ComponentUse.SUBMIT
    originals: int = 1
    copies: int = 0
    default: bool = False
    form: str = ""
    condition: str = ""


class FeeKind(StrEnum):
    """How a fee is reckoned; `UNKNOWN` is a text nobody could turn into a number: the clerk types the amount."""

    FREE = "free"
    FIXED = "fixed"
    PER_COPY = "per_copy"
    PER_PAGE = "per_page"
    UNKNOWN = "unknown"


class FeeRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One fee. Amounts are whole đồng.

    `PER_PAGE`: `amount` for each of the first `first_pages` pages, `further` for each page after them, at most
    `cap` a copy (0: no cap), times the copies. `PER_COPY`: `amount` a copy. `text` is the catalogue's own wording.
    """

    kind: FeeKind
    name: str = ""
    amount: int = 0
    first_pages: int = 0
    further: int = 0
    cap: int = 0
    text: str = ""
    citation: str = ""
    verified: bool = False


class Procedure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One dated version of a procedure; `version` names it for ever, a dossier keeps the one it came under.

    `exemptions` are said here where they differ from those of all procedures, which ship beside the program.
    `forms` are ids of declaration forms to print; `extra_forms` may be printed on demand. `at_once` says the result
    may be handed over at once without a slip; `document_list` that reception asks pages and copies of documents.
    `authoritative_system` names the system of record; `unsure` what in this entry nobody has confirmed.
    """

    code: str
    name: str
    version: str
    short_name: str = ""
    field_code: str = ""
    field_name: str = ""
    agency: str = ""
    limit: TimeLimit
    limit_text: str = ""
    components: tuple[Component, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    forms: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    legal_basis: tuple[Citation, ...] = ()
    at_once: bool = False
    document_list: bool = False
    in_person: bool = False
    prefill_allowed: bool = True
    inner_steps: tuple[InnerStep, ...] = ()
    completion: CompletionRule = CompletionRule()
    roles: tuple[str, ...] = ("applicant",)
    authoritative_system: str = ""
    in_force_from: str = ""
    in_force_to: str = ""
    source: str = ""
    verified: bool = False
    unsure: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What lists and buttons call it."""
        return self.short_name or self.name

    @property
    def presence(self) -> str:
        """Who must come and sign before the clerk; "" where somebody authorised may."""
        if not self.in_person:
            return ""
        if {"bride", "groom"} <= set(self.roles):
            return "Bên nữ và bên nam phải tự đến, cùng có mặt và ký trước người tiếp nhận, không ủy quyền được."
        return "Người yêu cầu phải tự đến và ký trước người tiếp nhận, không ủy quyền được."

    @property
    def limit_words(self) -> str:
        """The limit as a clerk reads it; where the catalogue leaves it open, that it does, and what it says."""
        if "limit" not in self.unsure:
            return self.limit_text or self.limit.text
        said = f": {self.limit_text}" if self.limit_text else ""
        return f"danh mục không ghi rõ{said}"


class Document(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One original to certify: pages are counted on the original (TT 226/2016/TT-BTC Đ4)."""

    name: str
    pages: int
    copies: int


class FeeLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of what is paid; `amount` in whole đồng."""

    name: str
    amount: int
    how: str = ""


class FeeStanding(StrEnum):
    """What is known of a fee: nothing, that nothing is to be paid, the whole sum, or only a part of the sum."""

    UNKNOWN = "unknown"
    FREE = "free"
    SUM = "sum"
    PART = "part"


class Fee(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a dossier costs, in whole đồng; `decided_by_clerk` when no rule gave a number; exemption in words.

    `free`: a person said that nothing is to be paid. `open`: a part of the sum is not known yet. Version 0.2.0 wrote
    neither: its 0 that a clerk had to decide was printed as a blank, and is unknown (docs/decisions/0091).
    `exemption` is who is freed, `exemption_law` by which text, `exemption_proof` the paper that was shown, `exempted`
    how much was not asked; `exemption_id` names the rule (`payments.exemption`). Before 0.5.0 only the first.
    """

    total: int = 0
    lines: tuple[FeeLine, ...] = ()
    decided_by_clerk: bool = False
    exemption: str = ""
    free: bool = False
    open: bool = False
    exemption_id: str = ""
    exemption_law: str = ""
    exemption_proof: str = ""
    exempted: int = 0

    @property
    def standing(self) -> FeeStanding:
        if self.total:
            return FeeStanding.PART if self.open else FeeStanding.SUM
        if self.exemption or self.free:
            return FeeStanding.FREE
        return FeeStanding.UNKNOWN if self.decided_by_clerk or self.open else FeeStanding.FREE

    @property
    def known_total(self) -> int | None:
        """The whole sum, 0 when nothing is to be paid; None while nobody knows it."""
        return self.total if self.standing in (FeeStanding.SUM, FeeStanding.FREE) else None

    def told(self, unit: str = "đ") -> str:
        """As screens, lists and papers say it: "16.000 đ", "Không thu phí", "Chưa xác định"."""
        match self.standing:
            case FeeStanding.UNKNOWN:
                return "Chưa xác định"
            case FeeStanding.FREE:
                return f"Miễn ({self.exemption})" if self.exemption else "Không thu phí"
            case FeeStanding.PART:
                return f"{dotted(self.total)} {unit} và khoản chưa xác định"
            case FeeStanding.SUM:
                return f"{dotted(self.total)} {unit}"


def fee_set(amount: int) -> Fee:
    """The fee a person states; 0 says that nothing is to be paid."""
    return Fee(total=amount, decided_by_clerk=True, free=not amount)


def fee_stated(value: str) -> Fee | None:
    """The fee that a correction of "fee.total" leaves: an amount, or "" for not known yet; None for anything else."""
    if not value:
        return Fee(decided_by_clerk=True)
    is_sum = value.isascii() and value.isdecimal() and len(value) <= len(str(MOST_MONEY))
    return fee_set(int(value)) if is_sum and int(value) <= MOST_MONEY else None


def fee_of(procedure: Procedure, *, documents: tuple[Document, ...] = (), copies: int = 0) -> Fee:
    """What the rules of `procedure` ask for these documents and this many copies; source: each rule's citation.

    Nothing to pay is known only from a rule that says so and that the procedure does not call unsure. Raises
    `BadFactError` for a document without pages or copies, or fewer than no copies.
    """
    if copies < 0:
        raise BadFactError(field="copies", label="Số bản sao", why="phải từ 0 trở lên")
    for document in documents:
        if document.pages < 1 or document.copies < 1:
            raise BadFactError(field="documents", label="Số trang, số bản", why="phải từ 1 trở lên")
    lines: list[FeeLine] = []
    for rule in procedure.fees:
        lines += _lines(rule, documents, copies)
    total = sum(line.amount for line in lines)
    is_unread = any(rule.kind is FeeKind.UNKNOWN for rule in procedure.fees)
    is_free = any(rule.kind is FeeKind.FREE for rule in procedure.fees) and "fees" not in procedure.unsure
    return Fee(
        total=total,
        lines=tuple(lines),
        decided_by_clerk=is_unread or not (total or is_free),
        open=is_unread and bool(total),
    )


def _lines(rule: FeeRule, documents: tuple[Document, ...], copies: int) -> list[FeeLine]:
    if rule.kind is FeeKind.FIXED:
        return [FeeLine(name=rule.name, amount=rule.amount)]
    if rule.kind is FeeKind.PER_COPY and copies:
        how = f"{copies} bản × {dotted(rule.amount)} đ"
        return [FeeLine(name=rule.name, amount=rule.amount * copies, how=how)]
    if rule.kind is FeeKind.PER_PAGE:
        return [_page_line(rule, document) for document in documents]
    return []


def _page_line(rule: FeeRule, document: Document) -> FeeLine:
    first = min(document.pages, rule.first_pages)
    one = first * rule.amount + (document.pages - first) * rule.further
    if rule.cap:
        one = min(one, rule.cap)
    how = f"{document.pages} trang × {document.copies} bản ({dotted(one)} đ/bản)"
    return FeeLine(name=document.name or rule.name, amount=one * document.copies, how=how)
