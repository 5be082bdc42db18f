"""Who held a dossier and how long, what was due before a step, and where the dossier then stood."""

from __future__ import annotations

from msgspec.structs import replace

from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.dossier_state import STEP, Dossier
from desk_app.domain.dossiers.events import Corrected, Recorded, StepTaken, StepTakenBack
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


def test_a_time_that_was_never_set_is_neither_met_nor_missed() -> None:
    assert outcome(CourseEntry(giver="a", holder="b", since=1, left=5)) == ""


def test_exactly_a_day_before_its_end_is_early() -> None:
    held = CourseEntry(giver="a", holder="b", since=1, until=5 * DAY, left=4 * DAY)
    assert outcome(held) == "Trước hạn"
    assert outcome(replace(held, left=4 * DAY + 1)) == "Đúng hạn"


def test_the_rows_of_a_slip_say_from_whom_to_whom_until_when_and_how_it_went() -> None:
    events = step_lives.life()
    first, second, third = course.course_rows(fold(events), events[2])
    assert first == {
        "n": "1",
        "between": "Giao: Người nộp hồ sơ. Nhận: Bộ phận Một cửa",
        "at": "08:05 22/11/2026",
        "until": "",
        "held": "22 giờ",
        "outcome": "",
        "remark": "tiếp nhận",
    }
    assert second == {
        "n": "2",
        "between": "Giao: Bộ phận Một cửa. Nhận: Công chức Tư pháp - Hộ tịch",
        "at": "06:05 23/11/2026",
        "until": "08:05 23/11/2026",
        "held": "22 giờ",
        "outcome": "Quá hạn",
        "remark": "chuyển xử lý",
    }
    assert (third["n"], third["at"], third["held"], third["until"]) == ("3", "04:05 24/11/2026", "", "")


def test_a_desk_that_has_it_back_has_no_term_whatever_the_step_sets_the_citizen() -> None:
    events = step_lives.life()
    held = course.course(fold(events), events[2])
    assert [one.until for one in held] == [0, papers.RECEIVED_AT + DAY, 0]


def test_a_new_term_for_the_same_hands_is_a_new_row_and_none_is_not() -> None:
    events = step_lives.life()
    again = replace(events[2], payload=StepTaken(action="forward", to="Công chức Tư pháp - Hộ tịch", until=7 * DAY))
    assert len(course.course(fold([*events[:2], again]), again)) == 3
    without = replace(again, payload=StepTaken(action="forward", to="Công chức Tư pháp - Hộ tịch"))
    assert len(course.course(fold([*events[:2], without]), without)) == 2


def test_who_gets_a_dossier_to_sign_is_named_or_is_the_leader() -> None:
    events = step_lives.life()
    named = [
        replace(events[1], payload=StepTaken(action="submit", **said))
        for said in ({"to": "Bà Thử", "signer": "Ông Thử"}, {"signer": "Ông Thử"}, {})
    ]
    holders = [course.course(fold([events[0], one]), one)[-1].holder for one in named]
    assert holders == ["Bà Thử", "Ông Thử", "Lãnh đạo"]


def test_where_the_dossier_stood_before_a_step_leaves_out_the_step_itself() -> None:
    events = step_lives.life()
    whole = fold(events)
    stages = [course.stage_before(whole, event).value for event in events[1:]]
    assert stages == [
        "received",
        "processing",
        "awaiting_completion",
        "processing",
        "processing",
        "processing",
        "awaiting_signature",
        "processing",
        "result_ready",
    ]


def test_a_due_day_that_somebody_corrected_is_what_was_due_from_then_on() -> None:
    events = step_lives.life()
    corrected = replace(events[2], kind="corrected", payload=Corrected(changes={"due_at": str(99 * DAY)}))
    dossier = fold([*events[:2], corrected, replace(events[4], lamport=9)])
    assert course.due_before(dossier, events[1]) == papers.DUE_AT
    assert course.due_before(dossier, corrected) == papers.DUE_AT
    assert course.due_before(dossier, replace(events[4], lamport=9)) == 99 * DAY
