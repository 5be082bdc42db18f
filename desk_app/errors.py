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


# --- papers -------------------------------------------------------------------------------


class UnknownFormError(DeskError):
    message = "Không có mẫu giấy {form} dùng được cho ngày {on}."
    remedy = "Kiểm tra thư mục mẫu giấy (desk-app forms list), hoặc chép lại mẫu này vào."


class DamagedFormError(DeskError):
    """A form's files cannot be read; `file` and `line` say where."""

    message = "Mẫu giấy có lỗi ở {file}, dòng {line}: {why}."
    remedy = "Sửa tệp này, rồi chạy desk-app forms check để kiểm tra."


class UnprintableTextError(DeskError):
    """Characters the paper's font lacks; `field` is the key, `characters` what cannot be shown."""

    message = "{label} có ký tự không in được: {characters}"
    remedy = "Gõ lại mục này bằng chữ Việt thông thường rồi in."


# --- catalogue ----------------------------------------------------------------------------


class CatalogueFileError(DeskError):
    """A file of procedures cannot be read; `file` is its name, `place` a line or a key."""

    message = "Tệp thủ tục {file}, {place}: {why}."
    remedy = "Sửa tệp đó rồi nhập lại."


class NoCatalogueError(DeskError):
    message = "Thư mục {folder} không có tệp danh mục catalogue.jsonl hay details.jsonl."
    remedy = "Chọn đúng thư mục chứa danh mục thủ tục đã tải về."
