"""update: take a new version from a file or a stick, say how things stand, go back to the version before."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from desk_app import __version__, places
from desk_app.cli.opening import keyed_at_terminal, passphrase
from desk_app.errors import MissingFactError
from desk_app.errors.updates import NotInstalledError
from desk_app.services.desk.desk import is_made, key_of
from desk_app.services.updates import going_back, standing, taking_in
from desk_app.services.updates.program_folder import ProgramFolder
from desk_app.store.database.lock import hold
from desk_app.terminal import Answer

_NEXT_START = "Đóng chương trình rồi mở lại để dùng bản mới. Bản đang chạy được giữ lại để quay về khi cần."


def update(chosen: argparse.Namespace) -> Answer:
    """One of: status, back, check, take."""
    if chosen.status:
        return _status(chosen)
    if chosen.back:
        return _back(chosen)
    if not chosen.place:
        raise MissingFactError(field="place", label="tệp hoặc thư mục có tệp cập nhật")
    return _take(chosen)


def _take(chosen: argparse.Namespace) -> Answer:
    new = taking_in.looked_at(Path(chosen.place))
    told = {"version": new.version, "file": str(new.file), "news": new.news, "made_on": new.made_on, "taken": False}
    lines = (f"Bản {new.version} (đang chạy bản {__version__}).", *new.news.splitlines())
    if chosen.check:
        return Answer(told, (*lines, "Tệp nguyên vẹn, do nơi phát hành ký, cài được trên máy này."))
    folder, data = _installed(), places.data_folder(chosen.data)
    with ExitStack() as held:
        if is_made(data):
            held.enter_context(hold(data))
        taking_in.take(new, folder)
    return Answer(told | {"taken": True}, (*lines, _NEXT_START))


def _back(chosen: argparse.Namespace) -> Answer:
    folder, data = _installed(), places.data_folder(chosen.data)
    with ExitStack() as held:
        key = b""
        is_there = is_made(data)
        if is_there:
            held.enter_context(hold(data))
            with keyed_at_terminal():
                key = key_of(data, passphrase=passphrase(chosen))
        version, is_put_back = going_back.back(folder, data if is_there else None, key)
    lines = [f"Lần mở tới chạy bản {version}."]
    if is_put_back:
        lines.append("Đã đặt lại bản chép dữ liệu của bản đó; không có việc nào bị mất.")
    return Answer({"version": version, "data_put_back": is_put_back}, tuple(lines))


def _status(chosen: argparse.Namespace) -> Answer:
    found = standing.standing(taking_in.folder_of_this_program(), places.data_folder(chosen.data))
    return Answer(
        {
            "version": found.version,
            "installed": found.is_installed,
            "next": found.next,
            "previous": found.previous,
            "failed": {"version": found.failed, "why": found.failed_why} if found.failed else None,
            "fetched": str(found.fetched) if found.fetched else None,
        },
        tuple(found.lines),
    )


def _installed() -> ProgramFolder:
    folder = taking_in.folder_of_this_program()
    if folder is None:
        raise NotInstalledError
    return folder
