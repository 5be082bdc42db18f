"""The value of a setting as text: read from the settings, judged, and put into them. Pure."""

from __future__ import annotations

from datetime import time

from msgspec.structs import asdict, replace

from desk_app.documents.layout.fonts import missing_letters
from desk_app.domain.calendar.deadlines import WorkingHours
from desk_app.domain.text import nfc
from desk_app.services.settings.kinds import InputKind, SettingKind
from desk_app.store.reference.settings import DocumentPrint, Settings

_LONGEST = 200
_MOST_QUICK = 9
_BY_SHEET = ("printers", "trays")


def codes_of(text: str) -> tuple[str, ...]:
    """The codes of a text in which commas, semicolons or blanks stand between them."""
    return tuple(text.replace(",", " ").replace(";", " ").split())


def tidied(kind: SettingKind, typed: str) -> str:
    """The text in the one form in which it is kept; `problem_of` judges it."""
    text = " ".join(nfc(typed).split())
    if kind.input is InputKind.NUMBER and text.removesuffix("%").strip().isdecimal():
        return str(int(text.removesuffix("%")))
    if kind.input is InputKind.HOUR:
        return _tidied_hour(text)
    if kind.input is InputKind.PROCEDURES:
        return ", ".join(codes_of(text))
    return text


def _tidied_hour(text: str) -> str:
    """ "7h30", "7:30" and "7.30" are 07:30."""
    hour, mark, minute = text.lower().replace("h", ":").replace(".", ":").partition(":")
    minute = minute.strip() or "00"
    if mark and hour.strip().isdecimal() and minute.isdecimal() and len(minute) == 2:
        return f"{int(hour):02d}:{minute}"
    return text


def problem_of(kind: SettingKind, text: str) -> str:
    """What is wrong with a tidied text, and what to do about it, for a person; "" for nothing."""
    if kind.choices:
        return "" if text in kind.choices else f"chọn {' hoặc '.join(each or '(để trống)' for each in kind.choices)}"
    if not text:
        return "không được trống" if kind.needed else ""
    if kind.input is InputKind.NUMBER:
        return _problem_of_number(kind, text)
    if len(text) > _LONGEST:
        return f"dài quá {_LONGEST} chữ"
    if missing := missing_letters(text):
        return f"giấy không in được {' '.join(missing)}"
    codes = codes_of(text) if kind.input is InputKind.PROCEDURES else ()
    if len(codes) > _MOST_QUICK:
        return f"nhiều nhất {_MOST_QUICK} thủ tục"
    if len(codes) != len(set(codes)):
        return "mỗi thủ tục chỉ ghi một lần"
    return kind.check(text)


def _problem_of_number(kind: SettingKind, text: str) -> str:
    if text.isascii() and text.isdecimal() and kind.least <= int(text[:6]) <= kind.most and len(text) <= 6:
        return ""
    unit = f" {kind.unit}" if kind.unit else ""
    more = "" if kind.needed else "; để trống thì in theo mẫu"
    return f"cần số từ {kind.least} đến {kind.most}{unit}{more}"


def text_at(kept: Settings, key: str) -> str:
    """The value as text; "" where nothing is set."""
    head, _, part = key.partition(".")
    if head == "hours":
        hour: time = getattr(kept.hours, part)
        return f"{hour:%H:%M}"
    if head in _BY_SHEET:
        return str(getattr(kept, head).get(part, ""))
    if head == "documents":
        document, _, part = part.partition(".")
        return str(getattr(kept.documents.get(document, DocumentPrint()), part) or "")
    if head == "quick_procedures":
        return ", ".join(kept.quick_procedures)
    return str(getattr(kept, key))


def with_text(kept: Settings, key: str, text: str) -> Settings:
    """The settings with this one put to a text that `problem_of` let through."""
    head, _, part = key.partition(".")
    if head == "hours":
        return replace(kept, hours=WorkingHours(**{**asdict(kept.hours), part: time.fromisoformat(text)}))
    if head in _BY_SHEET:
        others = {sheet: name for sheet, name in getattr(kept, head).items() if sheet != part}
        return replace(kept, **{head: {**others, part: text} if text else others})
    if head == "documents":
        document, _, part = part.partition(".")
        value = int(text or 0) if part == "copies" else text
        changed = replace(kept.documents.get(document, DocumentPrint()), **{part: value})
        return replace(kept, documents={**kept.documents, document: changed})
    if head == "quick_procedures":
        return replace(kept, quick_procedures=codes_of(text))
    is_number = isinstance(getattr(kept, key), int)
    return replace(kept, **{key: int(text) if is_number else text})
