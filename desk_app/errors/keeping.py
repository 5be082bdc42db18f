"""What may fail where data are kept: folder, database, disk, journal, attached files."""

from __future__ import annotations

from desk_app.errors.base import DeskError
from desk_app.errors.machine import BecauseError

# --- store --------------------------------------------------------------------------------


class DataFolderMissingError(DeskError):
    message = "Không thấy thư mục dữ liệu {folder}."
    remedy = "Cắm lại ổ đĩa hoặc kiểm tra đường dẫn; máy mới thì mở chương trình để cài đặt quầy (hoặc desk-app init)."


class NoDeskError(DeskError):
    message = "Thư mục {folder} chưa có dữ liệu của quầy nào."
    remedy = "Mở chương trình để cài đặt quầy (hoặc desk-app init), hoặc chọn đúng thư mục dữ liệu."


class TrainingDeskError(DeskError):
    message = "Đây là dữ liệu tập huấn: không gửi nhận với cấp trên, không nộp vào hệ thống khác."
    remedy = "Việc thật thì làm ở cửa sổ không có chữ TẬP HUẤN."


class NoTrainingDeskError(DeskError):
    message = "Thư mục {folder} giữ dữ liệu thật, không mở ở chế độ tập huấn."
    remedy = "Đổi tên thư mục đó, hoặc mở chương trình như mọi ngày."


class TrainingUnitError(DeskError):
    message = "Mã đơn vị này chỉ dùng cho chế độ tập huấn."
    remedy = "Gõ mã đơn vị của xã, như H26.99; muốn tập huấn thì bấm «Tập huấn…»."


class DeskExistsError(DeskError):
    message = "Thư mục {folder} đã có dữ liệu của một quầy."
    remedy = "Chọn thư mục khác để khởi tạo; chương trình không ghi đè dữ liệu đang có."


class NotEncryptedError(DeskError):
    message = "Bản cài này không mã hóa được dữ liệu nên không mở sổ hồ sơ."
    remedy = "Cài lại chương trình từ bộ cài chính thức."


class WrongKeyError(DeskError):
    message = "Khóa này không mở được dữ liệu của quầy."
    remedy = "Kiểm tra thư mục dữ liệu có đúng là của quầy này không, hoặc mở bằng mã khôi phục."


class DamagedFileError(DeskError):
    message = "Tệp dữ liệu {file} bị hỏng."
    remedy = (
        "Đừng ghi thêm: đóng chương trình, chép cả thư mục dữ liệu sang ổ khác, rồi kiểm tra ổ đĩa. Có bản chép cũ"
        " thì đặt lại bản đó và gửi nhận để lấy lại phần cấp trên đã có; chưa có thì báo người quản trị."
    )


class OlderFileError(DeskError):
    message = "Dữ liệu do bản cũ của chương trình ghi, chưa được chuyển sang bản này."
    remedy = "Đóng các cửa sổ của chương trình rồi mở lại: dữ liệu được chuyển ngay khi mở."


class NewerFileError(DeskError):
    message = "Dữ liệu do bản chương trình mới hơn ghi, bản này không đọc được."
    remedy = "Cập nhật chương trình trên máy này rồi mở lại."


class NewerDeskError(NewerFileError):
    message = (
        "Dữ liệu của quầy do bản {by} của chương trình ghi; bản {mine} này không được ghi vào đó nên không đổi gì."
    )
    remedy = (
        "Mở bằng bản mới hơn: cập nhật chương trình trên máy này bằng desk-app update TỆP rồi mở lại. Xem dữ liệu có"
        " nguyên vẹn không: desk-app check, desk-app doctor."
    )


class CopyNoRoomError(DeskError):
    message = "Không đủ chỗ để chép dữ liệu trước khi chuyển sang bản mới: cần {needed} MB, ổ đĩa còn {free} MB."
    remedy = "Chưa có gì thay đổi. Xóa bớt tệp trên ổ đĩa rồi mở lại."


class CopyUnlikeError(DeskError):
    message = "Bản chép dữ liệu trước khi chuyển sang bản mới không khớp với dữ liệu ({why})."
    remedy = "Chưa có gì được chuyển. Mở lại để thử lần nữa; nếu vẫn vậy thì kiểm tra ổ đĩa."


class FolderNotMadeError(BecauseError):
    message = "Không tạo được thư mục dữ liệu {folder}."
    remedy = "Kiểm tra đường dẫn và quyền ghi, hoặc chọn thư mục khác."


class NotWritableError(DeskError):
    message = "Chương trình không có quyền ghi vào thư mục dữ liệu {folder}."
    remedy = "Mở quyền ghi thư mục này cho người dùng máy, rồi mở lại chương trình."


class NetworkFolderError(DeskError):
    message = "Thư mục dữ liệu {folder} nằm trên ổ mạng hoặc ổ đồng bộ không cho khóa tệp."
    remedy = "Chuyển thư mục dữ liệu về ổ đĩa của chính máy này, rồi mở lại."


class SecondProgramError(DeskError):
    message = "Quầy này đang mở ở một cửa sổ hoặc lệnh khác (tiến trình {pid})."
    remedy = "Dùng cửa sổ đang mở, hoặc đóng nó rồi thử lại."


class BusyError(DeskError):
    message = "Dữ liệu đang bận vì một việc khác đang ghi."
    remedy = "Đợi vài giây rồi làm lại."


class LostTailError(DeskError):
    message = "Sổ cái thiếu những việc ghi sau cùng: lần trước đã đến số {noted}, nay chỉ còn đến số {found}."
    remedy = "Từ nay quầy ghi vào sổ mới và bỏ qua các số đã cấp. Hãy đồng bộ để nhận lại phần thiếu từ tuyến trên."


class CodeTakenError(DeskError):
    message = "Mã hồ sơ {code} đã có trong sổ."
    remedy = "Lưu lại để lấy số kế tiếp; nếu vẫn trùng thì báo cấp trên kiểm tra dải số đã cấp cho quầy."


class BadEventError(DeskError):
    message = "Việc số {seq} của sổ {log} không đọc được: {why}."
    remedy = "Việc này được để riêng, không ảnh hưởng hồ sơ khác; báo cho người quản trị."


class ForkedLogError(DeskError):
    message = "Sổ {log} có hai nội dung khác nhau từ số {seq}."
    remedy = "Có thể máy kia vừa được khôi phục; báo cho người quản trị trước khi nhận tiếp."


class LogGapError(DeskError):
    message = "Sổ {log} thiếu từ số {expected}, nhận được số {seq}."
    remedy = "Nhận lại từ số còn thiếu."


# --- sync/store ---------------------------------------------------------------------------


class NotTheAuthorError(DeskError):
    message = "Sổ {log} được gửi dưới tên một máy khác với máy đã ghi sổ."
    remedy = "Phần này không được nhận; báo cho người quản trị kiểm tra máy đã gửi."


class FileGoneError(DeskError):
    message = "Tệp kèm theo {name} không còn hoặc đã hỏng trên máy này."
    remedy = "Quét hoặc đính kèm lại tệp; các phần khác của hồ sơ không bị ảnh hưởng."


class FileUnreadableError(BecauseError):
    message = "Không đọc được tệp {name}."
    remedy = "Kiểm tra tệp còn ở đó và mở được, rồi đính kèm lại."


class FileTooLargeError(DeskError):
    message = "Tệp {name} lớn quá {most} MB nên không đính kèm được."
    remedy = "Quét lại ở độ phân giải thấp hơn (đen trắng, 200 điểm) rồi đính kèm."


class UnnamedHoleError(DeskError):
    message = "Việc số {seq} của sổ {log} đến mà không còn nội dung, cũng không có lệnh xóa của tuyến trên."
    remedy = "Phần này chưa được nhận; đồng bộ lại để nhận lệnh xóa trước."
