"""The terminal: the same services as the window, one command each. Exit 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from desk_app.cli import answers, parser
from desk_app.cli.answers import Answer
from desk_app.errors import DeskError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it answers goes to stdout, a refusal with its remedy to stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a Windows console still starts in a legacy code page; a file name may hold bytes that are no text
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = parser.chosen(arguments)
    try:
        answer: Answer = chosen.run(chosen)
    except DeskError as error:
        print(error, file=sys.stderr)
        if error.remedy:
            print(error.remedy, file=sys.stderr)
        return 1
    try:
        answers.show(answer, as_json=chosen.json)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our lines has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answer.exit_code
