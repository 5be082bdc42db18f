"""Sends forms that the district made to every desk, and takes them back; each is checked as a desk would."""

from __future__ import annotations

from pathlib import Path

import msgspec

from desk_app.district.failures import NotPublishedFormError
from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import EVERYBODY, Word
from desk_app.district.storage import Session
from desk_app.documents.forms.brought_forms import checked, read_folder
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.office_forms import IN, OUT, STATES, TEXTS, version_of


def publish_forms(session: Session, identity: Identity, folder: Path, *, at: int) -> list[tuple[str, str]]:
    """Send the forms of a folder to every desk; id and version of each. Raises as `brought_forms.checked`."""
    sent: list[tuple[str, str]] = []
    values: dict[str, str] = {}
    standing = standing_forms(session, identity)
    for form_id, texts in read_folder(folder):
        form = checked(form_id, texts)
        version = version_of(form.head.in_force_from, texts)
        values[f"{TEXTS}{form_id}/{version}"] = msgspec.json.encode(texts).decode()
        values[f"{STATES}{form_id}/{version}"] = f'"{IN}"'
        for other, state in standing.items():
            is_same_day = other.startswith(f"{form_id}/{form.head.in_force_from}")
            if is_same_day and other != f"{form_id}/{version}" and state == f'"{IN}"':
                values[f"{STATES}{other}"] = f'"{OUT}"'
        sent.append((form_id, version))
    writer.append_signed(session, identity, EVERYBODY, [Word(payload=OfficeChanged(values=values))], at=at)
    return sent


def withdraw_form(session: Session, identity: Identity, form_id: str, *, at: int) -> list[str]:
    """Take a form back that this district sent; its versions. Raises `NotPublishedFormError`."""
    standing = standing_forms(session, identity)
    found = [name for name, state in standing.items() if name.startswith(f"{form_id}/") and state == f'"{IN}"']
    if not found:
        raise NotPublishedFormError(form=form_id)
    values = {f"{STATES}{name}": f'"{OUT}"' for name in found}
    writer.append_signed(session, identity, EVERYBODY, [Word(payload=OfficeChanged(values=values))], at=at)
    return [name.partition("/")[2] for name in found]


def standing_forms(session: Session, identity: Identity) -> dict[str, str]:
    """The state of every version that this district sent, by "id/version"."""
    found: dict[str, str] = {}
    for _, event in writer.own_events(session, identity, scope=EVERYBODY):
        if isinstance(event.payload, OfficeChanged):
            found |= {
                key.removeprefix(STATES): value for key, value in event.payload.values.items() if key.startswith(STATES)
            }
    return found
