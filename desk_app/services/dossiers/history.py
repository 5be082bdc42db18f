"""The history of a dossier as a person reads it: every event a line, what was changed with its old and new value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk_app.domain import money
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import in_vietnam, shown_moment
from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers import events as event_kinds
from desk_app.domain.dossiers.changes import value_at
from desk_app.domain.dossiers.dossier import STATUS, Dossier
from desk_app.domain.dossiers.dossier_state import STEP
from desk_app.domain.dossiers.fact_paths import OF_DOSSIER
from desk_app.domain.history import event_bound
from desk_app.domain.messages.message_events import Contacted, MessageQueued, MessageSent
from desk_app.domain.payments import money_words
from desk_app.domain.payments.money_events import Paid, PaidBack, Receipted
from desk_app.domain.procedures.procedure import Fee, FeeStanding
from desk_app.services.custody import custody_lines
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import signers
from desk_app.services.dossiers.shown_values import difference, label, questions_of, shown, whose
from desk_app.services.dossiers.signers import Signers
from desk_app.services.dossiers.taking_back import label_of
from desk_app.services.handling import step_words
from desk_app.services.messages import message_words

_PLACES = {path: place for place, path in enumerate(OF_DOSSIER)}
_UNKNOWN = "Việc này chương trình chưa hỗ trợ; cập nhật chương trình để xem"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One event as a person reads it; `stamp` (log, seq) finds it in the journal. `is_void`: taken back later.

    `desk` is the number of the desk that signed the event, 0 for this desk and where no certificate names one.
    """

    log: str
    seq: int
    kind: str
    at: datetime
    author: str
    text: str
    is_void: bool = False
    desk: int = 0

    @property
    def who(self) -> str:
        """The author, with the desk whose key signed for the name where it is another than this one."""
        return signers.told(self.author, self.desk)


def lines(desk: Desk, events: Sequence[event_kinds.Recorded], kept: Dossier) -> Iterator[HistoryEntry]:
    """A line for each event, in the order in which they count; `kept` is the dossier they make.

    Of events that are more of one desk than count there is a line for all.
    """
    by_stamp = {event.stamp: event for event in events}
    state: Dossier | None = None
    known = Signers(desk, events)
    beyond = [event for event in events if event.kind == event_bound.BEYOND]
    for event in [event for event in events if event.kind != event_bound.BEYOND] + beyond[:1]:
        before, state = state, dossier.advance(state, event)
        is_void = event.stamp in kept.taken_back
        text = _told(desk, event, before, state, by_stamp)
        yield HistoryEntry(
            log=event.log,
            seq=event.seq,
            kind=event.kind,
            at=in_vietnam(event.at),
            author=known.name(event),
            text=_beyond(len(beyond)) if event in beyond[:1] else f"{text} (đã rút lại)" if is_void else text,
            is_void=is_void,
            desk=known.desk(event),
        )


def _told(
    desk: Desk,
    event: event_kinds.Recorded,
    before: Dossier | None,
    after: Dossier | None,
    by_stamp: Mapping[event_kinds.Stamp, event_kinds.Recorded],
) -> str:
    match event.payload:
        case event_kinds.Received() as received if before and after and before.rivals != after.rivals:
            name = received.people["applicant"].full_name
            return f"Hai hồ sơ một số: lần tiếp nhận này không được tính. Mã ghi {received.code}, người nộp {name}"
        case event_kinds.Founded():
            return "Cấp trên xác định lần tiếp nhận nào của số này có trước"
        case event_kinds.Received(fee=fee, components=components, linked=linked) as received:
            with_it = f", liên thông {linked.place + 1}/{len(linked.parts)}: {linked.title}" if linked else ""
            return f"Tiếp nhận hồ sơ, {len(components)} giấy tờ, {_fee_told(fee)}{with_it}{_under(received)}"
        case event_kinds.Corrected(changes=changes, reason=reason):
            told = _changes(desk, changes, before, after)
            return _because(f"Đính chính {told}", reason)
        case event_kinds.ConflictSettled(path=path, value=value) if path != STATUS:
            name = label(path, questions_of(desk, after)) if after else path
            return f"Chọn một trong hai giá trị hai quầy cùng sửa, {name}: {shown(desk, path, value)}"
        case event_kinds.ConflictSettled(value=value):
            return f"Chọn bước xử lý khi hai quầy cùng ghi: {_status(after, value)}"
        case event_kinds.StepTaken(reason=reason) as step:
            said = _capital(label_of(event))
            told = f"{said}: {reason}" if reason else said
            return told + step_words.of_step(step) + _on_paper(desk, step) + _new_due(before, after)
        case event_kinds.StepTakenBack(reason=reason):
            of = next((by_stamp[stamp] for stamp in event.seen.get(STEP, ()) if stamp in by_stamp), None)
            named = f"bước «{label_of(of)}»" if of is not None and of.payload is not None else "một bước"
            return _because(f"Rút lại {named}", reason) + _new_due(before, after)
        case GivenToDesk() | TakenAtDesk():
            return custody_lines.told(event, after)
        case _:
            return _beside(event, after)


def _beside(event: event_kinds.Recorded, after: Dossier | None) -> str:
    """What happened beside the course of the dossier."""
    match event.payload:
        case event_kinds.Printed(papers=papers, printer=printer):
            where = f" tại {printer}" if printer else ""
            return f"In {len(papers)} loại giấy{where}"
        case event_kinds.Noted(text=text):
            return f"Ghi chú nội bộ: {text}"
        case event_kinds.Attached(name=name):
            return f"Đính kèm tệp {name}"
        case Paid() | PaidBack() | Receipted() as moved:
            return money_words.event_told(moved)
        case MessageQueued() | MessageSent() | Contacted() as said:
            return message_words.told(said, after)
        case _:
            return _UNKNOWN


def _beyond(count: int) -> str:
    most = money.dotted(event_bound.MOST_OF_A_DESK)
    return f"Quá {most} việc của một quầy trên một hồ sơ: {money.dotted(count)} việc được giữ trong sổ, không được tính"


def _under(received: event_kinds.Received) -> str:
    """The service days of a reception, and the warnings that it was made against."""
    days = "".join(f"; {each.told}" for each in received.service_days)
    return days + "".join(f"; nhận dù đang tạm dừng: {each.told}" for each in received.holds)


def _on_paper(desk: Desk, step: event_kinds.StepTaken) -> str:
    """The number that somebody gave the step's paper, and what its form asked, under the labels of its version."""
    forms = [desk.forms.forms.get((paper.form, paper.version)) for paper in step.papers]
    books = [form.owed.book for form in forms if form is not None and form.owed is not None and form.owed.book]
    is_given = any(step.number.endswith(f"/{book}") for book in books)  # it stands beside its paper
    told = [f"Số của giấy: {step.number}"] if step.number and not is_given else []
    labels = {field.key: field.label for form in forms if form for field in form.fields}
    told += [f"{name}: {dates.shown(step.fields[key])}" for key, name in labels.items() if step.fields.get(key)]
    return "".join(f"; {each}" for each in told)


def _fee_told(fee: Fee) -> str:
    match fee.standing:
        case FeeStanding.UNKNOWN:
            return "chưa xác định phí"
        case FeeStanding.FREE:
            return fee.told()[:1].lower() + fee.told()[1:]
        case FeeStanding.SUM | FeeStanding.PART:
            return f"thu {fee.told()}"


def _changes(desk: Desk, changes: Mapping[str, str], before: Dossier | None, after: Dossier | None) -> str:
    """Each field with its old and new value, people's first; a count where there is no dossier yet."""
    if before is None or after is None:
        return f"{len(changes)} mục"
    questions = questions_of(desk, before) | questions_of(desk, after)
    told = []
    for path, value in sorted(changes.items(), key=lambda change: _PLACES.get(change[0], -1)):
        of = whose(path, questions)
        name = label(path, questions) + (f" ({of})" if of else "")
        told.append(f"{name}: {difference(desk, path, value_at(before, path), value)}")
    return "; ".join(told)


def _new_due(before: Dossier | None, after: Dossier | None) -> str:
    if before is None or after is None or before.due_at == after.due_at:
        return ""
    return f". Hẹn trả: {_moment(before.due_at)} → {_moment(after.due_at)}"


def _status(after: Dossier | None, value: str) -> str:
    return after.status.label.lower() if after is not None and after.status == value else value


def _because(text: str, reason: str) -> str:
    return f"{text}. Lý do: {reason}" if reason else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _moment(at_ms: int) -> str:
    return shown_moment(at_ms) or "trả ngay"
