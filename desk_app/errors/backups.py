"""What may fail about the desk's backups and about bringing one back."""

from __future__ import annotations

from desk_app.errors.base import DeskError
from desk_app.errors.machine import BecauseError


class NoBackupPlaceError(DeskError):
    message = "Chưa chọn nơi cất bản sao lưu."
    remedy = "Chọn thư mục ở trang Cài đặt, thẻ «Sao lưu», hoặc ghi nơi cất sau lệnh: desk-app backup THƯ_MỤC."


class BackupPlaceMissingError(DeskError):
    message = "Không thấy nơi cất bản sao lưu {folder}."
    remedy = "Cắm lại ổ đĩa, USB hoặc nối lại thư mục mạng rồi sao lưu lại; đổi nơi cất ở trang Cài đặt, thẻ «Sao lưu»."


class RestorePlaceMissingError(BackupPlaceMissingError):
    remedy = "Cắm lại ổ đĩa, USB hoặc nối lại thư mục mạng rồi làm lại; bản sao lưu ở nơi khác thì chọn nơi đó."


class BackupInsideDataError(DeskError):
    message = "Nơi cất bản sao lưu nằm ngay trong thư mục dữ liệu của quầy."
    remedy = "Chọn một ổ đĩa khác, USB hoặc thư mục mạng: máy hỏng thì bản nằm trong đó mất theo."


class BackupRefusedError(BecauseError):
    message = "Chưa ghi được bản sao lưu vào {folder}."
    remedy = "Sửa điều vừa nêu rồi sao lưu lại."


class BackupPlaceTooSmallError(DeskError):
    message = "Nơi cất bản sao lưu {folder} không đủ chỗ: cần {needed} MB, còn {free} MB."
    remedy = "Xóa bớt tệp khác ở đó, hoặc chọn ổ đĩa, USB rộng hơn; các bản sao lưu trước vẫn còn nguyên."


class BackupUnprovedError(DeskError):
    message = "Bản sao lưu {name} không qua được lần kiểm: {why}"
    remedy = "Các bản trước vẫn dùng được. Kiểm dữ liệu của quầy bằng lệnh desk-app check, rồi sao lưu lại sang ổ khác."


class BackupRunsError(DeskError):
    message = "Quầy này đang sao lưu ở một cửa sổ hoặc lệnh khác."
    remedy = "Đợi lần đó xong rồi làm lại."


class NoBackupHereError(DeskError):
    message = "Trong {folder} không có bản sao lưu nào của quầy."
    remedy = "Cắm đúng ổ đĩa hay USB đã dùng để sao lưu rồi chọn lại thư mục ở đó."


class NoSuchBackupError(DeskError):
    message = "Không có bản sao lưu nào tên {name}."
    remedy = "Xem lại tên các bản sao lưu ở đó rồi chọn lại."


class ManyDesksHereError(DeskError):
    message = "Ở đây có bản sao lưu của nhiều quầy: {names}."
    remedy = "Chỉ rõ thư mục con của một quầy rồi làm lại."


class DamagedBackupError(DeskError):
    message = "Bản sao lưu {name} bị hỏng: {why}."
    remedy = "Khôi phục từ một bản khác ở đó, hoặc từ bản ở ổ đĩa khác."


class RestoreUnreadableError(BecauseError):
    message = "Không đọc được bản sao lưu ở {folder}."
    remedy = "Cắm lại ổ đĩa rồi làm lại."


class DataNotFreeError(DeskError):
    message = "Thư mục {folder} đã có dữ liệu; khôi phục chỉ vào thư mục trống."
    remedy = "Chọn thư mục khác, hoặc chuyển thư mục dữ liệu cũ sang chỗ khác rồi khôi phục lại."
