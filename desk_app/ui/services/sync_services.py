"""What the window can ask about sync, enrolment and what follows reception: bound in the composition root."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.domain.dossiers.dossier import Dossier
    from desk_app.domain.mistakes.mistake import Mistake
    from desk_app.services.dossiers.corrections import Correctable
    from desk_app.services.dossiers.steps import Conflict, StepChoice
    from desk_app.services.dossiers.taking_back import LastStep
    from desk_app.services.papers.papers import Paper
    from desk_app.services.reception.draft import Question
    from desk_app.services.reports.day_end import DayEnd
    from desk_app.services.sync.enrolling import EnrolmentOffer
    from desk_app.services.sync.records import Exchanged, SyncStatus
    from desk_app.sync.rounds.rounds import Progress


class Learn(Protocol):
    """Takes over what an exchange changed beneath the open desk: the district's clock, and the law where it did."""

    def __call__(self, *, law_changed: bool) -> None: ...


class SyncServices(Struct, frozen=True, kw_only=True):
    """Every function raises `DeskError`. Those called `…_apart` open what they need themselves, for a job's thread.

    `load_apart` reads the code of the network before it is wanted: its libraries hold every thread while they load.
    `desk_number` is the district's once it gave one; `pause_s` says how long to wait after so many failures in a row.
    """

    desk_number: Callable[[], int]
    status_apart: Callable[[], SyncStatus]
    load_apart: Callable[[], object]
    synchronise_apart: Callable[[Callable[[Progress], None], Event], Exchanged]
    export_stick_apart: Callable[[Path], Exchanged]
    import_stick_apart: Callable[[Path], Exchanged]
    settle_set_aside: Callable[[int], None]
    mark_announcements_seen: Callable[[], None]
    learn: Learn
    every_min: Callable[[], int]
    pause_s: Callable[[int], float]
    enrol_apart: Callable[[str, str], EnrolmentOffer]
    ask_on_stick_apart: Callable[[str, Path], Path]
    answer_from_stick_apart: Callable[[Path], EnrolmentOffer]
    offered: Callable[[], EnrolmentOffer | None]
    confirm: Callable[[], None]
    decline: Callable[[], None]


class TakeStep(Protocol):
    """Takes a step: a due day as typed, the answers of its papers by key."""

    def __call__(
        self, code: str, action: str, reason: str, due: str, number: str = ..., fields: Mapping[str, str] = ..., /
    ) -> Dossier: ...


class FollowingServices(Struct, frozen=True, kw_only=True):
    """Steps, corrections and conflicts of a dossier, by its code.

    `questions(code, action, typed)` is what the papers of a step ask after the answers so far; `check_step` raises what
    `step` would raise, and takes the same.
    `step_mistakes(code, action, answers)` and `correction_mistakes(code, changes)` are those that it would bring.
    `last_step` may be taken back; `take_back(code, reason, due)`. `due_for(code, procedure)` is the due day, ISO, that
    another procedure would give.
    """

    steps: Callable[[str], tuple[StepChoice, ...]]
    questions: Callable[[str, str, Mapping[str, str]], tuple[Question, ...]]
    check_step: Callable[[str, str, str, str, str, Mapping[str, str]], None]
    step: TakeStep
    step_mistakes: Callable[[str, str, Mapping[str, str]], tuple[Mistake, ...]]
    note: Callable[[str, str], Dossier]
    last_step: Callable[[str], LastStep | None]
    take_back: Callable[[str, str, str], Dossier]
    correctable: Callable[[str], tuple[Correctable, ...]]
    correction_mistakes: Callable[[str, Mapping[str, str]], tuple[Mistake, ...]]
    correct: Callable[[str, Mapping[str, str], str], Dossier]
    due_for: Callable[[str, str], str]
    conflicts: Callable[[str], tuple[Conflict, ...]]
    settle: Callable[[str, str, str], Dossier]


class DayEndServices(Struct, frozen=True, kw_only=True):
    """The close of the day: what is left open, the report, and the close itself; `…_apart` as above."""

    day_end_apart: Callable[[], DayEnd]
    report_apart: Callable[[], Paper]
    close: Callable[[], None]
