"""What the terminals of the desk and of the district share: how a command is read, answered and refused."""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desk_app import __version__
from desk_app.domain.calendar.moments import in_vietnam, shown_moment
from desk_app.errors import DeskError, of_files
from desk_app.vietnamese_parser import VietnameseParser


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is what `--json` prints; `lines` what a person reads; `exit_code` 1 says that something is wrong."""

    data: Any
    lines: tuple[str, ...]
    exit_code: int = 0


SELF_TEST = "--selftest"

Run = Callable[[argparse.Namespace], Answer]
Deed = Callable[[], Run]
"""Gives the function of a command when it is carried out: only then its module loads."""
Add = Callable[[str, Deed, str], argparse.ArgumentParser]


class Commands:
    """The commands of one program: each with its `deed` in the namespace, `--json`, and the options all share."""

    def __init__(self, prog: str, description: str, shared: Callable[[argparse.ArgumentParser], None]) -> None:
        self.top = VietnameseParser(prog=prog, description=description)
        self.top.add_argument("--version", action="version", version=__version__, help="xem số phiên bản")
        self.top.add_argument(SELF_TEST, action="store_true", help="tự kiểm tra bản cài đặt (như lệnh selftest)")
        self._shared = shared
        self.add = self._adder(self.top, "command", "LỆNH")

    def group(self, name: str, text: str) -> Add:
        """Adds commands below one of this name."""
        return self._adder(self.add(name, lambda: _nothing, text), "action", "VIỆC")

    def _adder(self, parser: argparse.ArgumentParser, dest: str, metavar: str) -> Add:
        under = parser.add_subparsers(dest=dest, required=True, parser_class=VietnameseParser, metavar=metavar)

        def add(name: str, deed: Deed, text: str) -> argparse.ArgumentParser:
            made = under.add_parser(name, help=text, description=text)
            made.set_defaults(deed=deed)
            made.add_argument("--json", action="store_true", help="trả lời bằng JSON")
            self._shared(made)
            return made

        return add


def _nothing(_chosen: argparse.Namespace) -> Answer:
    """Stands for a group until its command is chosen; argparse demands one."""
    return Answer([], ())


def speak_utf8() -> None:
    """A Windows console still starts in a legacy code page; a file name may hold bytes that are no text."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def carried_out(chosen: argparse.Namespace) -> int:
    """Run the command chosen; what it answers goes to stdout, a refusal with its remedy to stderr."""
    try:
        deed: Deed = chosen.deed
        answer = deed()(chosen)
    except (DeskError, OSError) as failure:
        error = failure if isinstance(failure, DeskError) else of_files(failure)
        if error is None:
            raise
        print(error, file=sys.stderr)
        if error.remedy:
            print(error.remedy, file=sys.stderr)
        return error.exit_code
    try:
        show(answer, as_json=chosen.json)
        sys.stdout.flush()
    except OSError as failure:
        if not _is_unread(failure):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answer.exit_code


def _is_unread(failure: OSError) -> bool:
    """The reader of our lines has seen enough. Windows has no number of its own for it: its runtime says EINVAL."""
    return isinstance(failure, BrokenPipeError) or (sys.platform == "win32" and failure.errno == errno.EINVAL)


def as_command(arguments: Sequence[str] | None) -> list[str]:
    """The arguments with `--selftest`, wherever it stands, turned into the command `selftest`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if SELF_TEST not in given:
        return given
    given.remove(SELF_TEST)
    return [SELF_TEST.lstrip("-"), *given]


def show(answer: Answer, *, as_json: bool) -> None:
    print(written(answer, as_json=as_json), end="")


def written(answer: Answer, *, as_json: bool) -> str:
    """What a command answers, as text."""
    if as_json:
        return json.dumps(answer.data, ensure_ascii=False, indent=1) + "\n"
    return "".join(f"{line}\n" for line in answer.lines)


def moment(at: int) -> str | None:
    """UTC milliseconds as ISO with the Vietnamese offset; None for never."""
    return in_vietnam(at).isoformat(timespec="seconds") if at else None


def clock(at: int) -> str:
    """UTC milliseconds as a person reads them."""
    return shown_moment(at) or "—"
