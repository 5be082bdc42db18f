"""Administrative units: today's 34 provinces and 3,321 communes, and where those before 01/07/2025 went.

Codes are the statistics office's (five digits), not the "mã định danh" of dossier codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from desk_app.domain.text import fold, nfc, text_sort_key

KINDS = {
    "commune": r"đặc khu|thị trấn|phường|xã|đk\.?|tt\.?|p\.|x\.|p(?=\d)",
    "district": r"thành phố|thị xã|huyện|quận|tp\.?|tx\.?|h\.|q\.|q(?=\d)",
    "province": r"thành phố|tỉnh|tp\.?|t\.",
}
"""How an address may say what kind of unit a name is, before the name; long words first."""

_PREFIX = {level: re.compile(rf"(?:{kinds})(?:\s+|(?<=\.)|(?=\d)|$)", re.IGNORECASE) for level, kinds in KINDS.items()}
_KIND_OF_SHORT = {"p": "phường", "x": "xã", "tt": "thị trấn", "đk": "đặc khu"}
_OTHER_NAMES = {
    "tphcm": "hochiminh",
    "hcm": "hochiminh",
    "thuathienhue": "hue",
    "daclac": "daklak",
    "dacnong": "daknong",
}


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34; `name` with its kind ("Tỉnh Thanh Hóa")."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Commune:
    """One of the 3,321; `name` with its kind ("Xã Quảng Oai"), `province` is a code."""

    code: str
    name: str
    province: str

    @property
    def kind(self) -> str:
        """ "Xã", "Phường" or "Đặc khu"."""
        return "Đặc khu" if self.name.startswith("Đặc khu") else self.name.split(maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune before 01/07/2025. `codes` of every commune it went to; `is_former` was gone already before 2025."""

    district: str
    name: str
    codes: tuple[str, ...]
    is_former: bool


@dataclass(frozen=True, slots=True)
class OldProvince:
    """A province before 01/07/2025, the code of today's one it is part of, and its communes."""

    name: str
    now: str
    communes: tuple[OldCommune, ...]


Named = TypeVar("Named", Commune, OldCommune)


@dataclass(frozen=True)
class Units:
    """All units. Reads no file: built with `from_json`; indexes are made when a province is first asked for."""

    provinces: Mapping[str, Province]
    communes: Mapping[str, Commune]
    _old: Mapping[str, OldProvince]
    _by_province: dict[str, dict[str, list[Commune]]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_json(cls, files: Mapping[str, Any]) -> Units:
        """From the contents of resources/units/*.json by file stem; other stems are ignored."""
        today, before = files["communes"], files["before-july-2025"]
        communes = {
            code: Commune(code, name, province)
            for province, named in today["communes"].items()
            for code, name in named.items()
        }
        return cls(
            {code: Province(code, name) for code, name in today["provinces"].items()},
            communes,
            {name_key(name, "province"): _old_province(name, each) for name, each in before["provinces"].items()},
        )

    def province(self, name: str) -> Province | None:
        """Today's province of a name, also of one that was merged ("Hà Giang" → Tỉnh Tuyên Quang)."""
        key = name_key(name, "province")
        for province in self.provinces.values():
            if name_key(province.name, "province") == key:
                return province
        old = self._old.get(key)
        return self.provinces[old.now] if old else None

    def old_provinces(self, name: str) -> tuple[OldProvince, ...]:
        """The province before 01/07/2025 of that name first, then the others that are part of the same one today."""
        now = self.province(name)
        if now is None:
            return ()
        named = self._old.get(name_key(name, "province"))
        others = (old for old in self._old.values() if old.now == now.code and old is not named)
        return (*((named,) if named else ()), *others)

    def find(self, name: str, province: str) -> tuple[Commune, ...]:
        """Today's communes of that name in the province with this code, with or without kind and marks."""
        if province not in self._by_province:
            index: dict[str, list[Commune]] = {}
            for commune in self.communes.values():
                if commune.province == province:
                    index.setdefault(name_key(commune.name, "commune"), []).append(commune)
            self._by_province[province] = index
        named = self._by_province[province].get(name_key(name, "commune"), [])
        return tuple(closest(name, named))


def bare(name: str, level: str) -> tuple[str, str]:
    """The kind before a name, in full and lower case ("" without), and the name: "P.5" → ("phường", "5")."""
    name = nfc(name)
    found = _PREFIX[level].match(name)
    if not found or not name[found.end() :].strip():
        return "", name
    kind = found[0].strip().rstrip(".").lower()
    return _KIND_OF_SHORT.get(kind, kind), name[found.end() :].strip()


@lru_cache(maxsize=32768)
def name_key(name: str, level: str) -> str:
    """What two spellings of one name have in common: no kind, marks, spaces or leading zeros; y as i."""
    folded = fold(bare(name, level)[1])
    key = "".join(part.lstrip("0") or part for part in folded.split())
    key = _OTHER_NAMES.get(key, key) if level == "province" else key
    return key.replace("y", "i")


def closest(name: str, named: Sequence[Named]) -> list[Named]:
    """Of units that share a key, those of the kind asked for, and those spelt with the same marks, where there are."""
    kind, rest = bare(name, "commune")
    same_kind = [each for each in named if kind and bare(each.name, "commune")[0] == kind]
    found = same_kind or list(named)
    same_marks = [each for each in found if text_sort_key(bare(each.name, "commune")[1]) == text_sort_key(rest)]
    return same_marks or found


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
