"""Lists of many dossiers: who may stand on one, its number, its paper for ever."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.papers import PDF_PRINTER
from desk_app.errors import BadFactError, MissingFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps
from desk_app.services.paper_lists import drawn_lists, paper_lists
from desk_app.services.paper_lists.paper_lists import UnknownListError
from desk_app.services.reception import reception
from desk_app.store.journal import rebuild
from tests.kit.paper.step_papers import words
from tests.unit.services.reception.test_reception import drafted

UNIT = "Công chức Tư pháp - Hộ tịch"


def received(desk: Desk, count: int = 1) -> list[str]:
    return [reception.receive(desk, drafted(desk, "1.001193")).dossier.code for _ in range(count)]


@pytest.fixture
def forwarded(desk: Desk) -> list[str]:
    """Two dossiers with one unit, one with another, one still at the desk."""
    codes = received(desk, 4)
    for code, to in zip(codes, (UNIT, UNIT, "Phòng Kinh tế"), strict=False):
        steps.step(desk, code, "forward", to=to)
    return codes


def test_what_was_forwarded_today_is_offered_with_who_has_it(desk: Desk, forwarded: list[str]) -> None:
    found = paper_lists.candidates(desk, "hand-over")
    assert [(one.code, one.receiver) for one in found] == [
        (forwarded[0], UNIT),
        (forwarded[1], UNIT),
        (forwarded[2], "Phòng Kinh tế"),
    ]
    assert paper_lists.receivers(found) == [UNIT, "Phòng Kinh tế"]


def test_a_list_says_every_dossier_once_under_its_own_number(desk: Desk, forwarded: list[str]) -> None:
    made = paper_lists.make(desk, "hand-over", [*forwarded[:2], forwarded[0]], UNIT)
    second = paper_lists.make(desk, "hand-over", forwarded[2:], "Phòng Kinh tế")
    assert (made.made.number, second.made.number) == ("01/BG", "02/BG")
    assert [row.code for row in made.made.rows] == forwarded[:2]
    paper = drawn_lists.draw(desk, made)
    text = words(paper.pdf)
    for said in (*forwarded[:2], UNIT, "01/BG", "Nguyễn Thị Thử Nghiệm", "Cộng: 2 hồ sơ"):
        assert said in text
    assert (paper.number, paper.copies, paper.landscape) == ("01/BG", 2, True)
    assert [one.made.number for one in paper_lists.every(desk)] == ["02/BG", "01/BG"]


def test_the_list_stays_as_it_was_whatever_comes_after(desk: Desk, forwarded: list[str]) -> None:
    made = paper_lists.make(desk, "hand-over", forwarded[:2], UNIT)
    first = drawn_lists.draw(desk, made).pdf
    steps.correct(desk, forwarded[0], {"people.applicant.full_name": "Tên Khác Hẳn"}, reason="gõ nhầm")
    steps.step(desk, forwarded[1], "ready", result="Trích lục")
    desk.settings = replace(desk.settings, office="Trung tâm tên khác", commune="phường Khác")
    newer = desk.data / "forms" / "danh-sach-ban-giao" / "2030"
    newer.mkdir(parents=True)
    (newer / "form.toml").write_text(
        'title = "Biên bản mới"\nin_force_from = "2026-01-01"\n[citation]\nnumber = "Quyết định thử"\n', "utf-8"
    )
    (newer / "layout.txt").write_text("Lời khác\n", "utf-8")
    desk.forget_law()
    rebuild.rebuild(desk.db)
    assert drawn_lists.draw(desk, paper_lists.numbered(desk, "01/bg")).pdf == first
    assert "Lời khác" in words(drawn_lists.draw(desk, paper_lists.make(desk, "hand-over", forwarded[2:], UNIT)).pdf)


def test_what_a_printer_takes_again_says_so_and_a_file_is_no_printing(desk: Desk, forwarded: list[str]) -> None:
    made = paper_lists.make(desk, "hand-over", forwarded[:1], UNIT)
    paper_lists.printed(desk, made.made.list_id, printer=PDF_PRINTER)
    assert "Bản in lần" not in words(drawn_lists.draw(desk, paper_lists.numbered(desk, "01/BG"), for_printer=True).pdf)
    paper_lists.printed(desk, made.made.list_id, copies=2, printer="A4")
    again = paper_lists.numbered(desk, made.made.list_id)
    assert again.printed == 1
    assert "Bản in lần 2" in words(drawn_lists.draw(desk, again, for_printer=True).pdf)
    assert "Bản in lần" not in words(drawn_lists.draw(desk, again).pdf)


def test_a_number_is_never_given_twice(desk: Desk, forwarded: list[str]) -> None:
    paper_lists.make(desk, "hand-over", forwarded[:1], UNIT, number="7/BG")
    with pytest.raises(BadFactError):
        paper_lists.make(desk, "hand-over", forwarded[:1], UNIT, number="07 / bg")
    assert paper_lists.make(desk, "hand-over", forwarded[:1], UNIT).made.number == "08/BG"
    assert paper_lists.make(desk, "to-sign", forwarded[:1], "Chủ tịch").made.number == "01/TK"
    desk.settings = replace(desk.settings, paper_numbers="by_hand")
    assert paper_lists.make(desk, "hand-over", forwarded[:1], UNIT).made.number == ""


def test_results_and_visits_list_what_is_ready(desk: Desk, forwarded: list[str]) -> None:
    steps.step(desk, forwarded[0], "ready", result="Giấy khai sinh")
    for what in ("results", "visits"):
        assert [one.code for one in paper_lists.candidates(desk, what)] == [forwarded[0]]
        text = words(drawn_lists.draw(desk, paper_lists.make(desk, what, [forwarded[0]], "Bộ phận Một cửa")).pdf)
        assert "Giấy khai sinh" in text
    with pytest.raises(BadFactError):
        paper_lists.make(desk, "results", [forwarded[1]], "Bộ phận Một cửa")


def test_what_waits_for_the_leader_is_offered_for_signature(desk: Desk, forwarded: list[str]) -> None:
    steps.step(desk, forwarded[0], "submit", to="Phó Chủ tịch")
    (one,) = paper_lists.candidates(desk, "to-sign")
    assert (one.code, one.receiver) == (forwarded[0], "Phó Chủ tịch")
    text = words(drawn_lists.draw(desk, paper_lists.make(desk, "to-sign", [one.code], one.receiver)).pdf)
    assert "Kính trình: Phó Chủ tịch" in text


def test_a_list_of_nothing_for_nobody_is_refused(desk: Desk, forwarded: list[str]) -> None:
    with pytest.raises(MissingFactError):
        paper_lists.make(desk, "hand-over", forwarded, "  ")
    with pytest.raises(MissingFactError):
        paper_lists.make(desk, "hand-over", [], UNIT)
    with pytest.raises(BadFactError):
        paper_lists.make(desk, "unknown", forwarded, UNIT)
    with pytest.raises(UnknownListError):
        paper_lists.numbered(desk, "99/BG")
    assert paper_lists.every(desk) == []
