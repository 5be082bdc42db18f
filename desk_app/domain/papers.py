"""Which papers a dossier has: those its reception owes, and those its steps owe. Pure.

A form says of itself which step owes it (`owed` in form.toml); the event of the step keeps form and version, so that
the paper can be drawn again as it was, whatever becomes of the form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app.lazy import lazy

if TYPE_CHECKING:
    from desk_app.domain.dossiers import events, steps
    from desk_app.domain.dossiers.dossier_state import Dossier
else:
    events = lazy("desk_app.domain.dossiers.events")
    steps = lazy("desk_app.domain.dossiers.steps")

SLIP, SLIP_80 = "giay-tiep-nhan", "giay-tiep-nhan-80"
LINKED_SLIP = "giay-tiep-nhan-lien-thong"
LINKED_SLIP_80 = "giay-tiep-nhan-lien-thong-80"
LINKED_SLIPS = frozenset({LINKED_SLIP, LINKED_SLIP_80})
"""The slips of dossiers that were received as one: they list them all, each with its code and due."""
SLIPS = LINKED_SLIPS | {SLIP, SLIP_80}
_NAMES = {SLIP: "slip", SLIP_80: "slip80", LINKED_SLIP: "slip", LINKED_SLIP_80: "slip80"}
PDF_PRINTER = "PDF"
"""What stands in the journal in a printer's place where papers went into files."""
_AGAIN = "@"


class PaperManner(Struct, frozen=True, kw_only=True):
    """How a paper is set for who reads it; its words stay. `large` letters, `captions` the language below the lines."""

    large: bool = False
    captions: str = ""


USUAL = PaperManner()
_LARGER = {"A5": "A4"}


def sheet_for(sheet: str, manner: PaperManner) -> str:
    """The sheet that a paper goes on: large letters need the next larger one; a roll is as wide as it is."""
    return _LARGER.get(sheet, sheet) if manner.large else sheet


class OwedPaper(Struct, frozen=True, kw_only=True):
    """A paper of a dossier. `event` is the step that owes it, None for the reception.

    `name` is what a print is recorded under: "slip", "slip80", else the form's id; "@2" behind it where the same step
    was taken a second time.
    """

    name: str
    form: events.FormVersion
    event: events.Recorded | None = None

    @property
    def is_slip(self) -> bool:
        return self.name in _NAMES.values()

    @property
    def number(self) -> str:
        """The outgoing number; "" for none."""
        payload = self.event.payload if self.event is not None else None
        return payload.number if isinstance(payload, events.StepTaken) else ""


def name_of(form: str) -> str:
    """What the paper of a form is called in prints and by `papers.draw`."""
    return _NAMES.get(form, form)


def papers_of(dossier: Dossier) -> tuple[OwedPaper, ...]:
    """Every paper that can be printed for the dossier: the reception's, then those of its steps, in their order.

    A step that was taken back owes nothing.
    """
    of_reception = (OwedPaper(name=name_of(form.form), form=form) for form in dossier.forms)
    return (*of_reception, *_of_steps(dossier))


def owed_at_reception(dossier: Dossier) -> tuple[str, ...]:
    """Names of what a reception prints: the declarations, and the slip unless the result is handed over at once.

    No slip is owed then, unless the citizen asks (NĐ 61/2018 Đ17.4).
    """
    declarations = tuple(form.form for form in dossier.forms if form.form not in _NAMES)
    slip = () if dossier.status is steps.Status.RETURNED and not dossier.due_at else (_NAMES[SLIP],)
    return declarations + slip


def reception_owes_paper(received: events.Received) -> bool:
    """Whether it owes a declaration or the slip; neither where the result was handed over at once without a form, nor
    where the first of the dossiers received with it owes them for all.
    """
    if received.linked is not None and not received.linked.leads:
        return False
    return bool(received.due_at) or any(form.form not in _NAMES for form in received.forms)


def owed_by(dossier: Dossier, event: events.Recorded) -> tuple[OwedPaper, ...]:
    """What this step of the dossier owes."""
    return tuple(paper for paper in _of_steps(dossier) if paper.event is not None and paper.event.stamp == event.stamp)


def _of_steps(dossier: Dossier) -> Iterator[OwedPaper]:
    times: Counter[str] = Counter()
    for turn in dossier.turns:
        if not isinstance(turn.payload, events.StepTaken) or turn.stamp in dossier.taken_back:
            continue
        for form in turn.payload.papers:
            times[form.form] += 1
            again = f"{_AGAIN}{times[form.form]}" if times[form.form] > 1 else ""
            yield OwedPaper(name=f"{form.form}{again}", form=form, event=turn)
