"""Days and hours against each other: birth before marriage before death, papers after what they prove. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desk_app.domain.mistakes.mistake import Mistake, SaidCase, Weight, is_before
from desk_app.domain.people.person import role_name

_EVENTS = {
    "died_on": ("deceased",),
    "death_on": ("deceased",),
    "marriage_on": ("mother", "father", "subject", "husband", "wife"),
    "marriage_before": ("husband", "wife"),
    "divorce_on": ("subject",),
    "spouse_death_on": ("subject",),
    "registered_on": ("subject", "child", "husband", "wife", "ward", "deceased"),
    "lived_from": ("subject",),
}
"""Which day nobody of these roles can have lived to see before being born."""
_BURIED = frozenset({"died_on", "death_on"})
_AFTER = {
    "death_paper_on": ("died_on", "Giấy về việc chết ghi ngày cấp trước ngày chết"),
    "death_notice_on": ("death_on", "Giấy báo tử ghi ngày cấp trước ngày chết"),
    "death_extract_on": ("death_on", "Trích lục khai tử ghi ngày trước ngày chết"),
    "birth_note_on": ("child.born_on", "Giấy chứng sinh ghi ngày trước ngày sinh"),
    "lived_to": ("lived_from", "Khoảng thời gian có ngày cuối trước ngày đầu"),
    "authority_until": ("today", "Thời hạn ủy quyền đã hết"),
}
"""A day, the day it cannot be before, and what is said where it is."""
_DUTIES = {
    "1.001193": ("child.born_on", 60, "đăng ký khai sinh (Luật Hộ tịch, Điều 15)"),
    "2.000986": ("child.born_on", 60, "đăng ký khai sinh (Luật Hộ tịch, Điều 15)"),
    "1.000656": ("died_on", 15, "đăng ký khai tử (Luật Hộ tịch, Điều 33)"),
    "2.002913": ("death_on", 15, "đăng ký khai tử (Luật Hộ tịch, Điều 33)"),
}
"""Within how many days of what a registration is asked for by law; later ones are taken all the same."""
_HOURS = {"died_hour": 23, "death_hour": 23, "died_minute": 59, "death_minute": 59}
_DIED_AT = (("died_on", "died_hour", "died_minute"), ("death_on", "death_hour", "death_minute"))


def orders(case: SaidCase) -> Iterator[Mistake]:
    """What comes after cannot come before."""
    for key, roles in _EVENTS.items():
        for role in roles:
            born = case.day(f"{role}.born_on")
            if is_before(case.day(key), born):
                what = "Ngày chết" if key in _BURIED else "Ngày này"
                text = f"{what} trước ngày sinh của {role_name(role)[:1].lower()}{role_name(role)[1:]}: xem lại."
                yield Mistake(field=key, text=text, weight=Weight.REFUSED if key in _BURIED else Weight.ASKED)
                break
    for key, (before, said) in _AFTER.items():
        first = case.today.isoformat() if before == "today" else case.day(before)
        if is_before(case.day(key), first):
            yield Mistake(field=key, text=f"{said}: xem lại.", weight=Weight.ASKED)


def duties(case: SaidCase) -> Iterator[Mistake]:
    """Whether the days within which the law wants a birth or a death registered are over."""
    if case.procedure not in _DUTIES:
        return
    key, days, what = _DUTIES[case.procedure]
    said = case.day(key)
    if len(said) == len("2000-01-01") and (case.today - date.fromisoformat(said)).days > days:
        yield Mistake(field=key, text=f"Đã quá {days} ngày phải {what}: vẫn nhận, là đăng ký quá hạn.")


def hours(case: SaidCase) -> Iterator[Mistake]:
    """An hour no clock has is refused; a death of which only the day is known is looked at."""
    for key, most in _HOURS.items():
        said = case.fields.get(key, "")
        if said.isascii() and said.isdecimal() and int(said) > most:
            yield Mistake(field=key, text=f"Phải từ 0 đến {most}: xem lại.", weight=Weight.REFUSED)
    for on, hour, minute in _DIED_AT:
        if case.fields.get(minute) and not case.fields.get(hour):
            text = "Có phút mà chưa có giờ: ghi giờ chết, không rõ thì xóa phút."
            yield Mistake(field=hour, text=text, weight=Weight.ASKED)
        elif case.day(on) and hour in case.asked and not case.fields.get(hour):
            yield Mistake(field=hour, text="Chưa có giờ chết: hỏi thêm, không rõ thì để trống.")
