"""The payment code on the slip: read back by a decoder from the paper as it is drawn, on A5, on A4 and on the roll."""

from __future__ import annotations

from datetime import datetime

import pypdfium2
import pytest
import zxingcpp

from desk_app import places
from desk_app.documents.forms.form import FormLibrary
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.papers import PaperManner
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.services.papers import papers
from desk_app.services.payments import collecting, standing
from tests.kit.desk.desks import TestClock
from tests.unit.services.payments.test_collecting import ACCOUNT, received

MONDAY = datetime(2026, 11, 30, 8, 15, tzinfo=VIETNAM)
DPI = 203


def codes(pdf: bytes) -> set[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    return {read.text for picture in pictures for read in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize(
    ("what", "manner"),
    [("slip", PaperManner()), ("slip", PaperManner(large=True)), ("slip80", PaperManner())],
    ids=["A5", "A4", "80mm"],
)
def test_the_slip_bears_the_code_with_which_its_fee_is_paid(
    desk: Desk, clock: TestClock, what: str, manner: PaperManner
) -> None:
    clock.moment = MONDAY
    office_settings.change_all(desk, ACCOUNT)
    code = received(desk, "2.001016")
    bank = standing.outlook(desk, code).bank
    assert bank is not None
    (paper,) = papers.draw(desk, code, what, manner)
    assert {bank.payload, code} <= codes(paper.pdf)
    collecting.collect(desk, code)
    office_settings.change(desk, "bank_account", "999999999")
    (again,) = papers.draw(desk, code, what, manner)
    assert again.pdf == paper.pdf  # as it was given, whatever became of the account


def test_without_an_account_or_a_fee_the_slip_has_no_such_code(desk: Desk, clock: TestClock) -> None:
    clock.moment = MONDAY
    code = received(desk, "2.001016")
    office_settings.change_all(desk, ACCOUNT)
    free = received(desk, "2.001016", fee_total=0)
    for each in (code, free):
        (paper,) = papers.draw(desk, each, "slip")
        assert not [read for read in codes(paper.pdf) if read.startswith("000201")]


def test_no_paper_of_the_program_is_a_receipt() -> None:
    """NĐ 254/2026/NĐ-CP: receipts are electronic and signed elsewhere; the program only notes their numbers."""
    titles = [form.title.lower() for form in FormLibrary.load([places.forms()]).forms.values()]
    assert titles
    assert not [title for title in titles if title.startswith(("biên lai", "giấy biên lai"))]
