"""Which papers a dossier owes, at reception and by its steps."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.dossier_state import STEP
from desk_app.domain.dossiers.events import (
    KIND_OF,
    FormVersion,
    Office,
    Payload,
    Received,
    Recorded,
    StepTaken,
    StepTakenBack,
)
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.papers import (
    USUAL,
    PaperManner,
    name_of,
    owed_at_reception,
    owed_by,
    papers_of,
    reception_owes_paper,
    sheet_for,
)
from desk_app.domain.people.person import Person

SLIP, SLIP_80, DECLARATION, LETTER = (
    FormVersion(form=form, version="2026-01") for form in ("giay-tiep-nhan", "giay-tiep-nhan-80", "to-khai", "xin-loi")
)
RECEIVED = Received(
    code="H26-261122-0001",
    procedure="1.004873",
    procedure_version="2026-01",
    people={"applicant": Person(full_name="Nguyễn Thị Thử")},
    received_at=1_000,
    due_at=9_000,
    office=Office(name="Trung tâm", commune="Xã Thử"),
    forms=(SLIP, SLIP_80, DECLARATION),
)


PARTS = tuple(LinkedPart(id=each, code=each, procedure="1", version="1", title=each) for each in "ab")
LINKED_FIRST, LINKED_LATER = (
    LinkedGroup(group="g", bundle="b", version="1", title="Gói", place=place, parts=PARTS) for place in (0, 1)
)


def events(*payloads: Payload) -> list[Recorded]:
    return [
        Recorded(
            log="aaaa0000",
            seq=n,
            dossier="d",
            kind=KIND_OF[type(payload)],
            lamport=n,
            at=n,
            clock_offset=0,
            author="Cán bộ",
            seen={STEP: ((n - 1, "aaaa0000"),)} if isinstance(payload, StepTakenBack) else {},
            payload=payload,
        )
        for n, payload in enumerate(payloads, 1)
    ]


def names(*payloads: Payload) -> list[str]:
    return [paper.name for paper in papers_of(fold(events(*payloads)))]


def step(action: str = "suspend", **more: object) -> StepTaken:
    return StepTaken(action=action, papers=(LETTER,), **more)


def test_a_slip_is_called_a_slip_and_a_declaration_by_its_form() -> None:
    assert names(RECEIVED) == ["slip", "slip80", "to-khai"]
    assert name_of("to-khai") == "to-khai"


def test_a_reception_owes_the_declarations_and_one_slip() -> None:
    assert owed_at_reception(fold(events(RECEIVED))) == ("to-khai", "slip")


def test_no_slip_is_owed_where_the_result_was_handed_over_at_once() -> None:
    at_once = replace(RECEIVED, due_at=0)
    assert owed_at_reception(fold(events(at_once, StepTaken(action="hand-over")))) == ("to-khai",)
    assert owed_at_reception(fold(events(at_once))) == ("to-khai", "slip")
    assert owed_at_reception(fold(events(RECEIVED, StepTaken(action="hand-over")))) == ("to-khai", "slip")


def test_the_same_paper_of_a_second_step_has_a_name_of_its_own() -> None:
    history = events(RECEIVED, step(number="12/TB"), StepTaken(action="resume", due_at=9), step(number="13/TB"), step())
    dossier = fold(history)
    of_steps = papers_of(dossier)[3:]
    assert [(paper.name, paper.number) for paper in of_steps] == [
        ("xin-loi", "12/TB"),
        ("xin-loi@2", "13/TB"),
        ("xin-loi@3", ""),
    ]
    assert papers_of(dossier)[0].number == ""
    assert [paper.name for paper in owed_by(dossier, history[3])] == ["xin-loi@2"]
    assert owed_by(dossier, history[2]) == ()


def test_a_step_taken_back_owes_nothing() -> None:
    assert names(RECEIVED, step(), StepTakenBack(reason="nhầm")) == ["slip", "slip80", "to-khai"]


def test_large_letters_take_the_next_larger_sheet_and_usual_ones_their_own() -> None:
    assert [sheet_for(sheet, PaperManner(large=True)) for sheet in ("A5", "A4", "80")] == ["A4", "A4", "80"]
    assert [sheet_for(sheet, USUAL) for sheet in ("A5", "A4", "80")] == ["A5", "A4", "80"]


def test_only_slips_are_slips() -> None:
    assert [paper.is_slip for paper in papers_of(fold(events(RECEIVED)))] == [True, True, False]


@pytest.mark.parametrize(
    ("due_at", "forms", "owes"),
    [
        (9_000, (), True),
        (0, (DECLARATION,), True),
        (0, (SLIP, DECLARATION), True),
        (0, (SLIP, SLIP_80), False),  # handed over at once: no slip
        (0, (), False),
    ],
)
def test_a_reception_owes_a_slip_or_a_declaration(due_at: int, forms: tuple[FormVersion, ...], *, owes: bool) -> None:
    received = replace(RECEIVED, due_at=due_at, forms=forms)
    assert reception_owes_paper(received) is owes
    assert reception_owes_paper(replace(received, linked=LINKED_FIRST)) is owes
    assert not reception_owes_paper(replace(received, linked=LINKED_LATER))
