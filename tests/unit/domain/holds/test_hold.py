"""Which hold decides, and what it says: until when, by whom, why and what to do."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from desk_app.domain.holds.hold import (
    Hold,
    HoldWeight,
    PlacedHold,
    changed,
    checked,
    deciding,
    ended,
    passed,
    sentence,
    what_to_do,
)
from desk_app.errors import BadFactError, MissingFactError
from desk_app.errors.office_rules import WrongHoldError

COPY, BIRTH = "2.000815", "1.001193"
DAY = date(2026, 11, 20)
WARNED = Hold(
    id="a-1",
    procedures=(COPY,),
    starts="2026-11-16",
    until="2026-11-27",
    reason="Máy photo đang sửa",
    weight=HoldWeight.WARN,
    by="UBND xã Thử Nghiệm",
)
REFUSED = replace(WARNED, id="a-2", weight=HoldWeight.REFUSE, until="2026-11-25", remedy="Mời sang xã bên")


def mine(*holds: Hold) -> list[PlacedHold]:
    return [PlacedHold(hold=each) for each in holds]


def theirs(*holds: Hold) -> list[PlacedHold]:
    return [PlacedHold(hold=each, is_district=True) for each in holds]


@pytest.mark.parametrize(
    ("day", "decides"),
    [(date(2026, 11, 15), False), (date(2026, 11, 16), True), (date(2026, 11, 27), True), (date(2026, 11, 28), False)],
)
def test_a_hold_decides_on_its_days_both_included(day: date, decides: bool) -> None:
    assert (deciding(mine(WARNED), COPY, day) is not None) is decides


def test_a_hold_is_for_its_procedures_or_for_all_and_may_have_no_end() -> None:
    assert deciding(mine(WARNED), BIRTH, DAY) is None
    assert deciding(mine(replace(WARNED, procedures=())), BIRTH, DAY) is not None
    assert deciding(mine(replace(WARNED, until="")), COPY, date(2030, 1, 1)) is not None


def test_of_one_level_a_refusal_beats_a_warning_and_the_longer_the_shorter() -> None:
    decided = deciding(mine(WARNED, REFUSED), COPY, DAY)
    assert decided is not None and decided.hold == REFUSED
    longer = replace(WARNED, id="a-0", until="")
    decided = deciding(mine(longer, WARNED), COPY, DAY)
    assert decided is not None and decided.hold == longer


def test_the_districts_hold_beats_the_communes_whatever_it_weighs() -> None:
    decided = deciding([*mine(REFUSED), *theirs(WARNED)], COPY, DAY)
    assert decided is not None and decided.is_district and decided.hold.weight is HoldWeight.WARN
    decided = deciding([*mine(WARNED), *theirs(REFUSED)], COPY, DAY)
    assert decided is not None and decided.is_district and decided.hold.weight is HoldWeight.REFUSE
    other = replace(REFUSED, procedures=(BIRTH,))
    decided = deciding([*mine(WARNED), *theirs(other)], COPY, DAY)
    assert decided is not None and not decided.is_district


def test_an_ended_hold_decides_no_more_and_says_who_ended_it_and_why() -> None:
    over = ended(REFUSED, on="2026-11-20", by="Trần Thu Mẫu", why=" Máy đã sửa ")
    assert deciding(mine(over), COPY, DAY) is None
    assert deciding(mine(over), COPY, date(2026, 11, 19)) is not None
    assert (over.ended_on, over.ended_by, over.ended_why) == ("2026-11-20", "Trần Thu Mẫu", "Máy đã sửa")
    with pytest.raises(WrongHoldError):
        ended(over, on="2026-11-21", by="B", why="b")
    with pytest.raises(MissingFactError):
        ended(REFUSED, on="2026-11-20", by="B", why=" ")


def test_the_sentence_says_until_when_by_whom_and_why_and_what_to_do() -> None:
    (placed,) = mine(REFUSED)
    said = sentence(placed, "Chứng thực bản sao")
    assert said == (
        "Chứng thực bản sao đang tạm dừng đến hết 25/11/2026, do xã (UBND xã Thử Nghiệm) đặt: Máy photo đang sửa"
    )
    assert what_to_do(placed) == "Mời sang xã bên."
    (placed,) = theirs(replace(REFUSED, remedy="", until="", number="5/TB-STP", by=""))
    said = sentence(placed, "Chứng thực bản sao")
    assert "đến khi có thông báo mới, do cấp trên đặt theo Quyết định 5/TB-STP: " in said
    assert what_to_do(placed)


def test_a_dossier_received_against_a_warning_keeps_it() -> None:
    (kept,) = passed(*mine(WARNED))
    assert (kept.id, kept.reason, kept.until) == ("a-1", "Máy photo đang sửa", "2026-11-27")
    assert kept.told == "Máy photo đang sửa (xã (UBND xã Thử Nghiệm), đến hết 27/11/2026)"
    assert passed(None) == ()


@pytest.mark.parametrize("field", ["reason", "starts"])
def test_a_hold_without_reason_or_beginning_is_refused(field: str) -> None:
    with pytest.raises(MissingFactError) as told:
        checked(replace(WARNED, **{field: ""}))
    assert told.value.facts["field"] == field


@pytest.mark.parametrize(
    ("field", "value"),
    [("until", "2026-11-15"), ("starts", "2026-11-31"), ("id", "Á"), ("reason", "a" * 401), ("until", "27/11/2026")],
)
def test_days_that_run_backwards_or_are_none_are_refused(field: str, value: str) -> None:
    with pytest.raises(BadFactError):
        checked(replace(WARNED, **{field: value}))


def test_texts_are_tidied() -> None:
    assert checked(replace(WARNED, reason="  Máy   photo ")).reason == "Máy photo"


def test_a_changed_hold_says_who_changed_it_and_a_wish_without_news_changes_nothing() -> None:
    wish = replace(WARNED, until="2026-12-04", weight=HoldWeight.REFUSE, reason="  Máy hỏng hẳn ", by="Người khác")
    after = changed(WARNED, wish, on=DAY, by="Trần Thu Mẫu")
    assert (after.until, after.weight, after.reason) == ("2026-12-04", HoldWeight.REFUSE, "Máy hỏng hẳn")
    assert (after.id, after.by, after.changed_on, after.changed_by) == (
        WARNED.id,
        WARNED.by,
        "2026-11-20",
        "Trần Thu Mẫu",
    )
    assert changed(WARNED, replace(WARNED, by="Người khác"), on=DAY, by="Trần Thu Mẫu") is WARNED


@pytest.mark.parametrize("over", [replace(WARNED, ended_on="2026-11-19"), replace(WARNED, until="2026-11-19")])
def test_a_hold_that_is_over_is_changed_no_more(over: Hold) -> None:
    with pytest.raises(WrongHoldError):
        changed(over, replace(WARNED, reason="Khác"), on=DAY, by="Trần Thu Mẫu")


def test_a_change_is_refused_as_a_new_hold_is() -> None:
    with pytest.raises(BadFactError):
        changed(WARNED, replace(WARNED, until="2026-11-01"), on=DAY, by="Trần Thu Mẫu")
    with pytest.raises(MissingFactError):
        changed(WARNED, replace(WARNED, reason=" "), on=DAY, by="Trần Thu Mẫu")
