"""What may fail in a round with the district, and at becoming a desk of it."""

from __future__ import annotations

from desk_app.errors.base import DeskError

# --- sync: a round ------------------------------------------------------------------------


class OfflineError(DeskError):
    message = "Chưa kết nối được tới máy chủ cấp trên."
    remedy = "Kiểm tra dây mạng hoặc sóng; chương trình tự thử lại. Cần gấp thì xuất ra USB."


class NoDistrictError(DeskError):
    """Somebody answered, but nothing that the pinned district signed."""

    message = "Có mạng nhưng không thấy máy chủ cấp trên ở địa chỉ đã ghép."
    remedy = "Có thể mạng đang đòi đăng nhập: mở trình duyệt xem, rồi bấm «Gửi lại ngay». Chưa có gì bị coi là đã gửi."


class ChangedCertificateError(NoDistrictError):
    message = "Máy chủ ở địa chỉ cấp trên trình một chứng thư khác với chứng thư đã ghép; chưa có gì được gửi."
    remedy = (
        "Cấp trên vừa thay chứng thư: xin họ cập nhật chương trình máy chủ, quầy sẽ tự kiểm chữ ký rồi nhận."
        " Họ không thay: mạng đang đòi đăng nhập hoặc có máy chen giữa; dùng mạng khác, hoặc xuất ra USB."
    )


class OtherHostCertificateError(NoDistrictError):
    message = "Chứng thư của máy chủ cấp trên thuộc một tên miền khác với địa chỉ đã ghép; chưa có gì được gửi."
    remedy = "Báo cấp trên kiểm tra chứng thư và địa chỉ máy chủ; trong lúc chờ thì xuất ra USB."


class ExpiredCertificateError(NoDistrictError):
    message = "Chứng thư của máy chủ cấp trên đã hết hạn hoặc chưa đến ngày dùng; chưa có gì được gửi."
    remedy = (
        "Xem ngày giờ của máy này có đúng không; đúng thì báo cấp trên gia hạn chứng thư, và xuất ra USB khi cần gấp."
    )


class LineLostError(DeskError):
    message = "Đường truyền bị ngắt giữa chừng; phần cấp trên đã nhận không phải gửi lại."
    remedy = "Chương trình tự gửi tiếp phần còn lại; mạng quá yếu thì xuất ra USB."


class StoppedError(DeskError):
    message = "Đã dừng gửi theo yêu cầu."
    remedy = "Bấm «Gửi lại ngay» khi muốn gửi tiếp phần còn lại."


class RevokedError(DeskError):
    message = "Cấp trên đã thu hồi quyền gửi hồ sơ của máy này."
    remedy = "Hồ sơ vẫn lưu đủ trên máy. Liên hệ cấp trên để được ghép lại."


class UnknownDeviceError(DeskError):
    message = "Máy chủ cấp trên chưa biết máy này."
    remedy = "Hồ sơ vẫn lưu đủ trên máy. Xin cấp trên mã ghép mới rồi ghép lại quầy."


class UpgradeNeededError(DeskError):
    message = "Cấp trên chỉ nhận từ bản chương trình {version} trở lên."
    remedy = "Cập nhật chương trình rồi gửi lại; hồ sơ đã lưu không mất."


class DistrictBusyError(DeskError):
    """`retry` is how many seconds the district asks to wait."""

    message = "Máy chủ cấp trên đang bận hoặc hết chỗ lưu."
    remedy = "Chương trình tự gửi lại sau ít phút; nếu kéo dài thì báo cấp trên."


class DistrictRefusedError(DeskError):
    """`code` is the protocol's word for why."""

    message = "Máy chủ cấp trên không nhận gói tin của máy này ({code})."
    remedy = "Báo cấp trên mã lỗi này; hồ sơ vẫn lưu đủ trên máy."


# --- district storage ---------------------------------------------------------------------


class DatabaseDownError(DeskError):
    message = "Cơ sở dữ liệu của cấp trên không trả lời."
    remedy = "Kiểm tra dịch vụ PostgreSQL có đang chạy và địa chỉ --database có đúng không, rồi thử lại."


# --- sync: enrolment ----------------------------------------------------------------------


class NotEnrolledError(DeskError):
    message = "Quầy này chưa ghép với cấp trên nên chưa gửi được."
    remedy = "Xin cấp trên mã ghép, rồi vào màn hình Gửi nhận (hoặc desk-app enrol) để ghép quầy."


class DigitsNotComparedError(DeskError):
    message = "Quầy đã ghép nhưng chưa ai so sáu số với cấp trên."
    remedy = "So sáu số trên hai màn hình rồi xác nhận; giống nhau thì quầy mới bắt đầu gửi."


class AlreadyEnrolledError(DeskError):
    message = "Quầy này đã ghép với {district}."
    remedy = "Không cần ghép lại. Chỉ khi cấp trên yêu cầu mới hủy ghép rồi ghép bằng mã mới."


class BadCodeError(DeskError):
    message = "Mã ghép chưa đúng: cần 20 chữ và số, hoặc trọn nội dung mã QR."
    remedy = "Gõ lại theo tờ giấy cấp trên đưa; chữ O và số 0, chữ I, L và số 1 được coi như nhau."


class AddressNeededError(DeskError):
    message = "Còn thiếu địa chỉ máy chủ cấp trên."
    remedy = "Gõ địa chỉ in cạnh mã ghép (ví dụ https://…), hoặc quét mã QR vì trong đó đã có địa chỉ."


class WrongDistrictError(DeskError):
    message = "Máy chủ trả lời không phải cấp trên ghi trên tờ mã ghép."
    remedy = "Đừng ghép. Kiểm tra địa chỉ và mạng đang dùng; nếu vẫn vậy thì báo cấp trên."


class EnrolmentRefusedError(DeskError):
    message = "Cấp trên không nhận mã ghép này."
    remedy = "Mã có thể đã dùng, quá 72 giờ hoặc gõ sai quá 5 lần: xin cấp trên mã mới."


class ForeignUnitError(DeskError):
    message = "Mã ghép này dành cho đơn vị {unit}, còn máy này của đơn vị {ours}."
    remedy = "Không có gì thay đổi. Xin cấp trên mã ghép của đúng đơn vị {ours}."
