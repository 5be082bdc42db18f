"""The form of a hold at the district: a new one, or one that stands, to be said otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desk_app.district.pages.layout import PageFrame
from desk_app.district.pages.markup import Markup, element
from desk_app.district.pages.rules.rule_fields import PATH, TypedRule, choice, for_whom, form, scope_choice, text_field
from desk_app.district.publishing.office_rules import SaidHold
from desk_app.domain.holds.hold import HoldWeight


def hold_card(
    frame: PageFrame,
    holds: Sequence[SaidHold],
    units: Sequence[tuple[str, str]],
    names: Mapping[str, str],
    typed: TypedRule,
) -> Markup:
    """The form of a hold: a new one, or one that stands, to be said otherwise."""
    found = next((said for said in holds if said.hold.id == typed.change and not said.hold.ended_on), None)
    return _hold_form(frame, units, typed) if found is None else _change_form(frame, found, names, typed)


def _hold_form(frame: PageFrame, units: Sequence[tuple[str, str]], typed: TypedRule) -> Markup:
    said, wrong = typed.of("hold"), typed.wrong("hold")
    fields = (*_hold_fields(said, wrong, from_when="Từ ngày (để trống: hôm nay)"), scope_choice(units, said, wrong))
    return form(frame, "/rules/hold", fields, "Tạm dừng tiếp nhận")


def _change_form(frame: PageFrame, found: SaidHold, names: Mapping[str, str], typed: TypedRule) -> Markup:
    """What stands is in the fields; for whom it holds stays as it was set."""
    hold = found.hold
    stands = {
        "procedures": ", ".join(hold.procedures),
        "weight": hold.weight.value,
        "starts": hold.starts,
        "until": hold.until,
        "reason": hold.reason,
        "remedy": hold.remedy,
        "number": hold.number,
    }
    said = typed.of("change") or stands
    fields = (
        element("p", f"Sửa lần tạm dừng ở: {for_whom(found.scope, names)}", class_="wide"),
        element("input", type="hidden", name="id", value=hold.id),
        *_hold_fields(said, typed.wrong("change"), from_when="Từ ngày"),
        element("a", "Thôi sửa", href=PATH),
    )
    return form(frame, "/rules/change-hold", fields, "Lưu thay đổi")


def _hold_fields(said: Mapping[str, str], wrong: str, *, from_when: str) -> tuple[Markup, ...]:
    weights = [(weight.value, weight.label) for weight in HoldWeight]
    return (
        text_field("procedures", "Mã thủ tục, cách nhau bằng dấu phẩy (để trống: mọi thủ tục)", said, wrong),
        choice("weight", "Quầy làm gì", weights, said, wrong),
        text_field("starts", from_when, said, wrong, kind="date"),
        text_field("until", "Đến hết ngày (để trống: đến khi kết thúc)", said, wrong, kind="date"),
        text_field("reason", "Lý do", said, wrong, is_needed=True),
        text_field("remedy", "Trong lúc đó làm gì", said, wrong),
        text_field("number", "Số văn bản (nếu có)", said, wrong),
    )
