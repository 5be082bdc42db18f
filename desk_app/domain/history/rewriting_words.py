"""How desk and district name an event that was rewritten, and what was done to it; never what it says."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Raw, Struct

from desk_app import typed_values
from desk_app.domain.dossiers.steps import ACTIONS
from desk_app.domain.history import rewriting

DEEDS = {
    rewriting.ALTERED: "bị sửa nội dung",
    rewriting.INSERTED: "bị chèn thêm",
    rewriting.REMOVED: "bị xóa",
    rewriting.SHIFTED: "bị đổi chỗ",
}
"""What was done to an event after it was confirmed."""
_EVENTS = {
    "received": "tiếp nhận",
    "printed": "in giấy",
    "corrected": "sửa thông tin",
    "step_taken_back": "hủy bước",
    "settled": "chọn giá trị",
    "attached": "đính kèm tệp",
    "paid": "thu tiền",
    "paid_back": "trả lại tiền",
    "receipted": "ghi biên lai",
    "office": "sửa thông tin đơn vị",
    "old_records": "nhập dữ liệu cũ",
    "old_records_back": "rút lại lần nhập dữ liệu cũ",
}
_PATHS = {
    "dossier": "hồ sơ",
    "kind": "loại việc",
    "lamport": "thứ tự",
    "at": "thời điểm",
    "author": "người ghi",
    "seen": "trích dẫn",
    "people": "người trong hồ sơ",
    "organisations": "tổ chức trong hồ sơ",
    "received_at": "lúc tiếp nhận",
    "due_at": "hẹn trả",
    "fee": "phí, lệ phí",
    "fields": "tờ khai",
    "components": "thành phần hồ sơ",
    "note": "ghi chú",
    "procedure": "thủ tục",
    "code": "mã hồ sơ",
    "changes": "giá trị đã sửa",
    "action": "bước",
    "reason": "lý do",
    "result": "kết quả",
    "collector": "người nhận",
    "papers": "giấy tờ",
    "copies": "số bản",
}


def event_told(kind: str, action: str = "") -> str:
    """What an event is: "tiếp nhận", or the step; "việc" of a kind that this program does not know."""
    if kind == "step":
        rule = ACTIONS.get(action)
        return rule.label if rule else "bước xử lý"
    return _EVENTS.get(kind, "việc")


def paths_told(paths: Iterable[str]) -> str:
    """What two lines say differently, in words; "" where that is not known."""
    return ", ".join(dict.fromkeys(_PATHS.get(path, path) for path in paths))


class _LineParts(Struct, frozen=True):
    d: str = ""
    k: str = ""
    l: int = 0  # noqa: E741 - the key of the line (docs/decisions/0001)
    t: int = 0
    u: str = ""
    b: Raw = Raw(b"")
    v: dict[str, Raw] = {}


_LINE = {"d": "dossier", "k": "kind", "l": "lamport", "t": "at", "u": "author", "b": "seen"}


def differing(confirmed: bytes, said: bytes) -> tuple[str, ...]:
    """What two lines of an event say differently: "at", "author", … or the name of a fact of its payload.

    Names only: what the lines say may be personal. Empty where one of them is missing or cannot be read.
    """
    try:
        one, other = (typed_values.from_json(line, _LineParts) for line in (confirmed, said))
    except (ValueError, RecursionError):
        return ()
    paths = [path for key, path in _LINE.items() if _bytes(getattr(one, key)) != _bytes(getattr(other, key))]
    facts = sorted(one.v.keys() | other.v.keys())
    return (*paths, *(fact for fact in facts if _bytes(one.v.get(fact)) != _bytes(other.v.get(fact))))


def _bytes(value: object) -> object:
    return bytes(value) if isinstance(value, Raw) else value
