"""Administrative units: the 34 provinces and their communes on a day, and where those before 01/07/2025 went.

Codes are the statistics office's (five digits), not the "mã định danh" of dossier codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desk_app import typed_values
from desk_app.domain.people.places.unit_changes import UnitChange, in_force, merged
from desk_app.domain.people.places.unit_names import KINDS, bare, closest, has_kind, name_key, spelt_alike

__all__ = ["KINDS", "Commune", "OldCommune", "OldProvince", "Province", "Units", "bare", "closest", "name_key"]


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34; `name` with its kind ("Tỉnh Thanh Hóa")."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Commune:
    """One of today's communes; `name` with its kind ("Xã Quảng Oai"), `province` is a code."""

    code: str
    name: str
    province: str

    @property
    def kind(self) -> str:
        """ "Xã", "Phường" or "Đặc khu"."""
        return "Đặc khu" if self.name.startswith("Đặc khu") else self.name.split(maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune that is no more. `codes` of every commune it went to; `is_former` was gone already before 2025."""

    district: str
    name: str
    codes: tuple[str, ...]
    is_former: bool


@dataclass(frozen=True, slots=True, eq=False)
class OldProvince:
    """A province before 01/07/2025, the code of today's one it is part of, and its communes."""

    name: str
    now: str
    communes: tuple[OldCommune, ...]
    _by_district: dict[str, tuple[OldCommune, ...]] = field(default_factory=dict, repr=False)

    def in_district(self, district: str) -> tuple[OldCommune, ...]:
        """The communes of a district; of two with one name ("Huyện", "Thành phố Cao Lãnh") that of the kind written."""
        if not self._by_district:
            for each in self.communes:
                key = name_key(each.district, "district")
                self._by_district[key] = (*self._by_district.get(key, ()), each)
        here = self._by_district.get(name_key(district, "district"), ())
        return tuple(each for each in here if has_kind(district, each.district, "district")) or here


@dataclass(frozen=True)
class Units:
    """All units of a day. Reads no file: built with `from_json`; indexes are made when a province is first asked for.

    `changes` are those in force on that day; `ended` the communes gone since 01/07/2025, by code.
    """

    provinces: Mapping[str, Province]
    communes: Mapping[str, Commune]
    changes: tuple[UnitChange, ...]
    aliases: Mapping[str, str]
    ended: Mapping[str, tuple[Commune, tuple[str, ...]]]
    _old: Mapping[str, OldProvince]
    _former: Mapping[str, tuple[str, ...]]
    _by_province: dict[str, dict[str, list[Commune]]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_json(cls, files: Mapping[str, Any], *, more: Iterable[UnitChange] = (), on: str = "") -> Units:
        """From the contents of resources/units by file stem, with the changes in force `on` a day (ISO).

        Other stems are ignored; without a day these are the units of 01/07/2025. `more` are changes that no file of
        the program has; they hold over those of the files.
        """
        today, before = files["communes"], files["before-july-2025"]
        later = files.get("changes", {}) if on else {}
        changes = in_force(merged(shipped_changes(later), more), on)
        provinces = {code: Province(code, name) for code, name in today["provinces"].items()}
        communes = {
            code: Commune(code, name, province)
            for province, named in today["communes"].items()
            for code, name in named.items()
        }
        ended: dict[str, tuple[Commune, tuple[str, ...]]] = {}
        for each in changes:
            _apply(each, provinces, communes, ended)
        return cls(
            provinces,
            communes,
            changes,
            later.get("aliases", {}),
            ended,
            {name_key(name, "province"): _old_province(name, each) for name, each in before["provinces"].items()},
            {
                name_key(name, "province"): tuple(name_key(each, "province") for each in now)
                for name, now in files.get("former-provinces", {}).get("provinces", {}).items()
            },
        )

    def province(self, name: str) -> Province | None:
        """Today's province of a name, also of one that was merged ("Hà Giang" → Tỉnh Tuyên Quang)."""
        key = name_key(name, "province")
        for province in self.provinces.values():
            if name_key(province.name, "province") == key:
                return province
        old = self._old.get(key)
        return self.provinces[old.now] if old else None

    def provinces_of(self, name: str) -> tuple[Province, ...]:
        """Today's provinces that a name may mean: one, or for a province gone before 2025 all that it became."""
        found = self.province(name)
        if found is not None:
            return (found,)
        codes = dict.fromkeys(self._old[key].now for key in self._former.get(name_key(name, "province"), ()))
        return tuple(self.provinces[code] for code in codes)

    def old_provinces(self, name: str, now: Province | None = None) -> tuple[OldProvince, ...]:
        """The provinces before 01/07/2025 of that name first, then the others that are part of `now` today."""
        now = now or self.province(name)
        if now is None:
            return ()
        key = name_key(name, "province")
        named = [self._old[each] for each in self._former.get(key, (key,)) if each in self._old]
        named = [old for old in named if old.now == now.code]
        others = [old for old in self._old.values() if old.now == now.code and old not in named]
        return (*named, *others)

    def all_old(self) -> tuple[OldProvince, ...]:
        """The 63 provinces of the day before 01/07/2025."""
        return tuple(self._old.values())

    def find(self, name: str, province: str) -> tuple[Commune, ...]:
        """Today's communes of that name in the province with this code, with or without kind and marks.

        A commune is also found by a name it has had since 01/07/2025.
        """
        if province not in self._by_province:
            index: dict[str, list[Commune]] = {}
            for commune in self.communes.values():
                if commune.province == province:
                    index.setdefault(name_key(commune.name, "commune"), []).append(commune)
            self._by_province[province] = index
        key = name_key(name, "commune")
        named = self._by_province[province].get(key)
        if named is not None:
            return tuple(closest(name, named))
        renamed = dict.fromkeys(
            each.code
            for each in self.changes
            if not each.is_province and each.was and name_key(each.was, "commune") == key
        )
        codes = dict.fromkeys(now for code in renamed for now in self.now(code))
        found = (self.communes[code] for code in codes)
        return tuple(commune for commune in found if commune.province == province)

    def now(self, code: str) -> tuple[str, ...]:
        """The codes of today's communes that a commune of 01/07/2025 or later is, or went to."""
        code = self.aliases.get(code, code)
        if code in self.communes:
            return (code,)
        _, went_to = self.ended.get(code, (None, ()))
        return tuple(dict.fromkeys(last for each in went_to for last in self.now(each)))

    def had_name(self, code: str, name: str) -> bool:
        """Whether a province or commune is, or since 01/07/2025 was, written so, kind included."""
        level = "province" if code in self.provinces else "commune"
        unit = self.provinces.get(code) or self.communes[code]
        names = [unit.name, *(each.was for each in self.changes if each.code == code)]
        return any(spelt_alike(name, each, level) and has_kind(name, each, level) for each in names)


def shipped_changes(content: Mapping[str, Any]) -> list[UnitChange]:
    """The `changes` of a file, each strictly read. Raises `msgspec.ValidationError`."""
    return typed_values.converted(content.get("changes", []), list[UnitChange])


def _apply(
    change: UnitChange,
    provinces: dict[str, Province],
    communes: dict[str, Commune],
    ended: dict[str, tuple[Commune, tuple[str, ...]]],
) -> None:
    """A change that names a unit nobody knows does nothing: one bad entry must not keep the desk from its addresses."""
    code = change.code
    if change.is_province:
        if code in provinces and change.to:
            provinces[code] = Province(code, change.to)
    elif not change.to:
        if code in communes:
            ended[code] = (communes.pop(code), change.now)
    elif code in communes:
        communes[code] = Commune(code, change.to, change.province or communes[code].province)
    elif change.province in provinces:
        communes[code] = Commune(code, change.to, change.province)
        ended.pop(code, None)


def _old_province(name: str, content: Mapping[str, Any]) -> OldProvince:
    return OldProvince(
        name,
        content["now"],
        tuple(
            OldCommune(district, commune, tuple(codes.lstrip("~").split()), codes.startswith("~"))
            for district, communes in content["districts"].items()
            for commune, codes in communes.items()
        ),
    )
