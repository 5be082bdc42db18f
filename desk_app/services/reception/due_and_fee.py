"""When a draft would be due and what it would cost: the rules' answer, or the clerk's own where they may decide."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from desk_app.domain.calendar import dates, deadlines
from desk_app.domain.calendar.moments import in_vietnam, milliseconds
from desk_app.domain.calendar.typed_day import DaySense, TypedDay, judged_due, told_day, typed_day
from desk_app.domain.linked import linked_due
from desk_app.domain.linked.bundle import LinkedProcedure
from desk_app.domain.procedures.procedure import Fee, FeeKind, FeeLine, Procedure, fee_of, fee_set
from desk_app.errors import BadFactError, MissingFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.payments import fee_law
from desk_app.services.reception.draft import Draft

_NO_LIMIT = "Danh mục không nói rõ thời hạn của thủ tục này: hãy nhập ngày hẹn trả."


def fitting(draft: Draft, procedure: Procedure) -> Draft:
    """The draft without a wish that this procedure does not know, for a screen where the procedure was just changed."""
    return replace(draft, hand_over=draft.hand_over and procedure.at_once)


def due_of(
    desk: Desk, draft: Draft, procedure: Procedure, moment: datetime, *, strict: bool
) -> tuple[datetime | None, list[str]]:
    """When the result is due, None when it is handed over at once or nobody can know; and what to tell the clerk.

    Raises `BadFactError`; of a due date that has passed only when `strict`, else that is a sentence to tell.
    """
    if draft.hand_over:
        if not procedure.at_once:
            raise BadFactError(field="hand_over", label="Trả kết quả ngay", why="thủ tục này phải hẹn ngày trả")
        return None, []
    if draft.due_at:
        chosen = in_vietnam(draft.due_at)
        if chosen < moment and strict:
            raise BadFactError(field="due", label="Ngày hẹn trả", why="không thể trước lúc tiếp nhận")
        return chosen, due_remarks(judged_due(chosen.date(), moment.date(), desk.calendar))
    if isinstance(procedure, LinkedProcedure):
        found = linked_due.dues(procedure, moment, desk.calendar)
        return found.total, [*found.warnings, *([] if found.total else [_NO_LIMIT])]
    if "limit" in procedure.unsure:
        return None, [_NO_LIMIT]
    due = deadlines.due(moment, procedure.limit, desk.calendar)
    return due.at, list(due.warnings)


def due_text(due: datetime | None, draft: Draft) -> str:
    if due is None:
        return "Trả kết quả ngay" if draft.hand_over else "Chưa có ngày hẹn"
    return f"{due:%H:%M}, {dates.weekday(due.date())}, ngày {due:%d/%m/%Y}"


def due_remarks(judged: TypedDay) -> list[str]:
    """What is said of a due date that a clerk chose, as sentences."""
    said = [f"{judged.refusal or judged.remark}."] if judged.refusal or judged.remark else []
    if judged.offer:
        said.append(f"Ngày làm việc tiếp theo: {told_day(date.fromisoformat(judged.offer))}.")
    return said


def chosen_due(desk: Desk, text: str, *, label: str = "Ngày hẹn trả") -> int:
    """The moment of a due date as typed ("4/12", "04122026", ISO), as UTC ms.

    Raises `BadFactError` for what no calendar has and for a day that has passed.
    """
    found = typed_day(text, DaySense.DUE, desk.today(), desk.calendar)
    if found.refusal or not found.iso:
        raise BadFactError(field="due", label=label, why=found.refusal or "cần ngày/tháng/năm")
    return hand_out_on(desk, found.iso)


def hand_out_on(desk: Desk, day: str) -> int:
    """The moment results are handed out on `day` (ISO), as UTC ms; for a due date the clerk chooses."""
    return milliseconds(desk.calendar.hand_out(date.fromisoformat(day)))


def new_due(desk: Desk, typed: str) -> int:
    """The moment of a new due day as typed, or ISO. Raises `BadFactError`, also for one that has passed."""
    due_at = chosen_due(desk, typed, label="Ngày hẹn trả mới")
    if due_at < milliseconds(desk.now()):
        raise BadFactError(field="due", label="Ngày hẹn trả mới", why="không thể trước lúc này")
    return due_at


def fee_of_draft(draft: Draft, procedure: Procedure, on: date, *, copies: int, strict: bool) -> Fee:
    """What the rules reckon, less what an exemption frees from on the day, or the amount the clerk set instead.

    Raises `BadFactError` for a negative amount; only when `strict` also for an exemption that does not hold, and
    `MissingFactError` for one without the paper that proves it.
    """
    reckoned = fee_of(procedure, documents=draft.documents, copies=copies)
    if draft.exemption is not None:
        try:
            return fee_law.free(reckoned, draft.exemption, procedure, on.isoformat(), stated=draft.fee_total)
        except (BadFactError, MissingFactError):
            if strict:
                raise
    if draft.fee_total is None or draft.fee_total == reckoned.known_total:
        return reckoned
    if draft.fee_total < 0:
        raise BadFactError(field="fee", label="Lệ phí", why="không thể là số âm")
    line = FeeLine(name="Phí, lệ phí", amount=draft.fee_total)
    return replace(fee_set(draft.fee_total), lines=(line,) if draft.fee_total else ())


def fee_hint(fee: Fee, procedure: Procedure) -> str:
    """What the catalogue says of a fee that no rule makes a number of; "" where the sum is known."""
    if fee.known_total is not None:
        return ""
    said = [rule.text for rule in procedure.fees if rule.kind in (FeeKind.UNKNOWN, FeeKind.FREE) and rule.text]
    return " ".join(dict.fromkeys(said))


def gaps(draft: Draft, procedure: Procedure) -> list[str]:
    """What the clerk most likely forgot: worth a sentence, no refusal."""
    if procedure.document_list and not draft.documents:
        return ["Chưa ghi giấy tờ cần chứng thực: số trang, số bản để tính phí."]
    return []


def asks_copies(procedure: Procedure) -> bool:
    return any(rule.kind is FeeKind.PER_COPY for rule in procedure.fees)


def asks_fee(procedure: Procedure) -> bool:
    """Whether the clerk must say the amount, because no rule can."""
    return any(rule.kind is FeeKind.UNKNOWN for rule in procedure.fees)
