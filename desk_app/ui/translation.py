"""Vietnamese for Qt's own texts (PySide6 ships none): read from resources/i18n/qtbase_vi.ts when Qt first asks."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QTranslator

from desk_app import places


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
    import xml.etree.ElementTree as ET  # noqa: PLC0415 - a start asks for none of Qt's own texts

    tree = ET.parse(places.resources() / "i18n" / "qtbase_vi.ts")  # noqa: S314 - our own file
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in tree.iter("context")
        for message in context.iter("message")
    }
