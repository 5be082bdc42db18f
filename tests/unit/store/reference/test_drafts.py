"""Half-filled pages: kept beside the journal, gone with the dossier they became and with the people they name."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.events import Corrected
from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.domain.people.person import Person
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, logs
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.journal.redaction import redact
from desk_app.store.reference import drafts
from tests.kit.desk import books
from tests.unit.store.journal.test_redaction import whole_file

NAME = "Lò Thị Nhập Dở"


def page(id_: str = "nhap", name: str = NAME, number: str = "001190000077") -> Unfinished:
    return Unfinished(id=id_, texts={"reception.full_name": name, "reception.id_number": number})


def keep(db, kept: Unfinished, kind: str = drafts.RECEPTION, at: int = books.NOON) -> bool:
    with unit_of_work(db):
        return drafts.put(db, kind, kept, at=at)


def ids(db, kind: str = drafts.RECEPTION) -> list[str]:
    return [row.page.id for row in drafts.all_of(db, kind)]


def test_a_page_is_kept_once_as_it_was_last(db):
    keep(db, page(name="Lò"))
    keep(db, page())
    (row,) = drafts.all_of(db, drafts.RECEPTION)
    assert row.page == page()
    assert row.page.applicant == NAME


def test_the_page_touched_last_comes_first(db):
    for at, id_ in ((3, "b"), (9, "a"), (5, "c")):
        keep(db, page(id_), at=at)
    assert ids(db) == ["a", "c", "b"]


def test_a_page_that_is_in_the_journal_is_not_kept_again(db):
    dossier = books.received(db, 1)
    assert not keep(db, page(dossier))
    assert ids(db) == []
    assert keep(db, page(dossier), drafts.DOSSIER)


def test_rebuilding_and_checking_leave_the_pages_alone(db):
    books.received(db, 1)
    keep(db, page())
    before = logs.waiting(db)
    rebuild(db)
    assert check(db).problems == ()
    assert ids(db) == ["nhap"]
    assert logs.waiting(db) == before


def test_a_page_of_a_later_program_is_left_where_it_is(db):
    with unit_of_work(db):
        db.execute("INSERT INTO draft(id, kind, at, body) VALUES('x', 'reception', 1, '[1]')")
    assert ids(db) == []
    assert db.one("SELECT count(*) FROM draft") == (1,)


@pytest.mark.parametrize(
    "left",
    [
        page(name="", number="001 190 000 001"),
        page(name="đặng thị ước", number=""),
        Unfinished(id="x", answers={"mother.id_number": "001190000001"}),
        Unfinished(id="x", people={"mother": Person(full_name="Khác", old_id_number="001190000001")}),
    ],
)
def test_a_page_goes_with_the_person_who_is_erased(db, left):
    books.received(db, 1, name="Đặng Thị Ước")
    keep(db, left)
    keep(db, page("other"))
    redact(db, books.own_name(db), 1, logs.hash_at(db, books.own_name(db), 1))
    assert ids(db) == ["other"]


def test_nothing_of_an_erased_page_stays_in_the_file(db):
    dossier = books.received(db, 1, name=NAME)
    keep(db, page())
    keep(db, Unfinished(id=dossier, texts={"dossier.step.reason": "lý do chưa ghi"}), drafts.DOSSIER)
    assert "lý do chưa ghi" in whole_file(db)
    assert NAME in whole_file(db)
    redact(db, books.own_name(db), 1, logs.hash_at(db, books.own_name(db), 1))
    assert ids(db) == ids(db, drafts.DOSSIER) == []
    assert NAME not in whole_file(db)
    assert "lý do chưa ghi" not in whole_file(db)


def test_what_is_half_told_of_a_dossier_goes_when_something_of_it_is_erased(db):
    dossier = books.received(db, 1)
    books.written(db, Corrected(changes={"note": "điều không được giữ"}), dossier=dossier)
    keep(db, Unfinished(id=dossier, texts={"dossier.correct.value": "điều không được giữ"}), drafts.DOSSIER)
    redact(db, books.own_name(db), 2, logs.hash_at(db, books.own_name(db), 2))
    assert ids(db, drafts.DOSSIER) == []
    assert journal.dossier(db, dossier).status == "received"
