"""Who held a dossier and how long, what was due before a step, and where the dossier then stood."""

from __future__ import annotations

from msgspec.structs import replace

from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.dossier_state import STEP, Dossier
from desk_app.domain.dossiers.events import Recorded, StepTaken, StepTakenBack
from desk_app.domain.outgoing import course
from desk_app.domain.outgoing.course import CourseEntry, held_for, outcome
from tests.kit.paper import papers, step_lives

DAY, HOUR, MINUTE = 86_400_000, 3_600_000, 60_000


def of(action: str) -> tuple[Dossier, Recorded]:
    return step_lives.step_of(action)


def test_the_dossier_passes_from_hand_to_hand_and_each_keeps_it_until_the_next() -> None:
    dossier, last = of("return")
    held = course.course(dossier, last)
    assert [one.holder for one in held] == [
        "Bộ phận Một cửa",
        "Công chức Tư pháp - Hộ tịch",
        "Bộ phận Một cửa",
        "Phòng Văn hóa - Xã hội",
        "Phó Chủ tịch Ủy ban nhân dân xã",
        "Bộ phận Một cửa",
    ]
    assert [one.left for one in held[:-1]] == [one.since for one in held[1:]]
    assert [one.giver for one in held[1:]] == [one.holder for one in held[:-1]]
    assert held[-1].left == 0


def test_the_slip_of_an_earlier_step_stays_as_it_was() -> None:
    events = step_lives.life()
    whole = fold(events)
    for number in range(2, len(events) + 1):
        then = fold(events[:number])
        assert course.course_rows(whole, events[number - 1]) == course.course_rows(then, events[number - 1])


def test_a_step_taken_back_hands_nothing_over() -> None:
    events = step_lives.life()
    back = replace(events[1], seq=99, lamport=99, kind="step_taken_back", seen={STEP: (events[1].stamp,)})
    back = replace(back, payload=StepTakenBack(reason="nhầm"))
    dossier = fold([*events[:2], back])
    assert [one.holder for one in course.course(dossier, back)] == ["Bộ phận Một cửa"]
    assert not course.was_handed(dossier)
    assert course.was_handed(dossier, StepTaken(action="forward", to="Phòng Kinh tế"))


def test_what_was_due_before_an_apology_is_what_the_slip_said_then() -> None:
    events = step_lives.life()
    whole = fold(events)
    apology = next(one for one in events if isinstance(one.payload, StepTaken) and one.payload.action == "apologise")
    assert course.due_before(whole, apology) == papers.DUE_AT + 4 * DAY
    assert course.due_before(whole, events[1]) == papers.DUE_AT
    assert course.stage_before(whole, apology).label == "Đang xử lý"


def test_time_is_told_as_people_say_it() -> None:
    assert [held_for(passed) for passed in (0, 40 * MINUTE, 3 * HOUR + 5 * MINUTE, 2 * DAY + 3 * HOUR, DAY)] == [
        "dưới 1 phút",
        "40 phút",
        "3 giờ 5 phút",
        "2 ngày 3 giờ",
        "1 ngày",
    ]


def test_late_in_time_and_early_are_told_apart() -> None:
    held = CourseEntry(giver="a", holder="b", since=1, until=5 * DAY, left=5 * DAY)
    assert outcome(held) == "Đúng hạn"
    assert outcome(replace(held, left=5 * DAY + 1)) == "Quá hạn"
    assert outcome(replace(held, left=3 * DAY)) == "Trước hạn"
    assert outcome(replace(held, left=0)) == outcome(replace(held, until=0)) == ""
