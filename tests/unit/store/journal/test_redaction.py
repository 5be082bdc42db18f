"""Erasing a body that must not be kept: the chain holds, the dossier is what is left, and nobody erases unasked."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from desk_app.domain.dossiers.events import Attached, Corrected, Printed
from desk_app.domain.people.person import Person
from desk_app.errors import ForkedLogError, UnknownDossierError, UnnamedHoleError
from desk_app.protocol.event_body import hole
from desk_app.store.attachments import files
from desk_app.store.database.database import IntegrityError, unit_of_work
from desk_app.store.journal import forks, journal, logs, set_aside
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.journal.redaction import redact
from desk_app.store.projections import projections
from desk_app.store.queries import search
from tests.kit.desk import books


def hash_of(db, seq):
    return logs.hash_at(db, books.own_name(db), seq)


def erase(db, seq):
    return redact(db, books.own_name(db), seq, hash_of(db, seq))


@pytest.fixture
def dossier(db):
    dossier = books.received(db, 1, name="Đặng Thị Ước")
    books.written(db, Corrected(changes={"note": "điều không được giữ"}), dossier=dossier)
    books.written(db, Printed(papers=("slip",)), dossier=dossier)
    return dossier


def whole_file(db):
    """Every page of the file decrypted by hand, with what lies in freed places: SQLCipher 4, AES-256-CBC."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content, size = db.path.read_bytes(), 4096
    plain = b""
    for start in range(0, len(content), size):
        page = content[start : start + size]
        opened = Cipher(AES(books.KEY), CBC(page[-80:-64])).decryptor()
        plain += opened.update(page[16 if start == 0 else 0 : -80])
    assert b"CREATE TABLE event" in plain
    return plain.decode("utf-8", "replace")


def same_when_made_anew(db):
    before = books.projections(db)
    rebuild(db)
    assert books.projections(db) == before
    assert check(db).problems == ()
    return True


def test_a_body_erased_leaves_its_hash_and_the_rest_of_the_dossier(db, dossier):
    head = hash_of(db, 3)
    assert "không được giữ" in whole_file(db)
    assert erase(db, 2)
    assert journal.dossier(db, dossier).note == ""
    assert journal.dossier(db, dossier).prints == {"slip": 1}
    assert books.bodies(db, books.own_name(db))[1] == (2, "#" + hash_of(db, 2).hex())
    assert hash_of(db, 3) == head
    assert "không được giữ" not in whole_file(db)
    assert same_when_made_anew(db)
    assert not erase(db, 2)


def test_a_reception_erased_takes_the_dossier_out_of_lists_search_and_counts(db, dossier):
    logs.confirm(db, books.own_name(db), 2)
    assert erase(db, 1)
    with pytest.raises(UnknownDossierError):
        journal.dossier(db, dossier)
    assert search.search(db, "dang thi uoc") == []
    assert db.one("SELECT count(*) FROM dossier") == (0,)
    assert db.one("SELECT count(*) FROM person") == (0,)
    assert "Ước" not in whole_file(db)
    assert logs.counts(db) == logs.LogCounts(events=3, receptions=0, confirmed_events=2, confirmed_receptions=0)
    assert same_when_made_anew(db)


def test_no_token_of_an_erased_name_is_left_in_the_search_index(tmp_path, db, dossier):
    books.received(db, 2)
    erase(db, 1)
    never = books.made(tmp_path / "never")
    books.written(never, Printed(papers=("slip",)), dossier=books.received(never, 1))
    with unit_of_work(never):
        never.execute("DELETE FROM dossier")
        never.execute("INSERT INTO search(search) VALUES('delete-all')")
        ((number, tokens),) = [
            projections.search_row(row) for row in db.all(f"SELECT {projections.COLUMNS} FROM dossier")
        ]
        never.execute("INSERT INTO search(rowid, t) VALUES(?,?)", (number, tokens))
        never.execute("INSERT INTO search(search) VALUES('optimize')")
    kept = "SELECT block FROM search_data WHERE id > 100 ORDER BY id"
    assert db.all(kept) == never.all(kept)
    never.close()


def test_no_token_of_an_erased_child_or_mother_is_left_either(tmp_path, db):
    people = {
        "applicant": Person(full_name="Đặng Thị Ước", id_number="001190000001"),
        "child": Person(full_name="Quách Bé Xuyến"),
        "mother": Person(full_name="Ước Vọng", id_number="068190000123"),
    }
    books.received(db, 1, people=people)
    erased, kept = books.received(db, 2, people=people), "SELECT block FROM search_data WHERE id > 100 ORDER BY id"
    change = {"people.child.full_name": "Kpă Hwê"}
    books.written(db, Corrected(changes=change), dossier=erased)
    assert [row.dossier for row in search.search(db, "kpa hwe")] == [erased]
    erase(db, 3)
    assert search.search(db, "kpa hwe") == []
    assert "Hwê" not in whole_file(db)
    erase(db, 2)
    assert len(search.search(db, "be xuyen")) == 1
    erase(db, 1)
    assert search.search(db, "be xuyen") == []
    assert db.one("SELECT count(*) FROM further_people") == (0,)
    assert "Xuyến" not in whole_file(db)
    assert db.all(kept) == []
    assert same_when_made_anew(db)


def test_a_reception_not_yet_confirmed_is_not_counted_as_confirmed_when_it_goes(db, dossier):
    books.received(db, 2)
    logs.confirm(db, books.own_name(db), 3)
    assert erase(db, 4)
    assert logs.counts(db) == logs.LogCounts(events=4, receptions=1, confirmed_events=3, confirmed_receptions=1)
    assert check(db).problems == ()


def test_an_event_that_came_back_to_its_place_is_erased_there_and_where_it_stood_aside(db, dossier):
    name, lines = books.own_name(db), books.bodies(db, books.own_name(db))
    digest = hash_of(db, 2)
    forks.fork(db, name, 1)
    with unit_of_work(db):
        journal.absorb(db, name, lines[1:])
    assert redact(db, name, 2, digest)
    assert "không được giữ" not in whole_file(db)
    assert same_when_made_anew(db)


def test_an_order_that_names_another_hash_erases_nothing(db, dossier):
    assert not redact(db, books.own_name(db), 2, bytes(32))
    assert journal.dossier(db, dossier).note == "điều không được giữ"
    assert check(db).ok


def test_nothing_is_erased_without_an_order_and_nothing_else_is_changed(db, dossier):
    nothing = hole(hash_of(db, 2)).decode()
    erased = "dossier = '', kind = 'redacted', lamport = 0, at = 0, clock_offset = 0, author = ''"
    for sql in (f"UPDATE event SET {erased}, body = '{nothing}' WHERE seq = 2",):
        with pytest.raises(IntegrityError, match="append-only"):
            db.execute(sql)
    assert redact(db, books.own_name(db), 2, hash_of(db, 2))
    for sql in (
        "UPDATE event SET author = 'x' WHERE seq = 2",
        "UPDATE event SET body = 'x' WHERE seq = 2",
        f"UPDATE event SET {erased}, body = '{nothing}' WHERE seq = 3",
        "UPDATE event SET seq = 9 WHERE seq = 2",
    ):
        with pytest.raises(IntegrityError, match="append-only"):
            db.execute(sql)


def test_a_hole_comes_in_only_where_it_was_ordered(tmp_path, db, dossier):
    erase(db, 2)
    other, name = books.made(tmp_path / "other"), books.own_name(db)
    sent = books.bodies(db, name)
    with pytest.raises(UnnamedHoleError), unit_of_work(other):
        journal.absorb(other, name, sent)
    assert other.one("SELECT count(*) FROM event") == (0,)
    assert not redact(other, name, 2, hash_of(db, 2))
    with unit_of_work(other):
        absorbed = journal.absorb(other, name, sent)
    assert (absorbed.new, absorbed.dossiers) == (3, (dossier,))
    assert journal.dossier(other, dossier) == journal.dossier(db, dossier)
    assert same_when_made_anew(other)
    other.close()


def test_nobody_changes_what_stands_in_front_of_a_hole(tmp_path, db, dossier):
    other, name, before = books.made(tmp_path / "other"), books.own_name(db), hash_of(db, 1)
    erase(db, 2)
    sent = books.bodies(db, name)
    redact(other, name, 2, hash_of(db, 2), before=before)
    forged = [(1, sent[0][1].replace('"u":"thu"', '"u":"ai"')), *sent[1:]]
    assert forged != sent
    with pytest.raises(UnnamedHoleError), unit_of_work(other):
        journal.absorb(other, name, forged)
    with unit_of_work(other):
        assert journal.absorb(other, name, sent).new == 3
    other.close()


def test_a_body_that_comes_after_its_order_comes_in_as_a_hole(tmp_path, db, dossier):
    other, name = books.made(tmp_path / "other"), books.own_name(db)
    redact(other, name, 2, hash_of(db, 2))
    with unit_of_work(other):
        journal.absorb(other, name, books.bodies(db, name))
    assert books.bodies(other, name)[1] == (2, hole(hash_of(db, 2)).decode())
    assert journal.dossier(other, dossier).note == ""
    assert same_when_made_anew(other)
    other.close()


def test_who_holds_the_body_and_who_holds_the_hole_hold_the_same_event(tmp_path, db, dossier):
    other, name = books.made(tmp_path / "other"), books.own_name(db)
    whole = books.bodies(db, name)
    with unit_of_work(other):
        journal.absorb(other, name, whole)
    erase(db, 2)
    with unit_of_work(other):
        assert journal.absorb(other, name, books.bodies(db, name)).new == 0
    redact(other, name, 2, hash_of(db, 2))
    with unit_of_work(other):
        assert journal.absorb(other, name, whole).new == 0
    with pytest.raises(ForkedLogError), unit_of_work(other):
        journal.absorb(other, name, [(2, whole[2][1])])
    other.close()


def test_an_event_erased_while_it_stands_aside_is_not_appended_anew(db, dossier):
    name, digest = books.own_name(db), hash_of(db, 2)
    forks.fork(db, name, 1)
    assert redact(db, name, 2, digest)
    assert journal.dossier(db, dossier).note == ""
    assert forks.reconcile(db, name, 1) == 1
    assert [event.kind for event in journal.history(db, dossier)] == ["received", "printed"]
    assert "không được giữ" not in whole_file(db)
    assert same_when_made_anew(db)


def test_what_was_kept_of_it_beside_the_journal_goes_too(tmp_path, db, dossier):
    paper = tmp_path / "giấy.pdf"
    paper.write_bytes(b"%PDF nobody may keep this")
    kept = files.add(db, paper)
    books.written(db, Attached(sha=kept.sha, size=kept.size, type=kept.type, name="giấy.pdf"), dossier=dossier)
    set_aside.put(db, 1, books.own_name(db), 4, "bad-event", body="điều không được giữ")
    assert erase(db, 4)
    assert files.get(db, kept.sha) is None
    assert list((db.path.parent / files.FOLDER).iterdir()) == []
    assert [one.body for one in set_aside.all(db)] == [""]
    assert same_when_made_anew(db)
