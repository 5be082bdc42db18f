"""A draft form made of a file, and where it is put for a person to look through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from desk_app import foreign_folder, places
from desk_app.documents.drafting.draft_form import DraftForm, drafted, report
from desk_app.documents.drafting.source_files.docx import MOST_BYTES, read_docx
from desk_app.documents.drafting.source_files.parts import Source, read_text
from desk_app.documents.drafting.vocabulary import vocabulary_of
from desk_app.documents.forms.brought_forms import see_id
from desk_app.documents.forms.form import FormLibrary
from desk_app.documents.forms.form_check import Problem, text_problems
from desk_app.domain.office_forms import FormTexts
from desk_app.domain.office_table import FileFault, text_of
from desk_app.errors import BecauseError, DeskError, of_system

REPORT = "bao-cao.txt"
_VERSION = "ban-thao"
_MOST_DRAFTS = 500
_OTHERS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")


class TextFileError(DeskError):
    message = "Không đọc được văn bản {file}: {why}."
    remedy = "Dùng tệp .docx, hoặc tệp .txt lưu dạng UTF-8; tệp .doc, .pdf thì mở ra rồi lưu lại thành .docx."


class UnopenedTextError(BecauseError, TextFileError):
    message = "Tệp {file} không mở được."
    remedy = "Kiểm tra đường dẫn; nếu ở trên USB thì cắm lại USB rồi làm lại."


class NothingToFillError(DeskError):
    message = "Trong {file} không thấy chỗ trống nào để điền."
    remedy = (
        "Chỗ trống phải còn dấu chấm, gạch dưới hoặc ô vuông như bản gốc; tệp là ảnh quét thì cần bản gõ. "
        "Sửa tệp rồi làm lại."
    )


class DraftNotWrittenError(BecauseError):
    message = "Không ghi được bản thảo vào {folder}."
    remedy = "Kiểm tra thư mục còn chỗ trống và được phép ghi, hoặc chọn thư mục khác."


class TooManyDraftsError(DeskError):
    message = "Trong {folder} đã có quá nhiều bản thảo cùng mã."
    remedy = "Xóa các bản thảo cũ, hoặc đặt mã mẫu khác."


class DraftPlace(Struct, frozen=True, kw_only=True):
    """A draft on the disk: the folder that holds its form.toml, and what the check of forms says of it."""

    draft: DraftForm
    folder: Path
    problems: tuple[Problem, ...]


def draft_from(file: Path, library: FormLibrary, *, today: date, form_id: str = "") -> DraftForm:
    """The draft of an official text. Raises `TextFileError`, `NothingToFillError`, `BadFormIdError`."""
    if form_id:
        see_id(form_id)
    draft = drafted(_source(file), vocabulary_of(library.all()), today=today.isoformat(), form_id=form_id)
    if not draft.blanks:
        raise NothingToFillError(file=file.name)
    return draft


class DraftedTexts(Struct, frozen=True, kw_only=True):
    """A draft for the window: its id and texts, and what was found line by line."""

    id: str
    texts: FormTexts
    report: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def texts_from(file: Path, library: FormLibrary, *, today: date) -> DraftedTexts:
    """As `draft_from`, for a person who goes on in the window."""
    draft = draft_from(file, library, today=today)
    return DraftedTexts(
        id=draft.id,
        texts=FormTexts(head=draft.toml, layout=draft.layout),
        report=tuple(report(draft)),
        remarks=draft.remarks,
    )


def put_down(draft: DraftForm, folder: Path) -> DraftPlace:
    """Write the draft as `<folder>/<id>/ban-thao`; an earlier one of the same id, looked through perhaps, stays.

    Raises `DraftNotWrittenError`.
    """
    home = folder / draft.id
    try:
        place = next(
            home / name
            for number in range(1, _MOST_DRAFTS)
            if not foreign_folder.is_there(home / (name := _VERSION if number == 1 else f"{_VERSION}-{number}"))
        )
        foreign_folder.make_folder(place)
        texts = {"form.toml": draft.toml, "layout.txt": draft.layout, REPORT: "\n".join(report(draft)) + "\n"}
        for name, text in texts.items():
            foreign_folder.write_whole(place / name, [text.encode()])
    except StopIteration as error:
        raise TooManyDraftsError(folder=folder.name) from error
    except OSError as error:
        raise DraftNotWrittenError(of_system(error, folder), folder=folder.name) from error
    return DraftPlace(draft=draft, folder=place, problems=tuple(problems_of(draft)))


def problems_of(draft: DraftForm) -> list[Problem]:
    """What the check of forms says of the draft."""
    return list(text_problems(draft.toml, draft.layout, [places.forms()]))


def _source(file: Path) -> tuple[Source, ...]:
    try:
        content = foreign_folder.whole(file, most=MOST_BYTES)
        if content.startswith(_OTHERS):
            raise FileFault("tệp .doc, .pdf, .rtf chưa đọc được")  # noqa: TRY301 - said like what the readers say
        if content[:2] == b"PK":
            return read_docx(content)
        return read_text(text_of(content))
    except OSError as error:
        raise UnopenedTextError(of_system(error, file), file=file.name) from error
    except FileFault as error:
        raise TextFileError(file=file.name, why=error) from error
