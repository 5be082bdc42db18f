"""money day, cash show, cash count."""

from __future__ import annotations

import argparse

from desk_app.cli.opening import opened
from desk_app.cli.payments.money_commands import amount_said
from desk_app.cli.report_commands import day_said
from desk_app.domain import money
from desk_app.domain.payments.cash_count import counts_typed
from desk_app.domain.payments.desk_day import DeskMoney
from desk_app.errors import BadFactError
from desk_app.services.payments import day_money
from desk_app.services.payments.day_money import DayMoney
from desk_app.terminal import Answer


def day(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = day_money.day_money(desk, day_said(chosen.day, "day", "Ngày") or desk.today())
    return Answer(told(found), (f"Ngày {found.day:%d/%m/%Y}", *found.lines))


def count(chosen: argparse.Namespace) -> Answer:
    """Counting a drawer that does not balance is recorded all the same, with its reason; exit 0."""
    notes = counts_typed(dict(_pair(text) for text in chosen.notes))
    with opened(chosen) as desk:
        on = day_said(chosen.day, "day", "Ngày") or desk.today()
        done = day_money.count_cash(desk, notes, opening=amount_said(chosen.opening), reason=chosen.reason, day=on)
    kept = done.count
    counted = kept.counted if kept is not None else 0
    return Answer(_desk(done), (f"Đã đếm {money.dotted(counted)} đ.", f"{done.balance}."))


def told(found: DayMoney) -> dict[str, object]:
    """The money of a day, for `--json`."""
    return {
        "day": found.day.isoformat(),
        "total_vnd": found.total,
        "desks": [_desk(each) for each in found.desks],
        "unsettled": [{"code": code, "rest_vnd": rest} for code, rest in found.unsettled],
    }


def _desk(each: DeskMoney) -> dict[str, object]:
    count = each.count
    return {
        "desk": each.desk,
        "total_vnd": each.total,
        "ways": dict(each.ways),
        "cash_vnd": each.cash,
        "counted_vnd": count.counted if count else None,
        "opening_vnd": count.opening if count else None,
        "difference_vnd": each.difference,
        "reason": count.reason if count else "",
        "needs_count": each.needs_count,
        "told": each.balance,
    }


def _pair(text: str) -> tuple[str, str]:
    note, mark, number = text.partition("=")
    if not mark:
        raise BadFactError(field="notes", label="Số tờ", why="cần dạng mệnh_giá=số_tờ, như 500000=2")
    return note, number
