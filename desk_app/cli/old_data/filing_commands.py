"""filing board, births: what a clerk would type again elsewhere, in that system's order and codes."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app.cli.opening import opened
from desk_app.cli.report_commands import day_said
from desk_app.services.filing import births as birth_book
from desk_app.services.filing import copy_board
from desk_app.services.papers.paper_files import write_file
from desk_app.terminal import Answer


def board(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        made = copy_board.board(desk, chosen.code)
    data = {
        "code": made.code,
        "title": made.title,
        "system": made.system,
        "verified": made.verified,
        "fields": [{"label": one.label, "text": one.text, "verified": one.verified} for one in made.entries],
    }
    unsure = [] if made.verified else ["Thứ tự chưa đối chiếu với màn hình thật."]
    return Answer(data, (f"{made.title} - {made.system}", *unsure, *(f"{e.label}: {e.text}" for e in made.entries)))


def births(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        last = day_said(chosen.to, "to", "Đến ngày") or desk.today()
        first = day_said(chosen.since, "from", "Từ ngày") or (last if chosen.to else desk.today())
        made = birth_book.book(desk, first, last)
        if chosen.out:  # the file goes into a register of the state
            desk.refuse_training()
    if chosen.out:
        write_file(Path(chosen.out), birth_book.as_workbook(made))
    data = {
        "columns": list(made.columns),
        "rows": [list(row) for row in made.rows],
        "lacking": [{"code": code, "column": column} for code, column in made.lacking],
        "by_hand": list(made.by_hand),
        "unsure": list(made.unsure),
        "path": chosen.out,
    }
    lines = [
        f"{len(made.rows)} hồ sơ khai sinh.",
        *(f"Thiếu - {code}: {told} [{name}]" for (code, name), told in zip(made.lacking, made.told, strict=True)),
        f"Công chức hộ tịch tự điền: {', '.join(made.by_hand)}.",
        *(f"Chưa xác nhận: {one}." for one in made.unsure),
        *([chosen.out] if chosen.out else []),
    ]
    return Answer(data, tuple(lines))
