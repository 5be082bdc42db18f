"""A reportlab font with one fixed Vietnamese subset: the font program, widths and ToUnicode are made once a process.

reportlab cuts and compresses a new subset for every file, about half the time of a form. A text with a character
outside the fixed subset falls back to reportlab's own way. Leans on reportlab's TTFont internals: the tests compare
rendering and extracted text, and the lock pins the version.
"""

from __future__ import annotations

import codecs
import re
import zlib
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, makeToUnicodeCMap

from desk_app import places
from desk_app.documents.layout import fonts, letters

_SYMBOLS = "–—‘’“”…•₫№°×²½·§→"
_SLOTS = (*range(1, 32), *range(127, 256))
_PRIVATE = re.compile(r"(?<=> )<([0-9A-F]{4})>")
_SYMBOLIC, _NONSYMBOLIC = 4, 32


class _Written(pdfdoc.PDFObject):  # type: ignore[misc]
    """A PDF object whose bytes are ready."""

    __RefOnly__ = 1

    def __init__(self, written: bytes) -> None:
        self.written = written

    def format(self, _document: object) -> bytes:
        return self.written


class FixedSubsetFont(TTFont):  # type: ignore[misc]
    """ASCII on its own codes, Vietnamese letters and the usual signs on the free ones."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, shapable=False)
        glyphs = self.face.charToGlyph
        marked = [letter for letter in fonts.VIETNAMESE_LETTERS if not letter.isascii()]
        self._subset = [0] * 32 + [*range(32, 127)] + [0] * 129
        for slot, character in zip(_SLOTS, [*marked, *_SYMBOLS], strict=False):
            if ord(character) in glyphs:
                self._subset[slot] = ord(character)
        self._codes = {character: slot for slot, character in enumerate(self._subset) if character}
        self._encoding = {**self._codes, 0xA0: 32}
        self._made: tuple[str, bytes, bytes, str, str] | None = None

    def _begun(self, document: Any) -> Any:
        """The state of this font in a document, begun with the fixed subset; codes from 256 on are reportlab's."""
        if document not in self.state:
            state = self.state[document] = TTFont.State(1, self)
            state.assignments = {0: 0, **self._codes}
            state.subsets = [list(self._subset)]
            state.nextCode = 256
        return self.state[document]

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        self._begun(doc)
        try:
            return [(0, codecs.charmap_encode(text, "strict", self._encoding)[0])] if text else []
        except UnicodeEncodeError:
            split: list[tuple[int, bytes]] = super().splitString(letters.one_code_each(text), doc, encoding)
            return split

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802
        self._begun(doc)
        name: str = super().getSubsetInternalName(subset, doc)
        return name

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        state = self._begun(doc)
        if len(state.subsets) > 1:
            self._add_own_subsets(doc)
            return
        state.frozen = 1
        base, program, to_unicode, descriptor, widths = self._prepared()
        name = self.getSubsetInternalName(0, doc)[1:]
        program_ref = self._reference(doc, program, f"fontFile:{base}")
        unicode_ref = self._reference(doc, to_unicode, f"toUnicode:{base}")
        described = f"<< {descriptor} /FontFile2 {program_ref} >>".encode("latin-1")
        descriptor_ref = self._reference(doc, described, f"fontDescriptor:{base}")
        font = _Written(
            f"<< /Type /Font /Subtype /TrueType /Name /{name} /BaseFont /{base} /FirstChar 0 /LastChar 255 "
            f"/Widths [ {widths} ] /FontDescriptor {descriptor_ref} /ToUnicode {unicode_ref} >>".encode("latin-1")
        )
        doc.Reference(font, name)
        doc.idToObject["BasicFonts"].dict[name] = font
        del self.state[doc]

    def _add_own_subsets(self, doc: Any) -> None:
        """The way of reportlab; the glyphs of base and mark give back both when text is copied from the file."""
        count = len(self.state[doc].subsets)
        super().addObjects(doc)
        for number in range(count):
            base = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("latin-1")
            to_unicode = doc.idToObject[f"toUnicodeCMap:{base}"]
            to_unicode.content = _PRIVATE.sub(_both, to_unicode.content)

    def _reference(self, doc: Any, written: bytes, name: str) -> str:
        reference: bytes = doc.Reference(_Written(written), name).format(doc)
        return reference.decode("latin-1")

    def _prepared(self) -> tuple[str, bytes, bytes, str, str]:
        """Name, font program, ToUnicode, descriptor and widths: the same in every file."""
        if self._made is None:
            face = self.face
            base = (SUBSETN(0) + b"+" + face.name + face.subfontNameX).decode("latin-1")
            program = face.makeSubset(self._subset)
            box = " ".join(f"{edge:g}" for edge in face.bbox)
            descriptor = (
                f"/Type /FontDescriptor /FontName /{base} /Ascent {face.ascent:g} /CapHeight {face.capHeight:g} "
                f"/Descent {face.descent:g} /Flags {face.flags & ~_NONSYMBOLIC | _SYMBOLIC} /FontBBox [ {box} ] "
                f"/ItalicAngle {face.italicAngle:g} /StemV {face.stemV:g} /MissingWidth {face.defaultWidth:g}"
            )
            cmap = makeToUnicodeCMap(base, self._subset).encode("latin-1")
            widths = " ".join(f"{face.getCharWidth(code):g}" for code in self._subset)
            self._made = base, _stream(program, f"/Length1 {len(program)} "), _stream(cmap), descriptor, widths
        return self._made


def _both(found: re.Match[str]) -> str:
    pair = letters.PAIRS.get(int(found[1], 16))
    return f"<{pair.encode('utf-16-be').hex().upper()}>" if pair else found[0]


def _stream(data: bytes, extra: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {extra}>>\nstream\n"
    return head.encode("latin-1") + packed + b"\nendstream"


@cache
def pdf_fonts() -> dict[str, FixedSubsetFont]:
    """The four styles, registered with reportlab; loaded once per process (about 20 ms)."""
    loaded = {}
    for style, file in fonts.FILES.items():
        loaded[style] = FixedSubsetFont(f"Tinos-{style}", str(places.resources() / "fonts" / file))
        pdfmetrics.registerFont(loaded[style])
    return loaded
