"""backup, restore: copies of the desk made, listed, tried out, brought back. A code is asked for, never an option."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desk_app import places, secret_files
from desk_app.cli.opening import keyed_at_terminal, opened, passphrase
from desk_app.errors import BecauseError, DeskError, PassphraseNeededError, WrongPassphraseError, of_system
from desk_app.errors.backups import NoBackupPlaceError
from desk_app.services.backups import backup, child, drill, restoring
from desk_app.services.backups.backup import MadeBackup
from desk_app.services.backups.backup_place import Progress
from desk_app.services.backups.backup_point import BASE, BackupPoint
from desk_app.services.backups.restoring import RestoredDesk, Secret
from desk_app.services.desk.desk import Desk, is_made, key_of, open_desk
from desk_app.store.keys.recovery_code import code_in
from desk_app.terminal import Answer, moment

_KINDS = {BASE: "toàn bộ", "increment": "phần mới"}


class NoRecoveryFileError(BecauseError):
    message = "Không đọc được tệp mã khôi phục {file}."
    remedy = "Kiểm tra đường dẫn sau --recovery-file."


class RecoveryCodeNeededError(DeskError):
    message = "Cần mã khôi phục (hoặc mật khẩu mở quầy) để mở bản sao lưu."
    remedy = "Gõ mã khôi phục đã cất khi được hỏi, hoặc chỉ tệp chứa mã sau --recovery-file."


def back_up(chosen: argparse.Namespace) -> Answer:
    """Make one, or with `--list` tell which there are, with `--prove` prove the last. Runs beside an open window."""
    if chosen.lists:
        return _listed(chosen)
    with _desk(chosen) as desk:
        named = chosen.named or chosen.to
        folder = named or desk.settings.backup_folder
        if not folder:
            raise NoBackupPlaceError
        if chosen.prove:
            return _made(backup.prove(desk, Path(folder), progress=_told(chosen)))
        made = backup.make(
            desk,
            Path(folder),
            makes_folder=bool(named) and not chosen.key_from_window,
            wants_base=chosen.base,
            proves_later=chosen.prove_later,
            progress=_told(chosen),
        )
    return _made(made)


def restore(chosen: argparse.Namespace) -> Answer:
    """Into the data folder, which must be empty; with `--drill` into a folder that is thrown away."""
    data, source = places.data_folder(chosen.data), Path(chosen.source)
    if chosen.drill:
        return _drilled(chosen, data, source)
    recovery, given = _recovery(chosen), passphrase(chosen)
    if recovery or given is None:
        secret = Secret(recovery=recovery or _asked())
        return _restored(restoring.restore(source, data, secret, stem=chosen.name, new_passphrase=given, progress=_say))
    try:
        secret = Secret(passphrase=given)
        return _restored(restoring.restore(source, data, secret, stem=chosen.name, progress=_say))
    except (WrongPassphraseError, PassphraseNeededError) as error:
        code = _typed()  # the file holds the password of from now on
        if not code:
            raise
        print(error, file=sys.stderr)
        secret = Secret(recovery=code)
        return _restored(restoring.restore(source, data, secret, stem=chosen.name, new_passphrase=given, progress=_say))


def _listed(chosen: argparse.Namespace) -> Answer:
    named = chosen.named or chosen.to
    if not named:
        with _desk(chosen) as desk:
            named = desk.settings.backup_folder
    if not named:
        raise NoBackupPlaceError
    points = restoring.points_in(Path(named))
    lines = [
        f"{point.stem}  {point.made_on:%H:%M %d/%m/%Y}  {_KINDS[point.kind]}  {point.dossiers} hồ sơ"
        f"  {point.events} việc  {point.files} tệp  {_size(point.bytes)}"
        f"  {'đã kiểm' if point.is_proved else 'CHƯA KIỂM XONG'}"
        for point in points
    ]
    return Answer([_data(point) for point in points], tuple(lines))


def _made(made: MadeBackup) -> Answer:
    point = made.point
    data = {**_data(point), "path": str(made.path), "removed": made.removed, "to_verify": made.to_prove}
    lines = [
        f"{'Đã sao lưu' if point.is_proved else 'Đã chép'} {_KINDS[point.kind]} vào {made.folder}.",
        f"{point.dossiers} hồ sơ, {point.events} việc, {point.files} tệp kèm theo, {_size(point.bytes)}.",
        "Đã mở lại bản vừa ghi và kiểm: chuỗi sổ việc, danh sách và tệp kèm theo đều khớp."
        if point.is_proved
        else "CHƯA KIỂM XONG, chưa tính là bản sao lưu tốt. Kiểm tiếp bằng lệnh: desk-app backup --prove",
    ]
    if point.damaged:
        lines.append(f"{point.damaged} tệp kèm theo trên máy này đã mất hoặc hỏng từ trước: gửi nhận để lấy lại.")
    return Answer(data, tuple(lines))


def _restored(made: RestoredDesk) -> Answer:
    point = made.point
    data = {
        "path": str(made.data),
        "name": point.stem,
        "made_at": moment(point.made_at),
        "events": point.events,
        "dossiers": point.dossiers,
        "files": made.files,
        "lost_files": made.lost_files,
        "kept_by": made.kept_by,
        "ok": True,
        "drill": False,
    }
    lines = [
        f"Đã khôi phục quầy số {point.desk}, UBND {point.commune} như lúc {point.made_on:%H:%M %d/%m/%Y}: {made.data}",
        f"{point.dossiers} hồ sơ, {point.events} việc, {made.files} tệp kèm theo.",
        "Quầy ghi vào sổ mới và bỏ qua các số có thể đã cấp. Gửi nhận để lấy lại phần cấp trên đã có.",
        "Giấy in sau lúc sao lưu mà cấp trên cũng chưa có thì nhập lại theo giấy.",
    ]
    if made.lost_files:
        lines.append(f"{made.lost_files} tệp kèm theo không có trong bản sao lưu: sẽ lấy lại từ cấp trên khi gửi nhận.")
    if made.kept_by:
        lines.append(f"Khóa được giữ bởi: {made.kept_by}.")
    elif not made.has_passphrase:
        lines.append("Máy này không có kho khóa: mỗi lần mở cần mã khôi phục, cho tới khi đặt mật khẩu mở quầy.")
    return Answer(data, tuple(lines))


def _drilled(chosen: argparse.Namespace, data: Path, source: Path) -> Answer:
    """With the key of the desk in the data folder where there is one, else with the code."""
    own = data if is_made(data) else None
    code = _recovery(chosen)
    if chosen.key_from_window:
        secret = Secret(key=_key_from_window())
    elif own is not None and not code:
        with keyed_at_terminal():
            secret = Secret(key=key_of(data, passphrase=passphrase(chosen)))
    else:
        given = passphrase(chosen)
        secret = Secret(passphrase=given) if given and not code else Secret(recovery=code or _asked())
    report = drill.drill(source, secret, data=own, stem=chosen.name, progress=_told(chosen))
    answer = {
        "path": str(source),
        "name": report.point.stem,
        "made_at": moment(report.point.made_at),
        "events": report.events,
        "dossiers": report.dossiers,
        "files": report.files,
        "seconds": report.seconds,
        "ok": report.is_ok,
        "problems": list(report.problems),
        "drill": True,
        "report": str(drill.report_file(data, report.at)) if own else None,
    }
    return Answer(answer, report.lines, 0 if report.is_ok else 1)


def _data(point: BackupPoint) -> dict[str, object]:
    return {
        "name": point.stem,
        "kind": point.kind,
        "base": point.base,
        "made_at": moment(point.made_at),
        "unit": point.unit,
        "desk": point.desk,
        "events": point.events,
        "dossiers": point.dossiers,
        "files": point.files,
        "bytes": point.bytes,
        "damaged": point.damaged,
        "verified": point.is_proved,
    }


def _desk(chosen: argparse.Namespace) -> Desk:
    if chosen.key_from_window:
        return open_desk(places.data_folder(chosen.data), key=_key_from_window(), reader=True)
    return opened(chosen, reader=True)


def _key_from_window() -> bytes:
    """The key of the desk that the window has open, in hex on the first line of the input."""
    child.yield_to_others()
    return bytes.fromhex(sys.stdin.readline().strip())


def _recovery(chosen: argparse.Namespace) -> str:
    """The code in the file that is named, "" where none is."""
    if not chosen.recovery_file:
        return ""
    if chosen.recovery_file == "-":
        return code_in(sys.stdin.read())
    try:
        return code_in(secret_files.text(Path(chosen.recovery_file)))
    except (OSError, UnicodeDecodeError) as error:
        told = of_system(error, chosen.recovery_file) if isinstance(error, OSError) else DeskError()
        raise NoRecoveryFileError(told, file=chosen.recovery_file) from error


def _asked() -> str:
    code = _typed()
    if not code:
        raise RecoveryCodeNeededError
    return code


def _typed() -> str:
    print("Mã khôi phục (27 ký tự): ", end="", file=sys.stderr, flush=True)
    try:
        typed = sys.stdin.readline().strip()
    except KeyboardInterrupt:
        return ""
    return code_in(typed) if typed else ""


def _told(chosen: argparse.Namespace) -> Progress:
    return (lambda _: None) if chosen.json else _say


def _say(text: str) -> None:
    print(f"{text}…", file=sys.stderr, flush=True)


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size < 10**9 else f"{size / 1e9:.2f} GB"
