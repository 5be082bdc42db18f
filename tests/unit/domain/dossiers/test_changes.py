"""What a correction may say of each fact, and what it does."""

from __future__ import annotations

import pytest

from desk_app.domain import channels
from desk_app.domain.dossiers.changes import components_of, documents_of, fee_text, procedure_of, value_at
from desk_app.domain.dossiers.course import moment_of
from desk_app.domain.dossiers.dossier import STATUS, Dossier, correct
from desk_app.domain.dossiers.events import ConflictSettled, Corrected, StepTaken
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.procedures.procedure import Fee
from desk_app.errors import BadFactError, MissingFactError
from tests.unit.domain.dossiers.test_dossier import received

LAST = 253_370_764_800_000


def after(path: str, value: str) -> Dossier:
    desk = received()
    desk.write(Corrected(changes={path: value}))
    return desk.dossier


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("sets", "1"),
        ("sets", "99"),
        ("fee.total", "0"),
        ("fee.total", ""),
        ("return_by", "counter"),
        ("return_by", "post"),
        ("channel", ""),
        ("channel", "online"),
        ("due_at", "1"),
        ("due_at", str(LAST)),
        ("components", "[]"),
        ("documents", "[]"),
        ("note", "gì cũng được"),
        ("fields.purpose", ""),
        ("people.mother.full_name", ""),
        ("people.mother.phone", "0912345678"),
    ],
)
def test_what_a_record_can_carry_is_taken_and_shows(path: str, value: str) -> None:
    correct(received().dossier, {path: value}, reason="Vì")
    assert value_at(after(path, value), path) == value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("sets", "100"),
        ("sets", ""),
        ("sets", "٣"),
        ("fee.total", "-1"),
        ("fee.total", "٣"),
        ("return_by", "mail"),
        ("channel", "paper"),
        ("due_at", str(LAST + 1)),
        ("due_at", ""),
        ("people.applicant.phone", "12"),
        ("people.mother.id_number", "12345678"),
        ("people.mother.blood", "A"),
        ("status", "returned"),
        ("code", "H26"),
    ],
)
def test_what_no_record_can_carry_is_refused(path: str, value: str) -> None:
    with pytest.raises(BadFactError):
        correct(received().dossier, {path: value}, reason="Vì")


def test_the_applicant_keeps_a_name_and_a_foreigner_may_have_figures_only() -> None:
    with pytest.raises(MissingFactError):
        correct(received().dossier, {"people.applicant.full_name": " "})
    foreign = after("people.mother.nationality", "Na Uy")
    correct(foreign, {"people.mother.id_number": "12345678"})
    assert foreign.people["mother"].full_name == ""


def test_a_correction_says_something() -> None:
    with pytest.raises(MissingFactError):
        correct(received().dossier, {})


def test_no_correction_says_where_a_dossier_stands() -> None:
    dossier = after("status", "returned")
    assert (dossier.status, dossier.tips) == ("received", {})


@pytest.mark.parametrize(
    ("text", "moment"),
    [("0", 0), ("1", 1), (str(LAST), LAST), (str(LAST + 1), 0), ("1" * 16, 0), ("٣", 0), ("-1", 0), ("x", 0), ("", 0)],
)
def test_a_moment_is_one_that_every_zone_has(text: str, moment: int) -> None:
    assert moment_of(text) == moment


def test_a_fee_is_told_by_its_sum_where_it_is_known() -> None:
    assert fee_text(Fee(total=8_000)) == "8000"
    assert fee_text(Fee(free=True)) == "0"
    assert fee_text(Fee(decided_by_clerk=True)) == ""
    assert fee_text(Fee(total=8_000, open=True)) == ""


def test_brackets_by_the_thousand_are_no_list() -> None:
    deep = "[" * 100_000
    assert components_of(deep) is documents_of(deep) is procedure_of(deep) is None


def test_what_a_dossier_does_not_have_is_empty() -> None:
    dossier = received().dossier
    assert [value_at(dossier, path) for path in ("fields.x", "people.father.full_name", "nothing")] == ["", "", ""]
    assert value_at(dossier, "components") == "[]"
    assert value_at(dossier, "procedure") == '{"code":"1.004873","version":"2026-01"}'


def test_one_fact_of_an_organisation_leaves_its_others() -> None:
    desk = received()
    for name, value in (("name", "Công ty Thử"), ("address", "Thôn 1")):
        desk.write(Corrected(changes={f"organisations.organisation.{name}": value}))
    said = desk.dossier.organisations["organisation"]
    assert (said.name, said.address) == ("Công ty Thử", "Thôn 1")


@pytest.mark.parametrize(("said", "kept"), [("paper", ""), ("online", "online"), ("", ""), ("later", "later")])
def test_paper_is_typed_by_a_word_and_kept_as_nothing(said: str, kept: str) -> None:
    assert channels.recorded(said) == kept


@pytest.mark.parametrize("value", [Status.RETURNED, "of a later program"])
def test_a_status_that_stands_already_or_that_nobody_knows_changes_nothing_when_it_is_settled(value: str) -> None:
    desk = received()
    for action in ("forward", "ready", "return"):
        desk.write(StepTaken(action=action))
    before = desk.dossier
    desk.write(ConflictSettled(path=STATUS, value=value))
    assert before.status is Status.RETURNED
    assert (desk.dossier.status, desk.dossier.returned_at) == (Status.RETURNED, before.returned_at)
