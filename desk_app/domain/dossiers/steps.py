"""Where a dossier stands and which steps lead on from there: statuses, actions, what each action must be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from msgspec import Struct


class Status(StrEnum):
    """Where a dossier stands; the numbers are the national portal's `TrangThaiHoSo`."""

    RECEIVED = "received"
    PROCESSING = "processing"
    AWAITING_COMPLETION = "awaiting_completion"
    AWAITING_DUTY = "awaiting_duty"
    SUSPENDED = "suspended"
    AWAITING_SIGNATURE = "awaiting_signature"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def portal_code(self) -> int:
        return _PORTAL_CODES[self]

    @property
    def is_open(self) -> bool:
        return self not in _ENDS

    @property
    def rank(self) -> int:
        """How far a dossier has come: of steps taken without knowing of each other the furthest shows.

        A result in the citizen's hand stays there, whatever another desk decided meanwhile.
        """
        return _RANKS.get(self, 2)


_LABELS = {
    Status.RECEIVED: "Mới tiếp nhận",
    Status.PROCESSING: "Đang xử lý",
    Status.AWAITING_COMPLETION: "Chờ bổ sung",
    Status.AWAITING_DUTY: "Chờ nghĩa vụ tài chính",
    Status.SUSPENDED: "Tạm dừng",
    Status.AWAITING_SIGNATURE: "Chờ ký",
    Status.RESULT_READY: "Chờ trả kết quả",
    Status.RETURNED: "Đã trả kết quả",
    Status.REFUSED: "Từ chối",
    Status.WITHDRAWN: "Đã rút",
    Status.STOPPED: "Dừng giải quyết",
}
_PORTAL_CODES = {
    Status.RECEIVED: 2,
    Status.PROCESSING: 4,
    Status.AWAITING_COMPLETION: 5,
    Status.AWAITING_DUTY: 6,
    Status.SUSPENDED: 4,
    Status.AWAITING_SIGNATURE: 4,
    Status.RESULT_READY: 9,
    Status.RETURNED: 10,
    Status.REFUSED: 3,
    Status.WITHDRAWN: 7,
    Status.STOPPED: 8,
}
_RANKS = {
    Status.RECEIVED: 0,
    Status.PROCESSING: 1,
    Status.RESULT_READY: 3,
    Status.REFUSED: 4,
    Status.WITHDRAWN: 4,
    Status.STOPPED: 4,
    Status.RETURNED: 5,
}
_ENDS = {Status.RETURNED, Status.REFUSED, Status.WITHDRAWN, Status.STOPPED}


class Action(StrEnum):
    """What a person can do with a dossier after reception; the texts stand in events for ever."""

    FORWARD = "forward"
    REQUEST_COMPLETION = "request-completion"
    COMPLETE = "complete"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    RESUME = "resume"
    APOLOGISE = "apologise"
    STOP = "stop"
    READY = "ready"
    RETURN = "return"
    HAND_OVER = "hand-over"
    WITHDRAW = "withdraw"
    SUBMIT = "submit"
    SIGNED = "signed"
    ASK_DUTY = "ask-duty"
    DUTY_DONE = "duty-done"
    LAPSE = "lapse"
    ANNUL = "annul"


STOP_ASKED = "request"
"""The cause of a stop that the citizen asked for, the only one there is."""


class AnnulOutcome(StrEnum):
    """What becomes of a dossier whose result is annulled: it is handled anew, or it ends."""

    REDO = "redo"
    END = "end"


class StepRule(Struct, frozen=True, kw_only=True):
    """A step: from which statuses it may be taken, where it leads (None: stays), and what it must be told."""

    label: str
    allowed: frozenset[Status]
    leads_to: Status | None
    needs_reason: bool = False
    needs_due: bool = False


_AT_WORK = frozenset({Status.RECEIVED, Status.PROCESSING})
_OPEN = frozenset(status for status in Status if status.is_open)

ACTIONS: Mapping[str, StepRule] = {
    Action.FORWARD: StepRule(
        label="chuyển xử lý", allowed=_AT_WORK | {Status.AWAITING_SIGNATURE}, leads_to=Status.PROCESSING
    ),
    Action.REQUEST_COMPLETION: StepRule(
        label="yêu cầu bổ sung", allowed=_AT_WORK, leads_to=Status.AWAITING_COMPLETION, needs_reason=True
    ),
    Action.COMPLETE: StepRule(
        label="nhận bổ sung",
        allowed=frozenset({Status.AWAITING_COMPLETION}),
        leads_to=Status.PROCESSING,
        needs_due=True,
    ),
    Action.LAPSE: StepRule(
        label="dừng do không bổ sung", allowed=frozenset({Status.AWAITING_COMPLETION}), leads_to=Status.STOPPED
    ),
    Action.ASK_DUTY: StepRule(
        label="yêu cầu thực hiện nghĩa vụ tài chính",
        allowed=_AT_WORK,
        leads_to=Status.AWAITING_DUTY,
        needs_reason=True,
    ),
    Action.DUTY_DONE: StepRule(
        label="đã thực hiện nghĩa vụ tài chính",
        allowed=frozenset({Status.AWAITING_DUTY}),
        leads_to=Status.PROCESSING,
        needs_due=True,
    ),
    Action.SUBMIT: StepRule(label="trình ký", allowed=_AT_WORK, leads_to=Status.AWAITING_SIGNATURE),
    Action.SIGNED: StepRule(
        label="đã ký, nhận lại", allowed=frozenset({Status.AWAITING_SIGNATURE}), leads_to=Status.PROCESSING
    ),
    Action.REFUSE: StepRule(
        label="từ chối",
        allowed=_AT_WORK | {Status.AWAITING_COMPLETION, Status.AWAITING_DUTY},
        leads_to=Status.REFUSED,
        needs_reason=True,
    ),
    Action.SUSPEND: StepRule(label="tạm dừng", allowed=_AT_WORK, leads_to=Status.SUSPENDED, needs_reason=True),
    Action.RESUME: StepRule(
        label="tiếp tục", allowed=frozenset({Status.SUSPENDED}), leads_to=Status.PROCESSING, needs_due=True
    ),
    Action.APOLOGISE: StepRule(
        label="xin lỗi và hẹn lại",
        allowed=_AT_WORK | {Status.AWAITING_SIGNATURE},
        leads_to=None,
        needs_reason=True,
        needs_due=True,
    ),
    Action.STOP: StepRule(label="dừng giải quyết", allowed=_OPEN, leads_to=Status.STOPPED, needs_reason=True),
    Action.READY: StepRule(
        label="báo có kết quả", allowed=_AT_WORK | {Status.AWAITING_SIGNATURE}, leads_to=Status.RESULT_READY
    ),
    Action.RETURN: StepRule(label="trả kết quả", allowed=frozenset({Status.RESULT_READY}), leads_to=Status.RETURNED),
    Action.HAND_OVER: StepRule(
        label="trả kết quả ngay", allowed=frozenset({Status.RECEIVED}), leads_to=Status.RETURNED
    ),
    Action.WITHDRAW: StepRule(label="cho rút hồ sơ", allowed=_OPEN, leads_to=Status.WITHDRAWN),
    Action.ANNUL: StepRule(
        label="hủy kết quả đã trả",
        allowed=frozenset({Status.RETURNED}),
        leads_to=Status.STOPPED,
        needs_reason=True,
    ),
}
_USUAL = {
    Status.RECEIVED: (Action.HAND_OVER, Action.FORWARD),
    Status.PROCESSING: (Action.READY,),
    Status.AWAITING_COMPLETION: (Action.COMPLETE,),
    Status.AWAITING_DUTY: (Action.DUTY_DONE,),
    Status.SUSPENDED: (Action.RESUME,),
    Status.AWAITING_SIGNATURE: (Action.SIGNED,),
    Status.RESULT_READY: (Action.RETURN,),
}


def leads_to(action: str, outcome: str = "") -> Status | None:
    """Where a step leads; None where it leaves the dossier as it stands, or where no rule knows the action."""
    if action == Action.ANNUL and outcome == AnnulOutcome.REDO:
        return Status.PROCESSING
    rule = ACTIONS.get(action)
    return rule.leads_to if rule is not None else None


def usual(status: Status, offered: Collection[str]) -> str:
    """The step that is taken most often in this status, of those offered; "" for none."""
    return next((action for action in _USUAL.get(status, ()) if action in offered), "")
