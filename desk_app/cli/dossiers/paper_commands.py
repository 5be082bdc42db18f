"""print, forms list, forms check, forms preview, forms coverage."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from desk_app import foreign_folder
from desk_app.cli.opening import opened
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.errors import BecauseError, DeskError, MissingFactError, of_system
from desk_app.services.desk.desk import Desk, system_clock
from desk_app.services.dossiers import queries
from desk_app.services.papers import coverage, form_library, papers, printing
from desk_app.services.papers.papers import Paper
from desk_app.terminal import Answer


class CannotWriteError(BecauseError):
    message = "Không ghi được tệp {file}."
    remedy = "Kiểm tra thư mục có tồn tại, còn chỗ trống và được phép ghi."


class NoFormsFolderError(DeskError):
    message = "Không có thư mục biểu mẫu {folder}."
    remedy = "Kiểm tra đường dẫn; trong đó mỗi mẫu là một thư mục <mã>/<bản> có form.toml và layout.txt."


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
    """Whole or not at all: half a paper must not take the place of a good one."""
    try:
        foreign_folder.make_folder(file.parent)
        foreign_folder.write_whole(file, [content])
    except OSError as error:
        raise CannotWriteError(of_system(error, file), file=file) from error


def print_papers(chosen: argparse.Namespace) -> Answer:
    if not chosen.out and not chosen.printer:
        raise MissingFactError(field="out", label="nơi in (--out hoặc --printer)")
    with opened(chosen) as desk:
        code = queries.detail(desk, chosen.code).dossier.code
        drawn = papers.draw(desk, code, chosen.what)
        files = handed_on(desk, code, drawn, out=chosen.out, printer=chosen.printer)
    data = [told(paper, file) for paper, file in zip(drawn, files, strict=True)]
    lines = said_of(drawn, files, chosen.printer)
    return Answer(data, lines or ("Hồ sơ này không có giấy nào thuộc loại đó.",))


def list_papers(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = papers.listed(desk, chosen.code)
    data = [
        {
            "paper": one.paper.name,
            "title": one.form.title,
            "step": one.step,
            "event": [one.paper.event.log, one.paper.event.seq] if one.paper.event is not None else None,
            "number": one.number,
            "printed": one.printed,
            "replaced": one.is_stale,
        }
        for one in found
    ]
    lines = [
        f"{one.paper.name}  {one.form.title} ({one.step}){f', số {one.number}' if one.number else ''}: "
        + (f"đã in {one.printed} bản" if one.printed else "chưa in")
        + (", cần in lại" if one.is_stale else "")
        for one in found
    ]
    return Answer(data, tuple(lines) or ("Hồ sơ này không có giấy nào in được ở đây.",))


def handed_on(
    desk: Desk, code: str, drawn: Sequence[Paper], *, out: str | None, printer: str | None
) -> list[Path | None]:
    """Write the papers into a folder, send them to a printer, and record that; the file of each, None for none.

    Raises `CannotWriteError` and what `printing.send` raises.
    """
    files: list[Path | None] = [*written(drawn, code, Path(out))] if out else [None] * len(drawn)
    if printer:
        for paper in drawn:
            printing.send(paper, printer)
    if drawn and (out or printer):
        papers.printed(desk, code, [paper.name for paper in drawn], printer=printer or "PDF")
    return files


def told(paper: Paper, file: Path | None) -> dict[str, object]:
    """One paper as the JSON answers tell it."""
    return {
        "kind": paper.kind,
        "form": paper.form,
        "version": paper.version,
        "number": paper.number,
        "path": str(file) if file else None,
        "pages": paper.pages,
        "copies": paper.copies,
    }


def said_of(drawn: Sequence[Paper], files: Sequence[Path | None], printer: str | None) -> tuple[str, ...]:
    """The lines a person reads of papers handed on."""
    sent = [f"Đã gửi «{paper.title}» tới {printer}." for paper in drawn] if printer else []
    return (*(str(file) for file in files if file), *sent)


def forms_list(chosen: argparse.Namespace) -> Answer:
    found = form_library.listed(form_library.folders(chosen.data))
    lines = [f"{form.id}  {form.version}  {form.title}" for form in found]
    data = [
        {
            "id": form.id,
            "version": form.version,
            "title": form.title,
            "paper": form.paper,
            "citation": form.head.citation.number,
            "in_force_from": form.head.in_force_from,
            "in_force_to": form.head.in_force_to,
            "verified": form.head.citation.verified,
        }
        for form in found
    ]
    return Answer(data, tuple(lines))


def forms_check(chosen: argparse.Namespace) -> Answer:
    folders = [Path(chosen.folder)] if chosen.folder else form_library.folders(chosen.data)
    if not folders[0].is_dir():
        raise NoFormsFolderError(folder=folders[0])
    problems = form_library.problems(folders)
    data = [{"file": str(each.file), "line": each.line, "problem": each.problem} for each in problems]
    lines = [f"{each.file}:{each.line}: {each.problem}" for each in problems] or ["Biểu mẫu không có lỗi."]
    return Answer(data, tuple(lines), 1 if problems else 0)


def forms_preview(chosen: argparse.Namespace) -> Answer:
    pdf = form_library.preview(form_library.folders(chosen.data), chosen.form, blank=chosen.blank)
    file = Path(chosen.out)
    write_file(file, pdf)
    return Answer({"path": str(file)}, (str(file),))


def forms_coverage(chosen: argparse.Namespace) -> Answer:
    """Where each blank gets its value; a file is a table in Markdown."""
    today = system_clock().astimezone(VIETNAM).date()
    found = form_library.covered(form_library.folders(chosen.data), chosen.form, today=today)
    if chosen.out:
        write_file(Path(chosen.out), ("\n".join(coverage.table(found)) + "\n").encode())
    lines = [
        f"{one.form}  {one.version}  {coverage.CASES[one.case]}: {one.untyped:.0%} không phải gõ"
        f" ({', '.join(f'{coverage.SOURCES[source]} {count}' for source, count in one.counts.items())})"
        for one in found
    ]
    if chosen.form:
        lines += [
            f"  {one.form} · {coverage.CASES[one.case]} · {blank.key}: {coverage.SOURCES[blank.source]}"
            for one in found
            for blank in one.blanks
        ]
    data = [
        {
            "form": one.form,
            "version": one.version,
            "case": one.case,
            "untyped": round(one.untyped, 3),
            "blanks": [{"key": blank.key, "source": blank.source} for blank in one.blanks],
        }
        for one in found
    ]
    return Answer(data, tuple(lines))
