"""A card's text → both PDFs, against drawing the same marks on a bare canvas; the slip alone; the whole set, warm."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from desk_app.bench import throwaway
from desk_app.bench.measure import Figure, in_turn, ratio_figure
from desk_app.documents.layout.fonts import REGULAR
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.marks import Bars, Box, Leader, Mark, Matrix, Page, Rule
from desk_app.documents.output.pdf_font import pdf_fonts
from desk_app.documents.values import values_of
from desk_app.domain.papers import SLIP
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.papers import drawing, papers
from desk_app.services.reception import cards, reception
from desk_app.services.reception.draft import Draft

_RUNS = 60


def measured(folder: Path, _size: int) -> list[Figure]:
    with throwaway.opened(folder, "papers") as desk:
        draft = _birth()
        on = desk.today().isoformat()
        forms = [desk.forms.in_force(form, on) for form in ("to-khai-khai-sinh", SLIP)]

        def both() -> None:
            card = cards.scan(desk, throwaway.CARD)
            dossier, procedure = reception.unsaved(desk, _with_person(draft, card))
            for form in forms:
                drawing.drawn(form, dossier, procedure)

        def slip() -> None:
            papers.preview(desk, draft, "slip")

        kept, procedure = reception.unsaved(desk, _with_person(draft, cards.scan(desk, throwaway.CARD)))
        drawn = [lay_out(form, values_of(kept, procedure), code=kept.code) for form in forms]
        ours, floor = in_turn(both, lambda: [_bare(pages) for pages in drawn], runs=_RUNS)
        alone, bare_slip = in_turn(slip, lambda: _bare(drawn[1]), runs=_RUNS)
        code = reception.receive(desk, _with_person(draft, cards.scan(desk, throwaway.CARD))).dossier.code
        pages = _pages_of_set(desk, code)
        whole, bare_set = in_turn(
            lambda: papers.draw(desk, code, "all"), lambda: [_bare(each) for each in pages], runs=_RUNS
        )
    return [
        ratio_figure("quét thẻ → tờ khai và giấy tiếp nhận", ours, floor, runs=_RUNS, unit="ms CPU", at_most=1.5),
        ratio_figure("riêng giấy tiếp nhận", alone, bare_slip, runs=_RUNS, unit="ms CPU", at_most=1.4),
        ratio_figure("cả bộ giấy của một hồ sơ, đã ấm", whole, bare_set, runs=_RUNS, unit="ms CPU", at_most=1.3),
    ]


def _pages_of_set(desk: Desk, code: str) -> list[tuple[Page, ...]]:
    """The marks of every paper that one key prints, laid out beforehand."""
    kept = queries.detail(desk, code)
    forms = [desk.forms.forms[each.form, each.version] for each in kept.dossier.forms]
    values = values_of(kept.dossier, kept.procedure)
    return [lay_out(form, values, code=code) for form in forms]


def _birth() -> Draft:
    draft = reception.new_draft("1.001193")
    fields = {"child.full_name": "Nguyễn Thử Nghiệm", "child.born_on": "15/10/2026", "child.sex": "Nữ"}
    return Draft(id=draft.id, procedure=draft.procedure, fields=fields)


def _with_person(draft: Draft, card: cards.CardScan) -> Draft:
    return Draft(id=draft.id, procedure=draft.procedure, fields=draft.fields, people={"applicant": card.person})


def _bare(pages: tuple[Page, ...]) -> bytes:
    """The marks, each drawn by the canvas's own call in the same fonts: what nobody using reportlab can go below."""
    buffer = io.BytesIO()
    styles = {style: font.fontName for style, font in pdf_fonts().items()}
    canvas = Canvas(buffer, pageCompression=1, initialFontName=styles[REGULAR])
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        for mark in page.marks:
            _draw(canvas, mark, page.height, styles)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, mark: Mark, flip: float, styles: dict[str, str]) -> None:
    if isinstance(mark, Leader):
        canvas.setLineCap(1)
        canvas.setDash([0, mark.pitch])
        canvas.line(mark.x1, flip - mark.y, mark.x2, flip - mark.y)
        canvas.setDash()
    elif isinstance(mark, Rule):
        canvas.setLineWidth(mark.thickness)
        canvas.line(mark.x1, flip - mark.y1, mark.x2, flip - mark.y2)
    elif isinstance(mark, Box):
        canvas.rect(mark.x, flip - mark.y - mark.side, mark.side, mark.side)
    elif isinstance(mark, Bars | Matrix):
        rows = mark.rows if isinstance(mark, Matrix) else (mark.runs,)
        height = mark.module if isinstance(mark, Matrix) else mark.height
        path = canvas.beginPath()
        for row, runs in enumerate(rows):
            for at, wide in runs:
                y = flip - mark.y - (row + 1) * height
                path.rect(mark.x + at * mark.module, y, wide * mark.module, height)
        canvas.drawPath(path, stroke=0, fill=1)
    else:
        canvas.setFont(styles[mark.font], mark.size)
        canvas.drawString(mark.x, flip - mark.y, mark.text)
