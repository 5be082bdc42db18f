"""keys: every key of the window, in lines or as a sheet of A4 to hang beside the screen; no desk is needed."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app.domain.calendar.moments import milliseconds
from desk_app.services.desk.desk import system_clock
from desk_app.services.help import key_paper
from desk_app.services.papers.paper_files import write_file
from desk_app.terminal import Answer

_WIDE = 16


def keys(chosen: argparse.Namespace) -> Answer:
    groups = key_paper.shipped()
    data: dict[str, object] = {
        "groups": [
            {"title": title, "keys": [{"key": key, "does": text} for key, text in pairs]} for title, pairs in groups
        ],
        "path": chosen.out,
    }
    if chosen.out:
        path = Path(chosen.out)
        write_file(path, key_paper.key_pdf(groups, made_at=milliseconds(system_clock())))
        return Answer(data, (f"Đã ghi bảng phím tắt, một tờ A4: {path}",))
    lines: list[str] = []
    for title, pairs in groups:
        lines += [title.upper(), *(f"  {key:<{_WIDE}}  {text}" for key, text in pairs), ""]
    return Answer(data, tuple(lines[:-1]))
