"""Settings: a desk's own stay its own, the commune's reach every desk through the journal, whatever the order."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.errors import BadFactError, DeedNotAllowedError
from desk_app.services.catalogue import procedure_choices
from desk_app.services.desk import office_settings, unfinished
from desk_app.services.desk.desk import Desk
from desk_app.services.desk.office_settings import KINDS, Scope, UnknownSettingError
from desk_app.services.papers import papers
from desk_app.services.reception import reception
from desk_app.services.reports import day_report
from desk_app.services.settings import screen_scale
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, logs
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.reference import settings
from tests.kit.desk import books
from tests.kit.desk.desks import TestClock, open_copy
from tests.unit.services.reception.test_reception import drafted


@pytest.fixture
def other(template: Path, tmp_path: Path, clock: TestClock):
    with open_copy(template, tmp_path / "other", clock) as opened:
        yield opened


def own_bodies(desk: Desk) -> tuple[bytes, list[tuple[int, str]]]:
    (log,) = [standing.log for standing in logs.standings(desk.db) if standing.own]
    return log, books.bodies(desk.db, log)


def carry(source: Desk, to: Desk) -> None:
    """What one desk wrote reaches the other."""
    log, bodies = own_bodies(source)
    with unit_of_work(to.db):
        journal.absorb(to.db, log, bodies)
    to.settings = settings.get(to.db)


def test_each_setting_stands_in_the_list_with_its_default(desk: Desk) -> None:
    rows = office_settings.listed(desk)
    assert [row.kind.key for row in rows] == list(KINDS)
    told = {row.kind.key: (row.value, row.default) for row in rows}
    assert told["hours.hand_out"] == ("16:30", "16:30")
    assert told["commune"] == ("xã Thử Nghiệm", "")
    of_commune = {key for key, kind in KINDS.items() if kind.scope is Scope.COMMUNE}
    assert of_commune == settings.OF_COMMUNE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("office", "Bộ phận Một cửa xã Thử Nghiệm"),
        ("address", "Thôn 2"),
        ("phone", "024 3825 3536"),
        ("pattern", "{unit}/{yyyymmdd}/{nnnn}"),
        ("hours.hand_out", "16:00"),
        ("clerk", "Lê Thị Mẫu"),
        ("printers.A5", "Canon"),
        ("printers.80mm", ""),
        ("slip_paper", "80mm"),
        ("theme", "dark"),
        ("first_procedure", "2.000815"),
        ("trays.A4", "Lower"),
        ("documents.forms.printer", "HP-2"),
        ("documents.forms.duplex", "long"),
        ("documents.forms.copies", "3"),
        ("documents.slip.copies", ""),
        ("quick_count", "5"),
        ("quick_procedures", "2.000635, 1.001193"),
        ("scanner_baud", "115200"),
        ("scale", "150"),
        ("sync_every", "30"),
        ("drafts_days", "7"),
    ],
)
def test_a_setting_that_was_changed_is_read_again(desk: Desk, key: str, value: str) -> None:
    assert office_settings.change(desk, key, f" {value} ").value == value
    assert settings.get(desk.db) == desk.settings
    assert office_settings.row(desk, key).value == value
    assert check(desk.db).problems == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("office", ""),
        ("office", "x" * 300),
        ("office", "Xã \U0001f600"),
        ("phone", "gọi sau"),
        ("pattern", "{unit}-{nnnn}"),
        ("hours.noon", "sáng"),
        ("hours.noon", "07:00"),
        ("hours.hand_out", "18:00"),
        ("slip_paper", "A3"),
        ("theme", "tối"),
        ("hours.evening", "25:99"),
        ("hours.evening", "17:00:30"),
        ("documents.forms.copies", "0"),
        ("documents.forms.copies", "1000"),
        ("documents.forms.copies", "²"),
        ("documents.forms.duplex", "ngang"),
        ("scale", "40"),
        ("scale", "-5"),
        ("scale", ""),
        ("quick_count", "10"),
        ("quick_procedures", "2.000635, 9.999999"),
        ("quick_procedures", "2.000635, 2.000635"),
        ("first_procedure", "9.999999"),
        ("scanner_baud", "1"),
        ("sync_every", "0"),
    ],
)
def test_what_no_desk_could_work_with_is_refused(desk: Desk, key: str, value: str) -> None:
    before = desk.settings
    with pytest.raises(BadFactError):
        office_settings.change(desk, key, value)
    assert desk.settings == before == settings.get(desk.db)


def test_an_unknown_setting_is_said(desk: Desk) -> None:
    for deed in (office_settings.row, lambda desk, key: office_settings.change(desk, key, "x")):
        with pytest.raises(UnknownSettingError):
            deed(desk, "unit")


def test_the_communes_reach_the_other_desk_and_the_desks_own_do_not(desk: Desk, other: Desk) -> None:
    office_settings.change(desk, "office", "Trung tâm A")
    office_settings.change(desk, "hours.hand_out", "15:45")
    office_settings.change(desk, "clerk", "Người quầy một")
    carry(desk, other)
    assert (other.settings.office, f"{other.settings.hours.hand_out:%H:%M}") == ("Trung tâm A", "15:45")
    assert other.settings.clerk != "Người quầy một"
    other.forget_law()
    day = desk.calendar.this_or_next_working_day(desk.today())
    assert other.calendar.hand_out(day) == desk.calendar.hand_out(day)


def test_of_two_who_changed_one_thing_the_later_holds_on_both(desk: Desk, other: Desk) -> None:
    office_settings.change(desk, "address", "Thôn 1")
    carry(desk, other)
    office_settings.change(other, "address", "Thôn 2")
    office_settings.change(desk, "phone", "024 3825 3536")
    carry(other, desk)
    carry(desk, other)
    assert desk.settings.address == other.settings.address == "Thôn 2"
    assert desk.settings.phone == other.settings.phone == "024 3825 3536"


def test_two_who_changed_different_hours_lose_neither(desk: Desk, other: Desk) -> None:
    office_settings.change(desk, "hours.hand_out", "16:00")
    office_settings.change(other, "hours.morning", "07:00")
    carry(desk, other)
    carry(other, desk)
    assert desk.settings.hours == other.settings.hours
    assert (f"{desk.settings.hours.morning:%H:%M}", f"{desk.settings.hours.hand_out:%H:%M}") == ("07:00", "16:00")


def test_whatever_the_order_and_after_a_rebuild_the_same_holds(tmp_path: Path) -> None:
    found = set()
    said = [("a" * 32, "1"), ("b" * 32, "2"), ("c" * 32, "3")]
    for n, order in enumerate(permutations(said)):
        db = books.made(tmp_path / str(n))
        with unit_of_work(db):
            for log, value in order:
                _absorb(db, bytes.fromhex(log), value)
        held = settings.get(db).address
        rebuild(db)
        found |= {held, settings.get(db).address}
        db.close()
    assert found == {"3"}


def _absorb(db, log: bytes, value: str) -> None:
    body = '{"d":"","k":"office","l":7,"t":1,"u":"","v":{"values":{"address":"\\"' + value + '\\"","clerk":"\\"x\\""}}}'
    journal.absorb(db, log, [(1, body)])
    assert settings.get(db).clerk == ""


def test_the_same_again_records_nothing(desk: Desk) -> None:
    office_settings.change(desk, "office", "Trung tâm A")
    before = own_bodies(desk)
    office_settings.change(desk, "office", "Trung tâm A")
    assert own_bodies(desk) == before
    (event,) = [event for event in journal.history(desk.db, "") if isinstance(event.payload, OfficeChanged)]
    assert event.actor


def test_the_slip_comes_on_the_paper_that_was_chosen(desk: Desk) -> None:
    office_settings.change(desk, "slip_paper", "80mm")
    code = reception.receive(desk, drafted(desk, "1.001193")).dossier.code
    assert "slip80" in [paper.name for paper in papers.draw(desk, code)]
    assert "slip" not in [paper.name for paper in papers.draw(desk, code)]


def test_each_setting_says_what_it_is_and_which_values_it_takes(desk: Desk) -> None:
    for row in office_settings.listed(desk):
        assert row.kind.label
        assert row.kind.allowed
        default_is_fine = not row.default or office_settings.problems(desk, {row.kind.key: row.default}) == {}
        assert default_is_fine, row.kind.key


def test_several_at_once_are_one_event_and_all_or_none(desk: Desk) -> None:
    office_settings.change(desk, "address", "Thôn 1")
    seen = len(own_bodies(desk)[1])
    wrong = {"office": "Trung tâm B", "theme": "dark", "scale": "40", "hours.noon": "25:99"}
    assert set(office_settings.problems(desk, wrong)) == {"scale", "hours.noon"}
    with pytest.raises(BadFactError):
        office_settings.change_all(desk, wrong)
    assert (desk.settings.office == "Trung tâm B", desk.settings.theme, len(own_bodies(desk)[1])) == (
        False,
        "system",
        seen,
    )
    right = {"office": "Trung tâm B", "phone": "024 3825 3536", "hours.noon": "11:00", "theme": "dark"}
    assert sorted(office_settings.change_all(desk, right)) == sorted(right)
    assert len(own_bodies(desk)[1]) == seen + 1
    assert (desk.settings.office, desk.settings.theme, f"{desk.settings.hours.noon:%H:%M}") == (
        "Trung tâm B",
        "dark",
        "11:00",
    )
    assert office_settings.change_all(desk, right) == []
    assert len(own_bodies(desk)[1]) == seen + 1


def test_hours_that_only_fit_together_are_set_together(desk: Desk) -> None:
    office_settings.change_all(desk, {"hours.morning": "13:00", "hours.noon": "14:00", "hours.afternoon": "15:00"})
    assert f"{desk.settings.hours.morning:%H:%M}" == "13:00"


def test_hours_two_desks_set_against_each_other_settle_the_same_on_both(desk: Desk, other: Desk) -> None:
    office_settings.change(desk, "hours.morning", "10:30")
    office_settings.change(desk, "theme", "dark")  # writes the desk's own row
    office_settings.change(other, "hours.noon", "10:00")
    office_settings.change(other, "theme", "light")
    carry(desk, other)
    carry(other, desk)
    assert desk.settings.hours == other.settings.hours
    assert desk.settings.hours.problem == ""
    office_settings.change(desk, "theme", "system")
    assert settings.get(desk.db).hours == settings.get(other.db).hours


def test_who_may_not_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk_app.domain.permissions.may", lambda _roles, _what: False)
    with pytest.raises(DeedNotAllowedError):
        office_settings.change_all(desk, {"office": "Trung tâm B", "scale": "150"})
    assert desk.settings == settings.get(desk.db)
    assert (desk.settings.scale, screen_scale.kept(desk.data)) == (100, 100)


def test_the_scale_is_known_before_the_desk_is_open_and_a_spoilt_file_is_the_usual_one(desk: Desk) -> None:
    assert screen_scale.kept(desk.data) == 100
    office_settings.change(desk, "scale", "150 %")
    assert screen_scale.kept(desk.data) == 150
    for spoilt in ("1e9", "", "4", "99999999999"):
        (desk.data / "screen-scale").write_text(spoilt)
        assert screen_scale.kept(desk.data) == 100
    office_settings.change(desk, "scale", "100")
    assert not (desk.data / "screen-scale").exists()


def test_papers_carry_how_this_desk_prints_them(desk: Desk) -> None:
    changes = {
        "printers.A4": "HP-1",
        "trays.A4": "Lower",
        "printers.A5": "Canon",
        "trays.A5": "Upper",
        "documents.forms.duplex": "long",
        "documents.forms.copies": "2",
        "documents.slip.printer": "Canon-2",
    }
    office_settings.change_all(desk, changes)
    code = reception.receive(desk, drafted(desk, "1.001193")).dossier.code
    form, slip = papers.draw(desk, code)
    assert (form.printer, form.tray, form.duplex, form.copies) == ("HP-1", "Lower", "long", 2)
    assert (slip.printer, slip.tray, slip.duplex, slip.copies) == ("Canon-2", "", "", 1)
    report = day_report.report(desk)
    assert (report.printer, report.tray, report.copies) == ("HP-1", "Lower", 1)


def test_the_quick_procedures_come_first_and_what_is_no_more_in_force_is_left_out(desk: Desk) -> None:
    office_settings.change(desk, "quick_procedures", "2.000635;1.001193")
    offered = reception.choices(desk)
    assert [each.code for each in procedure_choices.quick(desk, offered)][:2] == ["2.000635", "1.001193"]
    less = [each for each in offered if each.code != "2.000635"]
    assert procedure_choices.quick(desk, less)[0].code == "1.001193"


def test_what_is_half_filled_in_is_kept_as_long_as_the_office_says(desk: Desk, clock: TestClock) -> None:
    unfinished.keep(desk, Unfinished(id="1", texts={"reception.full_name": "Nguyễn Thị Thử"}))
    office_settings.change(desk, "drafts_days", "20")
    clock.moment += timedelta(days=19)
    unfinished.tidy(desk)
    assert len(unfinished.left(desk)) == 1
    office_settings.change(desk, "drafts_days", "18")
    unfinished.tidy(desk)
    assert unfinished.left(desk) == []
