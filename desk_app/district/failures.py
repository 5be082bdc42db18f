"""What the district may refuse, each its own Vietnamese sentence and remedy; none carries personal data."""

from __future__ import annotations

from desk_app.errors import BecauseError, DamagedFileError, DeskError

# --- data folder, keys --------------------------------------------------------------------


class NoDistrictFolderError(DeskError):
    message = "Thư mục {folder} chưa có dữ liệu cấp trên."
    remedy = "Khởi tạo bằng desk-district init --data THƯ_MỤC, hoặc chỉ đúng thư mục dữ liệu."


class DistrictExistsError(DeskError):
    message = "Thư mục {folder} đã có dữ liệu cấp trên."
    remedy = "Chọn thư mục khác; chương trình không ghi đè dữ liệu đang có."


class FolderRefusedError(BecauseError):
    message = "Không ghi được vào {folder}."
    remedy = "Kiểm tra đường dẫn, quyền ghi và chỗ trống của ổ đĩa rồi chạy lại."


class DamagedSettingsError(DeskError):
    message = "Tệp {file} không đọc được: {why}."
    remedy = "Sửa lại tệp này, hoặc chép lại từ bản sao lưu."


class NoKeyKeeperError(DeskError):
    message = "Máy này không có kho khóa của hệ điều hành để giữ khóa cấp trên."
    remedy = "Ghi một mật khẩu dài vào một tệp chỉ mình bạn đọc được, rồi chạy lại với --passphrase-file TỆP."


class KeyringSilentError(DeskError):
    message = "Kho khóa của hệ điều hành đang khóa hoặc không còn giữ khóa cấp trên."
    remedy = "Đăng nhập lại máy để mở kho khóa, hoặc mở bằng tệp khóa gốc: --root-file TỆP."


class KeysLockedError(DeskError):
    message = "Khóa cấp trên mở bằng mật khẩu."
    remedy = "Chạy lại với --passphrase-file TỆP (hoặc đặt DISTRICT_PASSPHRASE_FILE)."


class WrongDistrictPassphraseError(DeskError):
    message = "Mật khẩu trong tệp không mở được khóa cấp trên."
    remedy = "Kiểm tra tệp mật khẩu; mất mật khẩu thì mở bằng tệp khóa gốc: --root-file TỆP."


class PassphraseFileError(DeskError):
    message = "Không đọc được mật khẩu trong tệp {file}."
    remedy = "Tệp phải là văn bản UTF-8, dòng đầu là mật khẩu; kiểm tra đường dẫn sau --passphrase-file."


class RootFileError(DeskError):
    message = "Tệp {file} không phải tệp khóa gốc của cấp trên này."
    remedy = "Tìm lại tệp khóa gốc đã cất khi khởi tạo (khoa-goc-….txt)."


class DatabasePasswordError(DeskError):
    message = "Địa chỉ cơ sở dữ liệu có chứa mật khẩu; mật khẩu không được nằm trong dòng lệnh."
    remedy = "Ghi mật khẩu vào tệp ~/.pgpass, hoặc ghi cả địa chỉ vào một tệp rồi dùng --database-file TỆP."


class BadAddressError(DeskError):
    message = "Địa chỉ «{url}» chưa đúng."
    remedy = "Viết đủ như https://192.168.1.10:8443, là địa chỉ các quầy gọi tới được."


class OtherDistrictsDatabaseError(DeskError):
    message = "Cơ sở dữ liệu này là của một cấp trên khác."
    remedy = "Dùng cơ sở dữ liệu trống, hoặc mở đúng thư mục dữ liệu của nó."


class StorageKeyError(DamagedFileError):
    message = "Tệp {file} bị hỏng, hoặc khóa trong keys.json không phải khóa của nó."
    remedy = "Chép lại đúng keys.json của thư mục này, hoặc khôi phục bằng desk-district restore TỆP."


class PlainDatabaseInUseError(DeskError):
    message = "Cơ sở dữ liệu chưa mã hóa đang được một lệnh khác, hoặc bản cũ của chương trình, mở."
    remedy = "Đợi lệnh kia xong, dừng desk-district serve của bản cũ, rồi chạy lại lệnh này."


class NoRoomToEncryptError(DeskError):
    message = "Để mã hóa dữ liệu cần trống {needed} ở ổ đĩa của {folder}."
    remedy = "Dọn ổ đĩa rồi chạy lại lệnh này; dữ liệu cũ còn nguyên."


class ServerRunsError(DeskError):
    message = "Máy chủ của thư mục {folder} đang chạy."
    remedy = "Dừng desk-district serve rồi chạy lại lệnh này."


class PortTakenError(DeskError):
    message = "Không mở được cổng {port} trên {host}: {why}."
    remedy = "Dừng chương trình đang dùng cổng đó, hoặc chọn cổng khác bằng --port."


# --- desks --------------------------------------------------------------------------------


class UnknownDeskError(DeskError):
    message = "Không có quầy {desk} ở đơn vị {unit}."
    remedy = "Xem các quầy đã ghép bằng desk-district status."


class DeskTakenError(DeskError):
    message = "Quầy {desk} của đơn vị {unit} đã ghép và đang hoạt động."
    remedy = "Thay máy thì thu hồi máy cũ trước (desk-district revoke), hoặc dùng số quầy khác."


class NumbersOverlapError(DeskError):
    message = "Dải số {first:04d}–{last:04d} đã cấp cho quầy {desk}."
    remedy = "Chọn dải số khác sau --blocks; hai quầy không được cùng dải số."


class BadBlocksError(DeskError):
    message = "Dải số «{text}» chưa đúng."
    remedy = (
        "Viết như 0001-1999, nhiều dải cách nhau bằng dấu phẩy; số từ 1 đến 99999, trừ 9000-9999 dành cho mã viết tay."
    )


class BadUnitError(DeskError):
    message = "Mã đơn vị «{unit}» chưa đúng."
    remedy = "Dùng đúng mã đơn vị của xã như trên mã hồ sơ: chữ in hoa không dấu, số và dấu chấm."


class UnknownQuarantineError(DeskError):
    message = "Không có lô để riêng nào mang mã đó."
    remedy = "Xem mã các lô bằng desk-district quarantine; gõ ít nhất tám ký tự đầu."


# --- sticks -------------------------------------------------------------------------------


class NothingToImportError(DeskError):
    message = "Trong {folder} không có tệp .cx nào của quầy."
    remedy = "Kiểm tra đúng USB, đúng thư mục; tệp của quầy có đuôi .cx."


# --- backup -------------------------------------------------------------------------------


class BackupExistsError(DeskError):
    message = "Tệp {file} đã có."
    remedy = "Đặt tên khác cho bản sao lưu; chương trình không ghi đè bản cũ."


class BackupPlaceFullError(DeskError):
    message = "Ổ đĩa của {folder} không còn đủ chỗ cho một bản sao lưu nữa."
    remedy = "Dọn ổ đĩa đó, hoặc đặt backup_folder trong district.toml sang ổ khác, rồi chạy lại desk-district serve."


class BadBackupError(DeskError):
    message = "Bản sao lưu {file} không dùng được: {why}."
    remedy = "Dùng một bản sao lưu khác; bản này đừng xóa vội, báo cho người quản trị."


class DataNotEmptyError(DeskError):
    message = "Nơi khôi phục đang có {events} việc; bản sao lưu có {saved} việc."
    remedy = "Chắc chắn muốn thay bằng bản sao lưu thì thêm --over; phần thiếu các quầy sẽ tự gửi lại."


# --- office -------------------------------------------------------------------------------


class UnknownUnitError(DeskError):
    message = "Không có đơn vị nào mang mã {unit}."
    remedy = "Xem các đơn vị bằng desk-district status; đơn vị mới thì ghép quầy trước."


class CodeInTwoPlacesError(DeskError):
    message = "Mã hồ sơ {code} có ở nhiều nơi."
    remedy = "Thêm --unit MÃ để chỉ rõ đơn vị."


class UnknownEventError(DeskError):
    message = "Không có việc số {seq} trong sổ {log}."
    remedy = "Chép đúng mã sổ và số việc như hiện ở màn hình hồ sơ của quầy (desk-app show MÃ)."


class LawFileError(DeskError):
    message = "Tệp {file} chưa dùng được: {why}."
    remedy = "Sửa tệp này rồi chạy lại; xem mẫu trong resources/catalogue, resources/days và resources/units."


class NotPublishedFormError(DeskError):
    message = "Mẫu {form} chưa được phát hành từ đây, hoặc đã thu hồi."
    remedy = "Kiểm tra mã mẫu; mẫu do một xã tự lập thì xã đó thu hồi."


class UnopenedLawFileError(BecauseError, LawFileError):
    message = "Tệp {file} không mở được."
    remedy = "Kiểm tra đường dẫn rồi làm lại; chưa có gì được ghi."


# --- people -------------------------------------------------------------------------------


class UserExistsError(DeskError):
    message = "Đã có người dùng {name}."
    remedy = "Chọn tên khác, hoặc đổi mật khẩu bằng desk-district users password."


class UnknownOldRowError(DeskError):
    message = "Không có dòng dữ liệu cũ nào như vậy trong các lần nhập đã gửi lên đây."
    remedy = "Xem mã lần nhập và số dòng ở quầy: desk-app import where TỪ. Quầy chưa gửi thì gửi nhận rồi làm lại."


class ManyPeopleInEventError(DeskError):
    message = "Việc số {seq} là một phần của lần nhập dữ liệu cũ, có {count} người: xóa cả việc là xóa tất cả."
    remedy = "Xóa đúng người: desk-district redact-old LẦN_NHẬP --lines SỐ_DÒNG --reason LÝ_DO."


class UnknownUserError(DeskError):
    message = "Không có người dùng {name}."
    remedy = "Xem danh sách bằng desk-district users list."


class BadUserNameError(DeskError):
    message = "Tên đăng nhập chưa đúng."
    remedy = "Dùng 2 đến 32 chữ thường không dấu, số, dấu chấm hoặc gạch nối."


class PasswordsDifferError(DeskError):
    message = "Hai lần gõ mật khẩu mới không giống nhau."
    remedy = "Gõ lại cả hai lần."


class WrongOldPasswordError(DeskError):
    message = "Mật khẩu đang dùng không đúng."
    remedy = "Gõ lại, chú ý bộ gõ tiếng Việt và phím Caps Lock."


class SamePasswordError(DeskError):
    message = "Mật khẩu mới trùng mật khẩu đang dùng."
    remedy = "Đặt một mật khẩu khác."


# --- checks -------------------------------------------------------------------------------


class StillReadingError(DeskError):
    message = "Các quầy đang gửi tới, danh sách chưa kịp đọc hết."
    remedy = "Đợi vài phút rồi chạy lại desk-district check."
