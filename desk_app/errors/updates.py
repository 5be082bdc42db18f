"""Why an update is not taken, or cannot be taken back. Nothing has changed where one of these is said."""

from __future__ import annotations

from desk_app.errors.base import DeskError
from desk_app.errors.machine import BecauseError

_AGAIN = "Chưa có gì thay đổi. Chép lại tệp cập nhật từ nơi phát hành hoặc từ cấp trên, rồi làm lại."


class NoUpdateFileError(DeskError):
    message = "Ở {place} không có tệp cập nhật nào (đuôi .capnhat) cho máy này."
    remedy = "Kiểm tra đúng USB, đúng thư mục; tệp cập nhật có tên như ban-mot-cua-0.6.0-windows-amd64.capnhat."


class NotAnUpdateError(DeskError):
    message = "Tệp này không phải tệp cập nhật của Bàn Một Cửa."
    remedy = "Chưa có gì thay đổi. Chọn tệp có đuôi .capnhat lấy từ nơi phát hành hoặc từ cấp trên."


class HalfUpdateError(DeskError):
    message = "Tệp cập nhật mới chép được một phần."
    remedy = _AGAIN


class DamagedUpdateError(DeskError):
    message = "Tệp cập nhật bị hỏng hoặc đã bị sửa: nội dung không đúng như nơi phát hành đã ký."
    remedy = _AGAIN


class ForeignUpdateKeyError(DeskError):
    message = "Tệp cập nhật không do nơi phát hành chương trình này ký."
    remedy = "Đừng dùng tệp này. Chưa có gì thay đổi; hỏi cấp trên nơi lấy tệp đúng."


class NewerUpdateFormatError(DeskError):
    message = "Tệp cập nhật này dành cho bản chương trình mới hơn bản đang chạy."
    remedy = "Chưa có gì thay đổi. Cài bản mới bằng bộ cài; dữ liệu của quầy được giữ nguyên."


class OlderUpdateError(DeskError):
    message = "Tệp cập nhật là bản {version}, cũ hơn bản {mine} đang chạy."
    remedy = "Chưa có gì thay đổi. Muốn quay về bản trước thì bấm «Quay về bản trước…» ở trang Cập nhật chương trình."


class SameUpdateError(DeskError):
    message = "Máy này đã có bản {version}."
    remedy = "Không cần làm gì; nếu vừa cập nhật thì đóng chương trình rồi mở lại để dùng bản mới."


class OtherPlatformUpdateError(DeskError):
    message = "Tệp cập nhật dành cho máy {platform}, còn máy này là {mine}."
    remedy = "Chưa có gì thay đổi. Lấy tệp cập nhật có tên ghi {mine_name}."

    def __init__(self, **facts: object) -> None:
        super().__init__(**facts)
        self.remedy = self.remedy.format(mine_name=facts["mine"])


class SkippedUpdateError(DeskError):
    message = "Bản {version} không nhận thẳng được dữ liệu của bản {mine}."
    remedy = "Chưa có gì thay đổi. Cập nhật lên một bản ở giữa trước (hỏi cấp trên), rồi mới lên bản này."


class NotInstalledError(DeskError):
    message = "Chương trình này không được cài bằng bộ cài nên không tự cập nhật được."
    remedy = "Cài Bàn Một Cửa bằng bộ cài cho Windows hoặc Linux; dữ liệu của quầy được giữ nguyên."


class UpdateNoRoomError(DeskError):
    message = "Không đủ chỗ cho bản mới: cần {needed} MB, ổ đĩa còn {free} MB."
    remedy = "Chưa có gì thay đổi. Xóa bớt tệp trên ổ đĩa rồi làm lại."


class UpdateRefusedByDiskError(BecauseError):
    message = "Không ghi được bản mới vào thư mục chương trình."
    remedy = "Chưa có gì thay đổi. Sửa điều vừa nêu rồi làm lại."


class UpdateUntestedError(DeskError):
    message = "Bản mới {version} không qua được phần tự kiểm tra trên máy này ({why}) nên không được dùng."
    remedy = "Vẫn dùng bản đang chạy. Báo cho cấp trên hoặc nơi phát hành dòng chữ trên."


class UpdateGivenUpError(BecauseError):
    """Ends the program with the code that asks its launcher for the version before."""

    message = "Bản mới {version} không mở được dữ liệu của quầy; máy quay về bản trước."
    exit_code = 75
    remedy = "Dữ liệu không thay đổi. Báo cho cấp trên dòng chữ trên; vẫn làm việc bằng bản trước."


class NoWayBackError(DeskError):
    message = "Máy này không giữ bản nào trước bản {mine}."
    remedy = "Không có gì thay đổi. Nếu bản này có lỗi, báo cho cấp trên để nhận bản sửa."


class OnlyForwardError(DeskError):
    message = "Từ khi dùng bản {mine}, quầy đã ghi việc mới mà bản {version} không hiểu; quay về sẽ mất các việc đó."
    remedy = "Không có gì thay đổi. Ở lại bản này và báo cho cấp trên để nhận bản sửa."


class DraftsInTheWayError(DeskError):
    message = "Có {drafts} trang nhập dở từ khi dùng bản mới; quay về bản {version} sẽ mất các trang đó."
    remedy = "Lưu hoặc bỏ các trang nhập dở rồi quay về."


class NoCopyBackError(DeskError):
    message = "Bản {version} không đọc được dữ liệu hiện nay, và không có bản chép dữ liệu nào để đặt lại."
    remedy = "Không có gì thay đổi. Ở lại bản này và báo cho cấp trên để nhận bản sửa."
