from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.failures import CodeInTwoPlacesError, LawFileError, UnknownEventError, UnknownUnitError
from desk_app.district.publishing import announcements, decisions, erasing, law
from desk_app.district.publishing.announcements import Told
from desk_app.district.storage import logs
from desk_app.domain.dossiers.events import Received, Recorded, StepTaken
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.notices import Announced, DaysChanged, ProcedurePatched, Redacted, UnitsChanged
from desk_app.domain.procedures.procedure import Procedure
from desk_app.domain.procedures.procedure_patch import patched
from desk_app.errors import BadFactError, CatalogueFileError, MissingFactError, UnknownDossierError, WrongStatusError
from desk_app.protocol.event_body import hole
from tests.kit.district import offices
from tests.kit.district.offices import MORNING, UNIT, Clock, Device

SHIPPED = Path(__file__).resolve().parents[4] / "resources" / "catalogue" / "2.000815.toml"


@pytest.fixture
def desk(here: DistrictOffice) -> Device:
    return offices.enrolled(here)


def heard(here: DistrictOffice, desk: Device) -> list[Recorded]:
    """What the desk is told when it asks."""
    return desk.events(here.district.reply(desk.request(pull=1 << 20)).body)


# --- announcements ------------------------------------------------------------------------


def announce(here: DistrictOffice, scope: str, **told: str) -> None:
    with here.district.storage.writing() as session:
        announcements.announce(
            session,
            here.district.identity,
            scope=scope,
            **{"title": "Nghỉ bù", "text": "Ngày 24/11 nghỉ.", "until": "", **told},
            at=here.district.clock(),
        )


def test_an_announcement_reaches_the_desks_it_is_for_and_no_other(here: DistrictOffice, desk: Device) -> None:
    other = offices.enrolled(here, unit="H26.17")
    announce(here, "*", title="  Mọi   xã ")
    announce(here, UNIT, until="2026-12-31")
    titles = [event.payload.title for event in heard(here, desk) if isinstance(event.payload, Announced)]
    assert titles == ["Mọi xã", "Nghỉ bù"]
    titles = [event.payload.title for event in heard(here, other) if isinstance(event.payload, Announced)]
    assert titles == ["Mọi xã"]


def test_what_was_told_is_listed_newest_first(here: DistrictOffice, desk: Device, clock: Clock) -> None:
    announce(here, "*")
    clock.at += 1000
    announce(here, UNIT, title="Sau")
    with here.district.storage.reading() as session:
        told = announcements.told(session, here.district.identity)
    assert [one.title for one in told] == ["Sau", "Nghỉ bù"]
    assert told[1] == Told(scope="*", at=MORNING, title="Nghỉ bù", text="Ngày 24/11 nghỉ.", until="")


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"title": " "}, MissingFactError),
        ({"text": "\n"}, MissingFactError),
        ({"title": "x" * 121}, BadFactError),
        ({"until": "31/12/2026"}, BadFactError),
        ({"until": "2026-02-30"}, BadFactError),
    ],
)
def test_an_announcement_without_sense_is_refused(
    here: DistrictOffice, told: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        announce(here, "*", **told)


def test_a_unit_without_desks_is_not_announced_to(here: DistrictOffice) -> None:
    with pytest.raises(UnknownUnitError):
        announce(here, "H26.55")


# --- decisions ----------------------------------------------------------------------------


def test_a_decision_reaches_the_desk_as_a_step_after_its_own(here: DistrictOffice, desk: Device, clock: Clock) -> None:
    code = desk.receives(7)
    desk.writes(StepTaken(action="forward"), dossier="hoso000000000007", lamport=900)
    here.district.reply(desk.request())
    clock.at += 5000
    said, after = decisions.decide(here.district, code.lower(), "ready", result="12/GXN")
    assert (after.status, after.result) == (Status.RESULT_READY, "12/GXN")
    (step,) = [event for event in heard(here, desk) if isinstance(event.payload, StepTaken)]
    assert step == said
    assert step.lamport > 900
    assert (step.dossier, step.author, step.at) == ("hoso000000000007", "Cấp trên", clock.at)


def test_the_districts_step_keeps_the_rule_of_the_desk(here: DistrictOffice, desk: Device) -> None:
    code = desk.receives(1)
    here.district.reply(desk.request())
    with pytest.raises(MissingFactError):
        decisions.decide(here.district, code, "request-completion")
    decisions.decide(here.district, code, "request-completion", reason="thiếu trích lục")
    with pytest.raises(WrongStatusError):
        decisions.decide(here.district, code, "ready")
    assert len([event for event in heard(here, desk) if event.kind == "step"]) == 1


def test_a_dossier_nobody_knows_is_not_named_by_what_was_typed(here: DistrictOffice) -> None:
    with pytest.raises(UnknownDossierError, match="đã gõ"):
        decisions.decide(here.district, "Lò Thị Kín Đáo", "ready")
    with pytest.raises(UnknownDossierError, match=r"H26\.99-261122-0099"):
        decisions.decide(here.district, "H26.99-261122-0099", "ready")


def test_a_code_in_two_places_is_asked_back(here: DistrictOffice, desk: Device) -> None:
    twin = offices.enrolled(here, unit="H26.17")
    code = desk.receives(3)
    twin.receives(3)
    for each in (desk, twin):
        here.district.reply(each.request())
    with pytest.raises(CodeInTwoPlacesError):
        decisions.decide(here.district, code, "ready")
    decisions.decide(here.district, code, "ready", unit="H26.17")
    assert [event.kind for event in heard(here, twin) if event.dossier] == ["step"]
    assert [event.kind for event in heard(here, desk) if event.dossier] == []


# --- the law ------------------------------------------------------------------------------


def publish(here: DistrictOffice, file: Path, start: str = "") -> law.Published:
    with here.district.storage.writing() as session:
        return law.publish_procedure(
            session, here.district.identity, file, in_force_from=start, citation="QĐ 9", at=here.district.clock()
        )


def test_a_procedure_goes_out_whole_and_then_as_a_patch(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    assert publish(here, SHIPPED).base == ""
    changed = tmp_path / SHIPPED.name
    changed.write_text(
        SHIPPED.read_text("utf-8")
        .replace('version = "2026-11-22"', 'version = "2027-01-01"')
        .replace("2000", "2500", 1),
        encoding="utf-8",
    )
    second = publish(here, changed, "2027-01-01")
    assert (second.base, second.in_force_from) == ("2026-11-22", "2027-01-01")
    assert second.size < 1000
    made: dict[str, Procedure] = {}
    for event in heard(here, desk):
        if isinstance(event.payload, ProcedurePatched):
            made[event.payload.version] = patched(event.payload, made.get(event.payload.base))
    assert list(made) == ["2026-11-22", "2027-01-01"]
    assert made["2027-01-01"].in_force_from == "2027-01-01"
    with here.district.storage.reading() as session:
        assert law.published(session, here.district.identity, "2.000815") == list(made.values())


def test_a_version_is_published_once(here: DistrictOffice, tmp_path: Path) -> None:
    publish(here, SHIPPED)
    with pytest.raises(LawFileError, match="đã phát hành"):
        publish(here, SHIPPED)
    other = tmp_path / SHIPPED.name
    other.write_text(SHIPPED.read_text("utf-8").replace("2000\n", "2500\n"), encoding="utf-8")
    with pytest.raises(LawFileError, match="nội dung khác"):
        publish(here, other)


def test_a_file_with_a_mistake_is_told_and_nothing_goes_out(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    wrong = tmp_path / SHIPPED.name
    wrong.write_text(SHIPPED.read_text("utf-8") + "\nphi = 1\n", encoding="utf-8")
    with pytest.raises(CatalogueFileError):
        publish(here, wrong)
    with pytest.raises(LawFileError, match="không mở được"):
        publish(here, tmp_path / "khong-co.toml")
    wrong.write_bytes(b"\xff\xfe")
    with pytest.raises(LawFileError, match="UTF-8"):
        publish(here, wrong)
    assert {event.kind for event in heard(here, desk)} == {"certified"}


def test_days_go_out_with_the_decision_that_sets_them(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    file = tmp_path / "2027.toml"
    file.write_text('decision = "QĐ 5"\n[[day]]\ndate = 2027-02-05\nkind = "off"\nname = "Tết"\n', encoding="utf-8")
    with here.district.storage.writing() as session:
        law.publish_days(session, here.district.identity, file, citation="QĐ 5", at=1)
    (said,) = [event.payload for event in heard(here, desk) if isinstance(event.payload, DaysChanged)]
    assert (said.days[0].date, said.days[0].kind, said.days[0].decision) == ("2027-02-05", "off", "QĐ 5")
    for text in ("", '[[day]]\ndate = "2027-02-30"\nkind = "off"\nname = "x"\n', "[[day]\n"):
        file.write_text(text, encoding="utf-8")
        with here.district.storage.writing() as session, pytest.raises(LawFileError):
            law.publish_days(session, here.district.identity, file, citation="", at=1)


def test_a_table_of_days_goes_out_too_and_its_faults_are_told_by_line(
    here: DistrictOffice, desk: Device, tmp_path: Path
) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes("date;kind;name\r\n05/02/2027;off;Tết\r\n;;\r\n".encode("utf-16"))
    with here.district.storage.writing() as session:
        law.publish_days(session, here.district.identity, file, citation="QĐ 5", at=1)
    (said,) = [event.payload for event in heard(here, desk) if isinstance(event.payload, DaysChanged)]
    assert (said.days[0].date, said.days[0].name) == ("2027-02-05", "Tết")
    file.write_text("date;kind;name\n05/02/2027;off;a\n5/2/2027;off;b\n", encoding="utf-8")
    with here.district.storage.writing() as session, pytest.raises(LawFileError, match="dòng 2 và dòng 3"):
        law.publish_days(session, here.district.identity, file, citation="", at=1)


def test_changes_of_units_go_out_to_every_desk(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("code;from;to;by;in_force_from\n09619;Xã A;Phường A;NQ 1;01/02/2027\n", encoding="utf-8")
    with here.district.storage.writing() as session:
        law.publish_units(session, here.district.identity, file, citation="NQ 1", at=1)
    (said,) = [event.payload for event in heard(here, desk) if isinstance(event.payload, UnitsChanged)]
    assert [(each.code, each.to, each.in_force_from) for each in said.changes] == [("09619", "Phường A", "2027-02-01")]
    for text in ("", "code;to\n", "code;to;in_force_from\n09619;Phường A;mai\n", "{}"):
        file.write_text(text, encoding="utf-8")
        with here.district.storage.writing() as session, pytest.raises(LawFileError):
            law.publish_units(session, here.district.identity, file, citation="", at=1)


# --- erasing ------------------------------------------------------------------------------


def test_an_erased_body_is_gone_here_and_decreed_everywhere(here: DistrictOffice, desk: Device) -> None:
    desk.receives(1, name="Lò Thị Kín Đáo")
    desk.receives(2)
    colleague = offices.enrolled(here, 2)
    here.district.reply(desk.request())
    with here.district.storage.writing() as session:
        said = erasing.erase(session, here.district.identity, desk.log.hex()[:8], 1, reason="QĐ xóa", at=1)
    here.district.storage.scrub()
    decree = said.payload
    assert isinstance(decree, Redacted)
    told = heard(here, colleague)
    assert [event.payload for event in told if isinstance(event.payload, Redacted)] == [decree]
    assert [event.payload is None for event in told if event.log == desk.log.hex()] == [True, False]
    with here.district.storage.reading() as session:
        frame = logs.frame_with(session, desk.log, 1)
    assert frame is not None
    assert frame.bodies() == [hole(bytes.fromhex(decree.hash)), desk.bodies[1]]
    receipt = desk.receipt(here.district.reply(desk.request()).body)
    assert receipt.logs[desk.log].seq == 2


def test_the_projection_forgets_what_was_erased(here: DistrictOffice, desk: Device) -> None:
    code = desk.receives(1)
    here.district.reply(desk.request())
    here.district.projection.catch_up()
    with here.district.storage.writing() as session:
        erasing.erase(session, here.district.identity, desk.log.hex(), 1, reason="", at=1)
    here.district.projection.catch_up()
    with pytest.raises(UnknownDossierError):
        decisions.decide(here.district, code, "ready")


@pytest.mark.parametrize(("log", "seq"), [("00" * 16, 1), ("", 1), ("zz", 1), ("own", 9), ("own", 0), ("own", -1)])
def test_an_event_that_is_not_there_cannot_be_erased(here: DistrictOffice, desk: Device, log: str, seq: int) -> None:
    desk.receives(1)
    here.district.reply(desk.request())
    with here.district.storage.writing() as session, pytest.raises(UnknownEventError):
        erasing.erase(session, here.district.identity, desk.log.hex() if log == "own" else log, seq, reason="", at=1)


def test_a_reception_that_is_asked_for_again_keeps_its_type(here: DistrictOffice, desk: Device) -> None:
    """The desk's own body stands verbatim: the district never rewrites what is not erased."""
    desk.receives(1)
    here.district.reply(desk.request())
    colleague = offices.enrolled(here, 2)
    (event,) = [event for event in heard(here, colleague) if event.log == desk.log.hex()]
    assert isinstance(event.payload, Received)
