"""The office's own unit under its new name: noticed, told, and taken over when the clerk says so.

Papers of dossiers received before keep the names they were received under; these stand in their events.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

import msgspec

from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.people.places.unit_names import bare, has_kind, spelt_alike
from desk_app.domain.people.units import Commune, Province, Units
from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError
from desk_app.services.accounts import session
from desk_app.services.catalogue import units
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import settings

COMMAND = "desk-app units adopt"


class NothingToAdoptError(DeskError):
    message = "Tên xã, phường và tỉnh của quầy không có tên mới nào để lấy."
    remedy = "Xem danh mục đang dùng bằng lệnh desk-app units list."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    """The names in the settings and what they are called today; `since` (ISO) and `by` of the change."""

    commune: str
    new_commune: str
    province: str
    new_province: str
    since: str
    by: str

    @property
    def in_words(self) -> str:
        pairs = ((self.commune, self.new_commune), (self.province, self.new_province))
        said = [f"{old} nay là {new}" for old, new in pairs if old != new]
        day = f"{self.since[8:10]}/{self.since[5:7]}/{self.since[:4]}"
        by = f", {self.by}" if self.by else ""
        return f"{'; '.join(said)} (từ {day}{by})"


def new_name(desk: Desk) -> NewName | None:
    """What the office's unit is called today, where the settings still have an older name; None where all is well."""
    kept = desk.settings
    today = units.of_desk(desk)
    commune, province = _own(today, kept.commune, kept.province)
    if province is None:
        return None
    new_commune = _like(kept.commune, commune.name, "commune") if commune else kept.commune
    new_province = _like(kept.province, province.name, "province")
    if (new_commune, new_province) == (kept.commune, kept.province):
        return None
    codes = {province.code, commune.code if commune else ""}
    last = [each for each in today.changes if each.code in codes][-1]
    return NewName(
        commune=kept.commune,
        new_commune=new_commune,
        province=kept.province,
        new_province=new_province,
        since=last.in_force_from,
        by=last.by,
    )


def adopt(desk: Desk) -> NewName:
    """Take the new names over into the settings: commune, province, and where they stand in the office's other names.

    Raises `NothingToAdoptError`.
    """
    found = new_name(desk)
    if found is None:
        raise NothingToAdoptError
    kept = desk.settings
    pairs = ((found.commune, found.new_commune), (found.province, found.new_province))
    names = {
        "commune": found.new_commune,
        "province": found.new_province,
        "office": _renamed(kept.office, pairs),
        "superior": _renamed(kept.superior, pairs),
        "address": _renamed(kept.address, pairs),
    }
    values = {key: msgspec.json.encode(name).decode() for key, name in names.items() if name != getattr(kept, key)}
    with session.deed(desk, Permission.OFFICE) as done:
        done.record(OfficeChanged(values=values), dossier="")
    desk.settings = settings.get(desk.db)
    return found


def _own(today: Units, commune: str, province: str) -> tuple[Commune | None, Province | None]:
    """The unit of the settings, today; only where its name now or earlier is exactly the one written, kind included."""
    if province:
        home = today.province(province)
        if home is None or not today.had_name(home.code, province):
            return None, None
        found = [each for each in today.find(commune, home.code) if today.had_name(each.code, commune)]
        return (found[0] if len(found) == 1 else None), home
    everywhere = [
        each
        for home in today.provinces.values()
        for each in today.find(commune, home.code)
        if bare(commune, "commune")[0] and today.had_name(each.code, commune)
    ]
    if len(everywhere) != 1:
        return None, None
    return everywhere[0], today.provinces[everywhere[0].province]


def _like(old: str, new: str, level: str) -> str:
    """The new name in the manner of the old: without a kind where it had none, small where it began small."""
    if has_kind(old, new, level) and spelt_alike(old, new, level):
        return old
    if not bare(old, level)[0]:
        return bare(new, level)[1]
    return _begun_like(old, new)


def _begun_like(old: str, new: str) -> str:
    return (new[:1].lower() if old[:1].islower() else new[:1].upper()) + new[1:]


def _renamed(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        if old and old != new:
            text = re.sub(re.escape(old), partial(_in_place, new), text, flags=re.IGNORECASE)
    return text


def _in_place(new: str, found: re.Match[str]) -> str:
    return _begun_like(found[0], new)
