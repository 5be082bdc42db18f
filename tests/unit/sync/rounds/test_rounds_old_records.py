"""Old records between two desks and a district: brought, taken back, and one person erased without the others."""

from __future__ import annotations

import pytest

from desk_app.district.failures import ManyPeopleInEventError, UnknownOldRowError
from desk_app.district.publishing import erasing, erasing_old
from desk_app.domain.people.person import Person
from desk_app.services.old_data import importing, taking_back
from desk_app.services.old_data.importing import ImportWish
from desk_app.services.reception import cards
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.queries import old_records
from tests.kit.desk import old_tables
from tests.kit.district.writers import MORNING
from tests.kit.wire.communes import Commune, Office

NAMES = ("Lò Văn Một", "Lò Văn Hai", "Lò Văn Ba", "Lò Văn Bốn")
NUMBERS = tuple(f"00109000000{n}" for n in range(1, 5))


@pytest.fixture
def town(commune: Commune, tmp_path):
    """A district, two desks, and an import of four people that the first desk sent."""
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    rows = [(name, number, "1990", "Nam", "bản Mẫu") for name, number in zip(NAMES, NUMBERS, strict=True)]
    file = old_tables.text(tmp_path / "dan.csv", [old_tables.PEOPLE, *rows])
    done = importing.take_in(one.desk, ImportWish(file=file, what="people"))
    one.sync()
    return served, one, two, done.import_id


def erase(served, work, *told) -> int:
    with served.district.storage.writing() as session:
        return work(session, served.district.identity, *told, reason="theo quyết định", at=MORNING)


def known(office: Office) -> list[str]:
    return [person.full_name for number in NUMBERS for person in old_records.people_of(office.desk.db, number)]


def standing(office: Office) -> tuple[int, int, str]:
    (one,) = old_records.imports(office.desk.db)
    return one.rows, one.total, one.author


def said(office: Office) -> str:
    return " ".join(body for (body,) in office.desk.db.all("SELECT body FROM event"))


def test_erasing_one_imported_person_leaves_the_others_on_every_desk(town) -> None:
    served, one, two, import_id = town
    two.sync()
    before = old_records.imports(one.desk.db)[0]
    assert erase(served, erasing_old.erase_lines, import_id[:8], {3}) == 1
    for office in (one, two):
        office.sync()
        assert known(office) == [NAMES[0], NAMES[2], NAMES[3]]
        assert standing(office) == (3, 3, before.author)
        assert old_records.imports(office.desk.db)[0].at == before.at
        assert NUMBERS[1] not in said(office)
        assert NAMES[1] not in said(office)
        assert check(office.desk.db).problems == ()
        rebuild(office.desk.db)
        assert standing(office) == (3, 3, before.author)
    # Whom the district itself had said again is erased the same way, and by the number too.
    assert erase(served, erasing_old.erase_number, NUMBERS[0]) == 1
    assert one.sync().code == two.sync().code == "done"
    assert known(one) == known(two) == [NAMES[2], NAMES[3]]
    assert standing(two)[:2] == (2, 2)


def test_a_desk_that_comes_later_never_sees_who_was_erased(town) -> None:
    served, _, late, import_id = town
    erase(served, erasing_old.erase_lines, import_id, {2, 5})
    late.sync()
    assert known(late) == [NAMES[1], NAMES[2]]
    assert NUMBERS[0] not in said(late)


def test_an_event_of_many_people_is_not_erased_for_one(town) -> None:
    served, one, _, import_id = town
    ((log,),) = one.desk.db.all("SELECT name FROM log JOIN event ON event.log = log.id WHERE kind = 'old_records'")
    ((seq,),) = one.desk.db.all("SELECT seq FROM event WHERE kind = 'old_records'")
    with pytest.raises(ManyPeopleInEventError):
        erase(served, erasing.erase, log.hex(), seq)
    for lines in ({99}, {2, 99}, set()):
        with pytest.raises(UnknownOldRowError):
            erase(served, erasing_old.erase_lines, import_id, lines)
    with pytest.raises(UnknownOldRowError):
        erase(served, erasing_old.erase_number, "")
    one.sync()
    assert known(one) == list(NAMES)


def test_an_import_taken_back_is_gone_on_both_desks_also_what_the_district_said_again(town) -> None:
    served, one, two, import_id = town
    two.sync()
    assert known(two) == list(NAMES)
    erase(served, erasing_old.erase_lines, import_id, {2})
    taking_back.take_back(two.desk, import_id)  # before it knows of the erasure
    two.sync()
    one.sync()
    two.sync()
    for office in (one, two):
        assert known(office) == []
        assert cards.known_person(office.desk, NUMBERS[2]) is None
        assert old_records.imports(office.desk.db)[0].taken_back_at > 0
        assert check(office.desk.db).problems == ()
        assert old_records.is_about(office.desk.db, Person(full_name=NAMES[2], born_on="1990")) is False
