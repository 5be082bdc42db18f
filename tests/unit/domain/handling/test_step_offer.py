"""Which steps a card shows first, and from which day on the apology stands among them."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.dossiers.steps import Action, Status
from desk_app.domain.handling.step_offer import in_order, is_apology_day, split

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
EVERY = [action.value for action in Action]


@pytest.mark.parametrize(
    ("received_on", "today", "due_on", "offered"),
    [
        (date(2026, 11, 18), FRIDAY, MONDAY, True),  # one working day before
        (date(2026, 11, 18), date(2026, 11, 19), MONDAY, False),
        (date(2026, 11, 18), MONDAY, MONDAY, True),
        (date(2026, 11, 18), TUESDAY, MONDAY, True),
        (FRIDAY, FRIDAY, MONDAY, False),  # it came today: nothing is late yet
        (FRIDAY, MONDAY, MONDAY, True),
    ],
)
def test_the_apology_is_offered_a_working_day_before_and_never_on_the_day_of_reception(
    received_on: date, today: date, due_on: date, offered: bool
) -> None:
    calendar = Calendar(days={})
    assert is_apology_day(today, due_on, calendar, received_on=received_on) is offered


def test_the_usual_step_is_first_two_stand_beside_it_and_every_step_is_there_once() -> None:
    for status in Status:
        for first in (False, True):
            ordered = in_order(status, EVERY, apologise_first=first)
            assert sorted(ordered) == sorted(EVERY)
    assert in_order(Status.PROCESSING, EVERY)[:3] == ("ready", "request-completion", "submit")
    assert in_order(Status.PROCESSING, EVERY, apologise_first=True)[:2] == ("ready", "apologise")


@pytest.mark.parametrize(("number", "shown"), [(2, 2), (4, 4), (5, 3), (11, 3)])
def test_a_button_for_the_rest_never_hides_one_step_alone(number: int, shown: int) -> None:
    ordered = EVERY[:number]
    assert split(ordered, ordered[0]) == (tuple(ordered[:shown]), tuple(ordered[shown:]))


@pytest.mark.parametrize(("number", "shown"), [(3, 3), (4, 2)])
def test_without_a_usual_step_two_stand_open(number: int, shown: int) -> None:
    ordered = EVERY[:number]
    assert split(ordered, "") == (tuple(ordered[:shown]), tuple(ordered[shown:]))
