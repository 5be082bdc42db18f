"""What the papers of a step ask: prefilled and judged as at reception, kept with the step, printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.events import StepTaken
from desk_app.errors import BadFactError, DeskError, MissingFactError, UnprintableTextError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.dossiers.step_event import StepTold, step_event
from desk_app.services.papers import form_library, papers
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers
from tests.kit.paper import step_papers
from tests.kit.paper.step_papers import words

HEAD = """
title = "Giấy bàn giao kết quả (mẫu thử)"
in_force_from = "2026-01-01"
paper = "A5"
[owed]
step = "ready"
[citation]
number = "Quyết định thử nghiệm"
[[field]]
key = "taker"
label = "Người nhận"
section = "Nhận kết quả"
kind = "choice"
choices = ["Bản thân", "Người khác"]
default = "Bản thân"
same_as = { "Bản thân" = "receiver" }
ask = true
[[field]]
key = "receiver.full_name"
label = "Họ tên người nhận"
section = "Nhận kết quả"
ask = true
required = true
[[field]]
key = "receiver.born_on"
label = "Ngày sinh người nhận"
section = "Nhận kết quả"
kind = "date"
when = "taker=Người khác"
ask = true
[[field]]
key = "applicant.residence"
label = "Địa chỉ liên hệ"
section = "Nhận kết quả"
ask = true
[[field]]
key = "sheets2"
label = "Số tờ bàn giao"
section = "Nhận kết quả"
kind = "number"
required = true
ask = true
"""
LAYOUT = """Bàn giao: {sheets2} tờ cho {taker} là {receiver.full_name}, sinh {receiver.born_on}, {receiver.id_paper}
Địa chỉ {applicant.residence}
"""


@pytest.fixture
def form(desk: Desk) -> Path:
    """Two files, and no line of the program: a paper that a step owes."""
    return step_papers.put(desk, "ban-giao", HEAD, LAYOUT)


def fields_of(desk: Desk, code: str) -> dict[str, str]:
    payload = journal.history(desk.db, dossiers.by_code(desk.db, code).id)[-1].payload
    assert isinstance(payload, StepTaken)
    return payload.fields


def shown(desk: Desk, code: str, **typed: str) -> dict[str, str]:
    return {each.key: each.value for each in steps.questions(desk, code, "ready", typed)}


def said_by_paper(desk: Desk, code: str) -> str:
    (paper,) = papers.draw(desk, code, "ban-giao")
    return words(paper.pdf)


def test_a_new_paper_of_a_step_is_a_folder_of_two_files(desk: Desk, code: str, form: Path) -> None:
    assert sorted(path.name for path in form.iterdir()) == ["form.toml", "layout.txt"]
    folders = [form.parents[1]]
    assert form_library.problems(folders) == []
    assert form_library.preview(folders, "ban-giao", blank=False).startswith(b"%PDF")
    steps.step(desk, code, "ready", fields={"sheets2": "3"})
    assert [one.paper.name for one in papers.listed(desk, code) if one.paper.event] == ["ban-giao"]
    assert "3 tờ" in said_by_paper(desk, code)


def test_the_questions_are_prefilled_with_what_is_known_and_with_the_defaults_of_the_form(
    desk: Desk, code: str, form: Path
) -> None:
    applicant = dossiers.by_code(desk.db, code).applicant
    assert shown(desk, code) == {
        "taker": "Bản thân",
        "receiver.full_name": applicant.full_name,
        "applicant.residence": applicant.residence,
        "sheets2": "",
        **dict.fromkeys(("step.result", "step.decided_on", "step.signer", "step.file"), ""),
    }
    assert {each.key for each in steps.questions(desk, code, "forward", {})} == {"step.inner", "step.to", "step.until"}


def test_an_answer_decides_what_else_is_asked(desk: Desk, code: str, form: Path) -> None:
    assert shown(desk, code, taker="nguoi khac")["receiver.born_on"] == ""
    assert shown(desk, code, taker="nguoi khac")["receiver.full_name"] == ""
    assert "receiver.born_on" not in shown(desk, code, taker="Bản thân")


def test_what_the_screen_shows_is_recorded_and_printed(desk: Desk, code: str, form: Path) -> None:
    applicant = dossiers.by_code(desk.db, code).applicant
    steps.step(desk, code, "ready", fields={"sheets2": "12"})
    kept = fields_of(desk, code)
    assert (kept["taker"], kept["sheets2"], kept["receiver.full_name"]) == ("Bản thân", "12", applicant.full_name)
    paper = said_by_paper(desk, code)
    assert applicant.full_name in paper
    assert applicant.id_number in paper
    assert "receiver" not in dossiers.by_code(desk.db, code).people


def test_another_person_stands_on_the_paper_of_the_step_and_changes_nothing_of_the_dossier(
    desk: Desk, code: str, form: Path
) -> None:
    before = dossiers.by_code(desk.db, code)
    told = {
        "taker": "nguoi khac",
        "receiver.full_name": "Trần Thị Nhận",
        "receiver.born_on": "2/3/1981",
        "applicant.residence": "",
        "sheets2": "2",
    }
    steps.step(desk, code, "ready", fields=told)
    kept = fields_of(desk, code)
    assert kept["taker"] == "Người khác"
    assert kept["receiver.born_on"] == "1981-03-02"
    assert kept["applicant.residence"] == ""
    paper = said_by_paper(desk, code)
    assert "Trần Thị Nhận, sinh 02/03/1981" in paper
    assert before.applicant.residence not in paper
    assert dossiers.by_code(desk.db, code).people == before.people


@pytest.mark.parametrize(
    ("told", "refusal", "label"),
    [
        ({}, MissingFactError, "Số tờ bàn giao"),
        ({"sheets2": " "}, MissingFactError, "Số tờ bàn giao"),
        ({"sheets2": "1", "taker": "Người khác"}, MissingFactError, "Họ tên người nhận"),
        ({"sheets2": "ba"}, BadFactError, "Số tờ bàn giao"),
        ({"sheets2": "1", "taker": "Ai đó"}, BadFactError, "Người nhận"),
        ({"sheets2": "1", "taker": "Người khác", "receiver.full_name": "Trần", "receiver.born_on": "31/2/1981"},
         BadFactError, "Ngày sinh người nhận"),
        ({"sheets2": "1", "receiver.full_name": "Trần \u4e2d"}, UnprintableTextError, "Họ tên người nhận"),
        ({"sheets2": "1", "pages": "1"}, BadFactError, "pages"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_question_and_records_nothing(
    desk: Desk, code: str, form: Path, told: dict[str, str], refusal: type[DeskError], label: str
) -> None:
    before = journal.history(desk.db, dossiers.by_code(desk.db, code).id)
    for deed in (steps.step, steps.check_step):
        with pytest.raises(refusal, match=label):
            deed(desk, code, "ready", fields=told)
    assert journal.history(desk.db, dossiers.by_code(desk.db, code).id) == before


def test_a_check_records_nothing_and_refuses_as_the_step_does(desk: Desk, code: str, form: Path) -> None:
    steps.check_step(desk, code, "ready", fields={"sheets2": "1"})
    assert dossiers.by_code(desk.db, code).status == "received"
    with pytest.raises(MissingFactError, match="Lý do"):
        steps.check_step(desk, code, "refuse", reason=" ")


def test_a_reason_that_a_paper_cannot_show_is_refused(desk: Desk, code: str) -> None:
    with pytest.raises(UnprintableTextError, match="Lý do"):
        steps.step(desk, code, "refuse", reason="Thiếu \u4e2d")
    steps.step(desk, code, "suspend", reason="Thiếu \u4e2d")


def test_a_fact_of_the_dossier_that_no_rule_of_today_takes_stops_no_step(desk: Desk, code: str, form: Path) -> None:
    kept = dossiers.by_code(desk.db, code)
    unborn = replace(kept, people={"applicant": replace(kept.applicant, born_on="2099-01-01")})
    taken = step_event(desk, unborn, "ready", StepTold(fields={"sheets2": "1"}))
    assert taken.fields["receiver.born_on"] == "2099-01-01"


def test_the_history_says_what_was_answered(desk: Desk, code: str, form: Path) -> None:

    steps.step(desk, code, "ready", fields={"sheets2": "12"})
    assert "Số tờ bàn giao: 12" in queries.detail(desk, code).history[-1].text
