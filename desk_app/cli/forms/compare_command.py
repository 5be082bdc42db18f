"""forms compare: our forms beside the official texts they are made of, and every word in which they differ."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from desk_app.documents.forms.form import FormLibrary
from desk_app.documents.output import pdf
from desk_app.domain.calendar.moments import milliseconds
from desk_app.services.desk.desk import system_clock
from desk_app.services.office_forms import beside_original
from desk_app.services.office_forms.beside_original import BesideOriginal
from desk_app.services.papers import form_library
from desk_app.services.papers.paper_files import write_file
from desk_app.terminal import Answer

_DPI = 75


def compare(chosen: argparse.Namespace) -> Answer:
    """With `--out` a PDF for each original, its page at the left and ours at the right; pictures too where asked."""
    library = FormLibrary.load(form_library.folders(chosen.data))
    found = beside_original.compared(
        Path(chosen.source), library.all(), form_id=chosen.form, made_at=milliseconds(system_clock())
    )
    paths = [_written(each, Path(chosen.out), pictures=chosen.pictures) if chosen.out else "" for each in found]
    data = [
        {
            "original": each.original,
            "form": each.form,
            "version": each.version,
            "likeness": each.likeness,
            "differences": [
                {"after": one.after, "original": one.original, "ours": one.ours} for one in each.differences
            ],
            "note": each.note,
            "path": path,
        }
        for each, path in zip(found, paths, strict=True)
    ]
    return Answer(data, (*(line for each in found for line in _lines(each)), *filter(None, paths)))


def _written(each: BesideOriginal, folder: Path, *, pictures: bool) -> str:
    path = folder / f"{each.form}-{each.version}.pdf"
    write_file(path, each.pdf)
    if pictures:
        for page in range(each.sheets):
            pdf.to_image(each.pdf, page=page, dpi=_DPI).save(path.with_name(f"{path.stem}-{page + 1}.png"))
    return str(path)


def _lines(each: BesideOriginal) -> Iterator[str]:
    same = "từng chữ như bản gốc" if not each.differences else f"khác {len(each.differences)} chỗ"
    yield f"{each.original} → {each.form} {each.version}: {same}."
    for one in each.differences:
        yield f"    sau «{one.after}»: bản gốc «{one.original}», mẫu của ta «{one.ours}»"
    if each.note:
        yield f"    Ghi trong mẫu: {each.note}"
