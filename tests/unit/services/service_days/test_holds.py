"""Procedures held at reception on a real desk: warned of, refused, ended, and kept by the dossier."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.holds.hold import Hold, HoldWeight
from desk_app.domain.notices import HoldsSet
from desk_app.domain.permissions import Permission
from desk_app.errors import BadFactError
from desk_app.errors.office_rules import ProcedureHeldError, WrongHoldError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import history, queries
from desk_app.services.reception import cards, reception
from desk_app.services.reception.draft import Draft
from desk_app.services.service_days import holds
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, rebuild
from desk_app.store.projections import office_facts
from tests.kit.desk.desks import CARD, TestClock

SINGLE, COPY = "1.004873", "2.000815"
WARNING = Hold(
    procedures=(SINGLE,),
    starts="2026-11-18",
    until="2026-11-25",
    reason="Hệ thống hộ tịch đang bảo trì",
    weight=HoldWeight.WARN,
)
REFUSAL = replace(WARNING, weight=HoldWeight.REFUSE, remedy="Mời người dân đến từ ngày 26/11")


def drafted(desk: Desk, procedure: str = SINGLE) -> Draft:
    return replace(reception.new_draft(procedure), people={"applicant": cards.scan(desk, CARD).person})


def from_district(desk: Desk, hold: Hold) -> None:
    with session.deed(desk, Permission.OFFICE) as done:
        event = done.record(OfficeChanged(values={}), dossier="")
    with unit_of_work(desk.db):
        office_facts.take_rules(desk.db, replace(event, kind="holds", payload=HoldsSet(holds=(hold,))))


def test_a_warning_is_told_asked_about_and_kept_with_the_dossier(desk: Desk) -> None:
    added = holds.add(desk, WARNING)
    said = reception.outlook(desk, drafted(desk)).warnings[0]
    assert "đang tạm dừng đến hết 25/11/2026" in said
    assert "Hệ thống hộ tịch đang bảo trì" in said
    (doubt,) = [each for each in reception.asked_back(desk, drafted(desk)) if each.field == "procedure"]
    assert doubt.text == said
    receipt = reception.receive(desk, drafted(desk))
    assert said in receipt.warnings
    (kept,) = receipt.dossier.holds
    assert (kept.id, kept.reason) == (added.id, WARNING.reason)
    detail = queries.detail(desk, receipt.dossier.code)
    assert detail.dossier.holds == receipt.dossier.holds
    lines = list(history.lines(desk, journal.history(desk.db, detail.dossier.id), detail.dossier))
    assert "nhận dù đang tạm dừng: Hệ thống hộ tịch đang bảo trì" in lines[0].text


def test_a_refusal_uses_up_no_number_and_says_until_when_by_whom_why_and_what_to_do(desk: Desk) -> None:
    holds.add(desk, REFUSAL)
    with pytest.raises(ProcedureHeldError) as told:
        reception.receive(desk, drafted(desk))
    said = str(told.value)
    assert "đến hết 25/11/2026" in said
    assert "do xã (" in said
    assert "Hệ thống hộ tịch đang bảo trì" in said
    assert told.value.remedy == "Mời người dân đến từ ngày 26/11."
    assert told.value.facts["field"] == "procedure"
    with pytest.raises(ProcedureHeldError):
        reception.asked_back(desk, drafted(desk))
    assert desk.db.one("SELECT count(*) FROM dossier") == (0,)
    copy = reception.outlook(desk, drafted(desk, COPY))
    assert not any("tạm dừng" in each for each in copy.warnings)


def test_the_day_that_counts_is_the_day_of_receipt(desk: Desk, clock: TestClock) -> None:
    holds.add(desk, REFUSAL)
    earlier = clock.moment - timedelta(days=3)
    assert reception.receive(desk, drafted(desk), at=earlier).dossier.holds == ()
    clock.moment += timedelta(days=6)
    assert reception.receive(desk, drafted(desk)).dossier.holds == ()


def test_an_ended_hold_holds_no_more_and_stays_in_the_history(desk: Desk) -> None:
    added = holds.add(desk, REFUSAL)
    holds.end(desk, added.id, why="Hệ thống đã chạy lại")
    reception.receive(desk, drafted(desk))
    (row,) = holds.listed(desk)
    assert (row.state, row.hold.ended_why, row.hold.ended_on) == ("ended", "Hệ thống đã chạy lại", "2026-11-20")
    rebuild.rebuild(desk.db)
    assert holds.listed(desk) == [row]
    for id_ in (added.id, "khong-co"):
        with pytest.raises(WrongHoldError):
            holds.end(desk, id_, why="Lại")


def test_the_districts_hold_beats_the_communes_and_is_the_districts_to_end(desk: Desk) -> None:
    holds.add(desk, REFUSAL)
    from_district(desk, replace(WARNING, id="d-1", reason="Chờ hướng dẫn mới", by="Sở Tư pháp"))
    receipt = reception.receive(desk, drafted(desk))
    assert [each.reason for each in receipt.dossier.holds] == ["Chờ hướng dẫn mới"]
    from_district(desk, replace(REFUSAL, id="d-1", reason="Chờ hướng dẫn mới", by="Sở Tư pháp"))
    with pytest.raises(ProcedureHeldError, match=r"cấp trên \(Sở Tư pháp\)"):
        reception.receive(desk, drafted(desk))
    with pytest.raises(WrongHoldError):
        holds.end(desk, "d-1", why="Không cần nữa")


def test_a_hold_of_every_procedure_and_one_of_an_unknown_procedure(desk: Desk) -> None:
    with pytest.raises(BadFactError):
        holds.add(desk, replace(WARNING, procedures=("9.999999",)))
    holds.add(desk, replace(REFUSAL, procedures=()))
    with pytest.raises(ProcedureHeldError):
        reception.receive(desk, drafted(desk, COPY))


def test_each_hold_has_an_id_of_its_own_and_the_office_stands_as_who_set_it(desk: Desk) -> None:
    first, second = holds.add(desk, WARNING), holds.add(desk, WARNING)
    assert (first.id, second.id) == ("20261120-1-1", "20261120-1-2")
    assert first.by == desk.settings.office
    assert first.set_on == "2026-11-20"


def test_a_changed_hold_decides_from_now_on_and_what_it_said_before_stays_in_the_journal(desk: Desk) -> None:
    added = holds.add(desk, WARNING)
    holds.change(desk, added.id, added)  # nothing new: nothing recorded
    assert [row.earlier for row in holds.listed(desk)] == [()]
    holds.change(desk, added.id, replace(REFUSAL, until="2026-12-04", reason="Máy chủ hỏng"))
    with pytest.raises(ProcedureHeldError, match="đến hết 04/12/2026"):
        reception.receive(desk, drafted(desk))
    holds.end(desk, added.id, why="Đã chạy lại")
    (row,) = holds.listed(desk)
    assert [(said.hold.reason, said.hold.until, said.by) for said in row.earlier] == [
        (WARNING.reason, "2026-11-25", desk.clerk),
        ("Máy chủ hỏng", "2026-12-04", desk.clerk),
    ]
    assert "nhắc khi tiếp nhận: Hệ thống hộ tịch đang bảo trì" in row.earlier[0].told
    rebuild.rebuild(desk.db)
    assert holds.listed(desk) == [row]
    with pytest.raises(WrongHoldError, match="đã kết thúc"):
        holds.change(desk, added.id, WARNING)


def test_a_change_to_an_unknown_procedure_or_of_the_districts_hold_is_refused(desk: Desk) -> None:
    added = holds.add(desk, WARNING)
    with pytest.raises(BadFactError):
        holds.change(desk, added.id, replace(added, procedures=(SINGLE, "9.999999")))
    from_district(desk, replace(WARNING, id="d-1"))
    for id_ in ("d-1", "khong-co"):
        with pytest.raises(WrongHoldError):
            holds.change(desk, id_, REFUSAL)
