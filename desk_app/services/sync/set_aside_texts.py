"""Why something was set aside, in the words of the office, and what to do about it."""

from __future__ import annotations

from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.history.authority import NOT_THEIRS
from desk_app.domain.history.rewriting_words import DEEDS
from desk_app.services.sync.records import SetAsideLine
from desk_app.store.journal.set_aside import SetAside

_WORDS: dict[str, tuple[str, str]] = {
    "same-code": (
        "Hai quầy đã cấp cùng một mã hồ sơ {detail}",
        "Cả hai hồ sơ đều được giữ. Phân biệt bằng ghi chú trên giấy hẹn, rồi báo cấp trên xem lại dải số.",
    ),
    "same-dossier": (
        "Hai hồ sơ một số: có lần tiếp nhận khác mang số của hồ sơ {detail}",
        "Hồ sơ gốc không đổi, lần tiếp nhận kia được giữ trong lịch sử và không được tính. Báo cấp trên hỏi lại.",
    ),
    "bad-event": (
        "Một việc nhận về không đọc được",
        "Việc này không ảnh hưởng hồ sơ khác. Báo cấp trên nếu thấy thiếu hồ sơ của quầy kia.",
    ),
    "unknown-kind": (
        "Một việc do bản chương trình mới hơn ghi",
        "Cập nhật chương trình trên máy này, việc sẽ tự hiện ra.",
    ),
    "unknown-base": (
        "Bản sửa thủ tục {detail} dựa trên phiên bản mà máy này không có",
        "Nhập lại danh mục thủ tục, hoặc xin cấp trên gửi trọn thủ tục này.",
    ),
    "not-theirs": (
        "Một quầy đã ghi việc mà chỉ cấp trên mới được ghi (hồ sơ {detail})",
        "Việc này được giữ nhưng không được tính ở đâu. Báo cấp trên hỏi lại quầy đã ghi.",
    ),
    "not-its-owner": (
        "Một quầy đã ghi vào lần nhập dữ liệu cũ hoặc danh sách của quầy khác",
        "Phần ghi thêm được giữ nhưng không được tính; lần nhập và danh sách gốc không đổi. Báo cấp trên hỏi lại quầy.",
    ),
    "revoked": (
        "Việc của một máy đã bị cấp trên thu hồi, quầy này gửi thay vì chỉ còn ở đây",
        "Mở hồ sơ, xem việc đó có đúng không; hỏi cấp trên nếu máy đó vẫn là máy của đơn vị.",
    ),
    "lost-word": (
        "Cấp trên đã mất một việc do chính mình ghi ({detail}), quầy này đã gửi lại",
        "Báo cho cấp trên biết để ghi lại việc đó nếu vẫn cần.",
    ),
    "fork": (
        "Hai bản khác nhau của cùng một sổ việc",
        "Có thể một máy vừa được khôi phục hoặc sao chép; báo cho người quản trị.",
    ),
    "lost-tail": (
        "Sổ việc từng bị thiếu phần cuối sau khi khôi phục",
        "Tìm giấy tiếp nhận in trong khoảng đó; hồ sơ nào không có trong sổ thì tiếp nhận lại, số cũ không cấp lại.",
    ),
}
_REWRITTEN = (
    "Bản đã xác nhận đã được lấy lại và vẫn được tính, nội dung bị sửa thì không. Báo người quản trị và cấp trên: có "
    "người giữ khóa của máy này đã sửa. Mở hồ sơ, xem cả hai nội dung ở cuối phần lịch sử; hoặc chạy desk-app check."
)
_WORDS |= {
    f"history-{what}": (
        f"LỊCH SỬ BỊ SỬA: việc của hồ sơ {{detail}} {deed} sau khi cấp trên đã xác nhận",
        _REWRITTEN,
    )
    for what, deed in DEEDS.items()
}
_BY_CODE = ("same-code", "same-dossier", "not-theirs", "revoked", *(f"history-{what}" for what in DEEDS))
"""Reasons whose detail is the code of a dossier."""
_OTHER = ("Một việc được để riêng", "Báo cho người quản trị xem lại.")


def line_of(one: SetAside) -> SetAsideLine:
    """What is aside, as a person reads it."""
    what, remedy = _WORDS.get(one.reason, _OTHER)
    if not one.detail and one.reason == NOT_THEIRS:
        what = what.removesuffix(" (hồ sơ {detail})")
    if not one.detail and one.reason.startswith("history-"):
        what = what.replace("việc của hồ sơ {detail}", "một việc không thuộc hồ sơ nào ở đây")
    return SetAsideLine(
        n=one.n,
        at=in_vietnam(one.at),
        reason=one.reason,
        what=what.format(detail=one.detail).replace("  ", " ").strip(),
        remedy=remedy,
        code=one.detail if one.reason in _BY_CODE else "",
    )
