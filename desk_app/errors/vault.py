"""What may fail about the key of the data."""

from __future__ import annotations

from desk_app.errors.base import DeskError


class NoKeyStoreError(DeskError):
    """`why` names the system's key store, for the log and the terminal: no word for a clerk."""

    message = "Máy này không có kho khóa an toàn để giữ khóa dữ liệu."
    remedy = "Đặt mật khẩu mở quầy, hoặc đăng nhập lại máy để mở kho khóa của hệ điều hành rồi thử lại."


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


class WeakPasswordError(DeskError):
    message = "Mật khẩu chưa dùng được: {why}."
    remedy = "Nên đặt một câu dài mà chỉ mình bạn nghĩ ra."


class WrongRecoveryCodeError(DeskError):
    message = "Mã khôi phục này không phải của quầy này."
    remedy = "Kiểm tra đúng tờ mã khôi phục đã in khi khởi tạo quầy."


class MistypedRecoveryCodeError(DeskError):
    message = "Mã khôi phục gõ chưa đúng: cần đủ 27 ký tự."
    remedy = "Gõ lại theo tờ đã in; chữ O và số 0, chữ I và số 1 được coi như nhau."


class DamagedVaultError(DeskError):
    message = "Tệp khóa {file} bị hỏng hoặc thiếu."
    remedy = "Chép lại tệp này từ bản chép thư mục dữ liệu gần nhất; chưa có thì báo người quản trị."
