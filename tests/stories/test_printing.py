"""Papers through a real print queue: what comes out is the sheet and the code that went in; a failure loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as replace_paper
from itertools import product
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import ImageChops, ImageStat

from desk_app.documents.output.pdf import to_image
from desk_app.domain.papers import USUAL, PaperManner, sheet_for
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.papers import drawing, papers, printing, sample
from desk_app.services.papers.printing import PrinterError, PrinterPausedError
from desk_app.services.reception import cards, reception
from desk_app.services.settings.print_choices import PrintChoice
from desk_app.services.settings.trial_print import trial_paper
from tests.kit.desk.desks import CARD, make_template, open_copy
from tests.kit.desk.terminal import SECRET_NAME, Terminal
from tests.kit.paper import print_room
from tests.kit.paper.print_room import PrintRoom

_APART = 4.0
"""Grey levels, of 255, that two pictures of one page may differ in the mean: a queue smooths edges otherwise."""

pytestmark = [
    pytest.mark.printing,
    pytest.mark.skipif(bool(print_room.is_missing()), reason=print_room.is_missing() or "there is a print room"),
]


@pytest.fixture(scope="module")
def shared_room() -> Iterator[PrintRoom]:
    with print_room.opened() as room:
        yield room


@pytest.fixture
def room(shared_room: PrintRoom, monkeypatch: pytest.MonkeyPatch) -> PrintRoom:
    monkeypatch.setenv("CUPS_SERVER", shared_room.server)
    shared_room.clear()
    return shared_room


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    with open_copy(template, tmp_path) as opened:
        yield opened


def received(desk: Desk, procedure: str = "1.001193") -> str:
    person = cards.scan(desk, CARD).person
    draft = replace(reception.new_draft(procedure), people={"applicant": person})
    return reception.receive(desk, draft).dossier.code


def codes_on(file: Path) -> set[str]:
    return set(corners(file.read_bytes()))


def corners(pdf: bytes) -> dict[str, tuple[float, float]]:
    """What a reader finds on the first page, and where from the top left, in mm."""
    found = zxingcpp.read_barcodes(to_image(pdf, dpi=300))
    return {each.text: (each.position.top_left.x / 300 * 25.4, each.position.top_left.y / 300 * 25.4) for each in found}


def test_the_queues_of_the_machine_are_listed_the_default_first(room: PrintRoom) -> None:
    assert [(queue.name, queue.is_default) for queue in printing.queues()] == [("PDF", True), ("BIENLAI", False)]


def test_a_slip_comes_out_on_a5_with_a_code_that_scans(room: PrintRoom, desk: Desk) -> None:
    code = received(desk)
    (slip,) = papers.draw(desk, code, "slip")
    printing.send(slip, "PDF")
    (sheet,) = room.printed()
    assert print_room.sheets(sheet) == ["A5"] * slip.pages
    assert codes_on(sheet) == {code, code.replace(".", "").replace("-", "")}
    for text, corner in corners(slip.pdf).items():  # neither scaled nor moved
        assert corners(sheet.read_bytes())[text] == pytest.approx(corner, abs=1)


def test_forms_come_out_of_the_queue_as_they_were_drawn(
    room: PrintRoom, desk: Desk, request: pytest.FixtureRequest
) -> None:
    """Usual and large: each page on its sheet, and the same picture. Two forms; every one with `--every-form`."""
    forms = [form for form in desk.forms.newest(desk.today().isoformat()) if form.paper != "80mm"]
    wanted = forms if request.config.getoption("every_form") else forms[:: len(forms) // 2][:2]
    folder = request.config.getoption("pictures")
    for form, manner in product(wanted, (USUAL, PaperManner(large=True))):
        dossier, procedure = sample.dossier(form)
        pages, pdf = drawing.drawn(form, dossier, procedure, event=sample.step(form), manner=manner)
        paper = papers.paper_of(desk, form, "forms", kind="form", name=form.id, pages=pages, pdf=pdf, manner=manner)
        room.clear()
        printing.send(replace_paper(paper, copies=1), "PDF")
        (sheet,) = room.printed()
        assert print_room.sheets(sheet) == [sheet_for(form.paper, manner)] * pages, form.id
        for page in range(pages):
            drawn, printed = (to_image(each, page=page, dpi=144).convert("L") for each in (pdf, sheet.read_bytes()))
            apart = ImageChops.difference(drawn.reduce(8), printed.resize(drawn.size).reduce(8))
            assert ImageStat.Stat(apart).mean[0] < _APART, (form.id, page)
            if folder:
                large = "-lon" if manner.large else ""
                to_image(sheet.read_bytes(), page=page, dpi=60).save(Path(folder) / f"{form.id}{large}-{page + 1}.png")


def test_every_paper_of_a_birth_comes_out_on_its_own_sheet(room: PrintRoom, desk: Desk) -> None:
    for paper in papers.draw(desk, received(desk)):
        printing.send(paper, "PDF")
    assert [print_room.sheets(sheet)[0] for sheet in room.printed()] == ["A4", "A5"]


def test_a_receipt_reaches_the_printer_byte_by_byte_by_queue_and_by_wire(room: PrintRoom, desk: Desk) -> None:
    code = received(desk)
    raster = papers.raw(desk, code)
    (slip,) = papers.draw(desk, code, "slip80")
    printing.send(slip, "BIENLAI")
    assert room.receipts.taken() == raster
    printing.send(slip, room.receipts.address)
    assert room.receipts.taken() == raster
    printing.send_raw(raster, room.receipts.address)
    assert room.receipts.taken() == raster


def test_a_paused_queue_is_told_and_nothing_waits_in_it(room: PrintRoom, desk: Desk) -> None:
    code = received(desk)
    (slip,) = papers.draw(desk, code, "slip")
    room.told("cupsdisable", "PDF")
    try:
        with pytest.raises(PrinterPausedError):
            printing.send(slip, "PDF")
    finally:
        room.told("cupsenable", "PDF")
    assert room.printed() == []
    assert [line.kind for line in queries.detail(desk, code).history] == ["received"]


def test_a_queue_that_refuses_is_told_and_the_dossier_stays(room: PrintRoom, desk: Desk) -> None:
    code = received(desk)
    (slip,) = papers.draw(desk, code, "slip")
    room.told("cupsreject", "PDF")
    try:
        with pytest.raises(PrinterError) as told:
            printing.send(slip, "PDF")
    finally:
        room.told("cupsaccept", "PDF")
    assert str(told.value) == "Chưa in được tới máy in «PDF»: hệ thống in từ chối lệnh in."
    assert "In lại" in told.value.remedy
    assert room.printed() == []
    assert [line.kind for line in queries.detail(desk, code).history] == ["received"]
    printing.send(slip, "PDF")
    assert codes_on(room.printed()[0]) >= {code}


def test_a_printer_that_is_off_or_unknown_is_told_by_name(room: PrintRoom, desk: Desk) -> None:
    (slip,) = papers.draw(desk, received(desk), "slip80")
    for printer, why in (("127.0.0.1:1", "không kết nối được"), ("may-in-khac", "từ chối")):
        with pytest.raises(PrinterError) as told:
            printing.send(slip, printer)
        assert printer in str(told.value)
        assert why in str(told.value)


def test_a_print_system_that_is_down_is_told(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    assert printing.queues() == []
    (slip,) = papers.draw(desk, received(desk), "slip")
    with pytest.raises(PrinterError):
        printing.send(slip, "PDF")


def test_the_terminal_prints_to_a_queue_and_notes_where(room: PrintRoom, terminal: Terminal) -> None:
    code = terminal.ask("find", SECRET_NAME)[0]["code"]
    printed = terminal.ask("print", code, "--printer", "PDF")
    form, slip = room.printed()
    assert [paper["kind"] for paper in printed] == ["form", "slip"]
    assert (print_room.sheets(form)[0], print_room.sheets(slip)[0]) == ("A4", "A5")
    assert code in codes_on(slip)
    terminal.ask("print", code, "--what", "slip80", "--printer", room.receipts.address)
    assert room.receipts.taken().startswith(b"\x1b@\x1dv0")
    assert [event["kind"] for event in terminal.ask("show", code)["events"]] == ["received", "printed", "printed"]


def test_the_terminal_tells_a_failed_print_and_notes_none(room: PrintRoom, terminal: Terminal) -> None:
    code = terminal.ask("find", SECRET_NAME)[0]["code"]
    room.told("cupsreject", "PDF")
    try:
        told = terminal.refused("print", code, "--printer", "PDF")
    finally:
        room.told("cupsaccept", "PDF")
    assert "Chưa in được tới máy in «PDF»" in told
    assert [event["kind"] for event in terminal.ask("show", code)["events"]] == ["received"]


@pytest.mark.parametrize("sheet", ["A4", "A5"])
def test_a_trial_page_with_sides_copies_and_tray_comes_out_whole_on_its_sheet(
    room: PrintRoom, desk: Desk, sheet: str
) -> None:
    choice = PrintChoice(printer="PDF", tray="Lower", duplex="long", copies=2)
    paper = trial_paper(desk, sheet, choice)
    printing.send(paper, paper.printer)
    (came,) = room.printed()
    assert print_room.sheets(came)[:2] == [sheet, sheet]
    assert "BAN MOT CUA: IN THU" in corners(came.read_bytes())


def test_a_trial_of_the_receipt_printer_is_sent_as_often_as_it_is_wanted(room: PrintRoom, desk: Desk) -> None:
    paper = trial_paper(desk, "80mm", PrintChoice(printer=room.receipts.address, copies=2))
    printing.send(paper, paper.printer)
    assert room.receipts.taken().count(b"\x1b@\x1dv0") == 2
