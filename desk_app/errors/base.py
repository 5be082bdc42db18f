"""What every expected failure is: its own sentence and a remedy."""

from __future__ import annotations


class DeskError(Exception):
    """An expected failure: said to the clerk, with what to do next."""

    message = "Không thực hiện được thao tác."
    remedy = ""
    exit_code = 1
    """What a command ends with that meets this failure."""

    def __init__(self, **facts: object) -> None:
        super().__init__(self.message.format(**facts))
        self.facts = facts
