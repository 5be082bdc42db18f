"""The cash of a desk's day, counted by notes, beside what was collected in cash. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from desk_app.domain import money
from desk_app.errors import BadFactError, MissingFactError

NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
"""The notes of a drawer in đồng, the largest first."""
_MOST_OF_ONE = 9_999


class CashCount(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One count. `notes` how many by note, `opening` the change that lay in the drawer before the day, in đồng.

    `expected` is what the program had as collected in cash when it was counted; `at` UTC ms.
    """

    day: str
    desk: int
    notes: dict[int, int] = {}
    opening: int = 0
    expected: int = 0
    reason: str = ""
    at: int = 0
    author: str = ""

    @property
    def counted(self) -> int:
        """What lies in the drawer."""
        return sum(note * number for note, number in self.notes.items())

    @property
    def taken(self) -> int:
        """What the day brought by the count: without the change of before."""
        return self.counted - self.opening


def difference(count: CashCount, collected: int) -> int:
    """By how much the count is above (or below 0: below) what was collected in cash."""
    return count.taken - collected


def balance_told(count: CashCount | None, collected: int) -> str:
    """Whether the cash of the day balances with `collected`, or by how much it does not."""
    cash = f"{money.dotted(collected)} đ"
    if count is None:
        return f"Tiền mặt đã thu {cash}, chưa đếm quỹ" if collected else "Không thu tiền mặt, chưa đếm quỹ"
    apart = difference(count, collected)
    if apart == 0:
        return f"Tiền mặt khớp: {cash}"
    word = "thừa" if apart > 0 else "thiếu"
    why = f" (lý do: {count.reason})" if count.reason else ""
    later = ", đã thu hoặc trả thêm sau khi đếm" if collected != count.expected else ""
    return f"Tiền mặt {word} {money.dotted(abs(apart))} đ so với {cash} đã thu{later}{why}"


def checked_count(count: CashCount) -> CashCount:
    """The count, fit to be recorded: notes that there are, and a reason where it does not balance.

    Raises `BadFactError`, `MissingFactError`.
    """
    for note, number in count.notes.items():
        if note not in NOTES:
            raise BadFactError(field="notes", label="Mệnh giá", why=f"không có tờ {money.dotted(note)} đ")
        if not 0 <= number <= _MOST_OF_ONE:
            why = f"cần số tờ từ 0 đến {money.dotted(_MOST_OF_ONE)}"
            raise BadFactError(field=f"notes.{note}", label=f"Số tờ {money.dotted(note)} đ", why=why)
    if count.opening < 0:
        raise BadFactError(field="opening", label="Tiền lẻ đầu ngày", why="không thể là số âm")
    apart = difference(count, count.expected)
    if apart and not count.reason.strip():
        word = "thừa" if apart > 0 else "thiếu"
        raise MissingFactError(field="reason", label=f"lý do {word} {money.dotted(abs(apart))} đ")
    return count


def counts_typed(texts: Mapping[str, str]) -> dict[int, int]:
    """Notes as typed, by note ("500000", "500.000", "500k") → how many; what is empty counts none.

    Raises `BadFactError`.
    """
    found: dict[int, int] = {}
    for note, number in texts.items():
        value = money.amount_typed(note)
        digits = number.strip()
        if not digits:
            continue
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 5):
            raise BadFactError(field=f"notes.{value}", label=f"Số tờ {money.dotted(value)} đ", why="cần số tờ")
        found[value] = found.get(value, 0) + int(digits)
    return {note: number for note, number in found.items() if number}
