"""What the operating system refuses has a sentence of its own, the right one, and nothing is lost by it."""

from __future__ import annotations

import argparse
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app.cli.opening import BlankPassphraseFileError, NoPassphraseFileError, passphrase
from desk_app.district.admin import folder as district_folder
from desk_app.district.failures import ServerRunsError
from desk_app.errors import (
    BlockedByAntivirusError,
    DeskError,
    DeviceGoneError,
    DiskFailedError,
    DiskFullError,
    FileForFolderError,
    FileUnreadableError,
    FolderForFileError,
    FolderNotMadeError,
    HeldByAnotherError,
    MemoryFullError,
    NameNotAllowedError,
    NetworkFolderError,
    NetworkPlaceGoneError,
    NotPermittedError,
    NotWritableError,
    PathTooLongError,
    PlaceMissingError,
    QuotaFullError,
    ReadOnlyDiskError,
    StickFullError,
    StickPulledOutError,
    StickReadOnlyError,
    TooBigForDiskError,
    TooManyOpenError,
    of_files,
    of_system,
)
from desk_app.services.catalogue import imports, law_files, units
from desk_app.services.desk.desk import open_desk
from desk_app.services.maintenance import recovery_file
from desk_app.services.setup import setup
from desk_app.store.attachments import files
from desk_app.store.database import driver, lock
from desk_app.store.database.failures import file_failures, told_as
from desk_app.store.keys import vault
from desk_app.sync.stick.stick_files import stick_failures
from tests.kit.desk.desks import PASSPHRASE, make_template
from tests.kit.desk.terminal import SECRET_CARD, Terminal

BY_NUMBER = {
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: QuotaFullError,
    errno.EFBIG: TooBigForDiskError,
    errno.EROFS: ReadOnlyDiskError,
    errno.EACCES: NotPermittedError,
    errno.EPERM: NotPermittedError,
    errno.EBUSY: HeldByAnotherError,
    errno.ENAMETOOLONG: PathTooLongError,
    errno.EILSEQ: NameNotAllowedError,
    errno.EISDIR: FolderForFileError,
    errno.ENOTDIR: FileForFolderError,
    errno.EMFILE: TooManyOpenError,
    errno.ENFILE: TooManyOpenError,
    errno.ENOENT: PlaceMissingError,
    errno.ENODEV: DeviceGoneError,
    errno.ENXIO: DeviceGoneError,
    errno.ENOMEM: MemoryFullError,
    errno.ESTALE: NetworkPlaceGoneError,
    errno.EHOSTDOWN: NetworkPlaceGoneError,
    errno.ETIMEDOUT: NetworkPlaceGoneError,
    errno.EIO: DiskFailedError,
    errno.EINVAL: DiskFailedError,
}
BY_WINDOWS = {
    3: (errno.ENOENT, PlaceMissingError),
    4: (errno.EMFILE, TooManyOpenError),
    5: (errno.EACCES, NotPermittedError),
    19: (errno.EACCES, ReadOnlyDiskError),
    21: (errno.EACCES, DeviceGoneError),
    32: (errno.EACCES, HeldByAnotherError),
    33: (errno.EACCES, HeldByAnotherError),
    53: (errno.ENOENT, NetworkPlaceGoneError),
    64: (errno.EINVAL, NetworkPlaceGoneError),
    112: (errno.ENOSPC, DiskFullError),
    123: (errno.EINVAL, NameNotAllowedError),
    206: (errno.ENOENT, PathTooLongError),
    225: (errno.EINVAL, BlockedByAntivirusError),
    267: (errno.EINVAL, FileForFolderError),
    1167: (errno.EINVAL, DeviceGoneError),
    1295: (errno.EINVAL, QuotaFullError),
}


def refused(number: int, file: object = None, *, windows: int = 0) -> OSError:
    error = OSError(number, os.strerror(number), str(file)) if file else OSError(number, os.strerror(number))
    if windows:
        error.winerror = windows  # type: ignore[attr-defined]
    return error


def raises(error: OSError) -> Callable[..., object]:
    def fails(*_: object, **__: object) -> object:
        raise error

    return fails


@pytest.mark.parametrize(("number", "kind"), BY_NUMBER.items(), ids=lambda value: getattr(value, "__name__", value))
def test_each_refusal_has_its_own_sentence_with_what_to_do(tmp_path: Path, number: int, kind: type[DeskError]) -> None:
    told = of_system(refused(number), tmp_path / "giấy.pdf")
    assert type(told) is kind
    assert told.remedy
    assert "{" not in f"{told}{told.remedy}"


@pytest.mark.parametrize(("number", "expected"), BY_WINDOWS.items())
def test_windows_says_the_same_by_its_own_numbers(
    tmp_path: Path, number: int, expected: tuple[int, type[DeskError]]
) -> None:
    code, kind = expected
    assert type(of_system(refused(code, windows=number), tmp_path / "giấy.pdf", windows=True)) is kind


def test_windows_second_name_of_a_number_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name, kind in ((10060, "WSAETIMEDOUT", NetworkPlaceGoneError), (10069, "WSAEDQUOT", QuotaFullError)):
        monkeypatch.setitem(errno.errorcode, number, name)
        assert type(of_system(refused(number), tmp_path)) is kind


def test_a_file_that_windows_would_not_open_is_asked_whether_another_program_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`open` there says only that access was denied."""
    held = tmp_path / "sổ.xlsx"
    held.write_bytes(b"x")
    assert type(of_system(refused(errno.EACCES), held, windows=True)) is NotPermittedError
    assert held.read_bytes() == b"x"
    monkeypatch.setattr(Path, "rename", raises(refused(errno.EACCES, windows=32)))
    assert type(of_system(refused(errno.EACCES), held, windows=True)) is HeldByAnotherError


def test_a_folder_opened_as_a_file_and_a_path_too_long_are_told_on_windows_too(tmp_path: Path) -> None:
    assert type(of_system(refused(errno.EACCES), tmp_path, windows=True)) is FolderForFileError
    far = tmp_path.joinpath(*["một thư mục tên khá dài"] * 12)
    told = of_system(refused(errno.ENOENT, windows=3), far, windows=True)
    assert type(told) is PathTooLongError
    assert len(str(told)) < 200


@pytest.mark.parametrize("name", ["giấy: 1.pdf", "a?.pdf", "aux.pdf", "tên.", "con", 'a"b'])
def test_a_name_that_a_stick_does_not_take_is_told_as_such(tmp_path: Path, name: str) -> None:
    assert type(of_system(refused(errno.EINVAL), tmp_path / name)) is NameNotAllowedError
    assert type(of_system(refused(errno.EINVAL), tmp_path / "giấy 1.pdf")) is DiskFailedError


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    file = tmp_path / "in"
    file.write_bytes(b"")
    with pytest.raises(OSError, match="directory") as found:
        (file / "giấy.pdf").write_bytes(b"")
    told = of_system(found.value)
    assert (type(told), str(file)[-60:] in str(told)) == (FileForFolderError, True)  # a long path is cut
    with pytest.raises(FileExistsError) as there:
        file.mkdir(exist_ok=True)
    assert type(of_system(there.value)) is FileForFolderError


def test_a_failure_of_the_network_line_is_not_taken_for_one_of_a_file() -> None:
    assert of_files(refused(errno.ECONNREFUSED)) is None
    assert of_files(ValueError("x")) is None
    assert type(of_files(refused(errno.ENOSPC))) is DiskFullError
    assert type(of_files(refused(errno.EACCES, "/x"))) is NotPermittedError


# --- where it is said ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EACCES, NotWritableError),
        (errno.EROFS, ReadOnlyDiskError),
        (errno.EDQUOT, QuotaFullError),
        (errno.ENAMETOOLONG, PathTooLongError),
        (errno.EMFILE, TooManyOpenError),
        (errno.ESTALE, NetworkPlaceGoneError),
    ],
)
def test_the_data_folder_is_diagnosed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[DeskError]
) -> None:
    with pytest.raises(kind), file_failures(tmp_path):
        raise refused(number)
    monkeypatch.setattr("desk_app.store.database.lock.os.open", raises(refused(number)))
    with pytest.raises(kind):
        lock.hold(tmp_path)


def test_what_sqlite_cannot_say_the_system_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite has one code for a quota, a lost network folder and a broken disk."""

    class SqliteError(driver.Error):  # type: ignore[misc]
        def __init__(self, name: str) -> None:
            super().__init__(name)
            self.sqlite_errorname = name

    file = tmp_path / "desk.db"
    file.write_bytes(b"")
    assert type(told_as(SqliteError("SQLITE_IOERR_WRITE"), file)) is DiskFailedError
    assert type(told_as(SqliteError("SQLITE_CANTOPEN"), file)) is NotWritableError
    assert [each.name for each in tmp_path.iterdir()] == ["desk.db"]
    for number, kind in ((errno.EDQUOT, QuotaFullError), (errno.EROFS, ReadOnlyDiskError)):
        monkeypatch.setattr("desk_app.store.database.failures.os.fsync", raises(refused(number)))
        assert type(told_as(SqliteError("SQLITE_IOERR_WRITE"), file)) is kind
        assert type(told_as(SqliteError("SQLITE_CANTOPEN"), file)) is kind
    monkeypatch.undo()
    assert type(told_as(SqliteError("SQLITE_CANTOPEN"), tmp_path)) is FolderForFileError
    assert type(told_as(SqliteError("SQLITE_IOERR_READ"), tmp_path / "đã mất" / "desk.db")) is PlaceMissingError


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EROFS, StickReadOnlyError),
        (errno.EACCES, NotPermittedError),
        (errno.EDQUOT, StickFullError),
        (errno.EFBIG, TooBigForDiskError),
        (errno.ENODEV, StickPulledOutError),
        (errno.ENOENT, StickPulledOutError),
        (errno.ENAMETOOLONG, PathTooLongError),
        (errno.EILSEQ, NameNotAllowedError),
        (errno.EHOSTDOWN, NetworkPlaceGoneError),
    ],
)
def test_a_stick_and_the_recovery_code_on_it_are_diagnosed_and_leave_no_half_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[DeskError]
) -> None:
    with pytest.raises(kind), stick_failures(tmp_path / "tệp.cx"):
        raise refused(number)
    monkeypatch.setattr("desk_app.foreign_folder.os.fsync", raises(refused(number)))
    with pytest.raises(kind):
        recovery_file.write_code(tmp_path, "A-B-C", unit="H26", commune="xã", desk=1)
    assert list(tmp_path.iterdir()) == []


def test_a_stick_pulled_before_the_half_file_can_be_taken_away_is_told_as_pulled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk_app.foreign_folder.os.fsync", raises(refused(errno.EIO)))
    monkeypatch.setattr("desk_app.foreign_folder.os.unlink", raises(refused(errno.EROFS)))
    with pytest.raises(StickPulledOutError):
        recovery_file.write_code(tmp_path, "A-B-C", unit="H26", commune="xã", desk=1)


def test_papers_for_a_place_that_refuses_say_why_and_the_dossier_is_there(tmp_path: Path) -> None:
    data, secret = make_template(tmp_path), tmp_path / "mật khẩu"
    secret.write_text(PASSPHRASE, "utf-8")
    terminal = Terminal(data, {"DESK_PASSPHRASE_FILE": str(secret)})
    taken = tmp_path / "in"
    taken.write_bytes(b"")
    told = terminal.refused("receive", "--scan", SECRET_CARD, "--procedure", "1.004873", "--out", str(taken))
    (code,) = (row["code"] for row in terminal.ask("today"))
    assert f"Hồ sơ {code} đã được lưu" in told
    assert f"{str(taken)[-60:]} là một tệp" in told
    assert "Đừng tiếp nhận lại" in told
    told = terminal.refused("print", code, "--what", "slip", "--out", str(tmp_path / ("a" * 300)))
    assert "dài quá mức" in told
    assert "tên ngắn hơn" in told


def test_a_vault_that_cannot_be_written_stays_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_template(tmp_path)
    key = vault.unlock(data, passphrase=PASSPHRASE)
    before = (data / vault.FILE).read_bytes()
    for call in ("os.open", "os.fsync", "Path.replace"):
        target = Path if call == "Path.replace" else vault.os
        monkeypatch.setattr(target, call.partition(".")[2], raises(refused(errno.EDQUOT)))
        with pytest.raises(QuotaFullError), file_failures(data):
            vault.new_recovery_code(data, key)
        monkeypatch.undo()
        assert (data / vault.FILE).read_bytes() == before


def test_files_of_law_and_attachments_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    data = make_template(tmp_path)
    with open_desk(data, passphrase=PASSPHRASE) as desk:
        for read in (imports.read_days, lambda file: units.read_units(desk, file)):
            with pytest.raises(DeskError, match="Không thấy"):
                read(tmp_path / "không có.csv")
            with pytest.raises(DeskError, match="là một thư mục"):
                read(tmp_path)
        with pytest.raises(law_files.NoLawFileError, match="Không thấy"):
            law_files.look(desk, tmp_path / "không có.csv")
        with pytest.raises(FileUnreadableError, match="là một thư mục") as told:
            files.add(desk.db, tmp_path)
        assert "Chọn một tệp" in told.value.remedy
        assert desk.db.one("SELECT count(*) FROM file") == (0,)


def test_a_new_desk_where_a_file_stands_says_so(tmp_path: Path) -> None:
    file = tmp_path / "quầy"
    file.write_bytes(b"x")
    with pytest.raises(FolderNotMadeError, match="là một tệp"):
        setup.init(file, unit="H26.99", commune="xã Thử", province="", desk=1, passphrase=PASSPHRASE)
    assert file.read_bytes() == b"x"


def test_a_password_file_says_whether_it_is_missing_or_empty(tmp_path: Path) -> None:
    with pytest.raises(NoPassphraseFileError, match="Không thấy"):
        passphrase(argparse.Namespace(passphrase_file=str(tmp_path / "không có")))
    (tmp_path / "trống").write_bytes(b"")
    with pytest.raises(BlankPassphraseFileError):
        passphrase(argparse.Namespace(passphrase_file=str(tmp_path / "trống")))


def test_the_district_on_a_folder_that_refuses_locks_is_not_a_server_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(district_folder.held_lock, "take", raises(refused(errno.ENOLCK)))
    with pytest.raises(NetworkFolderError), district_folder.held(tmp_path):
        pass
    monkeypatch.setattr(district_folder.held_lock, "take", raises(refused(errno.EAGAIN)))
    with pytest.raises(ServerRunsError), district_folder.held(tmp_path):
        pass
