"""What may fail about service days and about procedures that are held at reception."""

from __future__ import annotations

from desk_app.errors.base import DeskError


class UnknownServiceDayError(DeskError):
    message = "Không có ngày phục vụ nào mang mã {day}."
    remedy = "Xem các ngày phục vụ ở trang Ngày phục vụ, hoặc bằng lệnh service-days list."


class OthersServiceDayError(DeskError):
    message = "Ngày phục vụ {day} do {whose} đặt."
    remedy = "Chỉ nơi đã đặt mới sửa hay ngừng được; cần khác thì đặt một ngày phục vụ mang mã khác."


class ServiceDayFileError(DeskError):
    message = "Không đọc được ngày phục vụ trong {file}: {why}."
    remedy = "Sửa tệp theo mẫu resources/service_days rồi làm lại."


class WrongHoldError(DeskError):
    message = "Lần tạm dừng {hold} {why}."
    remedy = "Xem các lần tạm dừng, cả đã kết thúc, trong danh sách tạm dừng tiếp nhận."


class ProcedureHeldError(DeskError):
    """`said` is the sentence, `what` what to do instead, `field` the input that chooses the procedure."""

    message = "{said}."
    remedy = "Chọn thủ tục khác, hoặc hẹn người dân đến sau."

    def __init__(self, **facts: object) -> None:
        super().__init__(**facts)
        self.remedy = str(facts["what"])
