"""The procedures that ship with the program, read from resources/catalogue/*.toml; an office's own files read alike."""

from __future__ import annotations

from pathlib import Path

from desk_app import foreign_folder, places
from desk_app.domain.procedures.procedure import Procedure
from desk_app.domain.procedures.procedure_text import procedure_of
from desk_app.errors import CatalogueFileError


def shipped() -> list[Procedure]:
    """The procedures that ship with the program, by code."""
    return read_folder(places.resources() / "catalogue", source="program")


def read_folder(folder: Path, *, source: str) -> list[Procedure]:
    """Every `<code>.toml` of `folder`, by code; `source` is "program" or "office". Raises `CatalogueFileError`."""
    return [read_file(path, source=source) for path in sorted(folder.glob("*.toml"))]


def read_file(path: Path, *, source: str) -> Procedure:
    """One procedure. Raises `CatalogueFileError`."""
    try:
        text = foreign_folder.text(path)
    except UnicodeDecodeError as error:
        raise CatalogueFileError(file=path.name, place="nội dung", why="tệp phải là văn bản UTF-8") from error
    return procedure_of(text, file=path.name, source=source)
