"""`--selftest` of the three programs: a line per item, exit 1 where one failed."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desk_app import __version__, foreign_folder, places, terminal
from desk_app.selftest.items import carried_out, items, seconds_given
from desk_app.selftest.modules import READING_S
from desk_app.selftest.trial import Item, ItemOutcome, Trial
from desk_app.services.desk.desk import system_clock
from desk_app.terminal import Answer
from desk_app.vietnamese_parser import VietnameseParser

_WORDS = {ItemOutcome.WELL: "ĐẠT", ItemOutcome.NOTE: "LƯU Ý", ItemOutcome.FAILED: "LỖI"}


def of_desk(chosen: argparse.Namespace) -> Answer:
    """The whole installation: window, terminal and district."""
    return answer(places.data_folder(chosen.data), has_window=True)


def of_window(arguments: Sequence[str]) -> int:
    """`main.py --selftest`: no screen is needed, nothing of Qt is loaded before it is tried.

    A window program of Windows has no console: `--out` then is the only place where the lines are read.
    """
    parser = VietnameseParser(prog="ban-mot-cua", description="Tự kiểm tra bản cài đặt này, không cần dữ liệu")
    parser.add_argument(terminal.SELF_TEST, action="store_true", help="tự kiểm tra bản cài đặt")
    parser.add_argument("--data", help="thư mục dữ liệu, để thử đĩa ở đó")
    parser.add_argument("--passphrase-file", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    parser.add_argument("--out", metavar="TỆP", help="ghi thêm kết quả ra tệp này")
    chosen, _ = parser.parse_known_args(list(arguments))
    found = of_desk(chosen)
    if chosen.out:
        foreign_folder.write_whole(Path(chosen.out), [terminal.written(found, as_json=chosen.json).encode()])
    if sys.stdout is not None:
        terminal.speak_utf8()
        terminal.show(found, as_json=chosen.json)
    return found.exit_code


def answer(data: Path, *, has_window: bool) -> Answer:
    """Every item tried; `has_window` False leaves out what a server without a screen needs not."""
    began = time.monotonic()
    given = seconds_given(os.environ, time.time())
    chosen = items(data, system_clock(), has_window=has_window, whole_s=given - READING_S)
    found = carried_out(chosen, end_s=given)
    failed = sum(trial.outcome is ItemOutcome.FAILED for _, trial in found)
    took = time.monotonic() - began
    verdict = f"{failed} mục không đạt" if failed else "Bản cài đặt dùng được"
    last = f"Bàn Một Cửa {__version__}: {verdict} ({len(found)} mục, {took:.1f} giây)."
    return Answer([_data(*each) for each in found], (*(_line(*each) for each in found), last), 1 if failed else 0)


def _data(item: Item, trial: Trial) -> dict[str, Any]:
    return {
        "item": item.name,
        "subject": item.subject,
        "ok": trial.outcome is not ItemOutcome.FAILED,
        "outcome": trial.outcome.value,
        "state": trial.state,
        "remedy": trial.remedy,
        "ms": trial.ms,
    }


def _line(item: Item, trial: Trial) -> str:
    remedy = f"  → {trial.remedy}" if trial.remedy else ""
    return f"{_WORDS[trial.outcome]:<6} {item.subject}: {trial.state}{remedy}"
