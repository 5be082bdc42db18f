"""One number everywhere: whatever members forge, double and rewrite, every place counts what the logs hold."""

from __future__ import annotations

import random

import pytest

from desk_app.district.admin import register as listing
from desk_app.district.admin import status
from desk_app.district.admin.register import Wanted
from desk_app.domain.dossiers.events import Received
from desk_app.protocol.event_body import event_of
from desk_app.services.dossiers import queries
from desk_app.services.reports.day_end import day_end
from tests.faults.test_members_forge import forge, forger, reception_of, send
from tests.kit.desk.rewriter import altered, at, rewrite, worked
from tests.kit.district.ledgers import Books, desks_work_at
from tests.kit.district.serving import Served
from tests.kit.wire.communes import Commune, Office

DEEDS = ("receive", "receive", "correct", "forge", "invent", "rewrite", "sync", "sync")


def receptions(books: Books) -> dict[bytes, list[str]]:
    """By log, the ids of its receptions, as often as they stand there; logs without one are left out."""
    found = {log: [event_of(log.hex(), n, body) for n, body in enumerate(bodies, 1)] for log, bodies in books.items()}
    made = {
        log: [each.dossier for each in events if isinstance(each.payload, Received)] for log, events in found.items()
    }
    return {log: ids for log, ids in made.items() if ids}


def at_desk(office: Office) -> dict[str, int]:
    """What the start screen, the list, the day's list and the day report of a desk say."""
    counts, day = queries.counts(office.desk), day_end(office.desk)
    return {
        "start": counts.total,
        "list": len(queries.listed(office.desk, "all", 10_000)),
        "today": counts.today,
        "the day's list": len(queries.listed(office.desk, "today", 10_000)),
        "day report": day.figures.all.received,
        "standing": day.counts.total,
    }


def at_district(served: Served) -> dict[str, int]:
    """What the pages and the export of the district say."""
    served.district.projection.catch_up()
    with served.district.storage.reading() as session:
        every = list(listing.every(session, Wanted()))
        return {
            "home": status.totals(session).dossiers,
            "found": listing.find(session, served.district.index, Wanted()).total,
            "export": listing.as_csv(iter(every)).count(b"\n") - 1,
            "communes": sum(status.dossiers_by_unit(session).values()),
        }


def receptions_by_desk(served: Served) -> dict[str, int]:
    """By key id: what the page of the desks calls "lần tiếp nhận"."""
    with served.district.storage.reading() as session:
        return {one.kid: one.receptions for one in status.desks(session)}


def recounted_by_desk(served: Served, work: Books) -> dict[str, int]:
    with served.district.storage.reading() as session:
        rows = session.all("SELECT l.log, d.kid FROM log l JOIN device d ON d.kid = l.kid WHERE d.role = 'desk'")
        found = {one.kid: 0 for one in status.desks(session)}
    for log, kid in rows:
        found[bytes(kid).hex()] += len(receptions(work).get(bytes(log), []))
    return found


@pytest.mark.parametrize("seed", range(2))
def test_every_place_counts_what_the_logs_hold(commune: Commune, seed: int) -> None:
    chance = random.Random(seed)
    served, one, two, _ = worked(commune)
    bad = forger(served)
    for step, deed in enumerate([*DEEDS, *chance.choices(DEEDS, k=8)]):
        office = chance.choice((one, two))
        codes = [code for (code,) in one.desk.db.all("SELECT code FROM dossier ORDER BY id LIMIT 4")]
        match deed:
            case "receive":
                office.receive(1)
            case "correct":
                one.correct(chance.choice(codes), f"việc {step}")
            case "forge":  # a colleague's dossier once more, said again and with another code
                facts = {"code": f"H61.37-261120-{5000 + step}"} if chance.random() < 0.5 else {}
                for _ in range(chance.choice((1, 2))):
                    forge(bad, reception_of(one, chance.choice(codes)), **facts)
                send(served, bad)
            case "invent":
                letters = "".join(chance.choices("abcdefghij", k=16))
                original = reception_of(one, codes[0])
                event = type(original)(
                    **{name: getattr(original, name) for name in original.__struct_fields__} | {"dossier": letters}
                )
                forge(bad, event, code=f"H61.37-261120-{5100 + step}")
                send(served, bad)
            case "rewrite":  # a reception that was confirmed says another number of copies, or stands there twice
                place = 1 + chance.randrange(3)
                change = at(place, lambda line: altered(line, sets=9))
                if chance.random() < 0.5:
                    rewrite(one.desk.db, lambda lines: [*lines[:5], altered(lines[0], t=1_700_000_000_000), *lines[5:]])
                else:
                    rewrite(one.desk.db, change)
            case _:
                office.sync()
    for office in (one, two, one, two):
        office.sync()
    work = desks_work_at(served.district.storage)
    logged = {dossier for ids in receptions(work).values() for dossier in ids}
    assert receptions(one.books) == receptions(two.books) == receptions(work)
    told = at_district(served) | {
        f"{n}: {name}": number for n, each in enumerate((one, two), 1) for name, number in at_desk(each).items()
    }
    assert set(told.values()) == {len(logged)}, told
    by_desk = receptions_by_desk(served)
    assert by_desk == recounted_by_desk(served, work)
    assert sum(by_desk.values()) > len(logged), "some were received again"
