"""Expected failures. Each is its own Vietnamese sentence and remedy; none carries personal data."""

from __future__ import annotations


class DeskError(Exception):
    """An expected failure: said to the clerk, with what to do next."""

    message = "Không thực hiện được thao tác."
    remedy = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(self.message.format(**facts))
        self.facts = facts


# --- dossiers -----------------------------------------------------------------------------


class WrongStatusError(DeskError):
    message = "Hồ sơ {code} đang ở trạng thái «{status}», chưa thể {action}."
    remedy = "Mở hồ sơ để xem bước tiếp theo."


class UnknownDossierError(DeskError):
    message = "Không có hồ sơ mang mã {code}."
    remedy = "Kiểm tra lại mã trên giấy tiếp nhận, hoặc tìm theo họ tên, số căn cước."


class MissingFactError(DeskError):
    """What the record itself needs is absent; `field` is the key of the input, `label` what the clerk reads."""

    message = "Còn thiếu: {label}."
    remedy = "Điền mục này rồi lưu lại."


class BadFactError(DeskError):
    """A value the record cannot take; `field` is the key of the input."""

    message = "{label} chưa đúng: {why}."
    remedy = "Sửa lại mục này rồi lưu."


class UnknownProcedureError(DeskError):
    message = "Không có thủ tục {code} còn hiệu lực ngày {on}."
    remedy = "Kiểm tra mã thủ tục, hoặc nhập lại danh mục thủ tục."


# --- numbering ----------------------------------------------------------------------------


class NumbersUsedUpError(DeskError):
    message = "Quầy {desk} đã dùng hết dải số {first:04d}–{last:04d} của ngày {on}."
    remedy = "Xin cấp thêm một dải số trong mục Thiết lập, rồi lưu lại hồ sơ."


class ClockWentBackError(DeskError):
    message = "Đồng hồ máy chỉ {now}, sớm hơn hồ sơ gần nhất ({last})."
    remedy = "Chỉnh lại ngày giờ của máy tính rồi thử lại."
