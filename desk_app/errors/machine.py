"""What the operating system may refuse of a file or folder; `of_system` is the one place that says what it means."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desk_app.errors.base import DeskError

_SHOWN = 80
_WINDOWS_LONGEST = 248
"""Characters of a path from which old Windows calls fail: 260 less room for a short name in a folder."""
_FORBIDDEN = frozenset('<>:"|?*\\')
"""What no name on FAT, exFAT or NTFS may hold (Microsoft, Naming Files, Paths, and Namespaces)."""
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))})


class NoPrinterError(DeskError):
    message = "Máy này chưa có máy in nào."
    remedy = "Bấm «Lưu PDF» để lưu giấy tờ thành tệp, hoặc cắm và cài máy in rồi bấm «In lại». Hồ sơ đã được lưu."


class DiskFullError(DeskError):
    message = "Ổ đĩa đã đầy, chưa ghi được."
    remedy = "Xóa bớt tệp trên ổ đĩa rồi lưu lại; những gì đã lưu trước đó vẫn còn nguyên."


class QuotaFullError(DeskError):
    message = "Phần ổ đĩa dành cho người dùng này đã hết, chưa ghi được."
    remedy = (
        "Xóa bớt tệp của mình trên ổ đó, hoặc xin người quản trị máy tăng hạn mức, rồi làm lại; những gì đã lưu"
        " trước đó vẫn còn nguyên."
    )


class TooBigForDiskError(DeskError):
    message = "Tệp lớn quá mức ổ đĩa hoặc USB này nhận (loại FAT32 chỉ nhận tệp dưới 4 GB)."
    remedy = "Dùng ổ đĩa hoặc USB định dạng exFAT hay NTFS rồi làm lại."


class ReadOnlyDiskError(DeskError):
    message = "Ổ chứa {place} đang khóa ghi, chỉ đọc được."
    remedy = "Mở khóa ghi của ổ hay USB đó (nút gạt, hoặc nhờ người quản trị máy), hoặc chọn nơi khác, rồi làm lại."


class NotPermittedError(DeskError):
    message = "Người đang dùng máy không có quyền với {place}."
    remedy = "Nhờ người quản trị máy mở quyền cho người dùng này, hoặc chọn nơi khác, rồi làm lại."


class HeldByAnotherError(DeskError):
    message = "{place} đang bị một chương trình khác giữ (trình diệt vi-rút, trình đồng bộ, hay cửa sổ đang mở nó)."
    remedy = (
        "Đóng tệp ở chương trình kia hoặc đợi vài phút rồi làm lại. Nếu vẫn vậy, nhờ người quản trị máy để trình"
        " diệt vi-rút và trình đồng bộ bỏ qua thư mục này."
    )


class BlockedByAntivirusError(DeskError):
    message = "Trình diệt vi-rút của máy không cho mở {place}."
    remedy = "Nhờ người quản trị máy xem trình diệt vi-rút báo gì về tệp này; đừng tắt trình diệt vi-rút."


class PathTooLongError(DeskError):
    message = "Tên hoặc đường dẫn dài quá mức máy này nhận: {place}."
    remedy = "Chọn thư mục gần gốc ổ đĩa hơn, hoặc đặt tên ngắn hơn, rồi làm lại."


class NameNotAllowedError(DeskError):
    message = "Ổ đĩa hoặc USB này không nhận tên {place}."
    remedy = 'Đổi tên: bỏ các dấu < > : " | ? * \\ và dấu chấm, dấu cách ở cuối tên, rồi làm lại.'


class FolderForFileError(DeskError):
    message = "{place} là một thư mục, mà ở đây cần một tệp."
    remedy = "Chọn một tệp trong thư mục đó, hoặc đặt tên khác cho tệp."


class FileForFolderError(DeskError):
    message = "{place} là một tệp, mà ở đây cần một thư mục."
    remedy = "Chọn thư mục chứa tệp đó, hoặc một thư mục khác."


class TooManyOpenError(DeskError):
    message = "Máy đang mở quá nhiều tệp nên chưa mở thêm được."
    remedy = "Đóng bớt chương trình trên máy, đóng và mở lại chương trình này, rồi làm lại."


class NetworkPlaceGoneError(DeskError):
    message = "Mất kết nối với thư mục trên mạng {place}."
    remedy = (
        "Kiểm tra dây mạng và máy chứa thư mục đó, mở lại được thư mục thì làm lại; hoặc chọn thư mục trên chính"
        " máy này."
    )


class DeviceGoneError(DeskError):
    message = "Ổ đĩa hoặc USB chứa {place} không còn trên máy."
    remedy = "Cắm lại, đợi máy nhận rồi làm lại; những gì đã lưu trước đó vẫn còn nguyên."


class PlaceMissingError(DeskError):
    message = "Không thấy {place}."
    remedy = "Kiểm tra đường dẫn; nếu ở trên USB hay ổ mạng thì cắm hoặc nối lại, rồi làm lại."


class MemoryFullError(DeskError):
    message = "Máy không còn đủ bộ nhớ để làm việc này."
    remedy = "Đóng bớt chương trình khác rồi làm lại."


class DiskFailedError(DeskError):
    message = "Ổ đĩa báo lỗi khi đọc hoặc ghi ({what})."
    remedy = "Thử lại; nếu còn lỗi thì chép ngay cả thư mục dữ liệu sang ổ khác và kiểm tra ổ đĩa."


class BecauseError(DeskError):
    """A failure that another one explains: its own sentence, then the other's with the other's remedy."""

    message = "Chưa làm được việc này."
    remedy = "Sửa điều vừa nêu rồi làm lại."

    def __init__(self, because: DeskError, **facts: object) -> None:
        super().__init__(**facts)
        self.because = because
        self.args = (f"{self} {because}",)
        self.remedy = because.remedy


_ONLY_OF_FILES = frozenset({"ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EIO", "ENODEV", "ESTALE", "EMFILE", "ENFILE"})

_BY_NAME: dict[str, type[DeskError]] = {
    "ENOSPC": DiskFullError,
    "EDQUOT": QuotaFullError,
    "EFBIG": TooBigForDiskError,
    "EROFS": ReadOnlyDiskError,
    "EACCES": NotPermittedError,
    "EPERM": NotPermittedError,
    "EBUSY": HeldByAnotherError,
    "ETXTBSY": HeldByAnotherError,
    "ENAMETOOLONG": PathTooLongError,
    "EILSEQ": NameNotAllowedError,
    "EISDIR": FolderForFileError,
    "ENOTDIR": FileForFolderError,
    "EEXIST": FileForFolderError,  # of a folder to be made; who makes a file of a new name looks for it first
    "EMFILE": TooManyOpenError,
    "ENFILE": TooManyOpenError,
    "ENOENT": PlaceMissingError,
    "ENODEV": DeviceGoneError,
    "ENXIO": DeviceGoneError,
    "ENOMEDIUM": DeviceGoneError,
    "ENOMEM": MemoryFullError,
    **dict.fromkeys(
        [
            "ESTALE",
            "EHOSTDOWN",
            "EHOSTUNREACH",
            "ENETDOWN",
            "ENETUNREACH",
            "ENETRESET",
            "ENOTCONN",
            "ECONNABORTED",
            "ECONNRESET",
            "ECONNREFUSED",
            "ESHUTDOWN",
            "ETIMEDOUT",
            "EREMOTEIO",
        ],
        NetworkPlaceGoneError,
    ),
}
# https://learn.microsoft.com/windows/win32/debug/system-error-codes; what is not here goes by its errno
_BY_WINDOWS: dict[int, type[DeskError]] = {
    4: TooManyOpenError,
    15: DeviceGoneError,
    19: ReadOnlyDiskError,
    21: DeviceGoneError,
    **dict.fromkeys((32, 33, 170), HeldByAnotherError),
    **dict.fromkeys((39, 112), DiskFullError),
    **dict.fromkeys((51, 53, 54, 55, 59, 64, 67, 121, 1203, 1222, 1231, 1232), NetworkPlaceGoneError),
    **dict.fromkeys((111, 206), PathTooLongError),
    **dict.fromkeys((123, 161), NameNotAllowedError),
    **dict.fromkeys((225, 226), BlockedByAntivirusError),
    223: TooBigForDiskError,
    267: FileForFolderError,
    **dict.fromkeys((433, 1110, 1112, 1167), DeviceGoneError),
    **dict.fromkeys((1295, 1816), QuotaFullError),
}


def of_system(error: OSError, place: object = "", *, windows: bool = os.name == "nt") -> DeskError:
    """The failure in a clerk's words, with what to do; `place` is the file or folder, else the one `error` names."""
    path = Path(str(place or error.filename or ""))
    kind = _BY_WINDOWS.get(_windows_number(error, path, windows=windows))
    kind = kind or _BY_NAME.get(_name(error), DiskFailedError)
    if kind is PlaceMissingError and windows and len(str(path)) >= _WINDOWS_LONGEST:
        kind = PathTooLongError
    if kind in (PlaceMissingError, FileForFolderError):
        path, kind = _file_on_the_way(path, kind)
    if kind is NotPermittedError and windows and path.is_dir():
        kind = FolderForFileError  # what opening a folder as a file says there
    if kind in (DiskFailedError, PlaceMissingError) and _name(error) in ("EINVAL", "ENOENT") and _is_forbidden(path):
        kind = NameNotAllowedError
    return kind(place=_shortened(path, kind), what=_name(error))


def of_files(error: BaseException) -> DeskError | None:
    """The same for a failure that nobody expected where it happened; None where it is not certainly of a file."""
    if isinstance(error, OSError) and (error.filename or _name(error) in _ONLY_OF_FILES):
        return of_system(error)
    return None


@contextmanager
def system_failures(place: object) -> Iterator[None]:
    """What the system refuses inside, of the file or folder `place`, becomes a `DeskError`."""
    try:
        yield
    except OSError as error:
        raise of_system(error, place) from error


def _name(error: OSError) -> str:
    """Windows has two names for what its network says as well: WSAETIMEDOUT is ETIMEDOUT."""
    return errno.errorcode.get(error.errno or 0, "?").removeprefix("WSA")


def _windows_number(error: OSError, path: Path, *, windows: bool) -> int:
    """Windows' own number; `open` keeps it to itself, and renaming a file to its own name, which does nothing, asks."""
    number: int = getattr(error, "winerror", None) or 0
    if windows and not number and _name(error) == "EACCES" and path.is_file():
        try:
            path.rename(path)
        except OSError as asked:
            number = getattr(asked, "winerror", None) or 0
    return number


def _file_on_the_way(path: Path, kind: type[DeskError]) -> tuple[Path, type[DeskError]]:
    """The file that stands where a folder should be, if there is one among the folders above."""
    with suppress(OSError):
        for each in (path, *path.parents) if kind is FileForFolderError else path.parents:
            if each.is_file():
                return each, FileForFolderError
    return path, kind


def _is_forbidden(path: Path) -> bool:
    names = path.relative_to(path.anchor).parts
    return any(
        bool(_FORBIDDEN & set(name))
        or (name.endswith((".", " ")) and name not in {".", ".."})
        or name.partition(".")[0].upper() in _RESERVED
        for name in names
    )


def _shortened(path: Path, kind: type[DeskError]) -> str:
    """The path as a message shows it: a name where only the name is wrong, else its end where it is long."""
    text = path.name if kind is NameNotAllowedError else str(path)
    if not path.name and not path.anchor:
        return "nơi đã chọn"
    return text if len(text) <= _SHOWN else f"…{text[-_SHOWN:]}"
