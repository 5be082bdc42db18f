"""What a clerk probably forgot on the reception page: papers to tick, originals to list, a fee to say. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from desk_app.domain.procedures.procedure import ComponentUse, FeeKind, Procedure
from desk_app.services.reception.draft import Draft, default_ticks


def forgotten(draft: Draft, procedure: Procedure) -> Iterator[tuple[str, str]]:
    """(input, sentence) in the order of the page; none where the draft says everything."""
    asked = [component for component in procedure.components if component.use is not ComponentUse.NOTE]
    ticked = default_ticks(procedure) if draft.ticked is None else draft.ticked
    documents = draft.documents if procedure.document_list else ()
    if procedure.document_list and not documents:
        yield "documents", "Chưa ghi giấy tờ cần chứng thực: số trang, số bản để tính phí."
    if asked and not ticked and not documents:
        yield "components", f"Chưa đánh dấu giấy tờ nào đã nộp (thủ tục này có {len(asked)} giấy tờ)."
    if draft.fee_total is None and any(rule.kind is FeeKind.UNKNOWN for rule in procedure.fees):
        yield "fee", "Chưa ghi phí, lệ phí: danh mục không nói rõ mức thu. Không thu thì gõ 0."
