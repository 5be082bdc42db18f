"""The styles of paragraphs of a Word file: which lead with dots, and which are numbered."""

from __future__ import annotations

from desk_app.documents.drafting.source_files.elements import ElementReader

LEADERS = frozenset({"dot", "underscore", "hyphen", "middleDot", "heavy"})
_MOST_STYLES = 2000


class StylesReader(ElementReader):
    """Hears `word/styles.xml`. `numbered` holds (list, level) by the style's id."""

    def __init__(self) -> None:
        self.leading: set[str] = set()
        self.numbered: dict[str, tuple[str, str]] = {}
        self._style = ""
        self._list, self._level = "", ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get("styleId", "")
            self._list, self._level = "", ""
        elif not self._style or len(self.leading) + len(self.numbered) > _MOST_STYLES:
            return
        elif tag == "tab" and attributes.get("leader") in LEADERS:
            self.leading.add(self._style)
        elif tag == "numId":
            self._list = attributes.get("val", "")
        elif tag == "ilvl":
            self._level = attributes.get("val", "")

    def end(self, tag: str) -> None:
        if tag == "style":
            if self._style and self._list:
                self.numbered[self._style] = (self._list, self._level)
            self._style = ""

    def text(self, text: str) -> None:
        del text
