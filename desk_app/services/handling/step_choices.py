"""The steps that a dossier may take now, the usual one first, and what to know before each."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.steps import ACTIONS, Action
from desk_app.domain.handling import step_offer, step_table
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import due_proposals
from desk_app.services.dossiers.step_event import is_at_once, open_until
from desk_app.services.papers import step_papers
from desk_app.services.payments import standing
from desk_app.store.queries import dossiers


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChoice:
    """A step the dossier may take now, and what must be said with it.

    `ends` says that nothing comes after it; `needs_number` that a paper of it bears an outgoing number, which may be
    left open; `due_on` is the due day to offer, ISO, "" for none; `remark` what a clerk should know before.
    """

    action: str
    label: str
    needs_reason: bool
    needs_due: bool
    ends: bool = False
    needs_number: bool = False
    due_on: str = ""
    remark: str = ""


def steps(desk: Desk, code: str) -> tuple[StepChoice, ...]:
    """The steps open to a dossier now, the usual one first, then those beside it. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    offered = [action for action in ACTIONS if step_table.is_allowed(kept, action) and _is_offered(desk, kept, action)]
    first = _is_apology_day(desk, kept)
    return tuple(
        _choice(desk, kept, action) for action in step_offer.in_order(kept.status, offered, apologise_first=first)
    )


def _is_offered(desk: Desk, kept: Dossier, action: str) -> bool:
    if action == Action.HAND_OVER:
        return is_at_once(desk, kept)
    return action != Action.LAPSE or not open_until(desk, kept)


def _choice(desk: Desk, kept: Dossier, action: str) -> StepChoice:
    rule = ACTIONS[action]
    return StepChoice(
        action=action,
        label=rule.label,
        needs_reason=rule.needs_reason,
        needs_due=rule.needs_due,
        ends=rule.leads_to is not None and not rule.leads_to.is_open,
        needs_number=step_papers.asks_number(desk, kept.procedure, action),
        due_on=due_proposals.for_step(desk, kept, action) if rule.needs_due else "",
        remark=remark(desk, kept, action),
    )


def _is_apology_day(desk: Desk, kept: Dossier) -> bool:
    if not kept.due_at:
        return False
    due_on, received_on = in_vietnam(kept.due_at).date(), in_vietnam(kept.received_at).date()
    return step_offer.is_apology_day(desk.today(), due_on, desk.calendar, received_on=received_on)


def remark(desk: Desk, kept: Dossier, action: str) -> str:
    """What a clerk should know before this step: of its rule, and of the dossier's money."""
    return " ".join(filter(None, (_of_rule(desk, kept, action), standing.told_before(kept, action))))


def _of_rule(desk: Desk, kept: Dossier, action: str) -> str:
    if action == Action.REQUEST_COMPLETION and kept.completions:
        return (
            f"Hồ sơ này đã được yêu cầu bổ sung {kept.completions} lần. Mọi thiếu sót phải nêu một lần: "
            "chỉ yêu cầu nữa khi có lý do mới."
        )
    if action == Action.APOLOGISE and _is_apology_day(desk, kept):
        return "Sắp đến hoặc đã quá ngày hẹn trả. Phiếu xin lỗi phải đến người nộp trước ngày hẹn một ngày."
    if action == Action.LAPSE:
        rule = procedure_versions.procedure_of(desk, kept).completion
        sure = "" if rule.verified else " Thời hạn này chưa được xác nhận cho thủ tục này."
        return f"Đã quá {rule.days:02d} ngày làm việc từ khi yêu cầu mà chưa bổ sung.{sure}"
    if action == Action.STOP:
        return "Chỉ theo đề nghị của người nộp, khi chưa có quyết định hoặc kết quả."
    return ""
