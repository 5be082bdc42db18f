"""What stands on every shipped paper, held against readable files: `pytest --accept-marks` writes them anew.

A changed file is a changed paper: a shipped version may not change once offices have printed with it.
"""

from pathlib import Path

import pytest

from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.marks import Bars, Box, Leader, Matrix, Rule, Text
from tests.kit.paper import civil_status, papers

GOLDEN = Path(__file__).parent / "golden"


def line_of(mark):
    match mark:
        case Text():
            spread = f" spread {mark.spread:.2f}" if mark.spread else ""
            return f"{mark.y:7.2f} {mark.x:7.2f}  {mark.font:2} {mark.size:.4g}{spread}  {mark.text}"
        case Leader():
            return f"{mark.y:7.2f} {mark.x1:7.2f}  dots to {mark.x2:.2f}"
        case Rule():
            return f"{mark.y1:7.2f} {mark.x1:7.2f}  rule to {mark.x2:.2f} {mark.y2:.2f} ({mark.thickness:g})"
        case Box():
            return f"{mark.y:7.2f} {mark.x:7.2f}  box {mark.side:.2f} {'ticked' if mark.ticked else 'empty'}"
        case Bars():
            return f"{mark.y:7.2f} {mark.x:7.2f}  bars {mark.module:.4f} × {mark.height:.2f}  {mark.text}"
        case Matrix():
            return f"{mark.y:7.2f} {mark.x:7.2f}  matrix {mark.module:.4f} × {len(mark.rows)}  {mark.text}"


def written(pages):
    lines = []
    for number, page in enumerate(pages, 1):
        lines.append(f"page {number}: {page.width:.2f} × {page.height:.2f}")
        lines += [line_of(mark) for mark in page.marks]
    return "\n".join(lines) + "\n"


def blank(form_id, version):
    return lay_out(papers.library().exact(form_id, version), {}, code="")


CASES = {
    "bao-cao-ngay": lambda: lay_out(papers.form("bao-cao-ngay"), papers.DAY, code=""),
    "bao-cao-ngay trong": lambda: lay_out(papers.form("bao-cao-ngay"), {}, code=""),
    "giay-tiep-nhan": lambda: papers.pages_of("giay-tiep-nhan"),
    "giay-tiep-nhan chung thuc": lambda: papers.pages_of("giay-tiep-nhan", papers.certified_copy()),
    "giay-tiep-nhan-80": lambda: papers.pages_of("giay-tiep-nhan-80"),
    "giay-tiep-nhan dia chi": lambda: papers.pages_of("giay-tiep-nhan", papers.with_contact()),
    "giay-tiep-nhan-80 dia chi": lambda: papers.pages_of("giay-tiep-nhan-80", papers.with_contact()),
    "phieu-tu-choi": lambda: papers.pages_of_step("phieu-tu-choi"),
    "to-khai-khai-sinh": lambda: papers.pages_of("to-khai-khai-sinh", version="tt-04-2024"),
    "to-khai-khai-sinh trong": lambda: blank("to-khai-khai-sinh", "tt-04-2024"),
    "to-khai-xntthn": lambda: papers.pages_of("to-khai-xntthn", version="tt-04-2024"),
    "to-khai-xntthn trong": lambda: blank("to-khai-xntthn", "tt-04-2024"),
}
for _form in (form for form in papers.library().all() if form.id in civil_status.DECLARATIONS):
    if f"{_form.id} {_form.version}" in ("to-khai-khai-sinh tt-04-2024", "to-khai-xntthn tt-04-2024"):
        continue  # above, as they were accepted
    _name = f"{_form.id} {_form.version}"
    CASES |= {
        f"{_name} day": lambda form=_form: lay_out(form, civil_status.full(form), code=papers.CODE),
        f"{_name} trong": lambda form=_form: lay_out(form, {}, code=""),
        f"{_name} tran": lambda form=_form: lay_out(form, civil_status.overfull(form), code=papers.CODE),
    }


@pytest.mark.parametrize("name", CASES)
def test_a_shipped_paper_stands_as_accepted(name, request):
    file = GOLDEN / f"{name.replace(' ', '-')}.txt"
    now = written(CASES[name]())
    if request.config.getoption("--accept-marks"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(now, "utf-8")
    assert now == file.read_text("utf-8")


def test_every_accepted_file_belongs_to_a_paper():
    assert {file.stem for file in GOLDEN.glob("*.txt")} == {name.replace(" ", "-") for name in CASES}
