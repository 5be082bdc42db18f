"""Lists, counts and numbers of the day, against reading every row."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.numbering import Block
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.procedures.procedure import Procedure, TimeLimit
from desk_app.errors import NumbersUsedUpError, UnknownDossierError
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import daily_numbers
from desk_app.store.queries import dossiers
from desk_app.store.reference import catalogue
from tests.kit.desk import books

DAY = "2026-11-20"
NOW = books.NOON + 3_600_000 + 1
PATHS = (
    (),
    ("forward",),
    ("suspend",),
    ("request-completion",),
    ("ready",),
    ("ready", "return"),
    ("refuse",),
    ("withdraw",),
)


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    db = books.made(tmp_path_factory.mktemp("worked") / "desk")
    for number in range(24):
        due = NOW + 1 if number >= 18 else 0 if number == 8 else books.NOON + number
        dossier = books.received(db, number + 1, received_at=books.NOON - 40 + number * 3 % 24, due_at=due)
        books.stepped(db, dossier, *PATHS[number % len(PATHS)])
    return books.put_down(db)


@pytest.fixture
def desk(worked, tmp_path):
    """24 dossiers in every status; the due moment of the first three quarters is past."""
    db = books.copied(worked, tmp_path / "desk")
    yield db
    db.close()


def everything(db):
    ids = [number for (number,) in db.all("SELECT id FROM dossier")]
    return sorted(dossiers.rows(db, ids), key=lambda row: (row.received_at, row.id), reverse=True)


def listed(db, which):
    chunks = dossiers.ids(db, which=which, day_start_ms=books.NOON - 30, now_ms=NOW)
    return [number for chunk in chunks for number in chunk]


WANTED = {
    "all": lambda row: True,
    "today": lambda row: row.received_at >= books.NOON - 30,
    "received": lambda row: row.status == "received",
    "processing": lambda row: row.status in {"received", "processing", "suspended"},
    "awaiting": lambda row: row.status == "awaiting_completion",
    "ready": lambda row: row.status == "result_ready",
    "returned": lambda row: row.status == "returned",
}


@pytest.mark.parametrize("which", WANTED)
@pytest.mark.parametrize("chunk", [1, 2, 5, 1000])
def test_a_list_holds_what_it_says_newest_first(desk, monkeypatch, which, chunk):
    monkeypatch.setattr(dossiers, "FIRST_CHUNK", chunk)
    monkeypatch.setattr(dossiers, "CHUNK", chunk + 1)
    assert listed(desk, which) == [row.id for row in everything(desk) if WANTED[which](row)]


def test_late_is_work_past_its_due_moment_longest_overdue_first(desk, monkeypatch):
    monkeypatch.setattr(dossiers, "FIRST_CHUNK", 2)
    late = [row for row in everything(desk) if row.status in {"received", "processing"} and 0 < row.due_at < NOW]
    assert listed(desk, "late") == [row.id for row in sorted(late, key=lambda row: (row.due_at, row.id))]
    assert late


def test_the_figures_are_the_lengths_of_the_lists(desk):
    counts = dossiers.counts(desk, day_start_ms=books.NOON - 30, now_ms=NOW)
    assert counts == dossiers.Counts(
        today=len(listed(desk, "today")),
        processing=len(listed(desk, "processing")),
        awaiting=len(listed(desk, "awaiting")),
        late=len(listed(desk, "late")),
        ready=len(listed(desk, "ready")),
        total=24,
    )


def test_every_open_dossier_is_under_one_of_three_figures(desk):
    for number, action in ((30, "stop"), (31, "ask-duty"), (32, "submit")):
        books.stepped(desk, books.received(desk, number), action)
    counts = dossiers.counts(desk, day_start_ms=books.NOON - 30, now_ms=NOW)
    shared_out = [*listed(desk, "processing"), *listed(desk, "awaiting"), *listed(desk, "ready")]
    still_open = [row.id for row in everything(desk) if Status(row.status).is_open]
    assert {row.status for row in everything(desk)} == set(Status)
    assert sorted(shared_out) == sorted(still_open)
    assert counts.processing + counts.awaiting + counts.ready == len(still_open) > 0


def test_the_figures_never_read_the_whole_table(desk):
    asked = []
    desk.conn.set_trace_callback(asked.append)
    dossiers.counts(desk, day_start_ms=books.NOON, now_ms=NOW)
    listed(desk, "late")
    listed(desk, "returned")
    desk.conn.set_trace_callback(None)
    plans = [plan for sql in asked for (*_, plan) in desk.all("EXPLAIN QUERY PLAN " + sql)]
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN dossier")]
    assert "USE TEMP B-TREE FOR ORDER BY" not in plans  # ties of one moment may be sorted


@pytest.mark.parametrize("typed", ["H26.99-261120-0003", "h26.99-261120-0003", "H2699 261120 0003", "h26992611200003"])
def test_a_code_is_found_in_any_case_and_without_punctuation(desk, typed):
    assert dossiers.by_code(desk, typed).code == "H26.99-261120-0003"


@pytest.mark.parametrize("typed", ["H26.99-261120-9999", "", "---", "H26.99-261120-00033"])
def test_an_unknown_code_is_said(desk, typed):
    with pytest.raises(UnknownDossierError):
        dossiers.by_code(desk, typed)


def test_rows_come_in_the_order_asked_and_without_those_gone(desk):
    ids = [row.id for row in everything(desk)]
    assert [row.id for row in dossiers.rows(desk, [ids[3], 10**9, ids[0], ids[3]])] == [ids[3], ids[0], ids[3]]


def test_a_row_names_the_procedure_as_it_was_when_received(db):
    limit = TimeLimit(unit="same_day")
    for version, name in (("1", "Tên cũ"), ("2", "Tên mới")):
        catalogue.put(db, Procedure(code="2.000815", name=name, version=version, limit=limit), added_at=0)
    books.received(db, 1)
    books.received(db, 2, procedure_version="none")
    assert dossiers.row_by_code(db, "H26.99-261120-0001").procedure_name == "Tên cũ"
    assert dossiers.row_by_code(db, "H26.99-261120-0002").procedure_name == "2.000815"


def test_an_open_dossier_of_the_same_person_and_procedure_is_shown(db):
    first = books.received(db, 1, id_number="001190000001")
    books.received(db, 2, id_number="001190000001", procedure="1.001193")
    books.received(db, 3, id_number="001190000002")
    assert [row.dossier for row in dossiers.similar_open(db, "001190000001", "2.000815")] == [first]
    books.stepped(db, first, "ready", "return")
    assert dossiers.similar_open(db, "001190000001", "2.000815") == []
    books.received(db, 4, id_number="")
    assert dossiers.similar_open(db, "", "2.000815") == []


def test_the_latest_reception_is_known(db):
    assert dossiers.last_received_at(db) == 0
    books.received(db, 7)
    books.received(db, 3)
    assert dossiers.last_received_at(db) == books.NOON + 7


def taken(db, *blocks, day=DAY):
    with unit_of_work(db):
        return daily_numbers.take_number(db, day, blocks, desk=1)


def test_numbers_of_a_day_run_on_and_begin_anew_on_the_next(db):
    block = Block(1, 1999)
    assert [taken(db, block).value for _ in range(3)] == [1, 2, 3]
    assert taken(db, block, day="2026-11-21").value == 1
    assert daily_numbers.peek_number(db, DAY, (block,)).value == 4
    assert taken(db, block).value == 4


def test_a_number_of_a_unit_that_failed_is_given_to_the_next(db):
    with pytest.raises(ZeroDivisionError):
        books.fail_after(db, lambda: daily_numbers.take_number(db, DAY, (Block(1, 9),)))
    assert taken(db, Block(1, 9)).value == 1


def test_a_further_block_is_used_when_the_first_is_full_even_a_lower_one(db):
    blocks = (Block(8, 9), Block(1, 2))
    assert [taken(db, *blocks).value for _ in range(4)] == [8, 9, 1, 2]
    with pytest.raises(NumbersUsedUpError):
        taken(db, *blocks)


def test_a_number_outside_a_transaction_is_a_bug(db):
    with pytest.raises(RuntimeError):
        daily_numbers.take_number(db, DAY, (Block(1, 9),))
