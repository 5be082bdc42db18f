"""The citizen's days for a completion, all defects as one reason, and which ways out need what."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers.events import Defect, StepTaken
from desk_app.domain.handling import ways_out
from desk_app.domain.handling.completion import as_reason, is_over, last_day
from desk_app.domain.handling.reason_kinds import ReasonKind, ReasonKinds
from desk_app.domain.handling.ways_out import WayOut, usual_way
from desk_app.domain.people.person import Person
from desk_app.errors import BadFactError, MissingFactError

CALENDAR = Calendar(days={})
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=VIETNAM)


def test_the_day_of_the_request_is_not_counted_and_weekends_neither() -> None:
    assert last_day(FRIDAY, 1, CALENDAR) == date(2026, 11, 23)
    assert last_day(FRIDAY, 5, CALENDAR) == date(2026, 11, 27)


@pytest.mark.parametrize(("today", "over"), [(date(2026, 11, 23), False), (date(2026, 11, 24), True)])
def test_the_days_are_over_only_after_the_last_one(today: date, *, over: bool) -> None:
    assert is_over(FRIDAY, 1, today, CALENDAR) is over


def test_all_defects_are_one_sentence() -> None:
    defects = (Defect(name="Tờ khai", wrong="chưa ký"), Defect(name="Ảnh", wrong="mờ"))
    assert as_reason(defects) == "Tờ khai: chưa ký; Ảnh: mờ"
    assert as_reason(()) == ""


def test_a_kind_of_reason_fits_its_steps_and_says_whether_the_time_runs() -> None:
    kinds = ReasonKinds(
        (
            ReasonKind(id="a", name="A", actions=("suspend", "stop"), counts=True),
            ReasonKind(id="b", name="B", actions=("stop",)),
        )
    )
    assert [kind.id for kind in kinds.of_action("stop")] == ["a", "b"]
    assert [kind.id for kind in kinds.of_action("suspend")] == ["a"]
    assert [kinds.counts(cause) for cause in ("a", "b", "gone")] == [True, False, False]


@pytest.mark.parametrize(
    ("return_by", "way"),
    [("post", WayOut.POST), ("home", WayOut.HOME), ("counter", WayOut.COUNTER), ("", WayOut.COUNTER)],
)
def test_a_result_leaves_as_it_was_agreed_and_else_at_the_counter(return_by: str, way: WayOut) -> None:
    assert usual_way(return_by) is way


@pytest.mark.parametrize(
    "step",
    [
        StepTaken(action="return"),
        StepTaken(action="ready"),
        StepTaken(action="return", handed="counter"),
        StepTaken(action="hand-over", handed="counter"),
        StepTaken(action="return", handed="post", item_code="EX1VN"),
        StepTaken(action="return", handed="home", cause="policy"),
        StepTaken(
            action="return", handed="authorised", collector=Person(full_name="Lê Mẫu"), paper_of_authority="Giấy số 1"
        ),
    ],
    ids=["unsaid", "no result", "counter", "at once", "post", "home", "authorised"],
)
def test_a_way_with_what_it_needs_is_taken(step: StepTaken) -> None:
    assert refused_at(step) == ""


def refused_at(step: StepTaken) -> object:
    """The input at which the step is refused; "" for a step that is taken."""
    try:
        ways_out.check(step)
    except (BadFactError, MissingFactError) as error:
        return error.facts["field"]
    return ""


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (StepTaken(action="ready", handed="counter"), "handed"),
        (StepTaken(action="return", handed="bicycle"), "handed"),
        (StepTaken(action="return", handed="counter", item_code="EX1VN"), "item_code"),
        (StepTaken(action="return", handed="post", item_code=" "), "item_code"),
        (StepTaken(action="return", handed="home", cause=""), "cause"),
        (StepTaken(action="return", handed="counter", paper_of_authority="Giấy"), "paper_of_authority"),
        (StepTaken(action="return", handed="authorised", paper_of_authority="Giấy"), "collector.full_name"),
        (StepTaken(action="return", handed="authorised", collector=Person(full_name="Lê Mẫu")), "paper_of_authority"),
    ],
    ids=["step", "way", "code", "no code", "whom", "paper", "nobody", "no paper"],
)
def test_a_way_that_lacks_or_has_too_much_is_refused_at_its_input(step: StepTaken, field: str) -> None:
    assert refused_at(step) == field
