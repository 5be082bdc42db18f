"""A training desk: nothing that comes out of it can be taken for work."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event

import pypdfium2
import pytest

from desk_app.documents.output import pdf, thermal
from desk_app.domain.training import training_desk
from desk_app.errors import BadFactError, TrainingDeskError, TrainingUnitError
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.dossiers import queries
from desk_app.services.papers import papers
from desk_app.services.reports import day_report, reports
from desk_app.services.reports.kinds import KINDS
from desk_app.services.settings import trial_print
from desk_app.services.settings.print_choices import PrintChoice
from desk_app.services.setup import setup
from desk_app.services.sync import enrolling, syncing
from tests.kit.desk.desks import TestClock
from tests.kit.source_tree import PROGRAM, sources

WORD = training_desk.WATERMARK


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A training desk with a few dossiers, for tests that change nothing."""
    data = tmp_path_factory.mktemp("school") / "desk"
    setup.init_training(data, dossiers=6, clock=TestClock())
    with open_desk(data, clock=TestClock()) as desk:
        yield desk


def code_of(desk: Desk) -> str:
    return str(desk.db.all("SELECT code FROM dossier ORDER BY code")[0][0])


def words_on(made: bytes) -> list[str]:
    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_its_codes_are_of_no_office_and_a_real_desk_knows_none(school: Desk, desk: Desk) -> None:
    code = code_of(school)
    assert code.startswith("TAP.99-")
    assert queries.code_of(school, code) == code
    assert queries.code_of(desk, code) is None


@pytest.mark.parametrize("unit", ["TAP.99", "tap.huan", "TAP.99.01"])
def test_no_real_desk_is_made_with_its_unit(tmp_path: Path, unit: str) -> None:
    with pytest.raises(TrainingUnitError):
        setup.init(tmp_path / "desk", unit=unit, commune="xã Thật", desk=1, passphrase="một câu dài để mở dữ liệu")
    assert not (tmp_path / "desk").exists()


def test_every_page_of_every_paper_says_so(school: Desk) -> None:
    code = code_of(school)
    drawn = [each.pdf for each in papers.draw(school, code, "all")]
    drawn += [each.pdf for each in papers.draw(school, code, "slip80")]
    drawn.append(day_report.report(school).pdf)
    made = reports.report(school, next(iter(KINDS)), date(2026, 11, 1), date(2026, 11, 30))
    drawn.append(reports.as_pdf(school, made))
    drawn.append(trial_print.trial_paper(school, "A4", PrintChoice()).pdf)
    for each in drawn:
        assert [WORD in page for page in words_on(each)] == [True] * len(words_on(each))
    assert made.title.startswith(WORD)


def test_work_bears_no_such_word(desk: Desk) -> None:
    assert WORD not in words_on(trial_print.trial_paper(desk, "A4", PrintChoice()).pdf)[0]


def test_no_paper_is_drawn_without_saying_whose_it_is() -> None:
    """Whoever draws a paper of a desk hands on the word; blank forms and the self-test are of no desk."""
    of_no_desk = {"services/papers/drawing.py": 1, "selftest/letters_on_paper.py": 2}
    without: dict[str, int] = {}
    for path, tree in sources(naming="to_pdf|filled"):
        for node in ast.walk(tree):
            name = getattr(getattr(node, "func", None), "attr", "")
            if name in {"to_pdf", "filled"} and isinstance(node, ast.Call):
                owner = getattr(node.func.value, "id", "")  # type: ignore[attr-defined]
                said = {each.arg for each in node.keywords}
                if owner in {"pdf", "drawing"} and "under" not in said:
                    key = path.relative_to(PROGRAM).as_posix()
                    without[key] = without.get(key, 0) + 1
    assert without == of_no_desk


def test_the_word_reaches_the_receipt_printer_and_spares_the_codes(school: Desk) -> None:
    import zxingcpp

    made = papers.draw(school, code_of(school), "slip80")[0]
    assert any(
        code_of(school) in found.text for found in zxingcpp.read_barcodes(thermal.to_dots(made.pdf).convert("L"))
    )
    real = pdf.to_image(made.pdf, dpi=60)
    assert real.histogram()[100:160] != [0] * 60


def test_it_exchanges_with_nobody(school: Desk, tmp_path: Path) -> None:
    with pytest.raises(TrainingDeskError):
        enrolling.enrol(school, "ABCD-EFGH", url="https://127.0.0.1:1")
    with pytest.raises(TrainingDeskError):
        enrolling.ask_on_stick(school, "ABCD-EFGH", tmp_path)
    with pytest.raises(TrainingDeskError):
        syncing.synchronise(school, progress=lambda _: None, stop=Event())
    with pytest.raises(TrainingDeskError):
        syncing.export_stick(school, tmp_path)
    with pytest.raises(TrainingDeskError):
        syncing.import_stick(school, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_its_codes_keep_their_beginning(school: Desk) -> None:
    with pytest.raises(BadFactError, match="tập huấn"):
        office_settings.change(school, "pattern", "{yymmdd}-{nnnn}")
