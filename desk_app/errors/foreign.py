"""What a file or folder that a person names may be, and is not read or written: a link, a pipe, far too large."""

from __future__ import annotations

from desk_app.errors.base import DeskError


class LinkRefusedError(DeskError):
    message = "{file} là một liên kết trỏ tới nơi khác, chương trình không đi theo."
    remedy = "Chọn chính tệp thật, hoặc chép tệp thật vào thư mục này thay cho liên kết rồi làm lại."


class NotAFileError(DeskError):
    message = "{file} không phải một tệp thường (là ống dẫn, thiết bị hoặc thứ khác)."
    remedy = "Chọn một tệp thường; nếu thứ này ở trên USB lạ thì đừng dùng USB đó."


class FileOverLimitError(DeskError):
    message = "Tệp {file} lớn quá mức nhận được ở đây ({most})."
    remedy = "Kiểm tra đã chọn đúng tệp; nếu đúng thì chia tệp thành nhiều tệp nhỏ rồi làm lại."


class FolderOverfullError(DeskError):
    message = "Thư mục {folder} có quá nhiều tệp (hơn {most})."
    remedy = "Chép riêng những tệp cần dùng vào một thư mục khác rồi chọn thư mục đó."


class SlowPlaceError(DeskError):
    message = "Đọc tệp {file} quá chậm nên đã dừng."
    remedy = "Chép tệp vào máy này rồi làm lại, hoặc dùng USB khác."
