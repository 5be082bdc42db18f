"""Our forms beside the official texts they are made of: which text is which form's, both on one sheet, what differs."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from msgspec import Struct
from pypdfium2 import raw

from desk_app import foreign_folder
from desk_app.documents.drafting import beside
from desk_app.documents.drafting.beside import WordDifference
from desk_app.documents.drafting.line_blanks import escaped
from desk_app.documents.drafting.source_files.docx import MOST_BYTES, read_docx
from desk_app.documents.drafting.source_files.parts import Source, SourceLine, SourcePage, SourceTable, read_text
from desk_app.documents.forms.brought_forms import whole
from desk_app.documents.forms.form_records import Form
from desk_app.domain.office_forms import FormTexts
from desk_app.domain.office_table import FileFault, text_of
from desk_app.errors import BecauseError, DeskError, UnknownFormError, of_system
from desk_app.services.papers import drawing

LIKE_ENOUGH = 0.75
"""Below this an original is no form's of ours."""
_NAMED = re.compile(r"^={3,}[ \t]+(\S.*)$", re.MULTILINE)
_PAGE_NUMBER = re.compile(r"Trang \d+/\d+")
_SHEET_MM = (420.0, 297.0)
_POINTS_MM = 72 / 25.4
_HEAD = """title = "{title}"
in_force_from = "2000-01-01"
paper = "A4"
size = 10
leading = 1.25
footer = false

[citation]
number = "{title}"
"""


class OriginalUnreadError(DeskError):
    message = "Không đọc được bản gốc {file}: {why}."
    remedy = 'Dùng tệp .docx, hoặc tệp .txt UTF-8; nhiều bản trong một tệp thì mỗi bản bắt đầu bằng dòng "===== TÊN".'


class OriginalUnopenedError(BecauseError, OriginalUnreadError):
    message = "Bản gốc {file} không mở được."
    remedy = "Kiểm tra đường dẫn; nếu ở trên USB thì cắm lại USB rồi làm lại."


class NoFormLikeItError(DeskError):
    message = "Không có biểu mẫu nào giống bản gốc trong {file}."
    remedy = "Xem các mẫu bằng desk-app forms list, rồi nêu mã mẫu sau tên tệp."


class BesideOriginal(Struct, frozen=True, kw_only=True):
    """A form and its original. `pdf` has both, the original at the left; `note` is what the form's folder says."""

    original: str
    form: str
    version: str
    likeness: float
    differences: tuple[WordDifference, ...]
    note: str
    pdf: bytes

    @property
    def sheets(self) -> int:
        with pypdfium2.PdfDocument(self.pdf) as document:
            return len(document)


def compared(file: Path, forms: Sequence[Form], *, form_id: str = "", made_at: int) -> list[BesideOriginal]:
    """Each original of the file beside the form that has most of its words, or beside `form_id`.

    Raises `OriginalUnreadError`, `NoFormLikeItError`, `UnknownFormError`.
    """
    meant = [form for form in forms if form_id in {"", form.id}]
    if not meant:
        raise UnknownFormError(form=form_id, on="hôm nay")
    printed = [(form, drawing.blank(form, made_at=made_at)) for form in meant]
    ours = [(form, pdf, beside.words_in(_printed_text(pdf))) for form, pdf in printed]
    found = []
    for name, source in originals_in(file):
        words = beside.words_of(source)
        like, form, pdf, own = max(
            ((beside.likeness(words, own), form, pdf, own) for form, pdf, own in ours), key=lambda each: each[0]
        )
        if like < LIKE_ENOUGH and not form_id:
            continue
        left = drawing.blank(_verbatim(name, source), made_at=made_at)
        found.append(
            BesideOriginal(
                original=name,
                form=form.id,
                version=form.version,
                likeness=round(like, 3),
                differences=beside.differences(words, own),
                note=form.head.citation.note,
                pdf=_side_by_side(left, pdf),
            )
        )
    if not found:
        raise NoFormLikeItError(file=file.name)
    return [max(found, key=lambda each: each.likeness)] if form_id else found


def originals_in(file: Path) -> list[tuple[str, tuple[Source, ...]]]:
    """The originals of a file by their names. Raises `OriginalUnreadError`."""
    try:
        content = foreign_folder.whole(file, most=MOST_BYTES)
        if content[:2] == b"PK":
            return [(file.stem, read_docx(content))]
        text = text_of(content)
    except OSError as error:
        raise OriginalUnopenedError(of_system(error, file), file=file.name) from error
    except FileFault as error:
        raise OriginalUnreadError(file=file.name, why=error) from error
    heads = list(_NAMED.finditer(text))
    if not heads:
        return [(file.stem, read_text(text))]
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [(head.group(1).strip(), read_text(text[head.end() : end])) for head, end in zip(heads, ends, strict=True)]


def _verbatim(name: str, source: Sequence[Source]) -> Form:
    """The original set as it reads, line by line: nothing of it is taken for a blank of ours."""
    lines = [line for part in source for line in _lines(part)]
    title = re.sub(r"[\"\\\x00-\x1f]", " ", name)
    return whole("ban-goc", FormTexts(head=_HEAD.format(title=title), layout="\n".join(lines) + "\n"))


def _lines(part: Source) -> list[str]:
    if isinstance(part, SourceLine):
        text = escaped(part.text.replace("\t", " ........ ").rstrip())
        lead = {"centre": "^ ", "right": "> "}.get(part.place, "")
        return [f"{lead}{text.strip()}" if lead else _unmarked(text)]
    if isinstance(part, SourceTable):
        return ["", *(_unmarked("  ¦  ".join(escaped(" / ".join(cell)) for cell in row)) for row in part.rows), ""]
    return ["{page-break}"] if isinstance(part, SourcePage) and part.number > 2 else []


def _unmarked(text: str) -> str:
    """A line whose first sign would mean something in a layout."""
    return f"\\{text}" if text[:1] in {"#", ">", "^", "~", "-", "+", "="} else text


def _printed_text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text = "\n".join(document[page].get_textpage().get_text_bounded() for page in range(len(document)))
    return _PAGE_NUMBER.sub(" ", text)


def _side_by_side(left: bytes, right: bytes) -> bytes:
    """Sheets with a page of the one and a page of the other; where one is longer, its place beside stays empty."""
    width, height = (side * _POINTS_MM for side in _SHEET_MM)
    with (
        pypdfium2.PdfDocument(left) as ours,
        pypdfium2.PdfDocument(right) as theirs,
        pypdfium2.PdfDocument.new() as pairs,
    ):
        for at in range(max(len(ours), len(theirs))):
            for document in (ours, theirs):
                if at < len(document):
                    pairs.import_pages(document, [at])
                else:
                    pairs.new_page(width / 2, height)
        sheet = raw.FPDF_ImportNPagesToOne(pairs.raw, width, height, 2, 1)
        with pypdfium2.PdfDocument(sheet) as done:
            return _saved(done)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
