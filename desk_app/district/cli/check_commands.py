"""check, rebuild, doctor: whether what is kept is whole, the lists made anew, and how the machine stands."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.district.admin import folder
from desk_app.district.checks import check as checks
from desk_app.district.checks import doctor as machine
from desk_app.district.cli.opening import clock, data_folder, named_database, opened, passphrase
from desk_app.district.keys import keyfile, rootfile
from desk_app.district.keys.keyfile import Opened
from desk_app.lazy import lazy
from desk_app.terminal import Answer

if TYPE_CHECKING:
    from desk_app.selftest import command as installation
else:
    installation = lazy("desk_app.selftest.command")


def selftest(chosen: argparse.Namespace) -> Answer:
    """The installation, without keys and without what only a window needs."""
    return installation.answer(data_folder(chosen), has_window=False)


def check(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here:
        report = checks.check(here)
    data = {
        "ok": not report.problems,
        "events": report.events,
        "frames": report.frames,
        "dossiers": report.dossiers,
        "files": report.files,
        "logs": [{"log": log, "seq": seq, "head": head} for log, seq, head in report.logs],
        "problems": list(report.problems),
    }
    verdict = "Dữ liệu nguyên vẹn." if not report.problems else "Dữ liệu có chỗ hỏng hoặc bị sửa:"
    first = f"{len(report.logs)} sổ, {report.events} việc, {report.dossiers} hồ sơ, {report.files} tệp. {verdict}"
    advice = (
        (
            "Danh sách sai mà các sổ đúng: chạy desk-district rebuild.",
            "Sổ, máy hay tệp bị sửa: khôi phục từ bản sao lưu bằng desk-district restore TỆP --over.",
        )
        if report.problems
        else ()
    )
    return Answer(data, (first, *report.problems, *advice), 1 if report.problems else 0)


def rebuild(chosen: argparse.Namespace) -> Answer:
    with folder.held(data_folder(chosen)), opened(chosen) as here:
        dossiers = checks.rebuild(here)
    return Answer({"dossiers": dossiers}, (f"Đã dựng lại danh sách {dossiers} hồ sơ từ các sổ.",))


def doctor(chosen: argparse.Namespace) -> Answer:
    data = data_folder(chosen)

    def unlock() -> Opened:
        root = rootfile.read(Path(chosen.root_file)) if chosen.root_file else None
        return keyfile.unlock(data, passphrase=passphrase(chosen), root=root)

    found = machine.doctor(data, database=named_database(chosen), unlock=unlock, at=clock())
    lines = [f"{each.subject}: {each.state}" + (f"  → {each.remedy}" if each.remedy else "") for each in found]
    told = [{"subject": each.subject, "state": each.state, "remedy": each.remedy} for each in found]
    return Answer(told, tuple(lines), 0 if all(each.is_well for each in found) else 1)
