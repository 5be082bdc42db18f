"""What a dossier is once its events are folded. A frozen record; the fold itself is in `dossier`."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain import lateness
from desk_app.domain.custody.holding import Holding
from desk_app.domain.dossiers.events import Attached, Defect, DossierFacts, Recorded, Stamp
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.linked.group import LinkedGroup
from desk_app.domain.organisations.organisation import answers_of
from desk_app.domain.people.person import Person

STATUS = "status"
"""The path under which a person settles steps that came out of turn; nothing else changes it."""
STEP = "step"
"""The name under which a step taken back is cited."""


class ConcurrentValue(Struct, frozen=True):
    """A value of one path that no later event has seen and replaced."""

    stamp: Stamp
    value: str


class Handling(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the steps in effect say of the work inside, of the decision and of how the result left.

    `holder` has the dossier in the inner step `inner` until `until` (UTC ms, 0 for never said) since `since`. `defects`
    and `asked_at` are of the completion asked for last; `file` is the SHA-256 in hex of the attached result.
    `annulments` counts results that were annulled after they had left. `counts`: the latest suspension is for a reason
    of the office's own, its time runs on.
    """

    inner: str = ""
    holder: str = ""
    since: int = 0
    until: int = 0
    defects: tuple[Defect, ...] = ()
    asked_at: int = 0
    signer: str = ""
    decided_on: str = ""
    file: str = ""
    handed: str = ""
    item_code: str = ""
    paper_of_authority: str = ""
    annulments: int = 0
    counts: bool = False


class Dossier(DossierFacts, frozen=True, kw_only=True, omit_defaults=True):
    """The fold of a dossier's events: its facts as of now, and where it stands. Moments are UTC ms, 0 for never.

    `tips` holds, for each path changed since reception, the values standing; two or more of one path are a conflict.
    `out_of_turn` are stamps of steps that came in a status that no longer allowed them; kept, for a person to see, and
    in force where they lead further. `turns` are the events that decide where the dossier stands, in their order;
    those whose stamps `taken_back` holds count no longer. `step_due` and `reset_due` are the due moments that
    the latest step and the latest step taken back gave. `founding` is the reception that made the dossier, `rivals` are
    receptions of the same id that say something else: kept, for a person to see, and never counted. `money` are the
    events of its payments, in their order (`payments.payment` reads them). `contacts` are what was to be sent to the
    citizen, what was sent, and who spoke with the citizen (`domain.messages`). `linked` names the dossiers received
    with it as one; `held` says at which desk the papers are, None for the one that the reception names. `notes` are for
    colleagues and stand on no paper.
    """

    id: str
    status: Status
    first_due_at: int
    clerk: str
    result: str = ""
    returned_at: int = 0
    collector: Person | None = None
    apologies: int = 0
    completions: int = 0
    handling: Handling = Handling()
    notes: tuple[Recorded, ...] = ()
    prints: dict[str, int] = {}
    attachments: tuple[Attached, ...] = ()
    tips: dict[str, tuple[ConcurrentValue, ...]] = {}
    out_of_turn: tuple[Stamp, ...] = ()
    turns: tuple[Recorded, ...] = ()
    taken_back: tuple[Stamp, ...] = ()
    step_due: ConcurrentValue | None = None
    reset_due: ConcurrentValue | None = None
    version: Stamp = (0, "")
    founding: Recorded | None = None
    rivals: tuple[Recorded, ...] = ()
    money: tuple[Recorded, ...] = ()
    contacts: tuple[Recorded, ...] = ()
    linked: LinkedGroup | None = None
    held: Holding | None = None

    @property
    def answers(self) -> dict[str, str]:
        """What forms ask beside people, by key: the answers and the facts of organisations."""
        return {**self.fields, **answers_of(self.organisations)}

    @property
    def has_decision(self) -> bool:
        """Whether a decision on the request is recorded: its number, day or signer, or that the result is ready."""
        is_signed = bool(self.result or self.handling.signer or self.handling.decided_on)
        return is_signed or self.status is Status.RESULT_READY

    @property
    def time_runs(self) -> bool:
        """Whether the office's time runs now: only then can the dossier be late."""
        return lateness.time_runs(self.status, counts=self.handling.counts)

    def is_late(self, now: int) -> bool:
        """Whether the due moment passed while the office's time runs; `now` UTC ms."""
        return lateness.is_late(self.status, self.due_at, now, counts=self.handling.counts)

    @property
    def applicant(self) -> Person:
        return self.people["applicant"]

    @property
    def holding(self) -> Holding:
        """At which desk the papers are: where they were received, until another desk took them over."""
        return self.held or Holding(desk=self.office.desk, since=self.received_at)

    @property
    def conflicts(self) -> dict[str, tuple[ConcurrentValue, ...]]:
        """Paths with several values standing, newest first: "hai quầy cùng sửa"."""
        return {
            path: tuple(sorted(tips, key=lambda tip: tip.stamp, reverse=True))
            for path, tips in self.tips.items()
            if len(tips) > 1
        }

    @property
    def needs_look(self) -> bool:
        """Whether a person should see the dossier: two desks differ, or two receptions have its id."""
        return bool(self.conflicts or self.out_of_turn or self.rivals)

    @property
    def last_turn(self) -> Recorded | None:
        """The latest step, or choice among steps, that still counts."""
        return next((turn for turn in reversed(self.turns) if turn.stamp not in self.taken_back), None)
