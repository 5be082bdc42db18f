"""The terminal: the same services as the window, one command each. Exit 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app import terminal
from desk_app.cli import parser
from desk_app.services.updates import trial


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it answers goes to stdout, a refusal with its remedy to stderr."""
    terminal.speak_utf8()
    trial.set_alive()
    return terminal.carried_out(parser.build().chosen(terminal.as_command(arguments)))
