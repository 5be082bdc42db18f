"""What the history of a dossier says of its messages and calls."""

from __future__ import annotations

from contextlib import suppress

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.messages import occasion
from desk_app.domain.messages.kinds import About, ContactOutcome
from desk_app.domain.messages.message_events import Contacted, MessageQueued, MessageSent


def told(said: MessageQueued | MessageSent | Contacted, after: Dossier | None) -> str:
    """The event as a person reads it; `after` is the dossier once it happened."""
    match said:
        case MessageQueued(about=about, phone=phone, text=text):
            return f"Xếp tin nhắn {about_words(about)} tới số {phone}: {text}"
        case MessageSent(message=message, failed=failed):
            found = next((each for each in occasion.messages(after) if each.id == message), None) if after else None
            what = f" {about_words(found.about)}" if found else ""
            return f"Tin nhắn{what} gửi không được: {failed}" if failed else f"Cấp trên đã gửi tin nhắn{what}"
        case Contacted(about=about, outcome=outcome, note=note):
            words = outcome_words(outcome)
            what = f" {about_words(about)}" if about != About.CONSENT else ""
            return f"{words[:1].upper()}{words[1:]}{what}" + (f": {note}" if note else "")


def about_words(about: str) -> str:
    """What it is about; as it stands where a later program named something else."""
    with suppress(ValueError):
        return f"({About(about).label})"
    return f"({about})"


def outcome_words(outcome: str) -> str:
    with suppress(ValueError):
        return ContactOutcome(outcome).label
    return outcome
