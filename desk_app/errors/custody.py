"""What may fail when the papers of a dossier go from one desk of the commune to another."""

from __future__ import annotations

from desk_app.errors.base import DeskError


class HeldElsewhereError(DeskError):
    """`desk` is the number of the desk that has the papers."""

    message = "Hồ sơ {code} đang ở quầy {desk}, quầy này chưa thể chuyển đi."
    remedy = "Nếu giấy tờ đang ở đây thì ghi nhận hồ sơ trước rồi mới chuyển; nếu không thì nhờ quầy {desk} chuyển."

    def __init__(self, *, code: str, desk: int) -> None:
        super().__init__(code=code, desk=desk)
        self.remedy = type(self).remedy.format(desk=desk)


class AlreadyHereError(DeskError):
    message = "Hồ sơ {code} đã ở quầy này."
    remedy = "Không cần nhận nữa."


class ListNotHereError(DeskError):
    """A list between desks was scanned whose record has not come to this desk."""

    message = "Quầy này chưa có dữ liệu của danh sách vừa quét."
    remedy = "Gửi nhận rồi quét lại, hoặc quét giấy hẹn của từng hồ sơ."


class DossierEndedError(DeskError):
    message = "Hồ sơ {code} đã {status}, không còn chuyển giữa các quầy."
    remedy = "Mở hồ sơ để xem kết quả và lịch sử."
