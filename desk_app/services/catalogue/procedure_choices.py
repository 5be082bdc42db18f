"""Which procedures reception offers, whose they are, and with which one a new dossier begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from desk_app.domain.people.places.unit_names import name_key
from desk_app.domain.permissions import Permission
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import catalogue, settings
from desk_app.store.reference.catalogue import Choice

_MOST_QUICK = 9
_OF_PROVINCE = re.compile(r".*\b(?:tỉnh|thành phố|TP)\s+(.+)", re.IGNORECASE)


def choices(desk: Desk) -> list[Choice]:
    """Procedures in force today, the desk's most used first; those of other provinces are marked.

    Where the office's own province is not known, none is another's.
    """
    found = catalogue.choices(desk.db, desk.today().isoformat())
    own = desk.settings.province
    if not own:
        return found
    key = name_key(own, "province")
    return [replace(each, is_elsewhere=True) if _is_anothers(each, key) else each for each in found]


def quick(desk: Desk, offered: Sequence[Choice]) -> list[Choice]:
    """What the quick buttons and Ctrl+1 … Ctrl+9 choose, in their order: what the office chose, then the most used."""
    by_code = {each.code: each for each in offered}
    wanted = [by_code[code] for code in desk.settings.quick_procedures if code in by_code]
    return [*wanted, *(each for each in offered if each not in wanted)][:_MOST_QUICK]


def first_procedure(desk: Desk, offered: Sequence[Choice]) -> str:
    """With which procedure a new dossier begins: the office's choice, else the one most used here, else none.

    With the national list in the catalogue the most used is no guess to make: its list is long, and a wrong procedure
    that nobody looked at costs a citizen a way. "" for none.
    """
    codes = {each.code for each in offered}
    wanted = desk.settings.first_procedure
    if wanted in codes:
        return wanted
    is_long = any(each.source == "national" for each in offered)
    return offered[0].code if offered and offered[0].used and not is_long else ""


def begin_with(desk: Desk, code: str) -> str:
    """From now on a new dossier begins with this procedure, with none for ""; its title.

    Raises `UnknownProcedureError`.
    """
    title = catalogue.in_force(desk.db, code, desk.today().isoformat()).title if code else ""
    desk.settings = replace(desk.settings, first_procedure=code)
    with session.deed(desk, Permission.OFFICE):
        settings.put(desk.db, desk.settings)
    return title


def _is_anothers(choice: Choice, own: str) -> bool:
    found = _OF_PROVINCE.fullmatch(choice.promulgator)
    return found is not None and not choice.used and name_key(found[1], "province") != own
