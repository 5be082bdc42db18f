"""What each key of the window does, in words, put together from the keys that are really bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject

from desk_app.documents.layout.key_sheet import KeyGroup
from desk_app.ui.screen import Entry


class KeyMap(QObject):
    """Names for keys; a key without a name stops the making, so that the sheet never leaves one out."""

    def names(self) -> dict[str, str]:
        """By key, everything that is no place of the side bar."""
        return {
            "F1": self.tr("Hướng dẫn của trang đang mở"),
            "F5": self.tr("Đọc lại"),
            "F9": self.tr("Lưu và in giấy hẹn"),
            "F10": self.tr("Lưu và trả kết quả ngay"),
            "F11": self.tr("Toàn màn hình"),
            "Ctrl+S": self.tr("Lưu, không in"),
            "Ctrl+P": self.tr("In lại giấy"),
            "Ctrl+E": self.tr("Đính chính hồ sơ"),
            "Ctrl+B": self.tr("Thu phí, lệ phí của hồ sơ"),
            "Ctrl+L": self.tr("Giấy chữ lớn"),
            "Ctrl+R": self.tr("Chuyển thẻ vừa quét sang vai kế tiếp"),
            "Ctrl+D": self.tr("Lấy mục này từ người khác trong hồ sơ"),
            "Ctrl+T": self.tr("Lấy như hồ sơ trước cùng thủ tục"),
            "Ctrl+Shift+N": self.tr("Người dân đồng ý nhận tin nhắn, hoặc không"),
            "Ctrl+Shift+L": self.tr("Hồ sơ kế tiếp của gói liên thông"),
            "Ctrl+Shift+Q": self.tr("Nhận hồ sơ từ quầy khác, hoặc chuyển cho quầy khác"),
            "Ctrl+Enter": self.tr("Việc chính của trang: ghi bước, lưu, nhập"),
            "F3": self.tr("Danh sách hồ sơ, vào ô tìm"),
            "Ctrl+K": self.tr("Tìm hồ sơ"),
            "Ctrl+Shift+V": self.tr("Dán nội dung mã QR"),
            "Ctrl+N": self.tr("Giữ hồ sơ đang nhập, tiếp người khác"),
            "Ctrl+O": self.tr("Mở lại hồ sơ nhập dở"),
            "Esc": self.tr("Thôi; về danh sách"),
            "Ctrl+1 … 9": self.tr("Chọn thủ tục nhanh"),
        }

    def groups(self, entries: Iterable[Entry], bound: Sequence[str]) -> list[KeyGroup]:
        """Three groups for the sheet: places, deeds, and how to move. Raises `KeyError` for a key without a name."""
        places = {entry.key: entry.text for entry in entries}
        names = self.names()
        quick = [key for key in bound if key.removeprefix("Ctrl+") in set("123456789")]
        others = [key for key in dict.fromkeys(bound) if key not in quick and (key not in places or key == "F3")]
        if quick:
            others.append("Ctrl+1 … 9")
        deeds = [(key, names[key]) for key in others if key not in places]
        moving = (
            ("Tab, Enter", self.tr("Sang ô sau")),
            ("Shift+Tab", self.tr("Về ô trước")),
            (self.tr("Mũi tên xuống"), self.tr("Mở danh sách của ô, xuống dòng")),
            (self.tr("Dấu cách"), self.tr("Đánh dấu, bấm nút đang chọn")),
            (self.tr("Alt+↑, Alt+↓"), self.tr("Chuyển bước nội bộ lên, xuống")),
        )
        return [
            (self.tr("Đi tới trang"), sorted(places.items(), key=lambda each: (len(each[0]), each[0]))),
            (self.tr("Làm việc"), sorted(deeds, key=lambda each: (len(each[0]), each[0]))),
            (self.tr("Đi trong trang"), moving),
        ]
