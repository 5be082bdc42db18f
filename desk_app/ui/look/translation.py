"""Vietnamese for Qt's own texts (PySide6 ships none): read from resources/i18n/qtbase_vi.ts when Qt first asks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QTranslator

from desk_app import places
from desk_app.lazy import lazy

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
else:
    ET = lazy("xml.etree.ElementTree")


class StockTexts(QTranslator):
    """Answers for the contexts of the file and leaves every other text as it is."""

    def translate(self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        # None is Qt's "no translation of mine"; "" would blank the text.
        if not context.startswith("Q"):  # the contexts of the file are classes of Qt
            return None  # type: ignore[return-value]
        return _texts().get((context, source))  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        return False


@cache
def _texts() -> dict[tuple[str, str], str]:
    """Vietnamese by context and English source."""
    tree = ET.parse(places.resources() / "i18n" / "qtbase_vi.ts")
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in tree.iter("context")
        for message in context.iter("message")
    }
