"""Papers of steps: owed by the event, drawn again the same, marked when replaced, gone with a step taken back."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.events import StepTaken
from desk_app.errors import BadFactError, UnknownFormError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps, taking_back
from desk_app.services.papers import papers
from desk_app.services.papers.papers import ListedPaper
from desk_app.services.reception import reception
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers
from tests.kit.paper import step_papers
from tests.kit.paper.step_papers import words
from tests.unit.services.reception.test_reception import drafted

HEAD = """
title = "Phiếu yêu cầu bổ sung (mẫu thử)"
in_force_from = "2026-01-01"
paper = "A5"
[owed]
step = "request-completion"
numbered = true
[citation]
number = "Quyết định thử nghiệm"
[[field]]
key = "still_missing"
label = "Cần nộp thêm"
section = "Bổ sung"
ask = true
[[field]]
key = "until"
label = "Hạn nộp"
section = "Bổ sung"
kind = "date"
ask = true
"""
LAYOUT = """Số: {step.number}
{office.name}: nộp thêm {still_missing} trước ngày {until}
Lý do: {step.reason}
"""


@pytest.fixture
def office_form(desk: Desk) -> Path:
    """A form of the office's own that a request for completion owes."""
    return step_papers.put(desk, "phieu-thu", HEAD, LAYOUT)


def of_steps(desk: Desk, code: str, form: str = "") -> list[ListedPaper]:
    """The papers that steps of the dossier owe; with `form` those of that form alone."""
    found = [one for one in papers.listed(desk, code) if one.paper.event is not None]
    return [one for one in found if form in ("", one.form.id)]


def last_step(desk: Desk, code: str) -> StepTaken:
    *_, payload = (event.payload for event in journal.history(desk.db, dossiers.by_code(desk.db, code).id))
    assert isinstance(payload, StepTaken)
    return payload


def test_a_refusal_owes_its_paper_and_keeps_form_and_office(desk: Desk, code: str) -> None:
    steps.step(desk, code, "refuse", reason="Không thuộc thẩm quyền của xã")
    step = last_step(desk, code)
    assert [form.form for form in step.papers] == ["phieu-tu-choi"]
    assert step.office == desk.office
    (listed,) = of_steps(desk, code)
    assert (listed.paper.name, listed.step, listed.printed) == ("phieu-tu-choi", "từ chối", 0)
    (paper,) = papers.draw(desk, code, "phieu-tu-choi")
    assert "Không thuộc thẩm quyền của xã" in words(paper.pdf)
    papers.printed(desk, code, [paper.name])
    assert of_steps(desk, code)[0].printed == 1


def test_a_step_without_a_paper_keeps_nothing_of_papers(desk: Desk, code: str) -> None:
    steps.step(desk, code, "suspend", reason="Chờ kết quả giám định")
    step = last_step(desk, code)
    assert (step.papers, step.office, step.number, step.fields) == ((), None, "", {})
    assert of_steps(desk, code) == []


def test_the_paper_is_drawn_again_the_same_whatever_becomes_of_office_and_form(
    desk: Desk, code: str, office_form: Path
) -> None:
    told = {"still_missing": "Giấy chứng sinh", "until": "4/12/2026"}
    steps.step(desk, code, "request-completion", reason="Thiếu giấy", number="15/YC", fields=told)
    (first,) = papers.draw(desk, code, "phieu-thu")
    assert first.number == "15/YC"
    for said in ("15/YC", "Giấy chứng sinh", "04/12/2026", "Thiếu giấy", desk.office.name):
        assert said in words(first.pdf)
    desk.settings = replace(desk.settings, office="Trung tâm tên khác")
    newer = office_form.parent / "2"
    newer.mkdir()
    (newer / "form.toml").write_text(HEAD.replace("2026-01-01", "2026-02-01"), "utf-8")
    (newer / "layout.txt").write_text("Lời khác: {step.number} {still_missing} {until} {step.reason}\n", "utf-8")
    desk.forget_law()
    assert papers.draw(desk, code, "phieu-thu")[0].pdf == first.pdf


def test_a_paper_that_stays_here_keeps_the_office_only_where_it_is_not_the_receptions(desk: Desk, code: str) -> None:
    before = desk.settings
    steps.step(desk, code, "forward", to="Công chức Tư pháp")
    assert last_step(desk, code).office is None
    desk.settings = replace(before, office="Trung tâm tên khác", clerk="Người làm thay")
    steps.step(desk, code, "ready", result="Đủ điều kiện")
    assert last_step(desk, code).office == desk.office
    desk.settings = replace(before, office="Trung tâm tên thứ ba")
    first, second = (papers.draw(desk, code, name)[0] for name in ("phieu-kiem-soat", "phieu-kiem-soat@2"))
    assert before.office.upper() in words(first.pdf).upper()
    assert "Trung tâm tên khác".upper() in words(second.pdf).upper()
    assert "thứ ba".upper() not in (words(first.pdf) + words(second.pdf)).upper()


def test_a_second_request_has_a_paper_of_its_own(desk: Desk, code: str, office_form: Path) -> None:
    for number, missing in enumerate(("Giấy A", "Giấy B"), 1):
        steps.step(desk, code, "request-completion", reason="Thiếu", fields={"still_missing": missing})
        steps.step(desk, code, "complete", due_on="2026-12-0" + str(number))
    assert [one.paper.name for one in of_steps(desk, code, "phieu-thu")] == ["phieu-thu", "phieu-thu@2"]
    assert "Giấy A" in words(papers.draw(desk, code, "phieu-thu")[0].pdf)
    assert "Giấy B" in words(papers.draw(desk, code, "phieu-thu@2")[0].pdf)
    papers.printed(desk, code, ["phieu-thu@2"])
    assert [one.printed for one in of_steps(desk, code, "phieu-thu")] == [0, 1]


def test_a_correction_replaces_the_printed_paper(desk: Desk, code: str) -> None:
    steps.step(desk, code, "refuse", reason="Sai nơi nộp")
    papers.printed(desk, code, ["phieu-tu-choi"])
    steps.correct(desk, code, {"people.applicant.phone": "0900000009"}, reason="khách đổi số")
    assert of_steps(desk, code)[0].is_stale
    assert "Bản in lại sau khi đính chính" in words(papers.draw(desk, code, "phieu-tu-choi")[0].pdf)


def test_a_step_taken_back_owes_nothing_any_more(desk: Desk, code: str) -> None:
    steps.step(desk, code, "refuse", reason="Nhầm")
    taking_back.take_back(desk, code, reason="ghi nhầm hồ sơ")
    assert of_steps(desk, code) == []
    with pytest.raises(UnknownFormError):
        papers.draw(desk, code, "phieu-tu-choi")


@pytest.mark.parametrize(
    ("action", "more"),
    [
        ("refuse", {"number": "12"}),
        ("refuse", {"fields": {"still_missing": "x"}}),
        ("request-completion", {"fields": {"until": "32/13/2026"}}),
    ],
)
def test_what_no_paper_of_the_step_can_say_is_refused(
    desk: Desk, code: str, office_form: Path, action: str, more: dict[str, object]
) -> None:
    with pytest.raises(BadFactError):
        steps.step(desk, code, action, reason="thử", **more)
    assert dossiers.by_code(desk.db, code).status == "received"


def test_what_reception_prints_stays_what_reception_owes(desk: Desk, code: str) -> None:
    before = [paper.name for paper in papers.draw(desk, code)]
    steps.step(desk, code, "refuse", reason="thử")
    assert [paper.name for paper in papers.draw(desk, code)] == before


def test_the_words_of_certification_come_with_the_result_of_their_procedure_only(desk: Desk, code: str) -> None:
    refusal = reception.receive(desk, drafted(desk, "2.001016")).dossier.code
    for each in (code, refusal):
        steps.step(desk, each, "forward")
    assert steps.asked(desk, code, "ready") == {}
    assert "certification_book" in steps.asked(desk, refusal, "ready")
    told = {"certification_book": "01/2026", "certifier_name": "Lê Văn Mẫu", "certifier_title": "Chủ tịch", "kept": "2"}
    steps.step(desk, refusal, "ready", number="07", fields=told)
    (paper,) = papers.draw(desk, refusal, "loi-chung-tu-choi-nhan-di-san")
    said = words(paper.pdf)
    for part in ("Số chứng thực 07", "01/2026", "Lê Văn Mẫu", "hai", "Trang 1/1", "Nguyễn Thị Thử Nghiệm"):
        assert part in said
    steps.step(desk, code, "ready")
    assert {one.form.id for one in of_steps(desk, code)} == {"phieu-kiem-soat"}  # it goes with every dossier
    assert "loi-chung-tu-choi-nhan-di-san" in {one.form.id for one in of_steps(desk, refusal)}
