"""The texts of messages: the program's, dated, or the office's own of the settings."""

from __future__ import annotations

import tomllib
from functools import cache

from msgspec import Struct

from desk_app import places, typed_values
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.messages import message_text
from desk_app.domain.messages.kinds import About
from desk_app.services.desk.desk import Desk


class ShippedTexts(Struct, frozen=True, kw_only=True):
    """The program's own: one version, a text for each kind of message."""

    version: str
    texts: dict[str, str]


class MessageTemplate(Struct, frozen=True, kw_only=True):
    """A text with blanks, and the name under which the journal keeps it."""

    version: str
    text: str


@cache
def shipped() -> ShippedTexts:
    raw = tomllib.loads((places.resources() / "messages" / "texts.toml").read_text(encoding="utf-8"))
    return typed_values.converted(raw, ShippedTexts)


def template_of(desk: Desk, about: About) -> MessageTemplate:
    """What this office sends about it."""
    own = str(getattr(desk.settings, f"message_{about.value}_text"))
    if own:
        return MessageTemplate(version=message_text.version_of(about, own), text=own)
    ours = shipped()
    return MessageTemplate(version=f"{about.value}/{ours.version}", text=ours.texts[about.value])


def words(desk: Desk, dossier: Dossier, about: About) -> tuple[str, str]:
    """The message to the citizen of this dossier as it stands, and the name of its template."""
    template = template_of(desk, about)
    due = f"{in_vietnam(dossier.due_at):%H:%M ngày %d/%m/%Y}" if dossier.due_at else ""
    values = {"office": desk.settings.office, "code": dossier.code, "due": due}
    return message_text.filled(template.text, values), template.version
