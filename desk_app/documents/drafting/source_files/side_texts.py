"""Texts of a Word file beside its body: footnotes, endnotes, what stands at the head and foot of each page."""

from __future__ import annotations

from desk_app.documents.drafting.source_files.elements import ElementReader
from desk_app.documents.drafting.source_files.parts import MOST_LINE

_STRUCK = frozenset({"del", "delText", "moveFrom", "instrText", "Fallback"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_MOST_NOTES = 400


class SideTexts(ElementReader):
    """`notes` by their id; the part's whole text stands under "" where it has no notes."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}
        self._id = ""
        self._in_text = False
        self._skipped = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipped or tag in _STRUCK or (self._is_note(tag) and attributes.get("type") in _SEPARATORS):
            self._skipped += 1
        elif self._is_note(tag):
            self._id = attributes.get("id", "")
        elif tag == "t":
            self._in_text = True
        elif tag in {"p", "br", "tab"}:
            self._add(" ")

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif self._is_note(tag):
            self._id = ""
        elif tag == "t":
            self._in_text = False

    def text(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._add(text)

    def _add(self, text: str) -> None:
        known = self.notes.get(self._id, "")
        if len(known) < MOST_LINE and (known or len(self.notes) < _MOST_NOTES):
            self.notes[self._id] = known + text

    @staticmethod
    def _is_note(tag: str) -> bool:
        return tag in {"footnote", "endnote"}
