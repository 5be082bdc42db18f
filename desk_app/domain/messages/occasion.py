"""On which occasions a citizen must be told something, and who was told. Pure; desk and district ask here alike."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from desk_app.domain.dossiers.dossier_state import STEP, Dossier
from desk_app.domain.dossiers.events import Recorded, Stamp, StepTaken
from desk_app.domain.dossiers.steps import Action, Status
from desk_app.domain.messages.kinds import IN_HAND, REACHED, About, ContactOutcome, Sending
from desk_app.domain.messages.message_events import Contacted, MessageQueued, MessageSent


class Occasion(Struct, frozen=True, kw_only=True):
    """What the citizen must be told now: about what, since when (UTC ms), and the step behind it, None for none."""

    about: About
    since: int
    step: Stamp | None = None


class Message(Struct, frozen=True, kw_only=True):
    """A message of a dossier as it stands. Moments UTC ms, 0 for never; `failed` says why it did not arrive."""

    id: str
    about: str
    phone: str
    text: str
    template: str
    queued_at: int
    sending: Sending
    sent_at: int = 0
    failed: str = ""


def occasion(dossier: Dossier) -> Occasion | None:
    """What the citizen must be told of the dossier as it stands; None where nothing waits for being told.

    Completion is asked for, a result is ready, an apology names a new day. The reception itself is no occasion: the
    citizen stands at the counter.
    """
    turns = [turn for turn in dossier.turns if turn.stamp not in dossier.taken_back]
    if dossier.status is Status.AWAITING_COMPLETION:
        about, last = About.COMPLETION, turns[-1:]
    elif dossier.status is Status.RESULT_READY:
        about, last = About.READY, turns[-1:]
    elif dossier.time_runs:
        about, last = About.LATE, [turn for turn in turns if _action(turn) == Action.APOLOGISE][-1:]
    else:
        return None
    return Occasion(about=about, since=last[0].at, step=last[0].stamp) if last else None


def is_told(dossier: Dossier, of: Occasion) -> bool:
    """Whether somebody reached the citizen about it, or a message about it was sent."""
    since = of.step or (0, "")
    for event in dossier.contacts:
        said = event.payload
        if event.stamp > since and isinstance(said, Contacted) and said.about == of.about and said.outcome in REACHED:
            return True
    return any(
        each.sending is Sending.SENT and each.about == of.about and stamp > since for stamp, each in _messages(dossier)
    )


def waiting_since(dossier: Dossier, of: Occasion) -> int:
    """When the message about it was queued that the district still has to send, UTC ms; 0 for none."""
    since = of.step or (0, "")
    waiting = [
        each.queued_at
        for stamp, each in _messages(dossier)
        if each.sending is Sending.WAITING and each.about == of.about and stamp > since
    ]
    return max(waiting, default=0)


def tries(dossier: Dossier, of: Occasion) -> int:
    """How often somebody tried in vain to reach the citizen about it."""
    since = of.step or (0, "")
    return sum(
        isinstance(event.payload, Contacted)
        and event.payload.about == of.about
        and event.payload.outcome == ContactOutcome.NOT_REACHED
        and event.stamp > since
        for event in dossier.contacts
    )


def in_hand_since(dossier: Dossier) -> int:
    """Since when (UTC ms) something says that the result is in the citizen's hand though no step does; 0 for never.

    A dossier whose result is handed over at once has it from its reception; the citizen said so on the telephone; the
    citizen stood at the counter with the slip (docs/decisions/0199-never-late-in-silence.md).
    """
    if dossier.status is Status.RECEIVED and not dossier.due_at:
        return dossier.received_at
    if dossier.status is not Status.RESULT_READY:
        return 0
    here = occasion(dossier)
    since = here.step if here and here.step else (0, "")
    told = [
        event.at
        for event in dossier.contacts
        if isinstance(event.payload, Contacted) and event.payload.outcome in IN_HAND and event.stamp > since
    ]
    return min(told, default=0)


def messages(dossier: Dossier) -> tuple[Message, ...]:
    """Every message of the dossier in the order of queueing, one for each id."""
    return tuple(each for _, each in _messages(dossier))


def wants_messages(dossier: Dossier) -> bool | None:
    """What the citizen said last of receiving messages; None where nobody asked."""
    for event in reversed(dossier.contacts):
        said = event.payload
        if isinstance(said, Contacted) and said.about == About.CONSENT:
            return said.outcome == ContactOutcome.AGREES
    return None


def message_id(dossier: Dossier, about: About) -> str:
    """The id of the next message about it: two desks that tell of the same occasion give the same."""
    before = {
        said.id
        for event in dossier.contacts
        if isinstance(said := event.payload, MessageQueued) and said.about == about
    }
    return hashlib.sha256(f"message|{dossier.id}|{about}|{len(before) + 1}".encode()).hexdigest()[:16]


def _messages(dossier: Dossier) -> list[tuple[Stamp, Message]]:
    sent: dict[str, Recorded] = {}
    for event in dossier.contacts:
        if isinstance(event.payload, MessageSent):
            sent[event.payload.message] = event
    found: dict[str, tuple[Stamp, Message]] = {}
    for event in dossier.contacts:
        said = event.payload
        if isinstance(said, MessageQueued) and said.id not in found:
            found[said.id] = (event.stamp, _message(dossier, event, said, sent.get(said.id)))
    return list(found.values())


def _message(dossier: Dossier, event: Recorded, said: MessageQueued, answer: Recorded | None) -> Message:
    sending, sent_at, failed = Sending.WAITING, 0, ""
    if answer is not None and isinstance(answer.payload, MessageSent):
        failed = answer.payload.failed
        sending, sent_at = (Sending.FAILED if failed else Sending.SENT), answer.at
    elif any(stamp in dossier.taken_back for stamp in event.seen.get(STEP, ())):
        sending = Sending.VOID
    return Message(
        id=said.id,
        about=said.about,
        phone=said.phone,
        text=said.text,
        template=said.template,
        queued_at=event.at,
        sending=sending,
        sent_at=sent_at,
        failed=failed,
    )


def _action(turn: Recorded) -> str:
    return turn.payload.action if isinstance(turn.payload, StepTaken) else ""
