"""The day the trials measure: what it claims to be, or every figure made with it is wrong."""

from __future__ import annotations

from desk_app.services.setup import demo_people
from tests.kit.desk import days, townspeople


def test_a_smaller_day_has_as_many_events_as_asked(tmp_path):
    with days.opened(days.make_desk(tmp_path)) as desk:
        days.work(desk, dossiers=5, events=20)
        assert desk.db.one("SELECT count(*), sum(kind = 'received') FROM event") == (20, 5)


def test_the_townspeople_are_strangers_to_the_programs_own_made_up_people():
    """A dictionary trained on those knows nobody here."""
    hamlets = {hamlet.split()[-1] for hamlet in townspeople._HAMLETS}
    known = {word for person in demo_people.people(2000) for word in person.residence.split(",")[0].split()}
    assert not hamlets & known
