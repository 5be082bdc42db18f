"""A hold on its last day, at the limits of its texts, and as terminals tell it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from desk_app.domain.holds.hold import Hold, HoldWeight, PlacedHold, checked, deciding, what_to_do
from desk_app.domain.holds.hold_words import hold_data
from desk_app.errors import BadFactError

HOLD = Hold(id="a-1", starts="2026-11-16", until="2026-11-27", reason="Máy sửa", weight=HoldWeight.REFUSE)


@pytest.mark.parametrize(
    ("until", "ended_on", "day", "standing"),
    [
        ("2026-11-27", "", date(2026, 11, 27), True),
        ("2026-11-27", "", date(2026, 11, 28), False),
        ("2026-11-27", "2026-11-20", date(2026, 11, 18), False),
        ("", "", date(2030, 1, 1), True),
        ("", "", date(2026, 11, 1), True),  # it may begin later
    ],
)
def test_a_hold_stands_until_its_last_day_unless_it_was_ended(
    until: str, ended_on: str, day: date, *, standing: bool
) -> None:
    assert replace(HOLD, until=until, ended_on=ended_on).is_standing(day) is standing


@pytest.mark.parametrize(
    "changed",
    [{"id": "a" * 60}, {"reason": "a" * 400}, {"procedures": ("1",) * 200}, {"until": "2026-11-16"}, {"until": ""}],
    ids=["id", "reason", "procedures", "one day", "open"],
)
def test_a_hold_at_its_limits_may_be_set(changed: dict[str, object]) -> None:
    assert checked(replace(HOLD, **changed)) == replace(HOLD, **changed)


@pytest.mark.parametrize(
    "changed",
    [{"id": "a" * 61}, {"remedy": "a" * 401}, {"procedures": ("1",) * 201}, {"until": "2026-11-15"}],
    ids=["id", "remedy", "procedures", "backwards"],
)
def test_a_hold_beyond_its_limits_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(BadFactError):
        checked(replace(HOLD, **changed))


@pytest.mark.parametrize(
    ("changed", "is_district", "told"),
    [
        ({"remedy": "Mời sang xã bên!"}, False, "Mời sang xã bên!"),
        ({"weight": HoldWeight.WARN}, False, "Nói rõ với người dân trước khi nhận hồ sơ."),
        (
            {},
            False,
            "Hẹn người dân đến sau ngày 27/11/2026; cần nhận ngay thì hỏi người phụ trách của xã.",
        ),
        ({"until": ""}, True, "Ghi lại số điện thoại; cần nhận ngay thì hỏi người phụ trách của cấp trên."),
    ],
    ids=["said", "warned", "until", "open"],
)
def test_what_to_do_meanwhile_is_one_sentence(changed: dict[str, object], is_district: bool, told: str) -> None:
    assert what_to_do(PlacedHold(hold=replace(HOLD, **changed), is_district=is_district)) == told


def test_a_hold_for_all_and_one_without_an_end_weigh_the_longer() -> None:
    longer = replace(HOLD, id="a-0", until="2026-12-31")
    found = deciding([PlacedHold(hold=longer), PlacedHold(hold=HOLD)], "1", date(2026, 11, 20))
    assert found is not None
    assert found.hold is longer
    assert deciding([PlacedHold(hold=replace(HOLD, ended_on="2026-11-21"))], "1", date(2026, 11, 20)) is not None


def test_terminals_tell_an_open_end_as_null_and_the_weight_in_words() -> None:
    told = hold_data(replace(HOLD, until=""))
    assert (told["to"], told["set_on"], told["ended_on"], told["weight"]) == (None, None, None, "refuse")
    assert hold_data(HOLD)["to"] == "2026-11-27"
    assert [weight.label for weight in HoldWeight] == ["nhắc khi tiếp nhận", "không tiếp nhận"]


def test_what_reception_does_is_told_in_the_list_and_at_the_hold() -> None:
    assert (HoldWeight.WARN.word, HoldWeight.WARN.label) == ("Tạm dừng: nhắc", "nhắc khi tiếp nhận")
    assert (HoldWeight.REFUSE.word, HoldWeight.REFUSE.label) == ("Tạm dừng: không nhận", "không tiếp nhận")
