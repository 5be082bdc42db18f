"""What the program carries beside its code: forms, fonts, the national lists, the icons, the style of the window."""

from __future__ import annotations

from datetime import date

from desk_app import places
from desk_app.documents.forms.form import FormLibrary
from desk_app.documents.layout import fonts
from desk_app.selftest.trial import Trial, TrialError
from desk_app.services.catalogue import unit_data
from desk_app.services.setup import shipped_catalogue, shipped_days

_WINDOW_FONTS = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
_FONT_MARK = b"\x00\x01\x00\x00"


def forms_and_fonts() -> Trial:
    """Every form of the program without a mistake, and every font file whole enough to measure letters by."""
    library = FormLibrary.load([places.forms()])
    if library.problems:
        raise TrialError(f"{len(library.problems)} lỗi trong biểu mẫu: {library.problems[0]}")
    if not library.ids():
        raise TrialError("không có biểu mẫu nào")
    for style in fonts.FILES:
        fonts.face(style)
    folder = places.resources() / "fonts"
    bad = [name for name in _WINDOW_FONTS if not (folder / name).read_bytes().startswith(_FONT_MARK)]
    if bad:
        raise TrialError(f"tệp phông hỏng: {', '.join(bad)}")
    lacking = fonts.missing_letters(fonts.VIETNAMESE_LETTERS)
    if lacking:
        raise TrialError(f"phông giấy tờ thiếu chữ: {' '.join(lacking[:10])}")
    return Trial(state=f"{len(library.ids())} biểu mẫu, {len(fonts.FILES) + len(_WINDOW_FONTS)} tệp phông: đọc đủ")


def carried_lists(today: date) -> Trial:
    """Procedures, administrative units, days off, icons and style."""
    procedures = len(shipped_catalogue.shipped())
    units = unit_data.load_units(today)
    communes = len(units.communes)
    years = shipped_days.years_of(today)
    icons = len(list((places.resources() / "icons").glob("*.svg")))
    style = (places.resources() / "style" / "desk.qss").read_text("utf-8")
    if not (procedures and communes and years and icons and style.strip()):
        raise TrialError("thiếu danh mục, đơn vị hành chính, lịch nghỉ, hình hoặc kiểu cửa sổ")
    return Trial(state=f"{procedures} thủ tục, {communes} xã, phường, lịch nghỉ {years[0]}–{years[-1]}: đọc đủ")
