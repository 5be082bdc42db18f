"""The facts that a column of an old table can be, the headings that offices give them, what a person says of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from desk_app.domain.letters import old_fonts
from desk_app.domain.letters.old_fonts import Encoding
from desk_app.domain.old_records.record import DOSSIERS
from desk_app.domain.people.person import LABELS
from desk_app.domain.text import fold


class DayOrder(StrEnum):
    """In which order a column writes a day; `SERIAL` is Excel's count of days since 1900."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"
    SERIAL = "serial"

    @property
    def label(self) -> str:
        return _ORDERS[self]


_ORDERS = {
    DayOrder.DMY: "ngày/tháng/năm",
    DayOrder.MDY: "tháng/ngày/năm",
    DayOrder.YMD: "năm/tháng/ngày",
    DayOrder.SERIAL: "số ngày của Excel",
}

DOSSIER = {
    "code": "Mã hồ sơ",
    "procedure": "Thủ tục",
    "received_on": "Ngày nhận",
    "due_on": "Ngày hẹn trả",
    "returned_on": "Ngày trả",
    "status": "Tình trạng",
    "result": "Kết quả",
    "book": "Sổ, quyển số",
    "clerk": "Người nhận",
    "note": "Ghi chú",
}
"""What an old dossier says beside who handed it in, and what a clerk calls it."""

DAYS = frozenset({"born_on", "id_issued_on", "received_on", "due_on", "returned_on"})
NUMBERS = frozenset({"id_number", "old_id_number"})
_NOT_OF_OLD = frozenset({"document_number", "issuing_country"})
_PERSON = {key: label for key, label in LABELS.items() if key not in _NOT_OF_OLD}

_HEADINGS = {
    "full_name": (
        "ho va ten, ho ten, ho ten day du, ten cong dan, nguoi nop, nguoi nop ho so, ten nguoi nop, "
        "ho va ten nguoi nop, ho chu dem ten, ho chu dem va ten, ho va ten khai sinh, ten khach hang, "
        "ho ten nguoi nop, ten to chuc ca nhan, chu ho so"
    ),
    "id_number": (
        "so can cuoc, so cccd, cccd, can cuoc, can cuoc cong dan, so can cuoc cong dan, so dinh danh, "
        "so dinh danh ca nhan, ma dinh danh, so dinh danh ca nhan cccd, cccd cmnd, cmnd cccd, so cccd "
        "cmnd, so cmnd cccd, so giay to, so giay to tuy than, so dinh danh ca nhan so cmnd, ddcn"
    ),
    "old_id_number": (
        "so cmnd, cmnd, so cmnd cu, chung minh nhan dan, so chung minh nhan dan, cmnd cu, so cmt, cmt, so chung minh"
    ),
    "born_on": ("ngay sinh, ngay thang nam sinh, nam sinh, sinh ngay, ngay sinh nam sinh, ntns, ngay thang sinh"),
    "sex": "gioi tinh, nam nu, phai, gioi",
    "residence": (
        "noi thuong tru, thuong tru, dia chi thuong tru, dia chi, noi cu tru, cho o, hktt, ho khau "
        "thuong tru, noi dang ky ho khau thuong tru, noi o, dia chi nguoi nop, que quan noi thuong "
        "tru, noi dktt, noi o hien tai"
    ),
    "phone": "so dien thoai, dien thoai, sdt, dtdd, so dt, di dong, dien thoai di dong, dien thoai lien he",
    "email": "thu dien tu, email, e mail, dia chi email, hop thu dien tu",
    "ethnicity": "dan toc",
    "nationality": "quoc tich",
    "id_kind": "loai giay to, loai giay to tuy than",
    "id_issued_on": "ngay cap, ngay cap cccd, ngay cap cmnd, ngay cap giay to",
    "id_issued_by": "noi cap, noi cap cccd, noi cap cmnd, co quan cap",
    "code": ("ma ho so, so ho so, ma so ho so, ma bien nhan, so bien nhan, so phieu, ma so, so hs, ma hs, so vao so"),
    "procedure": (
        "thu tuc, ten thu tuc, thu tuc hanh chinh, linh vuc, loai ho so, ten ho so, noi dung, noi "
        "dung cong viec, ten thu tuc hanh chinh, tthc, trich yeu"
    ),
    "received_on": (
        "ngay nhan, ngay tiep nhan, ngay nop, ngay nhan ho so, thoi gian tiep nhan, ngay nop ho so, ngay vao so"
    ),
    "due_on": "ngay hen tra, hen tra, ngay hen, han tra, ngay hen tra ket qua, thoi han, han giai quyet",
    "returned_on": "ngay tra, ngay tra ket qua, da tra, ngay tra kq, ngay nhan ket qua, ngay tra thuc te",
    "status": "tinh trang, trang thai, tinh trang ho so, trang thai ho so",
    "result": "ket qua, ket qua giai quyet, kq",
    "book": "quyen so, so quyen, quyen, so",
    "clerk": "nguoi nhan, can bo tiep nhan, nguoi tiep nhan, can bo nhan, nguoi nhan ho so, can bo",
    "note": "ghi chu, ghi chep, chu thich",
}
_NOT_ALONE = {"so": "sổ"}
"""A folded heading that is this fact only where it is written so."""
_KNOWN = {name: key for key, names in _HEADINGS.items() for name in names.split(", ")}
_AFTER = re.compile(r"\(.*?\)|\*")


class OldColumn(Struct, frozen=True, kw_only=True):
    """How a column is read: its place from 0, its fact ("" where it is left), its letters, its order of days."""

    place: int
    fact: str = ""
    encoding: Encoding = Encoding.UNICODE
    order: DayOrder | None = None


class ColumnWord(Struct, frozen=True, kw_only=True):
    """What a person says of a column; None of what they said nothing of. `fact` "" leaves the column."""

    fact: str | None = None
    encoding: Encoding | None = None
    order: DayOrder | None = None


def facts(what: str) -> dict[str, str]:
    """The facts that records of this kind can have, with what a clerk calls them; of a dossier its own come first."""
    return {**DOSSIER, **_PERSON} if what == DOSSIERS else dict(_PERSON)


def fact_of(heading: str, what: str) -> str:
    """The fact that this heading names, "" where none is sure; also "id_number" itself, as the terminal says it."""
    plain = fold(_AFTER.sub(" ", heading))
    known = facts(what)
    if heading.strip() in known:
        return heading.strip()
    if plain in _NOT_ALONE and heading.strip().lower() != _NOT_ALONE[plain]:
        return ""
    key = _KNOWN.get(plain, "")
    return key if key in known else ""


def readable(heading: str, what: str) -> str:
    """The heading in the reading that names a fact: a heading stands in the font of its column, and only names."""
    readings = (heading, *(old_fonts.to_unicode(heading, each) for each in (Encoding.TCVN3, Encoding.VNI)))
    return next((each for each in readings if fact_of(each, what)), heading)


def matched(headings: Sequence[str], what: str) -> list[str]:
    """The fact of each column; the first of two columns of one fact has it."""
    found: list[str] = []
    for heading in headings:
        fact = fact_of(heading, what)
        found.append("" if fact in found else fact)
    return found


def heading_place(rows: Sequence[Sequence[str]], what: str) -> int:
    """Which of the first rows is the heading: the one that names the most facts; -1 where none names two."""
    counted = [sum(bool(fact_of(readable(cell, what), what)) for cell in row if cell) for row in rows]
    best = max(counted, default=0)
    return counted.index(best) if best >= 2 else -1


def letters_of(place: int) -> str:
    """A column's place as a spreadsheet names it: 0 → "A", 27 → "AB"."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
