"""Queues what should reach the citizen, in the transaction of the deed that it tells of; the district sends it once."""

from __future__ import annotations

from desk_app.domain.dossiers.dossier import Dossier, advance
from desk_app.domain.dossiers.dossier_state import STEP
from desk_app.domain.dossiers.events import KIND_OF, Recorded
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.messages import message_text, occasion
from desk_app.domain.messages.kinds import SENT_ABOUT, About, ContactOutcome
from desk_app.domain.messages.message_events import Contacted, MessageQueued
from desk_app.domain.people import phone
from desk_app.services.accounts.session import Deed
from desk_app.services.desk.desk import Desk
from desk_app.services.messages import templates

ON = "on"


def after_reception(desk: Desk, done: Deed, received: Dossier, *, agrees: str = "") -> Dossier:
    """What the citizen said of messages ("yes", "no", "" for not asked), and that the dossier was received."""
    received = with_wish(done, received, agrees)
    if not received.due_at or not received.status.is_open:
        return received  # its result is in the citizen's hand
    return _queued(desk, done, received, About.RECEIVED)


def with_wish(done: Deed, received: Dossier, agrees: str) -> Dossier:
    """The dossier with what the citizen said of messages; of dossiers received as one each keeps it."""
    return done.advance(received, _wish(agrees)) if agrees else received


def foreseen_wish(desk: Desk, unsaved: Dossier, agrees: str) -> Dossier:
    """`with_wish` of a dossier that is only looked at: nothing is recorded."""
    if not agrees:
        return unsaved
    event = Recorded(
        log="",
        seq=0,
        dossier=unsaved.id,
        kind=KIND_OF[Contacted],
        lamport=0,
        at=unsaved.received_at,
        clock_offset=0,
        author=desk.clerk,
        seen={},
        payload=_wish(agrees),
    )
    return advance(unsaved, event) or unsaved


def _wish(agrees: str) -> Contacted:
    outcome = ContactOutcome.AGREES if agrees == "yes" else ContactOutcome.DECLINES
    return Contacted(about=About.CONSENT, outcome=outcome)


def usual_wish(desk: Desk) -> bool | None:
    """Whether the citizen gets messages without saying anything; None where the office sends none at all.

    The citizen is asked at reception either way: to agree where the office asks first, to decline where it does not.
    """
    return desk.settings.message_consent != ON if any(is_sent(desk, about) for about in SENT_ABOUT) else None


def after_step(desk: Desk, done: Deed, moved: Dossier) -> Dossier:
    """What the latest step makes it owe the citizen to know."""
    here, last = occasion.occasion(moved), moved.last_turn
    if here is None or last is None or here.step != last.stamp:
        return moved
    return _queued(desk, done, moved, here.about)


def after_consent(desk: Desk, done: Deed, kept: Dossier) -> Dossier:
    """The citizen agreed just now: that the dossier was received, while it is new, or what waits for being told."""
    here, queued = occasion.occasion(kept), {each.about for each in occasion.messages(kept)}
    if here is not None and not occasion.is_told(kept, here) and not occasion.waiting_since(kept, here):
        return _queued(desk, done, kept, here.about)
    if kept.status is Status.RECEIVED and kept.due_at and About.RECEIVED not in queued:
        return _queued(desk, done, kept, About.RECEIVED)
    return kept


def asks_consent(desk: Desk) -> bool:
    """Whether the office has any message sent, and asks the citizen first."""
    return desk.settings.message_consent == ON and any(is_sent(desk, about) for about in SENT_ABOUT)


def is_sent(desk: Desk, about: About) -> bool:
    """Whether the office has messages of this kind sent."""
    return str(getattr(desk.settings, f"message_{about.value}")) == ON


def may_be_sent(desk: Desk, dossier: Dossier) -> bool:
    """Whether the citizen can and may be sent a message: a mobile number, and the citizen's word where it is asked."""
    wish = occasion.wants_messages(dossier)
    if wish is False or (wish is None and desk.settings.message_consent == ON):
        return False
    return bool(number_of(dossier))


def number_of(dossier: Dossier) -> str:
    """The applicant's mobile number in its national form, "" for none."""
    found = phone.searched(dossier.applicant.phone)
    return found if message_text.is_mobile(found) else ""


def _queued(desk: Desk, done: Deed, dossier: Dossier, about: About) -> Dossier:
    if desk.is_training or not is_sent(desk, about) or not may_be_sent(desk, dossier):
        return dossier
    text, template = templates.words(desk, dossier, about)
    last = dossier.last_turn
    seen = {STEP: (last.stamp,)} if last is not None and about is not About.RECEIVED else {}
    message = MessageQueued(
        id=occasion.message_id(dossier, about),
        about=about.value,
        phone=number_of(dossier),
        text=text,
        template=template,
    )
    return done.advance(dossier, message, seen)
