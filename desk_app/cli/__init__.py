"""The terminal: the same services as the window, one command each. Exit 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app import places, terminal
from desk_app.cli import parser
from desk_app.services.setup import training_start
from desk_app.services.updates import trial


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it answers goes to stdout, a refusal with its remedy to stderr."""
    terminal.speak_utf8()
    trial.set_alive()
    chosen = parser.build().chosen(terminal.as_command(arguments))
    if chosen.training:
        chosen.data = str(training_start.folder_beside(places.data_folder(chosen.data)))
    return terminal.carried_out(chosen)
