"""Answers typed along with another one go to their own questions; a text without the word stays whole."""

from __future__ import annotations

import pytest

from desk_app.documents.forms.form_records import FormField
from desk_app.documents.forms.questions import taken_apart

BOOK = FormField(key="number", label="Số", carries={"book": ("quyển số", "quyển", "q")})
HOUR = FormField(key="hour", label="Giờ", kind="number", carries={"minute": ("giờ", "h", ":", ".")})
BY = FormField(key="paper", label="Số", carries={"by": ("do",)})


@pytest.mark.parametrize(
    ("field", "other", "typed", "first", "second"),
    [
        (BOOK, "book", "12/2024 quyển 01", "12/2024", "01"),
        (BOOK, "book", "12/2024, Quyển số: 01/2024", "12/2024", "01/2024"),
        (BOOK, "book", "12 q 1", "12", "1"),
        (BOOK, "book", "12/2024", "12/2024", None),
        (BOOK, "book", "12 quyển", "12 quyển", None),  # still being typed
        (BOOK, "book", "12Q4", "12Q4", None),
        (HOUR, "minute", "5h10", "5", "10"),
        (HOUR, "minute", "05 giờ 10 phút", "05", "10"),
        (HOUR, "minute", "5:10", "5", "10"),
        (HOUR, "minute", "5", "5", None),
        (HOUR, "minute", "5h", "5h", None),
        (HOUR, "minute", "sáng", "sáng", None),
        (BY, "by", "12 do Trạm y tế xã A", "12", "Trạm y tế xã A"),
        (BY, "by", "Biên bản của thôn Đồng Do", "Biên bản của thôn Đồng Do", None),
    ],
)
def test_the_part_behind_the_word_is_the_other_answer(
    field: FormField, other: str, typed: str, first: str, second: str | None
) -> None:
    asked = (field, FormField(key=other, label="", kind=field.kind))
    expected = {field.key: first} | ({} if second is None else {other: second})
    assert taken_apart({field.key: typed}, asked) == expected


def test_what_was_typed_into_the_other_question_itself_stays() -> None:
    asked = (BOOK, FormField(key="book", label=""))
    assert taken_apart({"number": "12 q 1", "book": "7"}, asked) == {"number": "12 q 1", "book": "7"}
