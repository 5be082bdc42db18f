"""A card that takes in a file: the path a clerk types or chooses, what would come of it, and that line by line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desk_app.ui.kit.card import PageCard
from desk_app.ui.widgets.fields import Labelled, ReadLines, TextInput
from desk_app.ui.widgets.labels import label, restyle
from desk_app.ui.widgets.wrap_row import WrapRow


class FileCard(PageCard):
    """`name` begins the identifiers of what stands on the card, `called` is what a clerk calls the file.

    Who makes one lays out `held` (the path with its caption), then calls `end_with`.
    """

    def __init__(self, title: str, said: str, name: str, called: str) -> None:
        super().__init__(title)
        self.column.addWidget(label(said, "soft", wraps=True))
        self.path = TextInput(f"{name}.path", called, self.tr("Gõ đường dẫn, hoặc chọn"))
        self.held = Labelled(called, self.path)
        self.summary = label(wraps=True)
        self.summary.setAccessibleIdentifier(f"{name}.summary")

    def end_with(self, deeds: Iterable[QWidget], lines: ReadLines) -> None:
        """The buttons in a row, and below them what is said of the file."""
        row = WrapRow()
        row.show_parts(tuple(deeds))
        self.column.addWidget(row)
        self.column.addWidget(self.summary)
        self.lines = lines
        self.column.addWidget(lines)

    def place(self) -> Path | None:
        """The path that stands there; None where none does, which the card complains of."""
        text = self.path.value().strip().strip('"')
        self.held.complain("" if text else self.tr("chọn tệp hoặc gõ đường dẫn"))
        if not text:
            self.path.setFocus()
            return None
        return Path(text).expanduser()

    def say(self, text: str, role: str = "") -> None:
        restyle(self.summary, "text_role", role)
        self.summary.setText(text)
        self.summary.setVisible(bool(text))  # an empty line would leave a gap
