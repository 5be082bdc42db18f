"""What a step said beside its reason, in words: for the history and the page of a dossier."""

from __future__ import annotations

from collections.abc import Iterator

from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import STOP_ASKED, AnnulOutcome
from desk_app.domain.handling import completion
from desk_app.domain.handling.ways_out import WayOut
from desk_app.services.handling import handling_data

_OUTCOMES = {AnnulOutcome.REDO.value: "giải quyết lại", AnnulOutcome.END.value: "kết thúc hồ sơ"}


def of_step(step: StepTaken) -> str:
    """Everything the step says beside reason, due day and papers; "" for nothing."""
    return "".join(f"; {each}" for each in _parts(step))


def facts(kept: Dossier) -> list[tuple[str, str]]:
    """What is known of the work inside, of the decision and of how the result left, as lines of a card."""
    now, collector = kept.handling, kept.collector
    holder = f"{now.holder}, đến {shown_moment(now.until)}" if now.holder and now.until else now.holder
    signed = ", ".join(filter(None, (now.signer, dates.shown(now.decided_on) if now.decided_on else "")))
    return [
        ("Đang ở", holder if kept.status.is_open else ""),
        ("Cần bổ sung", completion.as_reason(now.defects) if kept.status == "awaiting_completion" else ""),
        ("Kết quả", kept.result),
        ("Người ký, ngày ký", signed),
        ("Cách trả", _way(now.handed, now.item_code, now.paper_of_authority)),
        ("Người nhận kết quả", collector.full_name if collector is not None else ""),
    ]


def _parts(step: StepTaken) -> Iterator[str]:
    if step.to:
        yield f"đến {step.to}" + (f", hạn {shown_moment(step.until)}" if step.until else "")
    if step.defects and completion.as_reason(step.defects) != step.reason:
        yield completion.as_reason(step.defects)
    kind = next((each for each in handling_data.reasons().reason if each.id == step.cause), None)
    if kind is not None and step.cause != STOP_ASKED:
        yield kind.name
    if step.result:
        yield f"kết quả: {step.result}"
    if step.signer or step.decided_on:
        yield "ký: " + ", ".join(filter(None, (step.signer, dates.shown(step.decided_on) if step.decided_on else "")))
    if step.handed != WayOut.COUNTER and (way := _way(step.handed, step.item_code, step.paper_of_authority)):
        yield way
    if step.collector is not None:
        yield f"người nhận: {step.collector.full_name}"
    if step.outcome:
        yield _OUTCOMES.get(step.outcome, step.outcome)


def _way(handed: str, item_code: str, paper: str) -> str:
    way = WayOut(handed).label if handed in set(WayOut) else handed
    return ", ".join(filter(None, (way, f"mã bưu gửi {item_code}" if item_code else "", paper)))
