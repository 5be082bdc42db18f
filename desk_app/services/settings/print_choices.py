"""How this desk prints each kind of document: on which printer and tray, on how many sides, how often."""

from __future__ import annotations

from msgspec import Struct

from desk_app.store.reference.settings import DocumentPrint, Settings


class PrintChoice(Struct, frozen=True, kw_only=True):
    """`printer` and `tray` "" for the default ones; `duplex` "one", "long", "short" or "" for the printer's own way."""

    printer: str = ""
    tray: str = ""
    duplex: str = ""
    copies: int = 1


def choice_for(kept: Settings, document: str, sheet: str, *, owed: int) -> PrintChoice:
    """What holds for a document ("slip", "forms", "steps", "reports") on its sheet; `owed` copies where none is set.

    A document with a printer of its own does not use the tray of the sheet's printer.
    """
    own = kept.documents.get(document, DocumentPrint())
    return PrintChoice(
        printer=own.printer or kept.printers.get(sheet, ""),
        tray="" if own.printer else kept.trays.get(sheet, ""),
        duplex=own.duplex,
        copies=own.copies or max(owed, 1),
    )
