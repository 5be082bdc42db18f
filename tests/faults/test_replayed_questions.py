"""A question recorded and said again: the district answers, and believes nothing of it."""

from __future__ import annotations

import pytest

from desk_app.district.admin import status
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.status import DeskState
from desk_app.district.transport import stick
from tests.kit.district import offices
from tests.kit.district.offices import MORNING, Device

HOUR, DAY = 3_600_000, 86_400_000


@pytest.fixture
def desk(here: DistrictOffice) -> Device:
    return offices.enrolled(here)


def state(here: DistrictOffice) -> DeskState:
    with here.district.storage.reading() as session:
        (found,) = status.desks(session)
    return found


def test_a_recorded_question_does_not_make_a_silent_desk_look_alive(here, desk, clock):
    recorded = []
    for number in range(1, 4):
        desk.receives(number)
        recorded.append(desk.request(clock=clock.at))
        assert here.district.reply(recorded[-1]).code == "OK"
        clock.at += HOUR
    seen_at = state(here).seen_at
    clock.at += 5 * DAY
    for question in (*recorded, recorded[0]):
        here.district.reply(question)
        assert (state(here).seen_at, state(here).clock_offset, state(here).ahead) == (seen_at, 0, 0)
    assert any("không thấy" in told for told in state(here).concerns(clock.at))


def test_the_desk_itself_is_heard_again_after_a_recording(here, desk, clock):
    desk.receives(1)
    recorded = desk.request(clock=clock.at)
    here.district.reply(recorded)
    clock.at += DAY
    here.district.reply(recorded)
    here.district.reply(desk.request(first=2, clock=clock.at))
    assert state(here).seen_at == clock.at


def test_a_clock_that_was_set_back_is_believed_with_the_next_event(here, desk, clock):
    desk.receives(1)
    ahead = desk.request(clock=clock.at + 3650 * DAY)
    here.district.reply(ahead)
    clock.at += HOUR
    here.district.reply(desk.request(first=2, clock=clock.at))
    assert state(here).clock_offset == -3650 * DAY // 1000
    desk.receives(2)
    here.district.reply(desk.request(first=2, clock=clock.at))
    assert (state(here).seen_at, state(here).clock_offset) == (clock.at, 0)
    here.district.reply(ahead)
    assert state(here).clock_offset == 0


def test_a_question_that_was_carried_for_days_tells_nothing_of_a_clock(here, desk, clock, tmp_path):
    desk.receives(1)
    file = tmp_path / "H26.99-1-1-1.cx"
    file.write_bytes(desk.request(clock=MORNING))
    clock.at += 4 * DAY
    stick.take_in(here.district, file)
    assert (state(here).clock_offset, state(here).events) == (0, 1)
