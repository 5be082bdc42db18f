"""A Word file read as an official text: its paragraphs, tables and sheet, with every size bounded before it is used.

Whoever made the file is not trusted: no DTD and so no entity is read, nothing outside of the file is fetched, and of
the archive only the parts that hold text are unpacked, each up to a limit.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from desk_app.documents.drafting.source_files.document_reader import DocumentReader
from desk_app.documents.drafting.source_files.elements import parse
from desk_app.documents.drafting.source_files.numbering import Counters, NumberingReader
from desk_app.documents.drafting.source_files.parts import Source, SourceLine, SourceRemark, tidy
from desk_app.documents.drafting.source_files.side_texts import SideTexts
from desk_app.documents.drafting.source_files.styles import StylesReader
from desk_app.domain.office_table import FileFault

MOST_BYTES = 10 << 20
"""The longest Word file, in bytes; an official form has 30 KB."""
_MOST_PARTS = 2000
_DOCUMENT, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_NOTE = re.compile(r"\((\d{1,2})\)")
_HEADING = re.compile(r"(chú thích|ghi chú)\s*:?", re.IGNORECASE)
_TOLD = {
    "changes": "Văn bản còn theo dõi thay đổi (Track Changes): đọc như đã chấp nhận mọi chỗ sửa.",
    "comments": "Văn bản có ghi chú bên lề (Comment): không đọc.",
    "boxes": "Chữ trong khung (Text Box) thành dòng riêng trước đoạn có khung: xem lại chỗ đứng.",
    "pictures": "Văn bản có hình: không đưa vào mẫu.",
    "merged": "Bảng có ô gộp: xem lại các cột của bảng.",
    "nested": "Bảng nằm trong bảng: chữ của bảng trong thành dòng của ô ngoài.",
    "sheets": "Văn bản có nhiều khổ giấy: mẫu lấy khổ của phần đầu.",
}
"""What a person is told of each thing that a draft cannot keep as it stood."""


def read_docx(content: bytes) -> tuple[Source, ...]:
    """The parts of the document, numbered by their paragraphs. Raises `FileFault`."""
    if len(content) > MOST_BYTES:
        raise FileFault(f"dài quá {MOST_BYTES >> 20} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = _read(archive)
    except FileFault:
        raise
    except KeyError as error:
        raise FileFault("không phải tệp Word (.docx)") from error
    except LookupError as error:  # the part says that its letters are of a kind that nobody knows
        raise FileFault("nội dung Word hỏng, không đọc được") from error
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FileFault(
            "hỏng hoặc không phải tệp Word (.docx); tệp .doc cũ thì mở bằng Word rồi lưu thành .docx"
        ) from error
    except expat.ExpatError as error:
        raise FileFault("nội dung Word hỏng, không đọc được") from error
    return found


@dataclass(frozen=True)
class _File:
    """The parts of the file that say how the body is to be read."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    styles: StylesReader
    lists: NumberingReader

    def body(self, *, first_note: int = 1) -> DocumentReader:
        reader = DocumentReader(self.styles, Counters(self.lists.lists), first_note=first_note)
        parse(self.archive, _DOCUMENT, reader)
        return reader

    def side(self, name: str) -> SideTexts:
        texts = SideTexts()
        if name in self.names:
            parse(self.archive, name, texts)
        return texts


def _read(archive: zipfile.ZipFile) -> tuple[Source, ...]:
    """The document with its notes and remarks. Raises `FileFault`, and what a damaged archive or part raises."""
    names = archive.namelist()
    if len(names) > _MOST_PARTS:
        raise FileFault("có quá nhiều phần bên trong")
    file = _File(archive, frozenset(names), StylesReader(), NumberingReader())
    for name, reader in ((_STYLES, file.styles), (_NUMBERING, file.lists)):
        if name in file.names:
            parse(archive, name, reader)
    body = file.body()
    found = tuple(body.done())
    if body.note_ids and (taken := _highest_note(found)) > len(body.note_ids):
        body = file.body(first_note=taken + 1)
        found = tuple(body.done())
    return (*found, *_notes(file, body, found), *_remarks(file, body))


def _highest_note(found: Sequence[Source]) -> int:
    """The highest "(3)" of the text, footnotes included."""
    said = " ".join(part.text for part in found if isinstance(part, SourceLine))
    return max((int(number) for number in _NOTE.findall(said)), default=0)


def _notes(file: _File, body: DocumentReader, found: Sequence[Source]) -> Iterator[SourceLine]:
    """Footnotes stand behind the text, as official papers have them, under the number they have in it."""
    if not body.note_ids:
        return
    texts = {kind: file.side(f"word/{kind}s.xml").notes for kind in ("footnote", "endnote")}
    last = found[-1].number if found and not isinstance(found[-1], SourceRemark) else 0
    if not any(isinstance(part, SourceLine) and _HEADING.fullmatch(part.text.strip()) for part in found):
        yield SourceLine(text="Chú thích:", number=last + 1)
    for number, (kind, note) in enumerate(body.note_ids, body.first_note):
        said = tidy(" ".join(texts[kind].get(note, "").split()))
        yield SourceLine(text=f"({number}) {said}", number=last + 1 + number)


def _remarks(file: _File, body: DocumentReader) -> Iterator[SourceRemark]:
    """What stood in the file and is not, or not so, in the draft."""
    for kind, where in (("header", "Đầu trang"), ("footer", "Chân trang")):
        for name in sorted(each for each in file.names if each.startswith(f"word/{kind}") and each.endswith(".xml")):
            said = tidy(" ".join(" ".join(file.side(name).notes.values()).split()))
            if any(sign.isalpha() for sign in said):
                yield SourceRemark(text=f"{where} có chữ «{said[:200]}»: không đưa vào mẫu, cần thì gõ thêm.")
    for kind, told in _TOLD.items():
        if kind in body.seen:
            yield SourceRemark(text=told)
    if body.note_ids:
        yield SourceRemark(text=f"{len(body.note_ids)} chú thích cuối trang chuyển xuống cuối mẫu, dưới «Chú thích».")
