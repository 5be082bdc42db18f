"""Synthetic people: always the same, nobody's, and as Vietnamese names are."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import islice

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers.events import Received
from desk_app.domain.people.person import checked
from desk_app.domain.text import nfc
from desk_app.services.setup import demo_people
from desk_app.store.journal.bulk import load
from desk_app.store.journal.check import check
from tests.kit.desk import books

FRIDAY = datetime(2026, 11, 20, 16, tzinfo=VIETNAM)


def test_the_same_seed_gives_the_same_people_and_more_begin_with_the_same():
    few, many = list(demo_people.people(50, seed=4)), list(demo_people.people(500, seed=4))
    assert many[:50] == few
    assert list(demo_people.people(50, seed=5)) != few


def test_each_is_somebody_else_and_a_record_may_carry_them():
    people = list(demo_people.people(5000))
    assert len({person.id_number for person in people}) == 5000
    for person in people:
        assert checked(person) is person
        assert person.full_name == nfc(person.full_name)


def test_a_third_is_called_nguyen():
    surnames = Counter(person.full_name.split()[0] for person in demo_people.people(5000))
    assert 0.29 < surnames["Nguyễn"] / 5000 < 0.34


def test_no_id_number_or_phone_can_be_anybodys():
    """Province codes and prefixes that were never given out."""
    people = list(demo_people.people(2000))
    assert {person.id_number[:3] for person in people} <= set(demo_people._PROVINCES)
    assert {person.phone[:2] for person in people} == {"01"}


def test_codes_run_on_through_the_days_and_end_on_the_last():
    events = list(demo_people.dossiers(250, until=FRIDAY, a_day=100))
    receptions = [event for event in events if isinstance(event.payload, Received)]
    codes = [event.payload.code for event in receptions]
    assert len(set(codes)) == 250
    assert codes[-1] == "H26.99-261120-0050"
    assert codes[0] == "H26.99-261118-0001"
    assert all(event.at <= FRIDAY.timestamp() * 1000 for event in events)


def test_a_desk_filled_with_them_is_sound(tmp_path):
    db = books.made(tmp_path)
    load(db, islice(demo_people.dossiers(300, until=FRIDAY), 900))
    assert check(db).ok
    assert db.one("SELECT count(*) FROM dossier WHERE needs_look") == (0,)
    assert db.one("SELECT count(*) FROM number_used") == (300,)
    db.close()
