"""What the citizen said of messages stands on the slip, where somebody asked; read back from the PDF."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.messages.kinds import ContactOutcome
from desk_app.services.desk.desk import Desk
from desk_app.services.messages import calling
from desk_app.services.papers import papers
from desk_app.services.reception import cards, reception
from desk_app.services.reception.draft import Draft
from tests.kit.desk.desks import CARD, TestClock
from tests.kit.paper.step_papers import words
from tests.unit.services.linked.test_linked_reception import draft as linked_draft

SLIPS = ("slip", "slip80")
LINE = "Nhận tin nhắn về hồ sơ: "


@pytest.fixture
def clock() -> TestClock:
    """A day on which the slips that know of messages are in force."""
    return TestClock(datetime(2026, 11, 30, 8, 15, tzinfo=VIETNAM))


def draft(desk: Desk, wish: str, procedure: str = "1.004873") -> Draft:
    person = replace(cards.scan(desk, CARD).person, phone="0912 345 678")
    return replace(reception.new_draft(procedure), people={"applicant": person}, messages=wish)


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize(("wish", "said"), [("yes", "có"), ("no", "không")])
def test_the_slip_says_what_was_said(desk: Desk, slip: str, wish: str, said: str) -> None:
    code = reception.receive(desk, draft(desk, wish)).dossier.code
    (paper,) = papers.draw(desk, code, slip)
    assert f"{LINE}{said} " in f"{words(paper.pdf)} "
    assert f"{LINE}{said} " in f"{words(papers.preview(desk, draft(desk, wish), slip))} "


@pytest.mark.parametrize("slip", SLIPS)
def test_nothing_is_said_where_nobody_asked(desk: Desk, slip: str) -> None:
    code = reception.receive(desk, draft(desk, "")).dossier.code
    (paper,) = papers.draw(desk, code, slip)
    assert LINE.strip() not in words(paper.pdf)
    assert LINE.strip() not in words(papers.preview(desk, draft(desk, ""), slip))


@pytest.mark.parametrize("slip", SLIPS)
def test_the_one_slip_of_linked_dossiers_says_it_too(desk: Desk, slip: str) -> None:
    linked = replace(linked_draft(), messages="no")
    code = reception.receive(desk, linked).dossier.code
    (paper,) = papers.draw(desk, code, slip)
    assert f"{LINE}không " in f"{words(paper.pdf)} "
    assert f"{LINE}không " in f"{words(papers.preview(desk, linked, slip))} "


def test_a_word_said_later_replaces_the_slip(desk: Desk) -> None:
    code = reception.receive(desk, draft(desk, "no")).dossier.code
    papers.printed(desk, code, ["slip"])
    calling.contact(desk, code, ContactOutcome.AGREES)
    (paper,) = papers.draw(desk, code, "slip", for_printer=True)
    assert f"{LINE}có " in f"{words(paper.pdf)} "
    assert "thay bản in trước" in words(paper.pdf)
