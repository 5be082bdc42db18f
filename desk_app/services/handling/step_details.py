"""What a step is told beside its reason and due day, as typed: who has the dossier until when, defects, the result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from desk_app import typed_values
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.calendar.typed_day import DaySense, typed_day
from desk_app.domain.dossiers.dossier import Dossier, StepDetails
from desk_app.domain.dossiers.events import Defect
from desk_app.domain.dossiers.steps import Action, AnnulOutcome
from desk_app.domain.handling import inner_steps
from desk_app.domain.handling.reason_kinds import SuspensionClock
from desk_app.domain.handling.ways_out import HANDS_OUT, WayOut, usual_way
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.handling import handling_data
from desk_app.services.reception import due_and_fee

KEYS = (
    "inner",
    "until",
    "defects",
    "signer",
    "decided_on",
    "file",
    "handed",
    "item_code",
    "paper_of_authority",
    "cause",
    "outcome",
)
_PLAIN = ("signer", "item_code", "paper_of_authority")
_SHA = 64
_MISSING = "thiếu"


def details_of(desk: Desk, kept: Dossier, action: str, told: Mapping[str, str]) -> tuple[str, StepDetails]:
    """To whom the dossier goes ("" for nobody), and the details of the event; `told` are texts by key of `KEYS`, "to".

    What nobody said is filled in from the procedure's inner steps and from the reception. Raises `BadFactError`.
    """
    details = StepDetails()
    for key in _PLAIN:
        if told.get(key, "").strip():
            details[key] = nfc(told[key]).strip()  # type: ignore[literal-required]
    if told.get("decided_on"):
        details["decided_on"] = _day(desk, told["decided_on"])
    if told.get("defects"):
        details["defects"] = defects_of(desk, kept, told["defects"])
    if told.get("file"):
        details["file"] = _known_file(kept, told["file"])
    if cause := told.get("cause", ""):
        details["cause"] = _cause(action, cause)
    if action == Action.SUSPEND:
        counts = handling_data.reasons().counts(details.get("cause", ""))
        details["clock"] = SuspensionClock.RUNS if counts else SuspensionClock.STOPS
    if outcome := told.get("outcome", "") or (AnnulOutcome.END if action == Action.ANNUL else ""):
        details["outcome"] = outcome
    if handed := told.get("handed", "") or _usual_way(kept, action, told):
        details["handed"] = handed
    return _passed_on(desk, kept, action, told, details), details


def defects_of(desk: Desk, kept: Dossier, told: str) -> tuple[Defect, ...]:
    """The defects in JSON, or in lines "giấy tờ: thiếu, sai gì" (also behind ";"); a paper by id, name or number."""
    if told.lstrip().startswith("["):
        try:
            given = typed_values.from_json(told, list[dict[str, str]])
        except (msgspec.DecodeError, RecursionError) as error:
            raise BadFactError(field="defects", label="Giấy tờ cần bổ sung", why="không đọc được JSON") from error
        pairs = [(each.get("component") or each.get("name", ""), each.get("wrong", "")) for each in given]
    else:
        lines = [line for line in told.replace(";", "\n").split("\n") if line.strip()]
        pairs = [(line.partition(":")[0], line.partition(":")[2]) for line in lines]
    papers = procedure_versions.procedure_of(desk, kept).components
    by_id = {each.id: each.name for each in papers}
    by_word = {each.name: each.id for each in papers} | {str(n): each.id for n, each in enumerate(papers, 1)}
    found = []
    for paper, wrong in pairs:
        word = nfc(paper).strip()
        component = word if word in by_id else by_word.get(word, "")
        name = by_id.get(component, word)
        if not name:
            raise BadFactError(field="defects", label="Giấy tờ cần bổ sung", why="thiếu tên giấy tờ")
        found.append(Defect(component=component, name=name, wrong=nfc(wrong).strip() or _MISSING))
    return tuple(found)


def file_to_attach(told: Mapping[str, str]) -> Path | None:
    """The file of the result where `told` names one that is not kept yet."""
    text = told.get("file", "")
    return Path(text) if text and not _is_sha(text) else None


def _known_file(kept: Dossier, text: str) -> str:
    if not _is_sha(text):
        return ""
    if text not in {file.sha for file in kept.attachments}:
        raise BadFactError(field="file", label="Tệp kết quả", why="tệp này chưa đính kèm vào hồ sơ")
    return text


def _is_sha(text: str) -> bool:
    return len(text) == _SHA and all(letter in "0123456789abcdef" for letter in text)


def _cause(action: str, cause: str) -> str:
    kinds = handling_data.reasons().of_action(action)
    for kind in kinds:
        if cause in (kind.id, kind.name):
            return kind.id
    known = ", ".join(kind.id for kind in kinds)
    why = f"chọn một trong {known}" if known else "bước này không có loại lý do"
    raise BadFactError(field="cause", label="Loại lý do", why=why)


def _usual_way(kept: Dossier, action: str, told: Mapping[str, str]) -> str:
    """The way agreed at reception where it lacks nothing: a clerk who says only "returned" is not held up."""
    if action not in HANDS_OUT:
        return ""
    if told.get("paper_of_authority"):
        return WayOut.AUTHORISED
    if told.get("item_code"):
        return WayOut.POST
    way = usual_way(kept.return_by)
    return way if way is WayOut.COUNTER or (way is WayOut.HOME and told.get("cause")) else ""


def _passed_on(desk: Desk, kept: Dossier, action: str, told: Mapping[str, str], details: StepDetails) -> str:
    """Who receives the dossier, with the inner step and until when put into `details`."""
    steps = handling_data.inner_steps_of(desk, kept)
    named = told.get("inner", "")
    if named:
        inner = next((step for step in steps if named in (step.id, step.name)), None)
        if inner is None:
            known = ", ".join(step.id for step in steps)
            raise BadFactError(field="inner", label="Bước nội bộ", why=f"chọn một trong {known}")
    else:
        inner = inner_steps.usual_next(steps, action, kept.status, kept.handling.inner)
    to = nfc(told.get("to", "")).strip()
    if inner is not None:
        details["inner"] = inner.id
        details["until"] = inner_steps.until(steps, inner, desk.now(), kept.due_at, desk.calendar)
        to = to or inner.who
    if told.get("until"):
        details["until"] = moment_of(desk, told["until"])
    return to


def moment_of(desk: Desk, text: str) -> int:
    """UTC ms of "16:30 30/11/2026", of an ISO moment, or of a day, whose hour is that of handing out.

    Raises `BadFactError`, also for a moment that has passed.
    """
    words = text.split()
    try:
        if len(words) == 2 and ":" in words[0]:
            hour, minute = (int(part) for part in words[0].split(":"))
            day = datetime.fromisoformat(_due_day(desk, words[1]))
            at = milliseconds(day.replace(hour=hour, minute=minute, tzinfo=VIETNAM))
        elif "T" in text:
            moment = datetime.fromisoformat(text)
            at = milliseconds(moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM))
        elif len(words) == 1 and ":" in text:
            why = f"còn thiếu ngày; gõ như 16:30 {desk.today():%d/%m/%Y}"
            raise BadFactError(field="until", label="Đến khi nào", why=why)
        else:
            at = due_and_fee.hand_out_on(desk, _due_day(desk, text))
    except (ValueError, OverflowError) as error:
        raise BadFactError(field="until", label="Đến khi nào", why="cần giờ:phút ngày/tháng/năm, hoặc ngày") from error
    if at < milliseconds(desk.now()):
        raise BadFactError(field="until", label="Đến khi nào", why="không thể trước lúc này")
    return at


def _due_day(desk: Desk, text: str) -> str:
    found = typed_day(text, DaySense.DUE, desk.today(), desk.calendar)
    if not found.iso:
        raise BadFactError(field="until", label="Đến khi nào", why=found.refusal or "cần ngày/tháng/năm")
    return found.iso


def _day(desk: Desk, text: str) -> str:
    """The day of a decision, ISO. Raises `BadFactError` for no day, and for one to come."""
    found = typed_day(text, DaySense.PAST, desk.today(), desk.calendar)
    if found.refusal or not found.iso:
        raise BadFactError(field="decided_on", label="Ngày ký", why=found.refusal or "cần ngày/tháng/năm")
    return found.iso
