"""What may fail with procedures that are handed in as one."""

from __future__ import annotations

from desk_app.errors.base import DeskError


class BundleFileError(DeskError):
    """A bundle cannot be read; `file` is its name, `place` a line or a key."""

    message = "Gói liên thông {file}, {place}: {why}."
    remedy = "Sửa tệp đó rồi nhập lại."


class UnknownBundleError(DeskError):
    """`known` are the ids of the bundles in force."""

    message = "Không có gói liên thông «{given}» đang có hiệu lực."
    remedy = "Xem các gói bằng desk-app linked list."


class BundleIncompleteError(DeskError):
    """The catalogue lacks a procedure of the bundle: `code`, and `title` of the bundle."""

    message = "Gói liên thông «{title}» cần thủ tục {code}, danh mục của quầy chưa có."
    remedy = "Nhập danh mục có thủ tục {code} ở trang Dữ liệu luật (F12), rồi chọn lại."

    def __init__(self, *, title: str, code: str) -> None:
        super().__init__(title=title, code=code)
        self.remedy = type(self).remedy.format(code=code)


class BundleConditionError(DeskError):
    message = "Gói liên thông {file}: điều kiện «{when}» không đúng cách viết."
    remedy = "Viết như identity_card_wanted=Có đề nghị, rồi nhập lại."


class NotLinkedError(DeskError):
    message = "Hồ sơ {code} không thuộc gói liên thông nào."
    remedy = "Xem hồ sơ bằng desk-app show MÃ."
