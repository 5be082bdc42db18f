"""What each step owes: its paper with a number of its own, reprints that say so, both titles, the same for ever."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app import places
from desk_app.domain.calendar.moments import shown_day
from desk_app.domain.papers import papers_of
from desk_app.domain.people.person import Person
from desk_app.errors import BadFactError
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps, taking_back
from desk_app.services.papers import papers
from desk_app.store.database.database import unit_of_work
from desk_app.store.queries import dossiers
from desk_app.store.reference import catalogue
from tests.kit.desk.desks import TestClock
from tests.kit.paper.step_papers import words

UNIT = "Công chức Tư pháp - Hộ tịch"


def number(desk: Desk, code: str, paper: str) -> str:
    return next(one.number for one in papers.listed(desk, code) if one.paper.name == paper)


def owed(desk: Desk, code: str) -> list[str]:
    return [paper.name for paper in papers.draw(desk, code, "owed")]


def test_each_step_owes_its_paper(desk: Desk, code: str) -> None:
    steps.step(desk, code, "forward", to=UNIT)
    assert owed(desk, code) == ["phieu-kiem-soat"]
    steps.step(desk, code, "request-completion", reason="Thiếu giấy chứng sinh")
    assert owed(desk, code) == ["phieu-yeu-cau-bo-sung"]
    steps.step(desk, code, "complete", due_on="2026-12-01")
    assert owed(desk, code) == []
    steps.step(desk, code, "apologise", reason="Chờ xác minh", due_on="2026-12-04")
    assert owed(desk, code) == ["phieu-xin-loi"]
    steps.step(desk, code, "ready", result="Giấy khai sinh")
    assert owed(desk, code) == ["phieu-kiem-soat@2"]
    steps.step(desk, code, "return", collector=Person(full_name="Trần Văn Nhận"))
    assert owed(desk, code) == ["giay-bien-nhan-tra-ket-qua"]
    text = words(papers.draw(desk, code, "owed")[0].pdf)
    for said in ("Trần Văn Nhận", "Giấy khai sinh", "01/TKQ"):
        assert said in text


@pytest.mark.parametrize("action", ["stop", "lapse"])
def test_a_stop_owes_its_notice(desk: Desk, code: str, action: str, clock: TestClock) -> None:
    if action == "lapse":
        steps.step(desk, code, "request-completion", reason="Thiếu giấy")
        clock.moment += timedelta(days=30)
    steps.step(desk, code, action, reason="Người yêu cầu xin dừng")
    assert owed(desk, code) == ["thong-bao-dung"]


def test_numbers_of_a_book_run_on_and_a_step_taken_back_keeps_its_number(desk: Desk, code: str) -> None:
    steps.step(desk, code, "request-completion", reason="Thiếu giấy")
    assert number(desk, code, "phieu-yeu-cau-bo-sung") == "01/HDHS"
    taking_back.take_back(desk, code, reason="Nhầm hồ sơ")
    steps.step(desk, code, "request-completion", reason="Thiếu giấy khác")
    assert number(desk, code, "phieu-yeu-cau-bo-sung") == "02/HDHS"
    steps.step(desk, code, "complete", due_on="2026-12-01")
    with pytest.raises(BadFactError):
        steps.step(desk, code, "request-completion", reason="Thiếu nữa", number="2/hdhs")
    steps.step(desk, code, "apologise", reason="Chờ xác minh", due_on="2026-12-04")
    assert number(desk, code, "phieu-xin-loi") == "01/XL"


def test_another_desk_has_a_row_of_its_own(desk: Desk, code: str) -> None:
    desk.settings = replace(desk.settings, desk=2)
    steps.step(desk, code, "request-completion", reason="Thiếu giấy")
    assert number(desk, code, "phieu-yeu-cau-bo-sung") == "01-Q2/HDHS"


def test_each_year_begins_anew(desk: Desk, code: str, clock: TestClock) -> None:
    steps.step(desk, code, "request-completion", reason="Thiếu giấy", number="41/HDHS")
    steps.step(desk, code, "complete", due_on="2026-12-01")
    clock.moment = clock.moment.replace(year=2027, month=2)
    steps.step(desk, code, "request-completion", reason="Thiếu giấy")
    assert number(desk, code, "phieu-yeu-cau-bo-sung@2") == "01/HDHS"


def test_an_office_with_a_book_of_its_own_writes_its_numbers(desk: Desk, code: str) -> None:
    office_settings.change(desk, "paper_numbers", "by_hand")
    steps.step(desk, code, "request-completion", reason="Thiếu giấy")
    assert number(desk, code, "phieu-yeu-cau-bo-sung") == ""
    steps.step(desk, code, "complete", due_on="2026-12-01")
    steps.step(desk, code, "apologise", reason="Chờ", due_on="2026-12-04", number="115/XL-UBND")
    assert number(desk, code, "phieu-xin-loi") == "115/XL-UBND"


def test_the_office_chooses_the_titles_and_a_recorded_paper_keeps_its_own(desk: Desk, code: str) -> None:
    steps.step(desk, code, "forward", to=UNIT)
    before = papers.draw(desk, code, "phieu-kiem-soat")[0]
    office_settings.change(desk, "paper_wording", "tt-01-2018")
    steps.step(desk, code, "apologise", reason="Chờ xác minh", due_on="2026-12-04")
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in words(papers.draw(desk, code, "phieu-xin-loi")[0].pdf)
    assert papers.draw(desk, code, "phieu-kiem-soat")[0].pdf == before.pdf
    assert "Mẫu số 06" in words(before.pdf)


def test_a_paper_printed_again_counts_its_prints_and_a_drawing_does_not(desk: Desk, code: str) -> None:
    steps.step(desk, code, "apologise", reason="Chờ xác minh", due_on="2026-12-04")

    def printing(what: str) -> str:
        return words(papers.draw(desk, code, what, for_printer=True)[0].pdf)

    for what in ("phieu-xin-loi", "slip"):
        first = papers.draw(desk, code, what)[0].pdf
        assert "Bản in lần" not in printing(what)
        for times in (2, 3):
            papers.printed(desk, code, [what], printer="A4")
            assert f"Bản in lần {times}" in printing(what)
        assert papers.draw(desk, code, what)[0].pdf == first
    papers.printed(desk, code, ["to-khai-khai-sinh"], printer="A4")
    assert "Bản in lần" not in printing("to-khai-khai-sinh")  # it is the citizen's


def test_a_slip_with_a_new_day_says_which_it_replaces(desk: Desk, code: str) -> None:
    was = dossiers.by_code(desk.db, code).due_at
    papers.printed(desk, code, ["slip"], printer="A5")
    steps.step(desk, code, "apologise", reason="Chờ xác minh", due_on="2026-12-04")
    text = words(papers.draw(desk, code, "slip", for_printer=True)[0].pdf)
    assert "Bản in lần 2" in text
    assert f"thay bản hẹn ngày {shown_day(was)}" in text
    assert "04/12/2026" in text


def test_ten_years_of_form_versions_change_no_paper(desk: Desk, code: str, clock: TestClock) -> None:
    """Ten versions of each form, other names of office and unit, another catalogue: every paper of before stays."""
    life(desk, code)
    kept = dossiers.by_code(desk.db, code)
    before = every_paper(desk, code)
    assert len(before) >= 8
    for year in range(2027, 2037):
        _newer_versions(desk.data / "forms", year, {paper.form.form for paper in papers_of(kept)})
        desk.settings = replace(
            desk.settings, office=f"Trung tâm {year}", commune=f"phường Mới {year}", superior="UBND khác", clerk="Ai đó"
        )
        clock.moment = clock.moment.replace(year=year, month=6, day=1)
    law = catalogue.by_version(desk.db, kept.procedure, kept.procedure_version)
    for version in ("2036-05-01", law.version):  # also one that says other words under the old version's name
        other = replace(law, name="Thủ tục tên khác", version=version, in_force_from="2036-05-01")
        with unit_of_work(desk.db):
            assert catalogue.put(desk.db, other, added_at=0, rank="office") == "changed"
    desk.forget_law()
    assert desk.forms.in_force("phieu-xin-loi", desk.today().isoformat()).version == "2036"
    after = every_paper(desk, code)
    assert {name for name in before if before[name] != after[name]} == set()


def every_paper(desk: Desk, code: str) -> dict[str, bytes]:
    titles = papers.titles(desk, dossiers.by_code(desk.db, code))
    return {name: papers.draw(desk, code, name)[0].pdf for name, _ in titles}


def life(desk: Desk, code: str) -> None:
    steps.step(desk, code, "forward", to=UNIT)
    steps.step(desk, code, "request-completion", reason="Thiếu giấy chứng sinh")
    steps.step(desk, code, "complete", due_on="2026-12-01")
    steps.step(desk, code, "apologise", reason="Chờ xác minh", due_on="2026-12-04")
    steps.step(desk, code, "ready", result="Giấy khai sinh")
    steps.step(desk, code, "return", collector=Person(full_name="Trần Văn Nhận"))


def _newer_versions(folder: Path, year: int, names: set[str]) -> None:
    """A later version of each of these forms, with other words."""
    for form in (places.forms() / name for name in names):
        newest = max(form.iterdir())
        made = folder / form.name / str(year)
        made.mkdir(parents=True)
        lines = (newest / "form.toml").read_text("utf-8").splitlines()
        toml = [f'in_force_from = "{year}-01-01"' if line.startswith("in_force_from") else line for line in lines]
        toml = [line for line in toml if not line.startswith("wording")]
        (made / "form.toml").write_text("\n".join(toml) + "\n", "utf-8")
        (made / "layout.txt").write_text(f"Bản {year}\n" + (newest / "layout.txt").read_text("utf-8"), "utf-8")
