"""One number, one definition: what the district's pages, commands and register count is what the logs hold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.district.admin import register, status
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.register import Wanted
from desk_app.district.publishing import erasing
from desk_app.domain.dossiers.events import Received
from desk_app.protocol.event_body import event_of
from tests.kit.district import offices
from tests.kit.district.ledgers import desks_work_at
from tests.kit.district.offices import MORNING, Clock, Device

UNITS = ("H26.10", "H26.20")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[DistrictOffice]:
    with offices.office(tmp_path / "district", Clock()) as opened:
        yield opened


def counted_in_logs(here: DistrictOffice) -> int:
    """Recounted from the events themselves: ids that some reception that can be read made."""
    found = set()
    units = {}
    with here.district.storage.reading() as session:
        for desk in status.desks(session):
            for (log,) in session.all("SELECT log FROM log WHERE kid = ?", [bytes.fromhex(desk.kid)]):
                units[bytes(log)] = desk.unit
    for log, bodies in desks_work_at(here.district.storage).items():
        for number, body in enumerate(bodies, 1):
            if body.startswith((b"{", b"#")) and not body.startswith(b"{x"):
                event = event_of(log.hex(), number, body)
                if isinstance(event.payload, Received):
                    found.add((units[log], event.dossier))
    return len(found)


def history(here: DistrictOffice, chance: random.Random) -> list[Device]:
    """Desks of two communes that receive, forge, fork, write nonsense and have receptions erased, in any order."""
    desks = [offices.enrolled(here, 1 + n % 2, unit=UNITS[n // 2]) for n in range(4)]
    for number in range(40):
        desk = chance.choice(desks)
        match chance.randrange(6):
            case 0 | 1 | 2:
                desk.receives(number)
            case 3 if desk.bodies:  # a second reception of an id of the same commune, or of another
                other = chance.choice([each for each in desks if each.bodies])
                desk.bodies.append(other.bodies[chance.randrange(len(other.bodies))])
            case 4:
                desk.bodies.append(b"{x")
            case _ if desk.bodies:
                here.district.reply(desk.request())
                with here.district.storage.writing() as session:
                    erasing.erase(
                        session,
                        here.district.identity,
                        desk.log.hex(),
                        chance.randrange(1, len(desk.bodies) + 1),
                        reason="thử",
                        at=MORNING,
                    )
        if chance.random() < 0.3:
            here.district.reply(desk.request())
            here.district.projection.catch_up()
    for desk in desks:
        here.district.reply(desk.request())
    forked = Device(desks[0].card, keys=desks[0].keys, log=desks[0].log)
    forked.receives(99)
    here.district.reply(forked.request())
    here.district.projection.catch_up()
    return desks


@pytest.mark.parametrize("seed", range(6))
def test_every_number_of_dossiers_is_the_lists(here: DistrictOffice, seed: int) -> None:
    history(here, random.Random(seed))
    with here.district.storage.reading() as session:
        totals, found = status.totals(session), register.find(session, here.district.index, Wanted())
        by_unit, every = status.dossiers_by_unit(session), list(register.every(session, Wanted()))
        of_units = {unit: register.find(session, here.district.index, Wanted(unit=unit)).total for unit in UNITS}
    numbers = {
        "home": totals.dossiers,
        "list": found.total,
        "communes": sum(by_unit.values()),
        "register": len(every),
        "csv": register.as_csv(iter(every)).count(b"\n") - 1,
        "logs": counted_in_logs(here),
    }
    assert len(set(numbers.values())) == 1, numbers
    assert numbers["list"] > 5
    assert {unit: by_unit.get(unit, 0) for unit in UNITS} == of_units
