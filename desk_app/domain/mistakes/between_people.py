"""What people of one dossier are to each other: the same person twice, ages, surnames, what the relation says. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from desk_app.domain.mistakes.mistake import Mistake, SaidCase, Weight, is_before, least_years, most_years, sex_of
from desk_app.domain.people.person import Person, role_name
from desk_app.domain.text import fold

_APART = (
    frozenset({"child", "mother", "father"}),
    frozenset({"bride", "groom"}),
    frozenset({"wife", "husband"}),
    frozenset({"spouse", "subject"}),
    frozenset({"guardian", "ward"}),
    frozenset({"recognised", "recognising"}),
    frozenset({"principal", "authorised"}),
    frozenset({"former", "successor"}),
)
"""Roles of one dossier that nobody has two of; the dead and a witness have no other at all."""
_ALONE = frozenset({"deceased", "witness"})
_OF_AGE = {"bride": 18, "groom": 20}
"""Luật Hôn nhân và gia đình số 52/2014/QH13, Điều 8."""
_GROWN = frozenset({"guardian", "witness"})
_GROWN_AT = 18
_YOUNGEST_PARENT, _OLDEST_MOTHER = 12, 60
_PARENTS = ("mother", "father")
_OTHERS = ("deceased", "subject", "child", "ward", "recognised")
"""Whom a relation of the applicant is about: the first of these that the dossier has."""
_WOMEN = ("me", "ba", "vo", "ba noi", "ba ngoai", "me de")
_MEN = ("cha", "bo", "ong", "chong", "ong noi", "ong ngoai", "cha de", "bo de")
_ELDERS = frozenset({"me", "me de", "cha", "cha de", "bo", "bo de"})
_GIVEN, _PREFIXES = frozenset({"y", "ya", "ka", "k"}), ("h'", "h’", "k'", "k’")
"""How given names begin among peoples who write the surname last (Ê-đê, Gia-rai, Cơ-ho …)."""


def twice(case: SaidCase) -> Iterator[Mistake]:
    """One person in two roles that exclude each other: the same number cannot be, the same name is asked about."""
    for (one, first), (other, second) in combinations(case.named(), 2):
        if not _are_apart(one, other):
            continue
        is_first_asked = f"{one}.id_number" in case.asked and f"{other}.id_number" not in case.asked
        role, beside = (one, other) if other == "applicant" or is_first_asked else (other, one)
        if first.id_number and first.id_number == second.id_number:
            text = f"{role_name(role)} và {_small(beside)} có cùng một số giấy tờ: đổi lại cho đúng người."
            yield Mistake(field=f"{role}.id_number", text=text, weight=Weight.REFUSED)
        elif _is_alike(first, second):
            text = f"{role_name(role)} và {_small(beside)} cùng họ tên, ngày sinh: xem lại có phải một người không."
            yield Mistake(field=f"{role}.full_name", text=text, weight=Weight.ASKED)


def _are_apart(one: str, other: str) -> bool:
    kinds = (_kind(one), _kind(other))
    if kinds[0] == kinds[1] or _ALONE & set(kinds):
        return True
    return any(group.issuperset(kinds) for group in _APART)


def _is_alike(one: Person, other: Person) -> bool:
    named = one.full_name and fold(one.full_name) == fold(other.full_name)
    is_numbered = one.id_number and other.id_number
    return bool(named and one.born_on and one.born_on == other.born_on and not is_numbered)


def parents(case: SaidCase) -> Iterator[Mistake]:
    """Parents born after their child cannot be; very young or old ones are looked at."""
    born = case.day("child.born_on")
    for role in _PARENTS:
        parents_day = case.day(f"{role}.born_on")
        if is_before(born, parents_day):
            text = f"{role_name(role)} sinh sau con: xem lại hai ngày sinh."
            yield Mistake(field=f"{role}.born_on", text=text, weight=Weight.REFUSED)
            continue
        most, least = most_years(parents_day, born), least_years(parents_day, born)
        if most is not None and most < _YOUNGEST_PARENT:
            text = f"{role_name(role)} chưa đủ {_YOUNGEST_PARENT} tuổi khi con sinh: xem lại hai ngày sinh."
            yield Mistake(field=f"{role}.born_on", text=text)
        if role == "mother" and least is not None and least > _OLDEST_MOTHER:
            text = f"Người mẹ đã quá {_OLDEST_MOTHER} tuổi khi con sinh: xem lại hai ngày sinh."
            yield Mistake(field=f"{role}.born_on", text=text)


def of_age(case: SaidCase) -> Iterator[Mistake]:
    """Who marries, guards or witnesses must be old enough; with the sexes swapped the ages go with the sex."""
    on = case.today.isoformat()
    for role, person in case.named():
        wanted = _OF_AGE.get(role, _GROWN_AT if _kind(role) in _GROWN else 0)
        if role in _OF_AGE and (sex := sex_of(person)):
            wanted = _OF_AGE["groom"] if sex == "Nam" else _OF_AGE["bride"]
        years = most_years(case.day(f"{role}.born_on"), on)
        if wanted and years is not None and years < wanted:
            law = " để kết hôn (Luật Hôn nhân và gia đình, Điều 8)" if role in _OF_AGE else ""
            text = f"{role_name(role)} chưa đủ {wanted} tuổi{law}: xem lại ngày sinh."
            yield Mistake(field=f"{role}.born_on", text=text, weight=Weight.ASKED)


def surnames(case: SaidCase) -> Iterator[Mistake]:
    """A child's surname that neither parent has; peoples without surnames share none, so it is only shown."""
    child = case.people.get("child")
    named = [case.people[role].full_name for role in _PARENTS if role in case.people and case.people[role].full_name]
    if child is None or not child.full_name or not named:
        return
    if _surname(child.full_name) not in {_surname(name) for name in named}:
        text = "Họ của con khác họ cha và họ mẹ: xem lại chữ, hoặc hỏi thỏa thuận của cha mẹ về họ của con."
        yield Mistake(field="child.full_name", text=text)


def _surname(name: str) -> str:
    words = name.casefold().split()
    is_last = words[0] in _GIVEN or words[0].startswith(_PREFIXES)
    return fold(words[-1] if is_last else words[0])


def peoples_of_parents(case: SaidCase) -> Iterator[Mistake]:
    """Parents of two peoples: which one is the child's nobody can reckon."""
    of_parents = {case.people[role].ethnicity for role in _PARENTS if role in case.people} - {""}
    child = case.people.get("child")
    if child is not None and len({fold(each) for each in of_parents}) > 1:
        text = "Cha và mẹ khác dân tộc: ghi dân tộc của con theo thỏa thuận của cha mẹ."
        yield Mistake(field="child.ethnicity", text=text)


def relation(case: SaidCase) -> Iterator[Mistake]:
    """What the applicant says to be to somebody, against the sex and age of both."""
    said = fold(case.fields.get("relation", ""))
    applicant = case.people.get("applicant")
    if not said or applicant is None:
        return
    wanted = "Nữ" if said in _WOMEN else "Nam" if said in _MEN else ""
    other = next((role for role in _OTHERS if role in case.people), "")
    if wanted and sex_of(applicant) and sex_of(applicant) != wanted:
        text = f"Người nộp có giới tính {sex_of(applicant)}, không hợp với quan hệ đã chọn: chọn lại."
        yield Mistake(field="relation", text=text, weight=Weight.ASKED)
    elif said in {"vo", "chong"} and other and sex_of(case.people[other]) == wanted:
        yield Mistake(field="relation", text="Vợ, chồng đang ghi cùng giới tính: xem lại quan hệ.", weight=Weight.ASKED)
    if not other or other == "child":
        return  # a child's parents have a rule of their own
    mine, theirs = case.day("applicant.born_on"), case.day(f"{other}.born_on")
    is_wrong = is_before(theirs, mine) if said in _ELDERS else is_before(mine, theirs) if said == "con" else False
    if is_wrong:
        text = f"Ngày sinh của người nộp và {_small(other)} không hợp với quan hệ «{case.fields['relation']}»: xem lại."
        yield Mistake(field="relation", text=text, weight=Weight.ASKED)


def _kind(role: str) -> str:
    return role.rstrip("0123456789")


def _small(role: str) -> str:
    name = role_name(role)
    return name[:1].lower() + name[1:]
