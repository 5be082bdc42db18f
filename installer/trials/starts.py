"""How long the installed program takes to start beside the source: pairs in turn, CPU and wall, medians of the ratios.

usage: python -m installer.trials.starts FOLDER [--pairs 9] [--table]      FOLDER: where the launchers are
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from installer import roots
from installer.known import ROOT
from installer.roots import say
from installer.trials import screen
from installer.trials.linux_trial import CARD
from installer.trials.results import PAGE

GOAL = 1.05
_BLOCK = re.compile(r"(?s)<!-- khởi động: .*? -->.*?<!-- hết khởi động -->")
_AFTER = 2.0
Cost = tuple[float, float]
"""Seconds of CPU, seconds on the clock."""


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Đo lúc khởi động: bản cài và mã nguồn, từng cặp.")
    parser.add_argument("folder", type=Path, help="thư mục có ban-mot-cua, desk-app đã cài")
    parser.add_argument("--pairs", type=int, default=9, help="số cặp (mặc định 9)")
    parser.add_argument("--table", action="store_true", help="ghi bảng vào docs/packages.md")
    return parser


def terminal(command: Sequence[str], variables: dict[str, str]) -> Cost:
    """One command from its start to its end, with its children."""
    began = time.monotonic()
    with subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, cwd=ROOT) as program:
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise SystemExit(f"{command[0]} thoát với mã {program.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began


def window(command: Sequence[str], variables: dict[str, str]) -> Cost:
    """The clock stops when the window carries the commune's name: its list can be used then. CPU: until it rests."""
    began = time.monotonic()
    with subprocess.Popen(
        command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as program:
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "UBND"]
        try:
            subprocess.run(search, env=variables, check=True, stdout=subprocess.DEVNULL, timeout=120)
            took = time.monotonic() - began
            time.sleep(_AFTER)
        finally:
            program.terminate()
        _, _, usage = os.wait4(program.pid, 0)
        program.returncode = 0
    return usage.ru_utime + usage.ru_stime, took


def pairs(measure: Callable[[], tuple[Cost, Cost]], count: int) -> list[tuple[Cost, Cost]]:
    measure()  # both once, so that the files of both are in memory
    return [measure() for _ in range(count)]


def main(arguments: list[str]) -> int:
    chosen = options().parse_args(arguments)
    roots.need("xdotool", "xdotool")
    rows = []
    with tempfile.TemporaryDirectory() as folder, screen.screen() as display:
        variables = environment(Path(folder), display)
        fill(chosen.folder, variables)
        for named, measure, source, installed in (
            ("desk-app today", terminal, ["-m", "desk_app", "today"], "desk-app"),
            ("cửa sổ", window, ["main.py"], "ban-mot-cua"),
        ):
            ours = [str(chosen.folder / installed), *(["today"] if installed == "desk-app" else [])]
            turn = _in_turn(measure, [sys.executable, *source], ours, variables)
            rows.append(_row(named, pairs(turn, chosen.pairs)))
    head = f"| khởi động, {chosen.pairs} cặp xen kẽ | CPU, cài / nguồn | thời gian, cài / nguồn "
    head += "| giữa: cài | giữa: nguồn |\n"
    told = head + "|---|--:|--:|--:|--:|\n" + "\n".join(rows)
    say(told)
    if chosen.table:
        text = PAGE.read_text(encoding="utf-8")
        block = f"<!-- khởi động: python -m installer.trials.starts -->\n{told}\n<!-- hết khởi động -->"
        PAGE.write_text(_BLOCK.sub(lambda _: block, text), encoding="utf-8")
    return 0


def _in_turn(
    measure: Callable[[Sequence[str], dict[str, str]], Cost],
    source: Sequence[str],
    installed: Sequence[str],
    variables: dict[str, str],
) -> Callable[[], tuple[Cost, Cost]]:
    return lambda: (measure(installed, variables), measure(source, variables))


def _row(named: str, measured: list[tuple[Cost, Cost]]) -> str:
    cpu = statistics.median(ours[0] / source[0] for ours, source in measured)
    wall = statistics.median(ours[1] / source[1] for ours, source in measured)
    ours = statistics.median(each[0][1] for each in measured)
    source = statistics.median(each[1][1] for each in measured)
    return f"| {named} | {_number(cpu)} | {_number(wall)} | {_number(ours)} giây | {_number(source)} giây |"


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def environment(folder: Path, display: str) -> dict[str, str]:
    secret = folder / "mat-khau"
    secret.write_text("một mật khẩu chỉ để đo\n", encoding="utf-8")
    secret.chmod(0o600)
    named = {
        "DESK_DATA": str(folder / "data"),
        "DESK_STATE": str(folder / "state"),
        "DESK_PASSPHRASE_FILE": str(secret),
    }
    return {**os.environ, **named, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONDONTWRITEBYTECODE": ""}


def fill(folder: Path, variables: dict[str, str]) -> None:
    desk = str(folder / "desk-app")
    made = [desk, "init", "--unit", "H26.99", "--commune", "xã Thử Nghiệm", "--desk", "1"]
    subprocess.run(made, env=variables, check=True, stdout=subprocess.DEVNULL)
    taken = [desk, "receive", "--scan", "-", "--procedure", "1.004873"]
    subprocess.run(taken, input=CARD, text=True, env=variables, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
