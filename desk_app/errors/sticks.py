"""What may be wrong with a stick or with the files on it."""

from __future__ import annotations

from desk_app.errors.base import DeskError


class NoStickError(DeskError):
    message = "Không thấy thư mục {folder}."
    remedy = "Cắm USB vào rồi chọn lại thư mục trên USB."


class EmptyStickError(DeskError):
    message = "Trên USB không có tệp nào dành cho quầy này."
    remedy = "Kiểm tra đúng USB, đúng thư mục; tệp cấp trên trả lời có đuôi .rcp.cx."


class NoCardError(DeskError):
    message = "Trên USB chưa có danh thiếp của cấp trên."
    remedy = "Xin cấp trên chép danh thiếp (cap-tren.card) ra USB khi làm mã ghép, rồi làm lại."


class NotAnsweredError(DeskError):
    message = "Trên USB chưa có trả lời cho yêu cầu ghép của máy này."
    remedy = "Mang USB tới cấp trên để nhận yêu cầu, rồi cắm lại và đọc trả lời."


class NothingToExportError(DeskError):
    message = "Quầy {desk} đã có mọi việc của máy này."
    remedy = "Không cần mang USB đi."


class StickReadOnlyError(DeskError):
    message = "USB đang khóa ghi, chưa ghi được gì."
    remedy = "Gạt khóa chống ghi trên USB, hoặc dùng USB khác rồi làm lại."


class StickFullError(DeskError):
    message = "USB đã đầy, tệp chưa ghi xong và đã được xóa."
    remedy = "Xóa bớt tệp trên USB, hoặc dùng USB khác rồi làm lại."


class FileThereError(DeskError):
    message = "Ở đó đã có tệp {file}, chương trình không ghi đè."
    remedy = "Chọn USB hoặc thư mục khác, hoặc đổi tên tệp cũ rồi ghi lại."


class StickPulledOutError(DeskError):
    message = "USB bị rút ra hoặc lỗi khi đang đọc, ghi."
    remedy = "Cắm lại, đợi máy nhận USB rồi làm lại; chưa có gì bị coi là đã gửi."


class StickMiswrittenError(DeskError):
    message = "USB ghi xong nhưng đọc lại không đúng những gì đã ghi."
    remedy = "USB này không tin được: dùng USB khác rồi xuất lại."


class RevokedColleagueError(DeskError):
    message = "Tệp {file} do một máy đã bị cấp trên thu hồi ghi ra nên không nhận."
    remedy = "Không có gì thay đổi. Hỏi cấp trên nếu máy đó vẫn là máy của đơn vị."


class TornStickError(DeskError):
    message = "Tệp {file} bị đứt hoặc hỏng giữa chừng; phần còn nguyên đã được nhận."
    remedy = "Chép lại tệp này từ máy đã ghi ra nó rồi nhập lại; nhập lại không làm trùng."


class ForeignStickError(DeskError):
    message = "Tệp {file} không dành cho quầy này."
    remedy = "Đưa USB cho đúng quầy ghi trên tên tệp; máy này không đọc được và không cần đọc."


class OldAnswerError(DeskError):
    message = "Tệp {file} trả lời cho lần xuất mà máy này không còn nhớ."
    remedy = "Không có gì thay đổi. Xuất ra USB lần nữa rồi mang tới cấp trên."


class DoubledStickError(DeskError):
    message = "Tệp {file} đã nhập rồi."
    remedy = "Không cần làm gì; có thể xóa tệp này trên USB."


class DamagedStickError(DeskError):
    message = "Tệp {file} bị hỏng nên không nhận được gì từ đó."
    remedy = "Chép lại tệp này từ máy đã ghi ra nó, hoặc dùng USB khác."


class NotOurDistrictError(DeskError):
    message = "Tệp {file} không phải do cấp trên của quầy này ghi."
    remedy = "Không nhận gì từ tệp này. Nếu cấp trên vừa đổi khóa thì gửi qua mạng một lần rồi dùng lại USB."


class StickGapError(DeskError):
    message = "Tệp {file} nối tiếp những việc mà máy này chưa có."
    remedy = "Xuất USB cho nơi đã ghi tệp này rồi xin tệp mới: tệp mới sẽ gồm cả phần còn thiếu."


class UnknownColleagueError(DeskError):
    message = "Máy này chưa biết quầy {desk} của đơn vị."
    remedy = "Gửi nhận với cấp trên một lần để biết các quầy khác, rồi xuất lại."


class UnknownSenderError(DeskError):
    message = "Tệp {file} do một quầy mà máy này chưa biết ghi ra."
    remedy = "Gửi nhận với cấp trên một lần để biết quầy đó, rồi nhập lại tệp này."
