"""print, forms list, forms check, forms preview, forms page, forms coverage."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from desk_app.cli.opening import opened
from desk_app.cli.paper_lists import list_commands
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.outgoing.paper_lists import KINDS
from desk_app.domain.papers import PDF_PRINTER, PaperManner
from desk_app.errors import DeskError, MissingFactError
from desk_app.services.desk.desk import Desk, system_clock
from desk_app.services.dossiers import queries
from desk_app.services.papers import coverage, form_library, papers, printing
from desk_app.services.papers.paper_files import write_file, written
from desk_app.services.papers.papers import Paper
from desk_app.terminal import Answer


class UnknownCaptionsError(DeskError):
    """`known` are the codes of the languages that some form carries."""

    message = "Không biểu mẫu nào có dòng chữ thêm tiếng «{given}»."
    remedy = "Bỏ --captions để in như thường."

    def __init__(self, *, given: str, known: Sequence[str]) -> None:
        super().__init__(given=given)
        if known:
            self.remedy = f"Dùng một trong các tiếng: {', '.join(known)}; hoặc bỏ --captions để in như thường."


class NoFormsFolderError(DeskError):
    message = "Không có thư mục biểu mẫu {folder}."
    remedy = "Kiểm tra đường dẫn; trong đó mỗi mẫu là một thư mục <mã>/<bản> có form.toml và layout.txt."


def print_papers(chosen: argparse.Namespace) -> Answer:
    if not chosen.out and not chosen.printer:
        raise MissingFactError(field="out", label="nơi in (--out hoặc --printer)")
    if chosen.what in KINDS:
        return list_commands.print_list(chosen, _manner(chosen))
    with opened(chosen) as desk:
        code = queries.detail(desk, chosen.code).dossier.code
        drawn = papers.draw(desk, code, chosen.what, _manner(chosen), for_printer=bool(chosen.printer))
        files = handed_on(desk, code, drawn, out=chosen.out, printer=chosen.printer)
    data = [told(paper, file) for paper, file in zip(drawn, files, strict=True)]
    lines = said_of(drawn, files, chosen.printer)
    return Answer(data, lines or ("Hồ sơ này không có giấy nào thuộc loại đó.",))


def _manner(chosen: argparse.Namespace) -> PaperManner:
    """Raises `UnknownCaptionsError` for a language that no form of this machine carries."""
    known = form_library.languages(form_library.folders(chosen.data))
    if chosen.captions and chosen.captions not in known:
        raise UnknownCaptionsError(given=chosen.captions, known=list(known))
    return PaperManner(large=chosen.large, captions=chosen.captions)


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
        papers.printed(desk, code, [paper.name for paper in drawn], printer=printer or PDF_PRINTER)
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


def forms_check(chosen: argparse.Namespace) -> Answer:
    folders = [Path(chosen.folder)] if chosen.folder else form_library.folders(chosen.data)
    if not folders[0].is_dir():
        raise NoFormsFolderError(folder=folders[0])
    problems = form_library.problems(folders)
    data = [{"file": str(each.file), "line": each.line, "problem": each.problem} for each in problems]
    lines = [f"{each.file}:{each.line}: {each.problem}" for each in problems] or ["Biểu mẫu không có lỗi."]
    return Answer(data, tuple(lines), 1 if problems else 0)


def forms_preview(chosen: argparse.Namespace) -> Answer:
    pdf = form_library.preview(
        form_library.folders(chosen.data), chosen.form, blank=chosen.blank, manner=_manner(chosen)
    )
    file = Path(chosen.out)
    write_file(file, pdf)
    return Answer({"path": str(file)}, (str(file),))


def forms_page(chosen: argparse.Namespace) -> Answer:
    today = system_clock().astimezone(VIETNAM).date()
    text = form_library.page_at_home(form_library.folders(chosen.data), chosen.form, today=today).encode()
    file = Path(chosen.out)
    write_file(file, text)
    return Answer({"path": str(file), "bytes": len(text)}, (str(file),))


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
