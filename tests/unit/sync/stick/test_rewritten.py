"""A desk that rewrites its history offline and then goes by stick is convicted at both ends, with real keys."""

from __future__ import annotations

from pathlib import Path

from desk_app.district.admin import rewritten, status
from desk_app.district.admin.folder import DistrictOffice
from desk_app.services.sync import status as desk_status
from desk_app.store.journal import set_aside
from desk_app.store.journal.check import check
from tests.kit.desk.desks import PASSPHRASE
from tests.kit.desk.rewriter import altered, at, rewrite
from tests.kit.desk.terminal import Terminal
from tests.kit.wire.stick_desks import Station, answered, at_the_district


def trips(here: DistrictOffice, one: Station, count: int) -> None:
    """The stick goes there and back so many times."""
    for _ in range(count):
        one.take(answered(here, one.export()))
        one.wipe()


def test_a_history_rewritten_offline_is_convicted_by_the_stick(
    here: DistrictOffice, stations: tuple[Station, Station], tmp_path: Path
) -> None:
    one, _ = stations
    code = one.receive(3)[0]
    one.correct(code, "trước")
    trips(here, one, 2)
    before = at_the_district(here)
    rewrite(one.desk.db, at(2, lambda line: altered(line, note="Khác")))
    assert any("khác biên nhận" in told for told in check(one.desk.db).problems)
    one.receive(1)
    trips(here, one, 4)
    report = check(one.desk.db)
    assert report.problems == ()
    assert [(item.what, item.confirmed, item.is_own, item.paths) for item in report.altered] == [
        ("altered", 2, True, ("note",))
    ]
    assert "tiếp nhận» (số 2" in report.altered[0].told
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    done = Terminal(one.desk.data, {"DESK_PASSPHRASE_FILE": str(tmp_path / "passphrase")}).run("check", "--json")
    assert (done.code, done.data["ok"], done.data["problems"]) == (1, False, [])
    assert [(each["what"], each["confirmed"], each["differs_in"]) for each in done.data["altered"]] == [
        ("altered", 2, ["note"])
    ]
    (line,) = [one for one in desk_status.lines_set_aside(one.desk) if one.reason == "history-altered"]
    assert line.what.startswith("LỊCH SỬ BỊ SỬA")
    here.district.projection.catch_up()
    with here.district.storage.reading() as session:
        assert [(item.what, item.confirmed, item.code) for item in rewritten.rows(session)] == [
            ("altered", 2, line.code)
        ]
        assert [desk.history for desk in status.desks(session) if desk.desk == 1] == ["rewritten"]
    work = at_the_district(here)
    assert {log: bodies for log, bodies in work.items() if log in before} == before
    assert sum(map(len, work.values())) == sum(map(len, before.values())) + 1


def test_a_receipt_that_somebody_made_himself_proves_nothing(
    here: DistrictOffice, stations: tuple[Station, Station]
) -> None:
    """Neither for whoever rewrote, nor against whoever did not; that one is missing is told."""
    one, _ = stations
    one.receive(3)
    trips(here, one, 1)
    ((signed,),) = one.desk.db.all("SELECT signed FROM receipt")
    one.desk.db.execute("UPDATE receipt SET signed = ?", (signed[:40] + bytes(32) + signed[72:],))
    (problem,) = check(one.desk.db).problems
    assert "đã bị lấy khỏi dữ liệu" in problem
    trips(here, one, 1)
    assert check(one.desk.db).problems == ()
    assert [kept for kept in set_aside.all(one.desk.db) if kept.reason.startswith("history")] == []
