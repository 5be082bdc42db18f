"""Form + values → pages of marks. Pure: the same form and values give the same marks, on every machine.

Blocks become strips (what must stay whole, with its height), strips are stacked on pages, pages get code, number, mark.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from desk_app.documents.forms.captions import captioned
from desk_app.documents.forms.form_records import MM, Form, page_size
from desk_app.documents.layout import fonts
from desk_app.documents.layout.lines import PITCH
from desk_app.documents.layout.marks import Leader, Mark, Page, Text
from desk_app.documents.layout.strip import Strip, StripFrame
from desk_app.documents.layout.strips import COPY_SLOT, strips_of
from desk_app.domain.papers import USUAL, PaperManner, sheet_for
from desk_app.domain.people.person import LABELS
from desk_app.errors import UnprintableTextError

Values = Mapping[str, object]
"""Text by key; a table's rows are a tuple of such mappings."""

_LARGE = 15.0
"""Points of the text of a large print."""
_FOOT_SIZE = 8.0
_SIGNER_SIZE = 10.0
_SIGNED_FOOT = 11 * MM
"""Room that the signatures of every page take above the lower margin."""
_FOOTER = 11.0
"""How far from the lower edge text must end to leave the footer room, in mm."""
_CLOSING = 0.5
"""How much of a page what follows a table may take to draw the table's last row after it."""
_TRIALS = ("MẪU", "NHÁP")
"""Marks of papers that count for nothing, large."""
_TIGHTER = ((1.0, 0.94), (0.96, 0.93), (0.92, 0.92), (0.88, 0.9))
"""(text size, leading) as shares of the form's own, tried in turn to save a second page."""
_LABELS = {f"applicant.{name}": label for name, label in LABELS.items()} | {
    "components": "Thành phần hồ sơ",
    "documents": "Tên giấy tờ",
    "dossier.note": "Ghi chú",
}


@dataclass(slots=True)
class _Sheet:
    """A page being filled. `y` is how far down it is."""

    y: float
    strips: list[tuple[Strip, float]] = field(default_factory=list)


def lay_out(form: Form, values: Values, *, code: str, mark: str = "", manner: PaperManner = USUAL) -> tuple[Page, ...]:
    """The pages of a form with these values, every copy of it ("liên") one after the other.

    `code` stands at the foot of every page ("" leaves it out); `mark` ("BẢN IN LẠI", "MẪU") at the top of every page.
    A roll is as wide as it is: it is never set large.
    """
    refuse_unprintable(form, values)
    head = replace(form.head, paper=sheet_for(form.paper, manner))
    form = replace(form, head=head, layout=captioned(form, manner.captions))
    is_large = manner.large and page_size(form.head)[1] > 0 and form.head.size < _LARGE
    frame, sheets = _enlarged(form, values) if is_large else _fitted(form, values)
    return tuple(
        _page(form, frame, sheet, number=number, of=len(sheets), code=code, mark=mark, copy=copy)
        for copy in form.head.copy_marks or ("",)
        for number, sheet in enumerate(sheets, 1)
    )


def refuse_unprintable(form: Form, values: Values) -> None:
    """Raises `UnprintableTextError` naming the first field with characters the font lacks."""
    for key, value in values.items():
        texts = [value] if isinstance(value, str) else [text for row in _rows(value) for text in row.values()]
        missing = "".join(fonts.missing_characters(text) for text in texts)
        if missing:
            label = next((field.label for field in form.fields if field.key == key), _LABELS.get(key, key))
            raise UnprintableTextError(field=key, label=label, characters=" ".join(dict.fromkeys(missing)))


def _rows(value: object) -> Iterable[Mapping[str, str]]:
    return value if isinstance(value, tuple | list) else ()


def _fitted(form: Form, values: Values) -> tuple[StripFrame, list[_Sheet]]:
    """The sheets, set tighter where the form wants one page and that is enough; else as large as the form says."""
    frame = StripFrame.of(form)
    sheets = _stacked(strips_of(form.layout, values, frame), frame, form)
    if form.head.one_page and len(sheets) > 1:
        room = _bottom(form) - frame.top
        needed = sum(strip.height for sheet in sheets for strip, _ in sheet.strips)
        for scale, tightness in _TIGHTER:
            if needed * scale * tightness > room * 1.04:
                continue  # cannot be enough: rows of smaller text break less often, but not by that much
            smaller = StripFrame.of(form, scale=scale, tightness=tightness)
            fewer = _stacked(strips_of(form.layout, values, smaller), smaller, form)
            if len(fewer) == 1:
                return smaller, fewer
    return frame, sheets


def _enlarged(form: Form, values: Values) -> tuple[StripFrame, list[_Sheet]]:
    """The same words in large letters, on as many pages as they take."""
    frame = StripFrame.of(form, scale=_LARGE / form.head.size)
    return frame, _stacked(strips_of(form.layout, values, frame), frame, form)


def _stacked(strips: list[Strip], frame: StripFrame, form: Form) -> list[_Sheet]:
    """The strips on sheets; a last sheet that would hold signatures alone takes the last row of the table with it."""
    sheets = _filled(strips, frame, form)
    rows = [number for number, strip in enumerate(strips) if strip.header is not None]
    if len(sheets) < 2 or not rows or any(strip.header is not None for strip, _ in sheets[-1].strips):
        return sheets
    last = rows[-1]
    closing = sum(strip.height for strip in strips[last + 1 :])
    if closing > _CLOSING * (_bottom(form) - frame.top):
        return sheets
    return _filled([*strips[:last], dataclasses.replace(strips[last], new_page=True), *strips[last + 1 :]], frame, form)


def _filled(strips: list[Strip], frame: StripFrame, form: Form) -> list[_Sheet]:
    bottom = _bottom(form)
    sheets = [_Sheet(frame.top)]
    for group in _groups(strips):
        sheet = sheets[-1]
        tall = sum(strip.height for strip in group)
        if sheet.strips and (group[0].new_page or sheet.y + tall > bottom):
            sheet = _Sheet(frame.top)
            sheets.append(sheet)
            if group[0].header is not None:
                sheet.strips.append((group[0].header, sheet.y))
                sheet.y += group[0].header.height
        for strip in group:
            if strip.is_gap and not sheet.strips:
                continue
            if sheet.y + strip.height > bottom and sheet.strips and tall > bottom - frame.top:
                sheet = _Sheet(frame.top)
                sheets.append(sheet)
            if strip.pieces:
                sheet.strips.append((strip, sheet.y))
            sheet.y += strip.height
    if len(sheets) > 1 and not sheets[-1].strips:
        sheets.pop()
    return sheets


def _bottom(form: Form) -> float:
    """How far down text may run: to the lower margin, or to what code and page number need; a roll has no end."""
    tall = page_size(form.head)[1]
    signed = _SIGNED_FOOT if form.head.page_signature else 0.0
    margin = max(form.head.margins[2], _FOOTER) if form.head.footer else form.head.margins[2]
    return tall - margin * MM - signed if tall else float("inf")


def _groups(strips: list[Strip]) -> list[list[Strip]]:
    """Strips that must share a page: each with those glued to it, across the empty height between them."""
    groups: list[list[Strip]] = []
    for strip in strips:
        if strip.glued and groups:
            group = [strip]
            while groups and group[0].is_gap | group[0].glued and not group[0].new_page:
                group = groups.pop() + group
            groups.append(group)
        elif groups and groups[-1][-1].holds_next:
            groups[-1].append(strip)
        else:
            groups.append([strip])
    return groups


def _page(
    form: Form, frame: StripFrame, sheet: _Sheet, *, number: int, of: int, code: str, mark: str, copy: str
) -> Page:
    paper_wide, paper_tall = page_size(form.head)
    size = 16.0 if mark in _TRIALS else 9.0
    down = size + 2 * MM if mark and not paper_tall else 0.0  # a roll has no margin that could hold the mark
    height = paper_tall or sheet.y + form.head.margins[2] * MM + down
    marks: list[Mark] = []
    for strip, y in ((strip, y + down) for strip, y in sheet.strips):
        for piece in strip.pieces:
            if isinstance(piece, Text) and piece.text == COPY_SLOT:
                if copy:
                    wide = fonts.width(copy, piece.font, piece.size)
                    marks.append(Text(piece.x - wide / 2, piece.y + y, piece.font, piece.size, copy))
            else:
                marks.append(strip.moved(piece, y))
    right = frame.left + frame.wide
    if mark:
        size = min(size, size * frame.wide / fonts.width(mark, fonts.BOLD, size))
        wide = fonts.width(mark, fonts.BOLD, size)
        marks.append(Text(right - wide, frame.top + max(down - 2.5 * MM, -1.5 * MM), fonts.BOLD, size, mark))
    marks += _signatures(form, frame)
    if form.head.footer or form.head.page_signature:
        y = height - 7 * MM
        if code:
            marks.append(Text(frame.left, y, fonts.REGULAR, _FOOT_SIZE, f"Mã hồ sơ: {code}"))
        if of > 1 or form.head.page_signature:
            text = f"Trang {number}/{of}"
            marks.append(Text(right - fonts.width(text, fonts.REGULAR, _FOOT_SIZE), y, fonts.REGULAR, _FOOT_SIZE, text))
    return Page(paper_wide, height, tuple(marks))


def _signatures(form: Form, frame: StripFrame) -> Iterator[Mark]:
    """Who signs this page, side by side above the lower margin, each with dots to sign on."""
    signers = form.head.page_signature
    y = page_size(form.head)[1] - form.head.margins[2] * MM - 1 * MM
    for place, signer in enumerate(signers):
        x = frame.left + frame.wide * place / len(signers)
        end = frame.left + frame.wide * (place + 1) / len(signers) - 4 * MM * (place + 1 < len(signers))
        label = f"{signer}:"
        pitch = PITCH * frame.size
        wide = fonts.width(label, fonts.ITALIC, _SIGNER_SIZE)
        dots = max(0, int((end - x - wide - pitch) / pitch))
        yield Text(x, y, fonts.ITALIC, _SIGNER_SIZE, label)
        yield Leader(end - dots * pitch, end, y, pitch)
