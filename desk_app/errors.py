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


class BadCheckDigitError(DeskError):
    message = "Dòng mã ở mặt sau thẻ sai số kiểm tra ở phần {part}."
    remedy = "Lau sạch thẻ rồi quét lại, hoặc quét mã QR; đừng dùng số vừa đọc."


# --- numbering ----------------------------------------------------------------------------


class NumbersUsedUpError(DeskError):
    message = "Quầy {desk} đã dùng hết dải số {first:04d}–{last:04d} của ngày {on}."
    remedy = "Xin cấp thêm một dải số trong mục Thiết lập, rồi lưu lại hồ sơ."


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


# --- store --------------------------------------------------------------------------------


class DataFolderMissingError(DeskError):
    message = "Không thấy thư mục dữ liệu {folder}."
    remedy = "Cắm lại ổ đĩa hoặc kiểm tra đường dẫn; máy mới thì khởi tạo bằng desk-app init."


class NoDeskError(DeskError):
    message = "Thư mục {folder} chưa có dữ liệu của quầy nào."
    remedy = "Khởi tạo quầy bằng desk-app init, hoặc chọn đúng thư mục dữ liệu."


class DeskExistsError(DeskError):
    message = "Thư mục {folder} đã có dữ liệu của một quầy."
    remedy = "Chọn thư mục khác để khởi tạo; chương trình không ghi đè dữ liệu đang có."


class NotEncryptedError(DeskError):
    message = "Bản cài này không mã hóa được dữ liệu nên không mở sổ hồ sơ."
    remedy = "Cài lại chương trình từ bộ cài chính thức."


class WrongKeyError(DeskError):
    message = "Khóa này không mở được dữ liệu của quầy."
    remedy = "Kiểm tra tệp vault.json có đúng là của thư mục này không, hoặc mở bằng mã khôi phục."


class DamagedFileError(DeskError):
    message = "Tệp dữ liệu {file} bị hỏng."
    remedy = "Đừng ghi thêm. Khôi phục từ bản sao lưu gần nhất (desk-app restore), và kiểm tra ổ đĩa."


class NewerFileError(DeskError):
    message = "Dữ liệu do bản chương trình mới hơn ghi, bản này không đọc được."
    remedy = "Cập nhật chương trình trên máy này rồi mở lại."


class DiskFullError(DeskError):
    message = "Ổ đĩa đã đầy, chưa ghi được."
    remedy = "Xóa bớt tệp trên ổ đĩa rồi lưu lại; những gì đã lưu trước đó vẫn còn nguyên."


class DiskFailedError(DeskError):
    message = "Ổ đĩa báo lỗi khi đọc hoặc ghi ({what})."
    remedy = "Thử lại; nếu còn lỗi thì sao lưu ngay sang ổ khác và kiểm tra ổ đĩa."


class FolderNotMadeError(DeskError):
    message = "Không tạo được thư mục dữ liệu {folder}."
    remedy = "Kiểm tra đường dẫn và quyền ghi, hoặc chọn thư mục khác."


class NotWritableError(DeskError):
    message = "Chương trình không có quyền ghi vào thư mục dữ liệu {folder}."
    remedy = "Mở quyền ghi thư mục này cho người dùng máy, rồi mở lại chương trình."


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
    remedy = "Lưu lại để lấy số kế tiếp; nếu vẫn trùng thì kiểm tra dải số của quầy trong Thiết lập."


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


class FileUnreadableError(DeskError):
    message = "Không đọc được tệp {name}."
    remedy = "Kiểm tra tệp còn ở đó và mở được, rồi đính kèm lại."


class FileTooLargeError(DeskError):
    message = "Tệp {name} lớn quá {most} MB nên không đính kèm được."
    remedy = "Quét lại ở độ phân giải thấp hơn (đen trắng, 200 điểm) rồi đính kèm."


class UnnamedHoleError(DeskError):
    message = "Việc số {seq} của sổ {log} đến mà không còn nội dung, cũng không có lệnh xóa của tuyến trên."
    remedy = "Phần này chưa được nhận; đồng bộ lại để nhận lệnh xóa trước."


# --- vault --------------------------------------------------------------------------------


class NoKeyStoreError(DeskError):
    message = "Máy này không có kho khóa an toàn để giữ khóa dữ liệu ({why})."
    remedy = "Đặt mật khẩu mở quầy (--passphrase-file), hoặc mở kho khóa của hệ điều hành rồi thử lại."


class KeyStoreLockedError(DeskError):
    message = "Kho khóa của hệ điều hành đang khóa hoặc không trả lời."
    remedy = "Mở khóa kho khóa (đăng nhập lại máy), hoặc mở quầy bằng mật khẩu hay mã khôi phục."


class KeyStoreEmptyError(DeskError):
    message = "Kho khóa của hệ điều hành không còn giữ khóa của quầy này."
    remedy = "Mở quầy bằng mật khẩu hoặc mã khôi phục đã in khi khởi tạo."


class PassphraseNeededError(DeskError):
    message = "Quầy này mở bằng mật khẩu."
    remedy = "Nhập mật khẩu mở quầy, hoặc mã khôi phục."


class WrongPassphraseError(DeskError):
    message = "Mật khẩu mở quầy không đúng."
    remedy = "Gõ lại, chú ý bộ gõ tiếng Việt và phím Caps Lock; quên thì dùng mã khôi phục."


class EmptyPassphraseError(DeskError):
    message = "Mật khẩu mở quầy đang để trống."
    remedy = "Nhập một mật khẩu rồi thử lại."


class WrongRecoveryCodeError(DeskError):
    message = "Mã khôi phục này không phải của quầy này."
    remedy = "Kiểm tra đúng tờ mã khôi phục đã in khi khởi tạo quầy."


class MistypedRecoveryCodeError(DeskError):
    message = "Mã khôi phục gõ chưa đúng: cần đủ 27 ký tự."
    remedy = "Gõ lại theo tờ đã in; chữ O và số 0, chữ I và số 1 được coi như nhau."


class DamagedVaultError(DeskError):
    message = "Tệp khóa {file} bị hỏng hoặc thiếu."
    remedy = "Chép lại tệp vault.json từ bản sao lưu."


# --- sync: a round ------------------------------------------------------------------------


class OfflineError(DeskError):
    message = "Chưa kết nối được tới máy chủ cấp trên."
    remedy = "Kiểm tra dây mạng hoặc sóng; chương trình tự thử lại. Cần gấp thì xuất ra USB."


class NoDistrictError(DeskError):
    """Somebody answered, but nothing that the pinned district signed."""

    message = "Có mạng nhưng không thấy máy chủ cấp trên ở địa chỉ đã ghép."
    remedy = "Có thể mạng đang đòi đăng nhập: mở trình duyệt xem, rồi bấm «Gửi lại ngay». Chưa có gì bị coi là đã gửi."


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


# --- sync: sticks -------------------------------------------------------------------------


class NoStickError(DeskError):
    message = "Không thấy thư mục {folder}."
    remedy = "Cắm USB vào rồi chọn lại thư mục trên USB."


class EmptyStickError(DeskError):
    message = "Trên USB không có tệp nào dành cho quầy này."
    remedy = "Kiểm tra đúng USB, đúng thư mục; tệp cấp trên trả lời có đuôi .rcp.cx."


class NothingToExportError(DeskError):
    message = "Quầy {desk} đã có mọi việc của máy này."
    remedy = "Không cần mang USB đi."


class StickReadOnlyError(DeskError):
    message = "USB đang khóa ghi, chưa ghi được gì."
    remedy = "Gạt khóa chống ghi trên USB, hoặc dùng USB khác rồi xuất lại."


class StickFullError(DeskError):
    message = "USB đã đầy, tệp chưa ghi xong và đã được xóa."
    remedy = "Xóa bớt tệp trên USB, hoặc dùng USB khác rồi xuất lại."


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
