"""A dossier whose steps owe papers: forms of an office put beside it, and what such a paper says."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from desk_app.services.desk.desk import Desk


def put(desk: Desk, name: str, head: str, layout: str) -> Path:
    """A form of the office's own: two files, and no line of the program."""
    folder = desk.data / "forms" / name / "1"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(head, "utf-8")
    (folder / "layout.txt").write_text(layout, "utf-8")
    desk.forget_law()
    return folder


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
