"""The facts of a card or passport as text, and the doubts that come up while they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from desk_app.domain.calendar import dates
from desk_app.domain.people import id_number
from desk_app.domain.text import fold
from desk_app.errors import BadFactError

_YEAR_OF = re.compile(r"\d{4}(\d{4})|(\d{4})-\d{2}-\d{2}")
_SEXES = {"nam": "Nam", "nu": "Nữ", "m": "Nam", "f": "Nữ", "male": "Nam", "female": "Nữ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The facts of a card as text; "" for what it does not carry.

    `kind` is "qr2021", "qr2024", "mrz" (the back of an identity card) or "mrz_td3" (a passport). `id_number` names the
    holder: twelve digits, else the passport's number. `document_number` is a passport's own, `issuing_state` and
    `nationality` are its ICAO codes ("JPN"). `born_on` is ISO or a year, the other dates ISO; `expires_on` is
    `mrz.NO_END` for a card without end. `rest` are fields nobody has named yet, raw. `warnings` are sentences,
    `suspect` the names of the fields the clerk must look at.
    """

    kind: str
    id_number: str
    old_id_number: str = ""
    full_name: str
    born_on: str = ""
    sex: str = ""
    residence: str = ""
    issued_on: str = ""
    expires_on: str = ""
    document_number: str = ""
    issuing_state: str = ""
    nationality: str = ""
    rest: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    suspect: frozenset[str] = frozenset()


@dataclass
class Doubts:
    """Warnings and the fields they are about, as they come up."""

    warnings: list[str] = field(default_factory=list)
    suspect: set[str] = field(default_factory=set)

    def about(self, name: str, warning: str) -> None:
        self.suspect.add(name)
        self.warnings.append(warning)


def read_date(key: str, label: str, text: str, doubts: Doubts) -> str:
    """ISO of "ddMMyyyy", a bare year of "yyyy" and "0000yyyy"; of a day no calendar has only the year is kept."""
    if not text:
        if key != "expires_on":
            doubts.about(key, f"{label} không có trên thẻ: gõ thêm.")
        return ""
    try:
        return dates.parse_typed(text)
    except BadFactError:
        doubts.about(key, f"{label} trên thẻ không có trong lịch: xem lại.")
    found = _YEAR_OF.fullmatch(text)
    year = (found[1] or found[2]) if found else ""
    return year if key == "born_on" and dates.is_plausible_year(year) else ""


def read_sex(text: str, doubts: Doubts) -> str:
    sex = _SEXES.get(fold(text), "")
    if not sex:
        doubts.about("sex", "Giới tính không đọc được: chọn lại.")
    return sex


def doubted(card: Card, doubts: Doubts) -> Card:
    """The card with everything that came up, and what its number says against the rest."""
    if id_number.is_id_number(card.id_number):
        found = id_number.doubts(card.id_number, born_on=card.born_on, sex_on_card=card.sex)
        for key, sentence in found.items():
            doubts.about(key, sentence)
    return replace(card, warnings=tuple(doubts.warnings), suspect=frozenset(doubts.suspect))
