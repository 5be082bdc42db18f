"""Which printed papers no longer say what the dossier says, and what a paper printed again says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk_app.documents.forms.form_keys import asked_of_values
from desk_app.documents.forms.form_records import Form
from desk_app.documents.layout.lines import value_of
from desk_app.documents.values import values_of
from desk_app.domain.calendar.moments import shown_day
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Corrected, Printed, Recorded
from desk_app.domain.papers import PDF_PRINTER, OwedPaper, papers_of
from desk_app.domain.procedures.procedure import Procedure
from desk_app.services.desk.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """A paper that was printed. `mark` stands on it from its first change on; `is_stale`: not printed since.

    `times` is how often a printer took it; what went into a file is no printing.
    """

    mark: str
    is_stale: bool
    times: int = 0

    def mark_of_print(self) -> str:
        """What stands on it when a printer takes it once more."""
        again = f"Bản in lần {self.times + 1}" if self.times else ""
        return ". ".join(part for part in (again, self.mark) if part)


def of(desk: Desk, kept: Dossier, procedure: Procedure, events: Sequence[Recorded]) -> dict[str, Reprint]:
    """By paper ("slip", "slip80", a form's id); papers that nobody printed are left out.

    Papers are compared by the values their form asks for: a change of what a paper does not show leaves it as it is.
    """
    if not kept.prints or not any(isinstance(event.payload, Printed) for event in events):
        return {}
    owed = [(paper, desk.forms.forms.get((paper.form.form, paper.form.version))) for paper in papers_of(kept)]
    papers = [_Paper(paper, form) for paper, form in owed if form is not None]
    state: Dossier | None = None
    for event in events:
        before, state = state, dossier.advance(state, event)
        if before is None or state is None:
            continue
        if isinstance(event.payload, Printed):
            for paper in papers:
                paper.print(event.payload, state, procedure)
        elif any(paper.was_printed for paper in papers):
            for paper in papers:
                paper.change(event, state, procedure)
    return {paper.name: paper.reprint for paper in papers if paper.was_printed}


class _Paper:
    """One paper of the dossier while its events are gone through."""

    def __init__(self, paper: OwedPaper, form: Form) -> None:
        self.name = paper.name
        self._is_slip = paper.is_slip
        self._event = paper.event
        self.mark = ""
        self.was_printed = False
        self._times = 0
        self._due_at = 0
        self._keys = {key for _, key in asked_of_values(form.layout)}
        self._printed: Mapping[str, object] = {}
        self._now: Mapping[str, object] = {}

    @property
    def reprint(self) -> Reprint:
        return Reprint(mark=self.mark, is_stale=self._now != self._printed, times=self._times)

    def print(self, printed: Printed, state: Dossier, procedure: Procedure) -> None:
        if self.name in printed.papers:
            self.was_printed = True
            self._times += printed.printer != PDF_PRINTER
            self._printed = self._now = self._said(state, procedure)
            self._due_at = state.due_at

    def change(self, event: Recorded, state: Dossier, procedure: Procedure) -> None:
        if not self.was_printed:
            return
        said = self._said(state, procedure)
        if said != self._now:
            self._now, self.mark = said, _mark(event) + self._replacing(state)

    def _replacing(self, state: Dossier) -> str:
        """Of a slip with another due day: which slip in the citizen's hand it replaces."""
        was, now = shown_day(self._due_at), shown_day(state.due_at)
        return f"; thay bản hẹn ngày {was}" if self._is_slip and was and was != now else ""

    def _said(self, state: Dossier, procedure: Procedure) -> Mapping[str, object]:
        """What the paper shows; its procedure by code and version, for its name comes from the catalogue."""
        values = values_of(state, procedure, self._event)
        shown = {key: values.get(key) or value_of(values, key) for key in self._keys}
        return shown | {"": (state.procedure, state.procedure_version)}


def _mark(event: Recorded) -> str:
    on = shown_day(event.at)
    if isinstance(event.payload, Corrected):
        return f"Bản in lại sau khi đính chính ngày {on}"
    return f"Bản in lại, thay bản in trước ngày {on}"
