"""The worklists as rows: the same as a recount from the journal, and never by reading the table of all dossiers."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.calendar.moments import VIETNAM, in_vietnam, milliseconds
from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.events import Payload, StepTaken, StepTakenBack
from desk_app.domain.messages.message_events import Contacted, MessageQueued, MessageSent
from desk_app.domain.worklists.lists import WorkLimits, Worklist, is_to_call, lists_of, moments, standing_of
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import journal
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.projections import work_lines
from desk_app.store.queries import worklists
from tests.kit.desk import books

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=VIETNAM)
DAY = timedelta(days=1)
AT = moments(NOW, Calendar({}), WorkLimits(suspended_days=5, ready_days=2))
_ALL = 1 << 40


def _life(draw: random.Random) -> list[tuple[timedelta, Payload]]:
    """What happens after a reception, each so long before now."""
    days = sorted((timedelta(days=draw.uniform(0, 12)) for _ in range(3)), reverse=True)
    course: list[list[Payload]] = [
        [],
        [StepTaken(action="forward", to="Phòng Kinh tế")],
        [StepTaken(action="request-completion", reason="thiếu")],
        [StepTaken(action="request-completion", reason="thiếu"), Contacted(about="completion", outcome="told")],
        [StepTaken(action="request-completion", reason="thiếu"), Contacted(about="completion", outcome="not-reached")],
        [StepTaken(action="suspend", reason="lỗi mạng")],
        [StepTaken(action="suspend", reason="họp", cause="own", clock="runs")],
        [StepTaken(action="ready")],
        [StepTaken(action="ready"), Contacted(about="ready", outcome="has-result")],
        [StepTaken(action="ready"), MessageQueued(id="a" * 16, about="ready", phone="0110000001", text="x")],
        [
            StepTaken(action="ready"),
            MessageQueued(id="b" * 16, about="ready", phone="0110000001", text="x"),
            MessageSent(message="b" * 16),  # a desk's word for the district's: it counts for nothing
        ],
        [StepTaken(action="apologise", reason="muộn", due_at=milliseconds(NOW + DAY))],
        [StepTaken(action="ready"), StepTaken(action="return")],
        [StepTaken(action="stop", reason="thôi"), StepTakenBack(reason="nhầm")],
    ]
    return list(zip(days, draw.choice(course), strict=False))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory):
    """A desk of 240 dossiers in every state, received over two weeks."""
    draw = random.Random(12)
    db = books.made(tmp_path_factory.mktemp("worklists"))
    with unit_of_work(db):
        for number in range(240):
            dossier = journal.new_dossier_id()
            due = 0 if number % 9 == 0 else milliseconds(NOW + timedelta(hours=draw.randrange(-72, 170)))
            received = milliseconds(NOW - 13 * DAY)
            payload = books.reception(number, code=f"H26.99-261114-{number:04d}", received_at=received, due_at=due)
            journal.append(db, payload, dossier=dossier, at=received, author="thu")
            for ago, each in _life(draw):
                seen = {}
                if isinstance(each, StepTakenBack):
                    turn = journal.dossier(db, dossier).last_turn
                    seen = {"step": (turn.stamp,)} if turn else {}
                journal.append(db, each, dossier=dossier, at=milliseconds(NOW - ago), author="thu", seen=seen)
    yield db
    db.close()


def recount(db: DeskDatabase) -> dict[Worklist, set[int]]:
    """Each list by folding every dossier of the journal."""
    found: dict[Worklist, set[int]] = {which: set() for which in Worklist}
    for number, dossier in db.all("SELECT n, dossier FROM event WHERE kind = 'received'"):
        standing = standing_of(fold(journal.history(db, dossier)))
        for which in lists_of(standing, AT) if standing else ():
            found[which].add(number)
    return found


def test_number_list_and_recount_are_one(filled: DeskDatabase) -> None:
    counted = recount(filled)
    assert all(counted.values()), "the desk of this test has somebody in every list"
    for which, ought in counted.items():
        listed = [number for chunk in worklists.ids(filled, which, AT) for number in chunk]
        assert set(listed) == ought, which
        assert len(listed) == len(ought) == worklists.count(filled, which, AT), which


def test_the_telephone_list_is_the_recount_too(filled: DeskDatabase) -> None:
    ought = set()
    for number, dossier in filled.all("SELECT n, dossier FROM event WHERE kind = 'received'"):
        standing = standing_of(fold(journal.history(filled, dossier)))
        if standing and is_to_call(standing, AT):
            ought.add(number)
    assert {each.id for each in worklists.to_call(filled, AT, most=1000)} == ought != set()


def test_a_list_comes_in_chunks_the_longest_waiting_first(
    filled: DeskDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [number for chunk in worklists.ids(filled, Worklist.LATE, AT) for number in chunk]
    monkeypatch.setattr(worklists, "CHUNK", 3)
    assert [number for chunk in worklists.ids(filled, Worklist.LATE, AT) for number in chunk] == whole
    due = dict(filled.all("SELECT id, due_at FROM dossier"))
    assert [due[number] for number in whole] == sorted(due[number] for number in whole)


def test_the_lines_are_the_same_after_a_rebuild(filled: DeskDatabase) -> None:
    before = work_lines.lines(filled, 0, _ALL)
    rebuild(filled)
    assert work_lines.lines(filled, 0, _ALL) == before


@pytest.mark.parametrize("which", list(Worklist))
def test_a_list_is_read_from_an_index_alone(filled: DeskDatabase, which: Worklist) -> None:
    asked = worklists.condition_of(which, AT)
    for select in (f"count(*) FROM {asked.source}", f"{asked.moment}, dossier FROM {asked.source} ORDER BY 1, 2"):
        plan = [row[3] for row in filled.all(f"EXPLAIN QUERY PLAN SELECT {select}", asked.values)]
        assert any("SEARCH work_line USING COVERING INDEX" in line for line in plan), plan
        assert not any("SCAN" in line for line in plan), plan


def test_a_day_is_turned_into_moments_so_that_midnight_writes_no_row(filled: DeskDatabase) -> None:
    tomorrow = moments(in_vietnam(AT.now) + DAY, Calendar({}), WorkLimits())
    before = filled.all("SELECT * FROM work_line")
    assert worklists.count(filled, Worklist.LATE, tomorrow) > worklists.count(filled, Worklist.LATE, AT)
    assert filled.all("SELECT * FROM work_line") == before
