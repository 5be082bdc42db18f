"""Forms whose law ends on a known day while nobody has the form that comes after. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from desk_app.documents.forms.form import FormLibrary
from desk_app.documents.forms.form_records import Form, LawEnd
from desk_app.domain.calendar.dates import shown

_AHEAD = timedelta(days=60)


def without_successor(forms: FormLibrary, on: date) -> tuple[Form, ...]:
    """The forms in force on `on` whose law ends within 60 days, or has ended, and that no later version follows."""
    return tuple(form for form in forms.newest(on.isoformat()) if _is_left_alone(form, forms, on))


def in_words(end: LawEnd, on: date) -> str:
    """ "Luật … thay từ 01/03/2027, chưa có mẫu mới"; from that day on also what is printed meanwhile."""
    said = f"{end.by} thay từ {shown(end.on)}, chưa có mẫu mới"
    is_over = date.fromisoformat(end.on) <= on
    return f"{said}: mẫu cũ vẫn in ra, hỏi cấp trên trước khi dùng" if is_over else said


def endings(forms: FormLibrary, on: date) -> list[str]:
    """`without_successor` in words, a sentence for each law: how many forms, and which."""
    by_law: dict[str, list[str]] = {}
    for form in without_successor(forms, on):
        if form.head.law_ends is not None:
            by_law.setdefault(in_words(form.head.law_ends, on), []).append(form.title)
    return [f"{len(titles)} mẫu: {law} ({'; '.join(titles)})" for law, titles in by_law.items()]


def _is_left_alone(form: Form, forms: FormLibrary, on: date) -> bool:
    end = form.head.law_ends
    if end is None or date.fromisoformat(end.on) - on > _AHEAD:
        return False
    return not any(
        other.id == form.id
        and form.head.in_force_from < other.head.in_force_from <= end.on
        and (other.head.law_ends is None or other.head.law_ends.on > end.on)
        for other in forms.all()
    )
