"""When the window exchanges by itself, and that it never hurries without reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event

import pytest
from msgspec import structs

from desk_app.errors import DeskError, NoDistrictError
from desk_app.services.sync.records import Exchanged, SyncStatus
from desk_app.ui.jobs import Jobs
from desk_app.ui.services.sync_services import SyncServices
from desk_app.ui.sync.sync_rounds import Rounds
from desk_app.ui.window.notices import Notice, Notices
from tests.kit.desk.desks import FRIDAY

ENROLLED = SyncStatus(enrolled=True, digits_confirmed=True, waiting_events=3)


class District:
    """What a round comes to, in turn; and how often it was asked."""

    def __init__(self) -> None:
        self.answers: list[Exchanged | DeskError] = []
        self.asked = 0
        self.status = ENROLLED

    def ask(self, _tell: Callable[[object], None], _stop: Event) -> Exchanged:
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, DeskError):
            raise answer
        return answer


@pytest.fixture
def district() -> District:
    return District()


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def rounds(qapp: object, district: District, told: list[Notice]) -> Iterator[Rounds]:
    notices = Notices()
    notices.show_on(told.append)
    jobs = Jobs(notices.warn_of)
    others = dict.fromkeys(SyncServices.__struct_fields__, lambda *_: None)
    services = SyncServices(**others)  # type: ignore[arg-type]
    services = structs.replace(
        services,
        status_apart=lambda: district.status,
        synchronise_apart=district.ask,
        learn=lambda *, law_changed: None,
        every_min=lambda: 10,
        pause_s=lambda failures: 2.0**failures,
    )
    made = Rounds(services, lambda: FRIDAY, jobs, notices)
    yield made
    made.stop()
    jobs.close()


def one_round(rounds: Rounds, qtbot, *, asked: bool = True) -> int:
    """Let a round happen; in how many seconds the next one comes by itself."""
    with qtbot.waitSignal(rounds.ended):
        rounds.send_now() if asked else rounds._start()
    assert rounds.next_at is not None
    return round((rounds.next_at - FRIDAY).total_seconds())


def test_after_a_failure_it_waits_longer_each_time_and_after_success_no_more(
    rounds: Rounds, district: District, qtbot
) -> None:
    district.answers = [NoDistrictError(), NoDistrictError(), NoDistrictError(), Exchanged(told="Xong.")]
    assert [one_round(rounds, qtbot) for _ in range(3)] == [2, 4, 8]
    assert one_round(rounds, qtbot) == 600
    assert rounds.failure is None


def test_a_round_nobody_asked_for_fails_without_a_notice(
    rounds: Rounds, district: District, told: list[Notice], qtbot
) -> None:
    district.answers = [NoDistrictError(), NoDistrictError()]
    one_round(rounds, qtbot, asked=False)
    assert told == []
    one_round(rounds, qtbot)
    assert [notice.tone for notice in told] == ["warn"]


def test_what_stays_waiting_is_not_asked_about_without_pause(rounds: Rounds, district: District, qtbot) -> None:
    district.answers = [Exchanged(waiting=5, confirmed=40, told="…"), Exchanged(waiting=5, told="…")]
    assert one_round(rounds, qtbot) == 4
    assert one_round(rounds, qtbot) == 600


def test_what_is_recorded_goes_together_and_never_puts_off_what_is_due_sooner(
    rounds: Rounds, district: District, qtbot
) -> None:
    district.answers = [Exchanged(told="Xong.")]
    one_round(rounds, qtbot)
    rounds.recorded()
    assert rounds.next_at is not None
    assert round((rounds.next_at - FRIDAY).total_seconds()) == 300
    rounds._in(1000)
    rounds.recorded()
    assert round((rounds.next_at - FRIDAY).total_seconds()) <= 1


def test_what_is_recorded_during_an_outage_does_not_hurry_the_next_try(
    rounds: Rounds, district: District, qtbot
) -> None:
    district.answers = [NoDistrictError()]
    assert one_round(rounds, qtbot) == 2
    rounds.recorded()
    assert rounds.next_at is not None
    assert round((rounds.next_at - FRIDAY).total_seconds()) == 2


def test_a_desk_nobody_enrolled_asks_nobody(rounds: Rounds, district: District, qtbot) -> None:
    for status in (SyncStatus(enrolled=False), replace(ENROLLED, digits_confirmed=False)):
        district.status = status
        with qtbot.waitSignal(rounds.ended):
            rounds.send_now()
    assert district.asked == 0


def test_a_wrong_clock_is_told_once_not_at_every_round(
    rounds: Rounds, district: District, told: list[Notice], qtbot
) -> None:
    district.answers = [Exchanged(clock_warning="Đồng hồ chậm 7 phút.", told="Xong.") for _ in range(3)]
    for _ in range(3):
        one_round(rounds, qtbot, asked=False)
    assert [notice.text for notice in told] == ["Đồng hồ chậm 7 phút."]


def test_the_pause_between_rounds_is_the_one_the_desk_set(rounds: Rounds, district: District, qtbot) -> None:
    district.answers = [Exchanged(told="Xong.")]
    rounds._services = structs.replace(rounds._services, every_min=lambda: 30)
    assert one_round(rounds, qtbot) == 30 * 60


def test_after_a_sleep_of_the_machine_failures_before_it_put_off_no_round(
    rounds: Rounds, district: District, qtbot
) -> None:
    district.answers = [NoDistrictError() for _ in range(5)]
    assert [one_round(rounds, qtbot) for _ in range(4)][-1] == 16

    rounds.woken()

    assert rounds.next_at is not None
    assert round((rounds.next_at - FRIDAY).total_seconds()) == 4
    assert one_round(rounds, qtbot) == 2
