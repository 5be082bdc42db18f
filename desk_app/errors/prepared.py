"""What may fail about declarations that citizens prepare at home."""

from __future__ import annotations

from desk_app.errors.base import DeskError


class PreparedDamagedError(DeskError):
    message = "Mã khai trước thiếu hoặc sai chữ số, chưa điền gì."
    remedy = "Quét lại; màn hình điện thoại thì vặn sáng, lau sạch. Vẫn không được thì nhập tay như thường."


class PreparedNewerError(DeskError):
    message = "Trang khai trước mới hơn chương trình ở quầy, chưa đọc được mã này."
    remedy = "Cập nhật chương trình ở quầy; hồ sơ này thì nhập tay."


class PreparedUnknownFormError(DeskError):
    message = "Mã khai trước thuộc mẫu mà quầy không có, chưa điền gì."
    remedy = "Có thể trang khai làm từ mẫu riêng của nơi khác. Hồ sơ này thì nhập tay."


class PreparedNoProcedureError(DeskError):
    message = "Mã khai trước là «{form}», nhưng quầy không nhận thủ tục nào dùng tờ khai này."
    remedy = "Xem lại danh mục thủ tục, hoặc hướng dẫn người dân tới nơi nhận."


class PreparedOverfullError(DeskError):
    message = "Bản khai dài quá, mã QR không chứa hết."
    remedy = "Rút gọn những mục dài rồi làm lại."


class PreparedByHandError(DeskError):
    message = "Mẫu «{form}» phải do người dân tự viết tay, không làm trang khai trước: {why}"
    remedy = "Bỏ mẫu này rồi làm lại trang khai trước."


class NothingToPrepareError(DeskError):
    message = "Mẫu «{form}» không hỏi người dân điều gì, không làm được trang khai trước."
    remedy = "Bỏ mẫu này rồi làm lại trang khai trước."
