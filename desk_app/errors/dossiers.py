"""What may fail about dossiers, cards, papers and the law behind them."""

from __future__ import annotations

from desk_app.errors.base import DeskError

# --- dossiers -----------------------------------------------------------------------------


class WrongStatusError(DeskError):
    message = "Hồ sơ {code} đang ở trạng thái «{status}», chưa thể {action}."
    remedy = "Mở hồ sơ để xem bước tiếp theo."


class StepRefusedError(WrongStatusError):
    """A step that the table of steps refuses; the remedy is the table's own sentence, of what to do instead."""

    def __init__(self, *, instead: str, **facts: object) -> None:
        super().__init__(**facts)
        self.remedy = instead


class EarlyLapseError(DeskError):
    message = "Chưa dừng hồ sơ {code} được: người nộp còn được bổ sung đến hết ngày {until}."
    remedy = "Đợi hết ngày đó, hoặc ghi nhận bổ sung khi người nộp đến."


class DeedNotAllowedError(DeskError):
    message = "Tài khoản đang dùng không được {deed}."
    remedy = "Nhờ người được giao việc này ở xã làm; chưa có gì được ghi."


class NothingToTakeBackError(DeskError):
    message = "Hồ sơ {code} chưa có bước nào để rút lại."
    remedy = "Mở hồ sơ và xem mục Lịch sử."


class OthersReturnError(DeskError):
    message = "Kết quả của hồ sơ {code} do quầy khác ghi là đã trả."
    remedy = "Chỉ quầy đã ghi trả kết quả mới rút lại được bước này; hãy báo quầy đó."


class UnknownDossierError(DeskError):
    """`code` is told only where it has the shape of one: clerks also type names and ID numbers there."""

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


# --- cards --------------------------------------------------------------------------------


class UnreadableCardError(DeskError):
    message = "Không đọc được thẻ: {why}."
    remedy = "Quét lại mã QR, hoặc gõ tay số căn cước và họ tên."


class GarbledCardError(DeskError):
    """The text arrived with letters lost; `fields` are the names of the fields."""

    message = "Mã trên thẻ đọc được nhưng chữ tiếng Việt bị hỏng."
    remedy = "Đặt đầu đọc ở chế độ cổng COM (UTF-8), hoặc dán nội dung mã; hoặc gõ tay họ tên và nơi thường trú."


class NotACardError(DeskError):
    """A web address, a product code, another QR: whatever a scanner read that is neither card nor slip."""

    message = "Mã này không phải thẻ, cũng không phải giấy hẹn của quầy này: đã bỏ qua."
    remedy = "Quét mã QR trên thẻ căn cước, hoặc dòng mã ở mặt sau thẻ, hoặc mã trên giấy hẹn."


class HalfCardError(DeskError):
    """A card began to arrive and its end has not come."""

    message = "Mới nhận được nửa thẻ: quét lại."
    remedy = "Giữ thẻ yên trước máy quét đến khi nghe tiếng bíp; phần đã nhận không được ghi vào ô nào."


class ScannerCodePageError(DeskError):
    """The scanner sends letters as Alt codes of a code page that has no Vietnamese letters."""

    message = "Máy quét gửi chữ bằng phím Alt và số nên mất chữ tiếng Việt: thẻ chưa được đọc."
    remedy = "Đặt máy quét ở chế độ cổng COM (UTF-8) hoặc Unicode rồi quét lại; hoặc dán nội dung mã (Ctrl+Shift+V)."


class BadCheckDigitError(DeskError):
    message = "Dòng mã của thẻ hoặc hộ chiếu sai số kiểm tra ở phần {part}."
    remedy = "Lau sạch giấy tờ rồi quét lại, hoặc quét mã QR của thẻ; đừng dùng số vừa đọc."


# --- numbering ----------------------------------------------------------------------------


class NumbersUnknownError(DeskError):
    message = "Máy này thay một máy cũ và chưa biết máy cũ đã cấp những số nào hôm nay."
    remedy = "Bấm «Gửi lại ngay» ở trang Gửi nhận, hoặc gửi nhận bằng USB, rồi lưu lại hồ sơ."


class NumbersUsedUpError(DeskError):
    message = "Quầy {desk} đã dùng hết dải số {first:04d}–{last:04d} của ngày {on}."
    remedy = "Xin cấp trên cấp thêm một dải số cho quầy, gửi nhận, rồi lưu lại hồ sơ."


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

    message = "{label} có ký tự không in được ({characters})."
    remedy = "Gõ lại mục này bằng chữ Việt thông thường rồi in."


# --- catalogue ----------------------------------------------------------------------------


class CatalogueFileError(DeskError):
    """A file of procedures cannot be read; `file` is its name, `place` a line or a key."""

    message = "Tệp thủ tục {file}, {place}: {why}."
    remedy = "Sửa tệp đó rồi nhập lại."


class NoCatalogueError(DeskError):
    message = "Thư mục {folder} không có tệp danh mục catalogue.jsonl hay details.jsonl."
    remedy = "Chọn đúng thư mục chứa danh mục thủ tục đã tải về."
