"""Batches that could not be taken in: whose, which, why, and a button for who has looked into it."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.district.admin.status import PutAside, Unreadable
from desk_app.district.pages.layout import PageFrame, lines, page, table, token_field, when
from desk_app.district.pages.markup import Markup, element

_EXPLANATION = (
    "Những lô dưới đây có chữ ký thật nhưng chưa đưa vào sổ được. Chúng được giữ nguyên văn, không ảnh hưởng các hồ sơ "
    "khác. Hỏi lại quầy, rồi bấm «Đã xem»; lô vẫn được giữ. Lô của máy đã thu hồi mà quầy xác nhận là việc thật của "
    "mình thì bấm «Nhận vào sổ»."
)


def drawn(frame: PageFrame, found: Sequence[PutAside], unreadable: Sequence[Unreadable]) -> str:
    return page(
        frame,
        "Để riêng",
        element("p", _EXPLANATION, class_="soft"),
        table(
            ("Lúc nhận", "Quầy", "Lý do", "Sổ, số việc", ""),
            [_row(frame, one) for one in found],
            empty="Không có lô nào để riêng.",
        ),
        _not_read(unreadable) if unreadable else None,
    )


def _row(frame: PageFrame, one: PutAside) -> tuple[object, ...]:
    buttons = [_button(frame, one, "/quarantine/settle", "Đã xem")]
    if one.can_be_taken:
        buttons.append(_button(frame, one, "/quarantine/take", "Nhận vào sổ"))
    return (
        when(one.at),
        f"{one.unit} · quầy {one.desk}" if one.unit else "máy lạ",
        one.told[:1].upper() + one.told[1:],
        lines(one.log[:16] + "…", f"{one.first}–{one.last}"),
        buttons,
    )


def _button(frame: PageFrame, one: PutAside, action: str, text: str) -> Markup:
    return element(
        "form",
        token_field(frame),
        element("input", type="hidden", name="digest", value=one.digest),
        element("button", text, type="submit", class_="plain"),
        method="post",
        action=action,
    )


def _not_read(found: Sequence[Unreadable]) -> Markup:
    rows = [(when(one.at), lines(one.log[:16] + "…", f"số {one.seq}"), one.reason) for one in found]
    return element(
        "section",
        element("h2", "Đã nhận nhưng bản chương trình này chưa đọc được"),
        table(("Lúc", "Sổ, số việc", "Lý do"), rows, empty=""),
    )
