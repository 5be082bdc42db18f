"""What a draft says that is more likely a slip than meant: asked about once before it is saved, never refused."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from desk_app.domain import money
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.calendar.typed_day import judged_due
from desk_app.domain.counts import is_unusual
from desk_app.domain.procedures.procedure import Procedure
from desk_app.services.desk.desk import Desk
from desk_app.services.linked import offered
from desk_app.services.reception.draft import Draft
from desk_app.services.reception.forgotten import forgotten


class Doubt(Struct, frozen=True):
    """`field` names the input ("document.1.pages", "due_on"); `text` is the question's sentence."""

    field: str
    text: str


def doubts(desk: Desk, draft: Draft, procedure: Procedure | None = None) -> tuple[Doubt, ...]:
    """The doubts of a draft: what was forgotten, then what is far from usual; `procedure` as on another day than today.

    Raises `UnknownProcedureError`.
    """
    if not draft.procedure:
        return tuple(_found(desk, draft))
    if procedure is None:
        procedure = offered.of_draft(desk, draft, desk.now())
    return (*(Doubt(field, text) for field, text in forgotten(draft, procedure)), *_found(desk, draft))


def _found(desk: Desk, draft: Draft) -> Iterator[Doubt]:
    if is_unusual("sets", draft.sets):
        yield Doubt("sets", f"Số bộ hồ sơ là {draft.sets}, nhiều khác thường.")
    for number, document in enumerate(draft.documents, start=1):
        if is_unusual("pages", document.pages):
            pages = money.dotted(document.pages)
            yield Doubt(f"document.{number}.pages", f"Giấy tờ {number} có {pages} trang, nhiều khác thường.")
        if is_unusual("copies", document.copies):
            yield Doubt(f"document.{number}.copies", f"Giấy tờ {number} có {document.copies} bản, nhiều khác thường.")
    if draft.due_at:
        day = day_in_vietnam(draft.due_at)
        if remark := judged_due(day, desk.today(), desk.calendar).remark:
            yield Doubt("due_on", f"Ngày hẹn trả: {remark}.")
    if draft.copies is not None and is_unusual("copies", draft.copies):
        yield Doubt("copies", f"Số bản sao cấp thêm là {draft.copies}, nhiều khác thường.")
    if draft.fee_total is not None and is_unusual("fee", draft.fee_total):
        yield Doubt("fee", f"Phí, lệ phí là {money.dotted(draft.fee_total)} đ, nhiều khác thường.")
