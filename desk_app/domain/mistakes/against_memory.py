"""What is entered against what earlier dossiers say of the same people: names, the dead, kin. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from desk_app.domain.calendar import dates
from desk_app.domain.dossiers import family
from desk_app.domain.dossiers.family import Kin
from desk_app.domain.mistakes.mistake import Mistake, SaidCase, Weight
from desk_app.domain.people.person import Person, role_name
from desk_app.domain.text import fold, nfc


class Earlier(Struct, frozen=True, kw_only=True):
    """What earlier dossiers say of somebody: who carries the number, and relatives with what they are to them.

    `dead_by` and `dead_on` are the code and the ISO day of the dossier of the death; "" for the living.
    """

    person: Person | None = None
    dead_by: str = ""
    dead_on: str = ""
    relatives: Sequence[tuple[Kin, Person]] = ()


_BLOOD = frozenset({Kin.MOTHER, Kin.FATHER, Kin.CHILD})
_COUPLES = (("bride", "groom"), ("groom", "bride"))


def of_names(case: SaidCase, earlier: Mapping[str, Earlier]) -> Iterator[Mistake]:
    """A number that the desk knows under another name, or the same name with other marks."""
    for role, person in case.named():
        known = earlier[role].person if role in earlier else None
        if known is None or not known.full_name or not person.full_name:
            continue
        before, now = _spelt(known.full_name), _spelt(person.full_name)
        if before == now:
            continue
        is_other = fold(known.full_name) != fold(person.full_name)
        said = "là của" if is_other else "ghi tên khác dấu"
        text = f"Hồ sơ trước: số này {said} «{known.full_name}». So lại với giấy tờ."
        yield Mistake(field=f"{role}.full_name", text=text, weight=Weight.ASKED if is_other else Weight.SHOWN)


def of_the_dead(case: SaidCase, earlier: Mapping[str, Earlier]) -> Iterator[Mistake]:
    """Somebody of whose death this desk has a dossier cannot ask for anything, marry or guard any more."""
    for role in case.people:
        found = earlier.get(role)
        if found is None or not found.dead_by or role.rstrip("0123456789") in {"deceased", "subject", "child"}:
            continue
        if role in {"mother", "father"}:
            text = f"{role_name(role)} có hồ sơ khai tử {found.dead_by}: điền ô «Đã chết»."
            yield Mistake(field=f"{role}.full_name", text=text)
        else:
            day = f" ngày {dates.shown(found.dead_on)}" if found.dead_on else ""
            text = f"{role_name(role)} có hồ sơ khai tử {found.dead_by}{day}: xem lại số giấy tờ, đúng người chưa."
            yield Mistake(field=f"{role}.id_number", text=text, weight=Weight.ASKED)


def of_kin(case: SaidCase, earlier: Mapping[str, Earlier]) -> Iterator[Mistake]:
    """Who would marry a parent, a child or a child of the same parents (Luật Hôn nhân và gia đình, Điều 5)."""
    for one, other in _COUPLES:
        person, found = case.people.get(other), earlier.get(one)
        if person is None or found is None or not person.id_number:
            continue
        blood = {each.id_number for kin, each in found.relatives if kin in _BLOOD and each.id_number}
        theirs = {each.id_number for kin, each in earlier.get(other, Earlier()).relatives if kin in _PARENTS}
        mine = {each.id_number for kin, each in found.relatives if kin in _PARENTS}
        if person.id_number in blood or (mine & theirs) - {""}:
            text = (
                "Hồ sơ trước ghi hai bên là người thân cùng dòng máu: cấm kết hôn (Luật Hôn nhân và gia đình, Điều 5)."
            )
            yield Mistake(field=f"{other}.full_name", text=f"{text} Xem lại số giấy tờ.", weight=Weight.ASKED)
            return


def of_certifier(case: SaidCase, earlier: Mapping[str, Earlier], certifiers: Sequence[str]) -> Iterator[Mistake]:
    """Nobody certifies for themselves or relatives (Nghị định 23/2015/NĐ-CP, Điều 9 khoản 3)."""
    by_name = {_spelt(name) for name in certifiers if name}
    for role, person in case.named():
        kin = [each.full_name for _, each in earlier.get(role, Earlier()).relatives]
        kin += [each.person.full_name for each in family.relatives(case.people, person.id_number)]
        if by_name & {_spelt(name) for name in (person.full_name, *kin) if name}:
            yield _is_certifiers(role_name(role), f"{role}.full_name")
    for key, said in case.fields.items():
        if key != CERTIFIER and any(_names(said, name) for name in by_name):
            yield _is_certifiers("Một người ghi trong hồ sơ", key)


def _is_certifiers(who: str, field: str) -> Mistake:
    law = "(Nghị định 23/2015/NĐ-CP, Điều 9)"
    text = f"{who} trùng tên hoặc là người thân của người chứng thực: phải để người khác ký {law}."
    return Mistake(field=field, text=text, weight=Weight.ASKED)


def _names(said: str, name: str) -> bool:
    """Whether a text says this name, whole words as they are spelt: "Bà Lê Thị A, căn cước số …"; a word is no name."""
    return " " in name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", _spelt(said)) is not None


_PARENTS = frozenset({Kin.MOTHER, Kin.FATHER})
CERTIFIER = "certifier_name"
"""The question of the words of certification that names who certifies."""


def _spelt(name: str) -> str:
    return " ".join(nfc(name).casefold().split())
