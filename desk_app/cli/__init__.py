"""The terminal: the same services as the window, one command each. Exit 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from desk_app.cli import answers, parser
from desk_app.cli.answers import Answer
from desk_app.errors import DeskError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it answers goes to stdout, a refusal with its remedy to stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console still starts in a legacy code page
    chosen = parser.build().parse_args(arguments)
    try:
        answer: Answer = chosen.run(chosen)
    except DeskError as error:
        print(error, file=sys.stderr)
        if error.remedy:
            print(error.remedy, file=sys.stderr)
        return 1
    answers.show(answer, as_json=chosen.json)
    return answer.exit_code
