"""Vietnamese for Qt's own texts (PySide6 ships none): read from resources/i18n/qtbase_vi.ts at the start."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from PySide6.QtCore import QObject, QTranslator

from desk_app import places


class StockTexts(QTranslator):
    """Answers for the contexts of the file and leaves every other text as it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[tuple[str, str], str] = {}
        tree = ET.parse(places.resources() / "i18n" / "qtbase_vi.ts")  # noqa: S314 - our own file
        for context in tree.iter("context"):
            name = context.findtext("name", "")
            for message in context.iter("message"):
                self._texts[name, message.findtext("source", "")] = message.findtext("translation", "")

    def translate(self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        # None is Qt's "no translation of mine"; "" would blank the text.
        return self._texts.get((context, source))  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        return not self._texts
