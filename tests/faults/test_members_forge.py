"""A certified desk that forges a colleague's dossier: it is seen everywhere, counts nowhere and changes nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.district.admin import register as listing
from desk_app.district.admin import status
from desk_app.district.admin.register import Wanted
from desk_app.domain import actors
from desk_app.domain.dossiers.events import Corrected, Founded, Received, Recorded, StepTaken
from desk_app.domain.history import authority, founding
from desk_app.domain.people.person import Person
from desk_app.protocol.event_body import body_of, event_of
from desk_app.services.dossiers import queries, steps, taking_back
from desk_app.store.journal import journal, set_aside
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.queries import dossiers
from tests.kit.desk import days
from tests.kit.district.ledgers import desks_work_at
from tests.kit.district.serving import Served
from tests.kit.district.writers import Writer, register
from tests.kit.wire.communes import Commune, Office

FIRST_OF_ALL = bytes(16)
"""The name of a log that sorts before every other."""
FORGED = "Kẻ Mạo Danh"


def forger(served: Served) -> Writer:
    """A third desk of the commune, certified like the others, in the hands of somebody dishonest."""
    made = Writer(served.root.operational.public, log=FIRST_OF_ALL)
    register(served.district, served.root, made.keys.public, unit=days.UNIT, desk=3)
    return made


def forge(bad: Writer, original: Recorded, **facts: object) -> None:
    """The same id received again, before everything else, under another name."""
    received = original.payload
    assert isinstance(received, Received)
    payload = replace(received, people={"applicant": Person(full_name=FORGED)}, **facts)
    event = replace(original, log=bad.log.hex(), seq=len(bad.bodies) + 1, lamport=1, payload=payload)
    bad.bodies.append(body_of(event, payload))


def says_that_it_was_first(bad: Writer, original: Recorded) -> None:
    """A word as the district's, of the forged reception of this dossier, in the log of the desk."""
    word = Founded(reception=founding.digest_of(bad.bodies[0]))
    event = replace(original, log=bad.log.hex(), seq=len(bad.bodies) + 1, lamport=2, kind="founded", payload=word)
    bad.bodies.append(body_of(event, word))


def said_to_be_not_theirs(office: Office, bad: Writer) -> bool:
    """Whether the forged word is kept at this desk, and a person is told that it was not the writer's to say."""
    db = office.desk.db
    kept = db.all(
        "SELECT event.seq FROM event JOIN log ON log.id = event.log WHERE name = ? AND kind = ?", (bad.log, "founded")
    )
    told = [one.seq for one in set_aside.all(db) if one.log == bad.log and one.reason == authority.NOT_THEIRS]
    return bool(kept) and [seq for (seq,) in kept] == told


def send(served: Served, bad: Writer) -> None:
    assert served.district.reply(bad.hello() + bad.frame(1, len(bad.bodies))).code == "OK"
    served.district.projection.catch_up()


def reception_of(office: Office, code: str) -> Recorded:
    kept = dossiers.by_code(office.desk.db, code)
    return next(event for event in journal.history(office.desk.db, kept.id) if isinstance(event.payload, Received))


def names_at(served: Served) -> list[tuple[str, bool]]:
    served.district.projection.catch_up()
    with served.district.storage.reading() as session:
        return [(row.applicant, row.is_doubled) for row in listing.find(session, served.district.index, Wanted()).rows]


def check_untouched(office: Office, code: str, name: str) -> None:
    """The dossier is what it was, the forged reception is kept and told, the list and the check agree."""
    db = office.desk.db
    kept = dossiers.by_code(db, code)
    assert kept.applicant.full_name == name
    assert [rival.payload.people["applicant"].full_name for rival in kept.rivals] == [FORGED]  # type: ignore[union-attr]
    assert db.all("SELECT applicant, needs_look FROM dossier WHERE code = ?", (code,)) == [(name, 1)]
    assert [one.detail for one in set_aside.all(db) if one.reason == "same-dossier"] == [code]
    told = [line.text for line in queries.detail(office.desk, code).history]
    assert sum("Hai hồ sơ một số" in text for text in told) == 1
    report = check(db)
    assert report.ok
    assert len(report.doubles) == 1


def test_the_districts_home_counts_a_dossier_once_as_its_list_does(commune: Commune) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    codes = one.receive(3)
    one.sync()
    bad = forger(served)
    for code in codes[:2]:
        forge(bad, reception_of(one, code))
    send(served, bad)
    with served.district.storage.reading() as session:
        totals, found = status.totals(session), listing.find(session, served.district.index, Wanted())
    held = [
        event_of(log.hex(), n, body)
        for log, bodies in desks_work_at(served.district.storage).items()
        for n, body in enumerate(bodies, 1)
    ]
    counted = {event.dossier for event in held if isinstance(event.payload, Received)}
    assert (totals.dossiers, found.total, len(counted)) == (3, 3, 3)
    assert totals.receptions == 5


@pytest.mark.parametrize("facts", [{}, {"code": "H61.37-261120-5001"}])
def test_a_second_reception_with_a_known_id_changes_no_dossier(commune: Commune, facts: dict[str, str]) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    one.sync()
    bad = forger(served)
    forge(bad, reception_of(one, code), **facts)
    send(served, bad)
    assert names_at(served) == [("Nguyễn Thị Thử", True)]
    for office in (two, one, two):
        office.sync()
        check_untouched(office, code, "Nguyễn Thị Thử")
        before = office.desk.db.all("SELECT * FROM dossier ORDER BY id")
        assert rebuild(office.desk.db) == 1
        assert office.desk.db.all("SELECT * FROM dossier ORDER BY id") == before


def test_a_colleague_who_writes_our_numbers_uses_none_of_them_up(commune: Commune) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    (code,) = one.receive(1)
    one.sync()
    bad = forger(served)
    original, last = reception_of(one, code), int(code[-4:])
    for number in (last + 1, last + 2, last + 900):
        forge(
            bad,
            replace(original, dossier=f"kemao{number:011d}".replace("0", "a").replace("1", "b")),
            code=f"{code[:-4]}{number:04d}",
        )
    send(served, bad)
    one.sync()
    assert len(one.desk.db.all("SELECT id FROM dossier")) == 4, "what came in is shown"
    (following,) = one.receive(1)
    assert int(following[-4:]) == last + 3, "codes that stand in the book are passed over, nothing else"


def test_whoever_sees_the_forged_one_first_comes_to_the_same_verdict(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    bad = forger(served)
    forge(bad, reception_of(one, code))
    send(served, bad)
    two.sync()
    assert dossiers.by_code(two.desk.db, code).applicant.full_name == FORGED  # nobody has heard of another yet
    for office in (one, two):
        office.sync()
        check_untouched(office, code, "Nguyễn Thị Thử")
    assert names_at(served) == [("Nguyễn Thị Thử", True)]


@pytest.mark.parametrize("facts", [{}, {"code": "H61.37-261120-5001"}])
def test_of_an_id_of_an_earlier_program_the_reception_counts_that_the_district_had_first(
    commune: Commune, facts: dict[str, str]
) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    old = Writer(served.root.operational.public)
    register(served.district, served.root, old.keys.public, unit=days.UNIT, desk=4)
    (code,) = one.receive(1)
    original = reception_of(one, code)
    payload = original.payload
    assert isinstance(payload, Received)
    payload = replace(payload, code="H61.37-261120-6001")
    event = replace(original, dossier="b" * 16, log=old.log.hex(), seq=1, lamport=50, payload=payload)
    old.bodies.append(body_of(event, payload))
    send(served, old)
    bad = forger(served)
    forge(bad, event, **facts)
    says_that_it_was_first(bad, event)
    send(served, bad)
    for office in (one, two):
        office.sync()
        kept = journal.dossier(office.desk.db, "b" * 16)
        assert (kept.applicant.full_name, len(kept.rivals)) == ("Nguyễn Thị Thử", 1)
        words = [each.log for each in journal.history(office.desk.db, "b" * 16) if isinstance(each.payload, Founded)]
        assert len(words) == 1 and words[0] != bad.log.hex(), "one word, and that the district's"
        assert said_to_be_not_theirs(office, bad)


def test_only_the_districts_word_says_which_came_first(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    one.sync()
    bad = forger(served)
    forge(bad, reception_of(one, code))
    says_that_it_was_first(bad, reception_of(one, code))
    send(served, bad)
    for office in (one, two):
        office.sync()
        check_untouched(office, code, "Nguyễn Thị Thử")
        kept = dossiers.by_code(office.desk.db, code)
        words = [event.log for event in journal.history(office.desk.db, kept.id) if event.kind == "founded"]
        assert bad.log.hex() not in words
        assert said_to_be_not_theirs(office, bad)


def test_the_id_of_a_dossier_fits_its_owner_and_no_other(commune: Commune) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    (code,) = one.receive(1)
    event = reception_of(one, code)
    assert founding.belongs(event.dossier, [bytes.fromhex(event.log)])
    assert not founding.belongs(event.dossier, [FIRST_OF_ALL, bytes(8)])


def test_no_log_can_be_drawn_that_owns_what_a_key_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries names of logs meets the 32 bits some time; here each meets them at once."""
    key, log = bytes(8), bytes(16)
    made = founding.dossier_id(key, "draft")
    monkeypatch.setattr(founding, "_proof", lambda owner, drawn: bytes(4))
    assert founding.belongs(founding.dossier_id(key, "draft"), [key])
    assert not founding.belongs(founding.dossier_id(key, "draft"), [log])
    assert not founding.belongs(founding.dossier_id(log, "draft"), [key])
    assert made[:9] == founding.dossier_id(key, "draft")[:9]


def authors_at(office: Office, code: str) -> list[str]:
    office.sync()
    return [line.who for line in queries.detail(office.desk, code).history]


def test_an_account_that_the_logs_desk_never_had_is_told_as_nobodys(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    one.sync()
    original = reception_of(one, code)
    assert actors.belongs(original.actor, [bytes.fromhex(original.log), one.member.keys.kid])
    bad = forger(served)
    own = actors.actor_id(bad.keys.kid, bytes(6))
    for actor in (original.actor, "aaaaaaaaaaaaaaaa", "?", own, ""):
        payload = StepTaken(action="forward", reason=f"việc của {actor}")
        seq = len(bad.bodies) + 1
        event = replace(original, log=bad.log.hex(), seq=seq, lamport=50 + seq, actor=actor, payload=payload)
        bad.bodies.append(body_of(event, payload))
    send(served, bad)
    name = original.author
    assert authors_at(two, code) == [f"{name}, quầy 1", *["không rõ người, quầy 3"] * 3, *[f"{name}, quầy 3"] * 2]
    assert authors_at(one, code) == [name, *["không rõ người, quầy 3"] * 3, *[f"{name}, quầy 3"] * 2]


def test_two_values_stand_beside_the_people_that_this_desk_knows(commune: Commune) -> None:
    """The panel of two values, the step that can be taken back and the second reception name no forged account."""
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    one.sync()
    two.sync()
    original, bad = reception_of(one, code), forger(served)
    for payload in (Corrected(changes={"note": "của kẻ giả"}), StepTaken(action="forward")):
        seq = len(bad.bodies) + 1
        event = replace(original, log=bad.log.hex(), seq=seq, lamport=50 + seq, author=FORGED, payload=payload)
        bad.bodies.append(body_of(event, payload))
    forge(bad, replace(original, author=FORGED))
    send(served, bad)
    two.correct(code, "của quầy 2")
    two.sync()
    (conflict,) = steps.conflicts(two.desk, code)
    assert {(one.author, one.desk, one.is_ours) for one in conflict.values} == {
        (original.author, 0, True),
        ("không rõ người", 3, False),
    }
    last = taking_back.last_step(two.desk, code)
    assert last and last.author == "không rõ người, quầy 3"
    assert queries.detail(two.desk, code).received_by == f"{original.author}, quầy 1"
    told = [line.who for line in queries.detail(two.desk, code).history if "không được tính" in line.text]
    assert told == ["không rõ người, quầy 3"]


def test_lists_name_who_is_proven_to_have_received_and_the_word_of_the_event_beside(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    one.sync()
    original = reception_of(one, code)
    bad = forger(served)
    assert isinstance(original.payload, Received)
    for number, actor in enumerate((original.actor, actors.actor_id(bad.keys.kid, bytes(6))), start=1):
        payload = replace(original.payload, code=f"H26.99-261120-300{number}")
        dossier = founding.dossier_id(bad.keys.kid, f"draft {number}")
        event = replace(
            original, log=bad.log.hex(), seq=number, lamport=90 + number, dossier=dossier, actor=actor, payload=payload
        )
        bad.bodies.append(body_of(event, payload))
    send(served, bad)
    two.sync()
    told = {row.code: row.clerk for row in queries.listed(two.desk, "all", 9)}
    name = original.author
    assert told == {
        code: f"{name}, quầy 1",
        "H26.99-261120-3001": f"không rõ người, quầy 3 (ghi là {name})",
        "H26.99-261120-3002": f"{name}, quầy 3",
    }
    assert [row.clerk for row in queries.find(two.desk, "3001")] == [told["H26.99-261120-3001"]]
    assert {row.clerk for row in queries.listed(one.desk, "all", 9)} == {name}
