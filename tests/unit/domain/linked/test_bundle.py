"""Bundles of linked procedures: read strictly, made one procedure, each due after what it waits for."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desk_app.domain.calendar.deadlines import Calendar, DayKind, WorkingHours
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.linked.bundle import SOURCE, leading, made_of, narrowed
from desk_app.domain.linked.bundle_text import bundle_of
from desk_app.domain.linked.linked_due import dues
from desk_app.domain.procedures.procedure import Component, FeeKind, FeeRule, LimitUnit, Procedure, TimeLimit
from desk_app.errors.linked import BundleFileError
from desk_app.services.linked import bundles

TEXT = """
id = "thu"
title = "Gói thử"
version = "1"
[citation]
number = "1/2026/NĐ-CP"
[[members]]
procedure = "1.000001"
limit = { unit = "working_day", amount = 1, cut_off = "15:00" }
[[members]]
procedure = "THU.HAI"
name = "Việc thứ hai"
after = ["1.000001"]
limit = { unit = "working_day", amount = 2 }
[[members]]
procedure = "THU.BA"
name = "Việc thứ ba"
when = "wanted=Có"
"""
FIRST = Procedure(
    code="1.000001",
    name="Việc thứ nhất",
    version="a",
    limit=TimeLimit(unit=LimitUnit.SAME_DAY),
    components=(Component(id="k1", name="Giấy thứ nhất", default=True),),
    fees=(FeeRule(kind=FeeKind.PER_COPY, name="Bản sao", amount=8000),),
)
CALENDAR = Calendar({date(2026, 11, 24): DayKind.OFF}, WorkingHours(), frozenset({2026}))
"""24/11/2026 is a day off."""


def linked(text: str = TEXT):
    return made_of(bundle_of(text, file="thu.toml"), {"1.000001": FIRST})


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


def test_a_bundle_is_one_procedure_with_the_papers_of_all() -> None:
    whole = linked()
    assert [part.name for part in whole.parts] == ["Việc thứ nhất", "Việc thứ hai", "Việc thứ ba"]
    assert [component.id for component in whole.components] == ["k1"]
    assert whole.parts[1].source == SOURCE
    assert leading(whole) == FIRST
    assert leading(FIRST) == FIRST


def test_a_procedure_nobody_knows_is_named() -> None:
    with pytest.raises(KeyError, match=r"1\.000001"):
        made_of(bundle_of(TEXT, file="thu.toml"), {})


def test_only_what_is_wanted_is_handed_in() -> None:
    whole = narrowed(linked(), lambda when: not when)
    assert [part.code for part in whole.parts] == ["1.000001", "THU.HAI"]


@pytest.mark.parametrize(
    ("received", "first", "second"),
    [
        (at(20, 8, 15), at(23, 16, 30), at(26, 16, 30)),  # Friday; Tuesday the 24th is off
        (at(20, 15, 1), at(25, 16, 30), at(27, 16, 30)),  # after 15:00 it begins on Monday
    ],
    ids=["in time", "after fifteen"],
)
def test_each_is_due_after_what_it_waits_for_and_the_whole_with_the_last(received, first, second) -> None:
    found = dues(narrowed(linked(), lambda when: not when), received, CALENDAR)
    assert found.parts == (first, second)
    assert found.total == second


def test_where_a_limit_is_not_known_a_person_says_when_the_whole_is_due() -> None:
    found = dues(linked(), at(20, 8), CALENDAR)
    assert found.total is None
    chosen = dues(linked(), at(20, 8), CALENDAR, at(30, 16, 30))
    assert chosen.parts == (at(23, 16, 30), at(26, 16, 30), at(30, 16, 30))
    assert dues(linked(), at(20, 8), CALENDAR, at(25, 16, 30)).parts[1] == at(25, 16, 30)


def test_a_bundle_may_have_a_limit_of_its_own() -> None:
    own = TEXT.replace('version = "1"', 'version = "1"\ntotal = "limit"\nlimit = { unit = "working_day", amount = 5 }')
    assert dues(linked(own), at(20, 8), CALENDAR).total == at(30, 16, 30)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('id = "thu"', 'id = "Thử"', "id"),
        ('title = "Gói thử"', 'titel = "Gói thử"', "titel"),
        ('version = "1"', 'version = " "', "version"),
        ('after = ["1.000001"]', 'after = ["THU.BA"]', "members[1].after"),
        ('procedure = "THU.BA"', 'procedure = "THU.HAI"', "members[2].procedure"),
        ("amount = 2", "amount = 0", "members[1].limit.amount"),
        ('cut_off = "15:00"', 'cut_off = "25:00"', "members[0].limit.cut_off"),
        ('version = "1"', 'version = "1"\ntotal = "sum"', "total"),
        ('version = "1"', 'version = "1"\ntotal = "limit"', "limit"),
        ('version = "1"', 'version = "1"\nin_force_from = "1/9/2026"', "in_force_from"),
        ('version = "1"', "version = 1", "version"),
        ("[[members]]", "[[member]]", "member"),
    ],
)
def test_a_slip_of_the_pen_in_a_bundle_is_told_by_its_place(old: str, new: str, place: str) -> None:
    with pytest.raises(BundleFileError) as refused:
        bundle_of(TEXT.replace(old, new), file="thu.toml")
    assert place in str(refused.value.facts["place"])


def test_what_ships_names_its_law_and_says_what_of_it_is_not_confirmed() -> None:
    shipped = {bundle.id: bundle for bundle in bundles.shipped()}
    assert set(shipped) == {"khai-sinh", "khai-tu", "dat-dai"}
    assert shipped["khai-sinh"].citation.number == shipped["khai-tu"].citation.number == "301/2026/NĐ-CP"
    for bundle in shipped.values():
        assert bundle.verified or bundle.unsure
        assert bundle.in_force_from
