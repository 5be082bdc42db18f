"""What a form asks at home: of whoever comes to the desk, then the form's own questions, in an order that stays."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

from desk_app.documents.forms.form_records import Form, FormField
from desk_app.domain.papers import SLIPS
from desk_app.domain.prepared.prepared_answers import PreparedQuestion

_SECTION = "Người mang giấy tới quầy"
_OF_APPLICANT = (
    FormField(key="applicant.full_name", label="Họ, chữ đệm, tên", section=_SECTION, ask=True),
    FormField(
        key="applicant.id_number",
        label="Số định danh, căn cước",
        section=_SECTION,
        ask=True,
        hint="12 chữ số trên thẻ căn cước",
    ),
    FormField(key="applicant.born_on", label="Ngày sinh", section=_SECTION, ask=True, kind="date"),
    FormField(key="applicant.sex", label="Giới tính", section=_SECTION, ask=True, kind="choice", choices=("Nam", "Nữ")),
    FormField(key="applicant.residence", label="Nơi cư trú", section=_SECTION, ask=True, kind="long"),
    FormField(
        key="applicant.phone", label="Số điện thoại", section=_SECTION, ask=True, hint="Để quầy báo khi có kết quả"
    ),
)


def asked_at_home(form: Form) -> tuple[FormField, ...]:
    """Every question of the page: those about the applicant unless the form has its own, then the form's."""
    own = [field for field in form.fields if field.ask]
    keys = {field.key for field in own}
    return (*(field for field in _OF_APPLICANT if field.key not in keys), *own)


def is_declaration(form: Form) -> bool:
    """Whether citizens declare something on it: it asks, and no step owes it."""
    is_slip = form.id in SLIPS
    is_citizens = form.owed is None and form.head.party == "citizen" and not is_slip
    return is_citizens and any(field.ask for field in form.fields)


def prepared_questions(form: Form) -> tuple[PreparedQuestion, ...]:
    """The questions as far as digits depend on them."""
    return tuple(PreparedQuestion(each.key, each.kind, each.choices) for each in asked_at_home(form))


def number_of(form: Form) -> str:
    """Six digits that name the form, its version and the order of its questions: whoever has the form reckons them."""
    told = [form.id, form.version, *([each.key, each.kind, *each.choices] for each in prepared_questions(form))]
    return f"{zlib.crc32(json.dumps(told, ensure_ascii=False).encode()) % 1_000_000:06d}"


def form_of_number(forms: Iterable[Form], number: str) -> Form | None:
    """The form that the number names; of several the newest. None where nobody here has it."""
    found = [form for form in forms if is_declaration(form) and number_of(form) == number]
    return max(found, key=lambda form: form.head.in_force_from, default=None)
