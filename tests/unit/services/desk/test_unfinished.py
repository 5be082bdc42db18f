"""A page left half filled is kept, offered, put away, taken back, and gone once it is a dossier."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.domain.people.person import Person
from desk_app.errors import MissingFactError
from desk_app.services.desk import unfinished
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import reception
from desk_app.services.reports import day_end
from tests.kit.desk.desks import TestClock


def page(id_: str = "nhap", procedure: str = "2.000815") -> Unfinished:
    return Unfinished(id=id_, procedure=procedure, texts={"reception.full_name": "Lò Thị Dở"})


def draft_of(kept: Unfinished, **facts: object):
    person = Person(full_name="Lò Thị Dở")
    return replace(reception.new_draft("1.004873"), id=kept.id, people={"applicant": person}, **facts)


def ids(desk: Desk) -> list[str]:
    return [left.id for left in unfinished.left(desk)]


def test_a_kept_page_is_offered_with_the_name_and_the_procedure(desk: Desk) -> None:
    unfinished.keep(desk, page())
    (left,) = unfinished.left(desk)
    assert (left.applicant, left.at) == ("Lò Thị Dở", desk.now())
    assert left.title


def test_a_page_of_a_procedure_no_longer_known_is_offered_all_the_same(desk: Desk) -> None:
    unfinished.keep(desk, page(procedure="9.999999"))
    assert [left.title for left in unfinished.left(desk)] == [""]


def test_a_saved_dossier_is_gone_from_the_pages_in_the_same_transaction(desk: Desk) -> None:
    unfinished.keep(desk, page())
    seen: list[str] = []
    desk.db.conn.set_trace_callback(seen.append)
    reception.receive(desk, draft_of(page()))
    desk.db.conn.set_trace_callback(None)
    assert ids(desk) == []
    deeds = [sql for sql in seen if sql.startswith(("BEGIN", "COMMIT", "DELETE FROM draft"))]
    assert [deed.split()[0] for deed in deeds] == ["BEGIN", "DELETE", "COMMIT"]


def test_a_refused_dossier_stays_among_the_pages(desk: Desk) -> None:
    unfinished.keep(desk, page())
    nobody = replace(draft_of(page()), people={"applicant": Person(full_name="")})
    with pytest.raises(MissingFactError):
        reception.receive(desk, nobody)
    assert ids(desk) == ["nhap"]


def test_a_page_kept_too_late_makes_no_second_dossier(desk: Desk) -> None:
    """Another thread's writing, or a page open twice, comes after the dossier."""
    reception.receive(desk, draft_of(page()))
    assert not unfinished.keep(desk, page())
    assert ids(desk) == []
    assert reception.receive(desk, draft_of(page())).again


def test_a_page_put_away_can_be_taken_back_until_the_day_is_closed(desk: Desk) -> None:
    for id_ in ("a", "b"):
        unfinished.keep(desk, page(id_))
    unfinished.put_away(desk, "a")
    assert ids(desk) == ["b"]
    assert unfinished.take_back(desk, "a") == page("a")
    assert set(ids(desk)) == {"a", "b"}
    unfinished.put_away(desk, "a")
    day_end.close(desk)
    assert unfinished.take_back(desk, "a") is None
    assert ids(desk) == ["b"]


def test_a_page_put_away_yesterday_and_one_nobody_touches_are_let_go_of(desk: Desk, clock: TestClock) -> None:
    for id_ in ("a", "b"):
        unfinished.keep(desk, page(id_))
    unfinished.put_away(desk, "a")
    clock.moment += timedelta(hours=23)
    unfinished.tidy(desk)
    assert desk.db.one("SELECT count(*) FROM draft") == (2,)
    clock.moment += timedelta(hours=2)
    unfinished.tidy(desk)
    assert desk.db.all("SELECT id FROM draft") == [("b",)]
    clock.moment += timedelta(days=15)
    unfinished.tidy(desk)
    assert desk.db.all("SELECT id FROM draft") == []


def test_what_is_half_told_of_a_dossier_is_kept_until_it_is_told_or_cleared(desk: Desk) -> None:
    told = Unfinished(id="hs", texts={"dossier.step.reason": "thiếu giấy"})
    unfinished.keep_of_dossier(desk, told)
    assert unfinished.of_dossier(desk, "hs") == told
    assert unfinished.left(desk) == []
    unfinished.keep_of_dossier(desk, Unfinished(id="hs"))
    assert unfinished.of_dossier(desk, "hs") is None


def test_no_page_lies_in_the_clear_beside_the_database(desk: Desk) -> None:
    unfinished.keep(desk, page())
    for file in desk.data.rglob("*"):
        if file.is_file():
            assert "Lò Thị Dở".encode() not in file.read_bytes()
    with closing(sqlite3.connect(desk.data / "desk.db")) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM draft")
