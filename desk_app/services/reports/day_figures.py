"""What was done at the counters since a day began, added up from the events themselves. Pure but for their source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from desk_app.domain.dossiers import events as event_kinds
from desk_app.domain.dossiers.changes import procedure_of as chosen_procedure
from desk_app.domain.dossiers.dossier_state import STEP
from desk_app.domain.dossiers.fact_paths import FEE, PROCEDURE
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.handling.ways_out import HANDS_OUT
from desk_app.domain.papers import reception_owes_paper
from desk_app.domain.procedures.procedure import Fee, fee_stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Events, receptions, results handed over, fees known in đồng; `open_fees` dossiers whose sum nobody knows yet.

    `annulled` are results annulled today, whenever they had left; one that left today counts among `returned` too.
    """

    events: int = 0
    received: int = 0
    returned: int = 0
    fees: int = 0
    open_fees: int = 0
    annulled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureFigures:
    """What this desk did of one procedure."""

    procedure: str
    received: int
    returned: int
    fees: int
    open_fees: int = 0


@dataclass
class _Sum:
    events: int = 0
    returned: dict[event_kinds.Stamp, str] = field(default_factory=dict)
    annulled: set[event_kinds.Stamp] = field(default_factory=set)
    receptions: dict[str, event_kinds.Received] = field(default_factory=dict)
    fees: dict[str, Fee] = field(default_factory=dict)

    def figures(self) -> Figures:
        return Figures(
            events=self.events,
            received=len(self.receptions),
            returned=len(self.returned),
            fees=sum(fee.total for fee in self.fees.values()),
            open_fees=sum(fee.known_total is None for fee in self.fees.values()),
            annulled=len(self.annulled),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """The day of this desk (`ours`) and of the whole office (`all`), and this desk's by procedure, most received first.

    `unprinted` are codes received here for which no paper was printed although one is owed, also of ended dossiers.
    """

    ours: Figures
    all: Figures
    procedures: tuple[ProcedureFigures, ...]
    unprinted: tuple[str, ...]


def day_figures(events: Iterable[tuple[event_kinds.Recorded, bool]], procedure_of: Callable[[str], str]) -> DayFigures:
    """Add up a day; with each event whether this desk wrote it. `procedure_of` a dossier received on another day."""
    ours, everybody, printed = _Sum(), _Sum(), set()
    for event, is_ours in sorted(events, key=lambda one: (one[0].lamport, one[0].log, one[0].seq)):
        for one in (ours, everybody) if is_ours else (everybody,):
            _add(one, event)
        if isinstance(event.payload, event_kinds.Printed):
            printed.add(event.dossier)
    return DayFigures(
        ours=ours.figures(),
        all=everybody.figures(),
        procedures=_by_procedure(ours, procedure_of),
        unprinted=tuple(
            received.code
            for dossier, received in ours.receptions.items()
            if dossier not in printed and reception_owes_paper(received)
        ),
    )


def _add(one: _Sum, event: event_kinds.Recorded) -> None:
    payload = event.payload
    if not event.dossier:
        return
    one.events += 1
    if isinstance(payload, event_kinds.Received):
        one.receptions.setdefault(event.dossier, payload)
        one.fees[event.dossier] = payload.fee
    elif isinstance(payload, event_kinds.StepTaken) and payload.action in HANDS_OUT:
        one.returned[event.stamp] = event.dossier
    elif isinstance(payload, event_kinds.StepTaken) and payload.action == Action.ANNUL:
        one.annulled.add(event.stamp)
    elif isinstance(payload, event_kinds.StepTakenBack):
        for stamp in event.seen.get(STEP, ()):
            one.returned.pop(stamp, None)
            one.annulled.discard(stamp)
    elif isinstance(payload, event_kinds.Corrected) and event.dossier in one.receptions:
        _correct(one, event.dossier, payload)
    elif isinstance(payload, event_kinds.ConflictSettled) and event.dossier in one.receptions:
        chosen = event_kinds.Corrected(changes={payload.path: payload.value}, fee=payload.fee)
        _correct(one, event.dossier, chosen)


def _correct(one: _Sum, dossier: str, corrected: event_kinds.Corrected) -> None:
    if FEE in corrected.changes:
        stated = corrected.fee or fee_stated(corrected.changes[FEE])
        one.fees[dossier] = stated or one.fees[dossier]
    chosen = chosen_procedure(corrected.changes.get(PROCEDURE, ""))
    if chosen is not None:
        one.receptions[dossier] = replace(one.receptions[dossier], procedure=chosen.code, forms=chosen.forms)


def _by_procedure(ours: _Sum, procedure_of: Callable[[str], str]) -> tuple[ProcedureFigures, ...]:
    received: Counter[str] = Counter(one.procedure for one in ours.receptions.values())
    fees: Counter[str] = Counter()
    open_fees: Counter[str] = Counter()
    for dossier, one in ours.receptions.items():
        fees[one.procedure] += ours.fees[dossier].total
        open_fees[one.procedure] += ours.fees[dossier].known_total is None
    returned: Counter[str] = Counter()
    for dossier in ours.returned.values():
        here = ours.receptions.get(dossier)
        returned[here.procedure if here else procedure_of(dossier)] += 1
    names = sorted(received.keys() | returned.keys(), key=lambda name: (-received[name], -returned[name], name))
    return tuple(
        ProcedureFigures(
            procedure=name,
            received=received[name],
            returned=returned[name],
            fees=fees[name],
            open_fees=open_fees[name],
        )
        for name in names
    )
