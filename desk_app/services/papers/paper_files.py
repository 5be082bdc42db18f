"""Papers as PDF files in a folder that a person names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desk_app import foreign_folder
from desk_app.domain.papers import PaperManner
from desk_app.errors import BecauseError, of_system
from desk_app.services.desk.desk import Desk
from desk_app.services.papers import papers
from desk_app.services.papers.papers import Paper


class CannotWriteError(BecauseError):
    message = "Không ghi được tệp {file}."
    remedy = "Kiểm tra thư mục có tồn tại, còn chỗ trống và được phép ghi."


def saved(desk: Desk, code: str, what: str, manner: PaperManner, folder: Path) -> list[str]:
    """Draw the papers of a dossier and write them into a folder; their names, to be recorded as printed.

    Raises `UnknownDossierError`, `UnknownFormError` and `CannotWriteError`.
    """
    drawn = papers.draw(desk, code, what, manner)
    written(drawn, code, folder)
    return [paper.name for paper in drawn]


def written(drawn: Sequence[Paper], code: str, folder: Path) -> list[Path]:
    """Write papers as PDF into `folder`, named by code and form; raises `CannotWriteError`."""
    files = []
    for paper in drawn:
        again = paper.name.partition("@")[2]  # the second paper of the same form must not take the first one's place
        file = folder / f"{code}_{paper.form}{f'-{again}' if again else ''}.pdf"
        write_file(file, paper.pdf)
        files.append(file)
    return files


def write_file(file: Path, content: bytes) -> None:
    """Whole or not at all: half a paper must not take the place of a good one. Raises `CannotWriteError`."""
    try:
        foreign_folder.make_folder(file.parent)
        foreign_folder.write_whole(file, [content])
    except OSError as error:
        raise CannotWriteError(of_system(error, file), file=file) from error
