"""A certified desk that writes under the id of another desk's import or list: both stay as their desk made them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.district.admin import status
from desk_app.domain.dossiers.events import OldRecordsBrought, Payload, Recorded
from desk_app.domain.history import owned_ids
from desk_app.domain.outgoing.list_events import PaperListMade
from desk_app.protocol.event_body import event_of
from desk_app.services.old_data import importing, memory
from desk_app.services.old_data.importing import ImportWish
from desk_app.services.paper_lists import desk_lists, paper_lists
from desk_app.store.journal import set_aside
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from tests.faults.test_members_desks import say
from tests.faults.test_members_forge import forger, send
from tests.kit.desk import old_tables
from tests.kit.wire.communes import Commune, Office

FORGED = "Hoàng Thị Giả"


def brought(office: Office, tmp_path: Path) -> str:
    """One import of two people; its id."""
    rows = [old_tables.PEOPLE, ("Nguyễn Thị Thử", "001190000001", "15/01/1990", "Nữ", "thôn 1")]
    done = importing.take_in(office.desk, ImportWish(file=old_tables.text(tmp_path / "a.csv", rows), what="people"))
    return done.import_id


def said(office: Office, kind: type[Payload]) -> Recorded:
    """The event of this kind in the books of an office."""
    db = office.desk.db
    rows = db.all("SELECT log.name, seq, body FROM event JOIN log ON log.id = log ORDER BY n")
    (found,) = [one for one in (event_of(log.hex(), seq, body) for log, seq, body in rows) if type(one.payload) is kind]
    return found


def noted(office: Office, log: bytes) -> list[tuple[str, int]]:
    return [(one.reason, one.seq) for one in set_aside.all(office.desk.db) if one.log == log]


@pytest.mark.parametrize("is_old", [False, True], ids=["id that proves", "id of 0.4.0"])
def test_nobody_adds_to_a_colleagues_import(commune: Commune, tmp_path: Path, is_old: bool) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    import_id = brought(one, tmp_path)
    one.sync()
    original, bad = said(one, OldRecordsBrought), forger(served)
    assert isinstance(original.payload, OldRecordsBrought)
    under = "0123456789abcdef" if is_old else import_id
    (row,) = original.payload.rows
    named = dict(zip(original.payload.columns, row, strict=True)) | {"full_name": FORGED}
    part = replace(original.payload, import_id=under, total=1, rows=(tuple(named.values()),))
    say(bad, original, part, dossier="", author=FORGED)
    send(served, bad)
    for office in (two, one):
        office.sync()
        stand = [(each.id, each.rows, each.total, each.author == FORGED) for each in importing.stands(office.desk)]
        expected = [(import_id, 1, 1, False)]
        assert stand == ([(under, 1, 1, True), *expected] if is_old else expected)
        assert bool(memory.find_all(office.desk, FORGED)) is is_old
        assert noted(office, bad.log) == ([] if is_old else [(owned_ids.NOT_ITS_OWNER, 1)])
        assert check(office.desk.db).ok
        rebuild(office.desk.db)
        assert [(each.id, each.rows, each.total) for each in importing.stands(office.desk)] == [s[:3] for s in stand]
    served.district.projection.catch_up()
    with served.district.storage.reading() as session:
        told = [each.reason for each in status.unreadable(session)]
    assert told == ([] if is_old else [owned_ids.NOT_ITS_OWNER])


def test_the_code_on_a_list_opens_the_list_of_the_desk_that_printed_it(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    codes = one.receive(2)
    made = paper_lists.make(one.desk, "desks", codes, "2")
    one.sync()
    original, bad = said(one, PaperListMade), forger(served)
    assert isinstance(original.payload, PaperListMade)
    say(bad, original, replace(original.payload, giver=FORGED, rows=original.payload.rows[:1]), dossier="", at=9**13)
    send(served, bad)
    for office in (two, one):
        office.sync()
        found = desk_lists.scanned(office.desk, f"DS{made.made.list_id}".upper())
        assert found is not None
        assert found.made == made.made
        assert [each.made.giver for each in paper_lists.every(office.desk)] == [made.made.giver]
        assert noted(office, bad.log) == [(owned_ids.NOT_ITS_OWNER, 1)]
