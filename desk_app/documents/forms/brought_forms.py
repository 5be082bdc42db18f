"""Forms that somebody brought in a folder or wrote in the window: their id, size and mistakes are looked at."""

from __future__ import annotations

from pathlib import Path

from desk_app import foreign_folder, places
from desk_app.documents.forms.form_check import Problem, text_problems
from desk_app.documents.forms.form_files import form_folders, form_of, read_text
from desk_app.documents.forms.form_records import Form
from desk_app.domain.office_forms import MOST_BYTES, FormTexts, is_id, size_of
from desk_app.errors import BecauseError, DeskError, of_system


class BadFormIdError(DeskError):
    message = "Mã mẫu «{form}» không dùng được."
    remedy = "Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, nhiều nhất 60 ký tự, ví dụ don-xin-xac-nhan."


class ShippedFormError(DeskError):
    message = "Mẫu {form} là mẫu của chương trình, không ghi đè được."
    remedy = "Đặt mã khác cho mẫu của cơ quan; mẫu của chương trình vẫn còn nguyên."


class WrongFormError(DeskError):
    message = "Mẫu {form} chưa dùng được: {file} dòng {line}, {why}."
    remedy = "Sửa dòng đã nêu rồi lưu lại; chưa có gì được ghi."


class LargeFormError(DeskError):
    message = "Mẫu {form} dài quá {most} KB."
    remedy = "Bớt chữ, hoặc tách thành hai mẫu."


class NoFormThereError(DeskError):
    message = "Trong {folder} không có mẫu nào."
    remedy = "Chọn thư mục của mẫu: trong đó có form.toml và layout.txt."


class UnreadableFormError(BecauseError):
    message = "Không đọc hoặc ghi được mẫu ở {folder}."
    remedy = "Kiểm tra đường dẫn; nếu ở trên USB thì cắm lại USB rồi làm lại."


def see_id(form_id: str) -> None:
    """Raises `BadFormIdError`."""
    if not is_id(form_id):
        raise BadFormIdError(form=form_id[:60])


def problems(texts: FormTexts) -> list[Problem]:
    """The mistakes of a form that is being written, by text ("form.toml", "layout.txt") and line."""
    return list(text_problems(texts.head, texts.layout, [places.forms()]))


def checked(form_id: str, texts: FormTexts) -> Form:
    """The form, where it may go out to desks. Raises `BadFormIdError`, `ShippedFormError`, `LargeFormError`,
    `WrongFormError`.
    """
    see_id(form_id)
    if form_id in shipped_ids():
        raise ShippedFormError(form=form_id)
    if size_of(texts) > MOST_BYTES:
        raise LargeFormError(form=form_id, most=MOST_BYTES // 1000)
    return whole(form_id, texts)


def whole(form_id: str, texts: FormTexts) -> Form:
    """The form of the texts. Raises `WrongFormError` with its first mistake."""
    for each in problems(texts):
        raise WrongFormError(form=form_id, file=each.file, line=each.line, why=each.problem)
    return form_of(form_id, "ban-thao", texts.head, texts.layout, lists=[places.forms()])


def shipped_ids() -> frozenset[str]:
    """The ids of the program's own forms."""
    return frozenset(folder.parent.name for folder in form_folders(places.forms()))


def read_folder(place: Path) -> list[tuple[str, FormTexts]]:
    """The forms of a folder: of one form, of the versions of one, or of several. Raises `NoFormThereError`."""
    try:
        if foreign_folder.is_there(place / "form.toml"):
            folders = [place]
        elif any(foreign_folder.is_there(each / "form.toml") for each in foreign_folder.listed(place)):
            folders = [each for each in foreign_folder.listed(place) if foreign_folder.is_there(each / "form.toml")]
        else:
            folders = form_folders(place)
    except OSError as error:
        raise UnreadableFormError(of_system(error, place), folder=place.name) from error
    if not folders:
        raise NoFormThereError(folder=place.name)
    return [(folder.resolve().parent.name, texts_in(folder)) for folder in folders]


def texts_in(folder: Path) -> FormTexts:
    """The two texts of a folder. Raises `DamagedFormError`."""
    return FormTexts(head=read_text(folder / "form.toml"), layout=read_text(folder / "layout.txt"))
