"""What a message is about, how telling a citizen ended, and where a message stands. The words stand in events."""

from __future__ import annotations

from enum import StrEnum


class About(StrEnum):
    """What the citizen is told. `CONSENT` is no message: whether the citizen wants any."""

    RECEIVED = "received"
    READY = "ready"
    LATE = "late"
    COMPLETION = "completion"
    CONSENT = "consent"

    @property
    def label(self) -> str:
        return _ABOUTS[self]


_ABOUTS = {
    About.RECEIVED: "đã tiếp nhận hồ sơ",
    About.READY: "đã có kết quả",
    About.LATE: "xin lỗi, hẹn lại ngày trả",
    About.COMPLETION: "yêu cầu bổ sung",
    About.CONSENT: "nhận tin nhắn",
}
SENT_ABOUT = (About.RECEIVED, About.COMPLETION, About.LATE, About.READY)
"""What messages are sent about, in the order of a dossier's life."""


class ContactOutcome(StrEnum):
    """How telling the citizen ended.

    `HAS_RESULT`: the citizen says the result is already in hand. `AT_COUNTER`: the citizen stood at the counter with
    the slip while the result was ready, and no step was recorded. `AGREES` and `DECLINES` are for `About.CONSENT`.
    """

    TOLD = "told"
    NOT_REACHED = "not-reached"
    HAS_RESULT = "has-result"
    AT_COUNTER = "at-counter"
    AGREES = "agrees"
    DECLINES = "declines"

    @property
    def label(self) -> str:
        return _OUTCOMES[self]


_OUTCOMES = {
    ContactOutcome.TOLD: "đã báo",
    ContactOutcome.NOT_REACHED: "chưa báo được",
    ContactOutcome.HAS_RESULT: "người dân nói đã nhận kết quả",
    ContactOutcome.AT_COUNTER: "người dân đã đến quầy với giấy hẹn",
    ContactOutcome.AGREES: "đồng ý nhận tin nhắn",
    ContactOutcome.DECLINES: "không nhận tin nhắn",
}
REACHED = frozenset({ContactOutcome.TOLD, ContactOutcome.HAS_RESULT, ContactOutcome.AT_COUNTER})
"""After these the citizen knows."""
IN_HAND = frozenset({ContactOutcome.HAS_RESULT, ContactOutcome.AT_COUNTER})
"""After these the result is in the citizen's hand, or nearly so."""


class Sending(StrEnum):
    """Where a message stands. `VOID`: the step it tells of was taken back before it was sent."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    VOID = "void"

    @property
    def label(self) -> str:
        return _SENDINGS[self]


_SENDINGS = {
    Sending.WAITING: "chờ cấp trên gửi",
    Sending.SENT: "đã gửi",
    Sending.FAILED: "gửi không được",
    Sending.VOID: "không gửi: bước đã rút lại",
}
