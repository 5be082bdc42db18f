"""The district's terminal, `desk-district`. Exit 0 done, 1 refused, 2 wrong usage; a secret is never an argument."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app import terminal
from desk_app.district.cli import parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it answers goes to stdout, a refusal with its remedy to stderr."""
    terminal.speak_utf8()
    return terminal.carried_out(parser.build().chosen(terminal.as_command(arguments)))
