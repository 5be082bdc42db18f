"""Somebody rewrites a synced desk's past and chains it anew: what the district confirmed convicts, item by item."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from desk_app.district.admin import rewritten, status
from desk_app.district.own_log.writer import EVERYBODY, Word
from desk_app.domain.history import moved
from desk_app.domain.notices import Announced
from desk_app.protocol.batch import batch_frame, batch_of, unseal
from desk_app.protocol.event_body import columns_of
from desk_app.protocol.messages import FrameReader
from desk_app.services.dossiers import queries
from desk_app.services.sync.set_aside_texts import line_of
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import set_aside
from desk_app.store.journal.check import check
from desk_app.store.peers import sync_state
from desk_app.sync.line.exchange_request import Questions
from tests.kit.desk import days
from tests.kit.desk.rewriter import Change, altered, at, items, rewrite, without, worked
from tests.kit.district.ledgers import desks_work_at
from tests.kit.district.serving import Served
from tests.kit.district.writers import Writer
from tests.kit.wire.communes import Commune, Office, image, member_of


def dossier_of(line: str) -> str:
    return columns_of(line)[0]


def state_of(served: Served) -> str:
    """What the district says of the history of desk 1."""
    served.district.projection.catch_up()
    with served.district.storage.reading() as session:
        (found,) = [one for one in status.desks(session) if one.desk == 1 and one.is_active]
    return found.history


def told_by(served: Served) -> list[tuple[str, int]]:
    """The items that the district tells."""
    served.district.projection.catch_up()
    with served.district.storage.reading() as session:
        return [(one.what, one.confirmed or one.said) for one in rewritten.rows(session)]


ODD = 1_700_000_000_000
CHANGES: dict[str, tuple[Change, list[tuple[str, int]]]] = {
    "a fact": (at(3, lambda line: altered(line, note="Khác")), [("altered", 3)]),
    "two facts": (
        lambda lines: at(6, lambda line: altered(line, reason="Khác"))(
            at(2, lambda line: altered(line, sets=9))(lines)
        ),
        [("altered", 2), ("altered", 6)],
    ),
    "a moment": (at(5, lambda line: altered(line, t=ODD)), [("altered", 5)]),
    "a fact and its moment": (at(5, lambda line: altered(line, t=ODD, reason="Khác")), [("altered", 5)]),
    "removed": (without(4), [("removed", 4)]),
    "swapped": (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], [("shifted", 3)]),
    "inserted": (lambda lines: [*lines[:5], altered(lines[4], t=ODD), *lines[5:]], [("inserted", 6)]),
}
LAST: dict[str, tuple[Change, list[tuple[str, int]]]] = {
    "the last": (at(7, lambda line: altered(line, reason="Khác")), [("altered", 7)]),
    "the last moment": (at(7, lambda line: altered(line, t=ODD)), [("altered", 7)]),
    "the last removed": (without(7), [("removed", 7)]),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("forgets", [False, True])
def test_what_was_changed_is_told_item_by_item_and_counted_nowhere(
    commune: Commune, name: str, *, forgets: bool
) -> None:
    served, one, two, before = worked(commune)
    change, expected = CHANGES[name]
    rewrite(one.desk.db, change, forgets_receipts=forgets)
    one.sync()
    assert items(one) == [(f"history-{what}", seq) for what, seq in expected]
    assert told_by(served) == expected
    assert state_of(served) == "rewritten"
    two.sync()
    assert desks_work_at(served.district.storage) == one.own == two.own | before == before
    for item in check(one.desk.db).altered:
        told = [line.text for line in queries.detail(one.desk, item.code).history if line.kind == "rewritten"]
        assert any(text.startswith("LỊCH SỬ BỊ SỬA: việc «") for text in told) or not item.code
    if name == "two facts":
        texts = [line.text for line in queries.detail(one.desk, check(one.desk.db).altered[1].code).history]
        assert "Lý do: đã xác nhận «Ghi nhầm», bản bị sửa ghi «Khác»" in texts[-1]


@pytest.mark.parametrize("name", LAST)
def test_where_nothing_stands_behind_it_the_receipts_kept_convict(commune: Commune, name: str) -> None:
    served, one, _, before = worked(commune)
    change, expected = LAST[name]
    rewrite(one.desk.db, change)
    one.sync()
    assert items(one) == [(f"history-{what}", seq) for what, seq in expected]
    assert desks_work_at(served.district.storage) == one.own == before


def test_with_every_receipt_taken_away_the_last_event_altered_is_still_known_by_its_moment(commune: Commune) -> None:
    served, one, _, before = worked(commune)
    rewrite(one.desk.db, at(7, lambda line: altered(line, reason="Khác")), forgets_receipts=True)
    assert any("Biên nhận mới nhất" in told for told in check(one.desk.db).problems)
    one.sync()
    assert items(one) == [("history-altered", 7)]
    assert told_by(served) == [("altered", 7)]
    assert desks_work_at(served.district.storage) == before


def test_a_desk_that_carries_an_altered_event_on_is_convicted_by_the_district_and_its_colleagues(
    commune: Commune,
) -> None:
    """As an earlier program does, or one that was made to forget that it ever had a receipt."""
    served, one, two, _ = worked(commune)
    code = one.desk.db.all("SELECT code FROM dossier ORDER BY id")[2][0]
    rewrite(one.desk.db, at(7, lambda line: altered(line, changes={"note": "đã sửa lén"})), forgets_receipts=True)
    with unit_of_work(one.desk.db):
        sync_state.change(one.desk.db, receipt_at=0)
    one.sync()
    assert items(one) == []
    assert state_of(served) == "rewritten"
    assert [what for what, _ in told_by(served)] == ["altered"]
    two.sync()
    assert [reason for reason, _ in items(two)] == ["history-altered"]
    for office in (one, two):
        assert queries.detail(office.desk, code).dossier.note == "một ghi chú"


@pytest.mark.parametrize("name", ["a fact", "removed"])
def test_work_done_after_the_rewriting_is_kept_and_counted(commune: Commune, name: str) -> None:
    served, one, two, before = worked(commune)
    change, expected = CHANGES[name]
    rewrite(one.desk.db, change)
    new = one.receive(2)
    assert one.sync().waiting == 0
    assert items(one) == [(f"history-{what}", seq) for what, seq in expected]
    assert told_by(served) == expected
    work = desks_work_at(served.district.storage)
    assert sum(len(bodies) for bodies in work.values()) == sum(len(bodies) for bodies in before.values()) + 2
    two.sync()
    for office in (one, two):
        codes = {code for (code,) in office.desk.db.all("SELECT code FROM dossier")}
        assert len(codes) == 6 and set(new) <= codes
        assert check(office.desk.db).problems == ()


def test_a_dossier_put_between_others_is_nobodys(commune: Commune) -> None:
    served, one, two, before = worked(commune)
    forged = at(1, lambda line: altered(line, code="H61.37-261120-0099"))

    def change(lines: list[str]) -> list[str]:
        made = forged(lines)[0].replace(f'"d":"{dossier_of(lines[0])}"', '"d":"aaaaaaaaaaaaaaaa"')
        return [*lines[:2], made, *lines[2:]]

    rewrite(one.desk.db, change)
    assert one.desk.db.one("SELECT count(*) FROM dossier") == (5,)
    one.sync()
    two.sync()
    assert items(one) == [("history-inserted", 3)]
    assert told_by(served) == [("inserted", 3)]
    assert desks_work_at(served.district.storage) == before
    for office in (one, two):
        assert office.desk.db.one("SELECT count(*) FROM dossier") == (4,)


def test_a_desk_enrolled_anew_after_the_rewriting_is_convicted_all_the_same(commune: Commune) -> None:
    served, one, _, before = worked(commune)
    rewrite(one.desk.db, CHANGES["a fact"][0])
    again = Office(one.desk, member_of(served), one.clock)
    again.sync()
    assert items(again) == [("history-altered", 3)]
    assert told_by(served) == [("altered", 3)]
    assert desks_work_at(served.district.storage) == before


def test_a_desk_rewritten_twice_is_convicted_twice(commune: Commune) -> None:
    served, one, _, before = worked(commune)
    log = rewrite(one.desk.db, CHANGES["a fact"][0])
    one.sync()
    rewrite(one.desk.db, CHANGES["removed"][0], log=log)
    one.sync()
    assert items(one) == [("history-altered", 3), ("history-removed", 4)]
    assert set(told_by(served)) == {("altered", 3), ("removed", 4)}
    assert desks_work_at(served.district.storage) == before == {log: before[log]}


def test_the_copy_of_a_colleagues_log_altered_at_this_desk_is_taken_back_and_told(commune: Commune) -> None:
    served, one, two, before = worked(commune)
    (log,) = before
    rewrite(two.desk.db, CHANGES["a fact"][0], log=log)
    assert any("khác biên nhận" in told for told in check(two.desk.db).problems)
    two.sync()
    assert items(two) == [("history-altered", 3)]
    assert two.books[log] == one.books[log]
    assert state_of(served) == "intact"  # what stood at desk 2 nobody can hold against desk 1


def test_what_was_carried_on_after_a_restore_cannot_be_rewritten_either(commune: Commune) -> None:
    served, one, _, _ = worked(commune)
    old = image(one, commune.folder / "old")
    one.receive(1)
    one.sync()
    put_back = commune.office(served, data=old, keys=one.member.keys)
    put_back.clock.moment += timedelta(hours=1)
    put_back.receive(2)
    put_back.sync()
    before = desks_work_at(served.district.storage)
    (log,) = [name for name in before if moved.is_log(name)]
    rewrite(put_back.desk.db, at(2, lambda line: altered(line, note="Khác")), log=log)
    put_back.sync()
    assert items(put_back) == [("history-altered", 2)]
    assert desks_work_at(served.district.storage) == put_back.own == before
    assert told_by(served) == [("altered", 2)]


def test_a_notice_of_the_district_altered_at_a_desk_is_taken_back_and_not_carried_on(commune: Commune) -> None:
    served, _, two, before = worked(commune)
    for title in ("một", "hai", "ba"):
        served.district.write(EVERYBODY, [Word(payload=Announced(title=title, text="nghỉ"))])
    two.sync()
    log = next(name for name in two.books if name not in before)
    held = two.books[log]
    rewrite(two.desk.db, at(2, lambda line: altered(line, text="làm việc")), log=log)
    two.sync()
    assert items(two) == [("history-altered", 2)]
    assert two.books[log] == held
    assert desks_work_at(served.district.storage) == before
    (line,) = [line_of(one) for one in set_aside.all(two.desk.db)]
    assert "không thuộc hồ sơ nào" in line.what


# --- nobody honest is accused --------------------------------------------------------------


@pytest.mark.parametrize("work", [0, 3])
def test_a_desk_put_back_from_a_backup_is_told_apart(commune: Commune, work: int) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    (code, *_) = one.receive(3)
    one.sync()
    old = image(one, commune.folder / "old")
    one.clock.moment += timedelta(minutes=5)
    one.correct(code, "trước khi hỏng")
    one.receive(2)
    one.sync()
    one.desk.close()
    put_back = commune.office(served, data=old, keys=one.member.keys)
    put_back.clock.moment += timedelta(hours=1)
    if work:
        put_back.correct(code, "sau khi khôi phục")
        put_back.receive(work)
    assert put_back.sync().waiting == 0
    assert items(put_back) == []
    assert state_of(served) == ("restored" if work else "intact")
    assert told_by(served) == []
    assert check(put_back.desk.db).problems == ()


def test_clones_and_a_desk_put_back_twice_are_not_accused(commune: Commune) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    one.receive(3)
    one.sync()
    first = image(one, commune.folder / "first")
    one.receive(2)
    clone = commune.office(served, data=image(one, commune.folder / "clone"), keys=one.member.keys)
    for office, later in ((one, 1), (clone, 2)):
        office.clock.moment += timedelta(hours=later)
        office.receive(2)
    one.sync()
    clone.sync()
    one.sync()
    second = image(one, commune.folder / "second")
    for hour, data in enumerate((first, second), 3):
        put_back = commune.office(served, data=data, keys=one.member.keys)
        put_back.clock.moment += timedelta(hours=hour)
        put_back.receive(2)
        assert put_back.sync().waiting == 0
        assert items(put_back) == []
        assert check(put_back.desk.db).problems == ()
    for office in (one, clone):
        office.sync()
        assert items(office) == []
    assert told_by(served) == []


@pytest.mark.parametrize("seed", range(3))
def test_whatever_honest_people_do_nobody_is_accused(commune: Commune, seed: int) -> None:
    """Work, exchanges, backups, folders put back and clones in any order, the clock of each machine going on."""
    chosen = random.Random(seed)
    served = commune.district()
    one = commune.office(served, 1)
    keys, machines, backups = one.member.keys, [one], [image(one, commune.folder / "empty")]
    for step in range(24):
        office = machines[-1] if chosen.random() < 0.7 else chosen.choice(machines)
        office.clock.moment = days.MORNING + timedelta(minutes=10 * (step + 1))
        what = chosen.choice(["receive", "receive", "correct", "correct", "sync", "sync", "backup", "put back"])
        if what == "receive":
            office.receive(chosen.randint(1, 2))
        elif what == "correct" and (codes := office.desk.db.all("SELECT code FROM dossier ORDER BY id")):
            office.correct(chosen.choice(codes)[0], f"việc {step}")
        elif what == "sync":
            office.sync()
        elif what == "backup":
            backups.append(image(office, commune.folder / f"backup{step}"))
        elif what == "put back" and len(machines) < 4:
            shutil.copytree(chosen.choice(backups), commune.folder / f"put{step}")
            machines.append(commune.office(served, data=commune.folder / f"put{step}", keys=keys))
    for office in machines * 2:
        office.sync()
    for office in machines:
        assert items(office) == []
        assert office.waiting == 0
        assert check(office.desk.db).problems == ()
    assert told_by(served) == []
    assert state_of(served) in ("intact", "restored")


def test_nobody_but_the_desk_itself_can_have_it_convicted(commune: Commune) -> None:
    """A recorded question, and behind it a forged copy of the desk's log that the desk never signed."""
    served, one, _, before = worked(commune)
    ((log, bodies),) = before.items()
    stranger = Writer(served.root.operational.public, log=log)
    stranger.bodies = [
        altered(line.decode(), note="Khác").encode() if n == 2 else line for n, line in enumerate(bodies)
    ]
    frame = stranger.frame(1, 7)
    forged = batch_of(unseal(next(iter(FrameReader().feed(frame))), served.root.operational))
    forged = replace(forged, author=one.member.keys.kid)
    questions = Questions()
    _, hello = questions.ask(one.desk.db, one.member, at=0, app="", pull=0, offers={})
    served.district.reply(hello + batch_frame(forged, served.root.operational.public))
    assert told_by(served) == []
    assert state_of(served) == "intact"
