"""What a procedure says of its handling inside the office: its inner steps, and completions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct


class InnerStep(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step inside the office, by an id that stands in events for ever; `who` is the post that usually has it.

    It takes `half_days`, none for the rest of the day; with `rest` what the other steps leave of the limit. `signs`:
    it is the leader's.
    """

    id: str
    name: str
    who: str = ""
    half_days: int = 0
    rest: bool = False
    signs: bool = False


def mistakes(steps: Sequence[InnerStep]) -> Iterator[str]:
    """What the types cannot refuse in the inner steps of one procedure, in words."""
    ids = [step.id for step in steps]
    if not all(ids) or len(set(ids)) != len(ids):
        yield "mỗi bước cần một id riêng"
    if any(step.half_days < 0 for step in steps):
        yield "half_days không được âm"


class ClockAfterCompletion(StrEnum):
    """How the limit goes on once everything asked for was handed in: from its beginning, or with what was left."""

    RESTART = "restart"
    RESUME = "resume"


class CompletionRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a procedure says of completions: the clock after one, and the working days that a citizen has.

    07 working days are the rule of the linked procedures (NĐ 301/2026/NĐ-CP Đ8, Đ14); of others nobody has confirmed
    it, `verified` says where somebody has.
    """

    clock: ClockAfterCompletion = ClockAfterCompletion.RESTART
    days: int = 7
    verified: bool = False
