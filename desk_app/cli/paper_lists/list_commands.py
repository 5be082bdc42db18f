"""paper-list offer, make, list; print of a list."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app.cli.opening import opened
from desk_app.domain.papers import PDF_PRINTER, USUAL, PaperManner
from desk_app.services.desk.desk import Desk
from desk_app.services.paper_lists import drawn_lists, paper_lists
from desk_app.services.paper_lists.paper_lists import Candidate, MadeList
from desk_app.services.papers import printing
from desk_app.services.papers.paper_files import written
from desk_app.terminal import Answer, clock, moment


def offer(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = paper_lists.candidates(desk, chosen.what)
    data = [_told(one) for one in found]
    lines = [f"{one.code}  {one.applicant}  {one.procedure}  {one.receiver}" for one in found]
    return Answer(data, tuple(lines) or ("Hôm nay chưa có hồ sơ nào cho danh sách này.",))


def make(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        codes = list(chosen.codes)
        if chosen.today:
            found = paper_lists.candidates(desk, chosen.what)
            codes += [one.code for one in found if one.receiver in ("", chosen.to)]
        made = paper_lists.make(desk, chosen.what, codes, chosen.to, number=chosen.number)
        return _handed_on(desk, made, chosen, USUAL)


def every(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = paper_lists.every(desk)
    lines = [
        f"{one.made.number or one.made.list_id}  {one.kind.label}  {one.made.receiver}: {len(one.made.rows)} hồ sơ,"
        f" lập {clock(one.event.at)}"
        for one in found
    ]
    return Answer([_data(one) for one in found], tuple(lines) or ("Chưa lập danh sách nào.",))


def print_list(chosen: argparse.Namespace, manner: PaperManner) -> Answer:
    """`print NUMBER --what hand-over`: a list made before, by its number or id."""
    with opened(chosen) as desk:
        return _handed_on(desk, paper_lists.numbered(desk, chosen.code), chosen, manner)


def _handed_on(desk: Desk, made: MadeList, chosen: argparse.Namespace, manner: PaperManner) -> Answer:
    """Draw the list, write and print it as asked, and record that."""
    data, lines = _data(made), [f"{made.kind.label} số {made.made.number or '(ghi tay)'}: {len(made.made.rows)} hồ sơ."]
    if chosen.out or chosen.printer:
        paper = drawn_lists.draw(desk, made, manner, for_printer=bool(chosen.printer))
        data["copies"] = paper.copies
        if chosen.out:
            (file,) = written([paper], made.made.list_id, Path(chosen.out))
            data["path"] = str(file)
            lines.append(str(file))
        if chosen.printer:
            printing.send(paper, chosen.printer)
            lines.append(f"Đã gửi «{paper.title}» tới {chosen.printer}.")
        paper_lists.printed(desk, made.made.list_id, copies=paper.copies, printer=chosen.printer or PDF_PRINTER)
    return Answer(data, tuple(lines))


def _told(one: Candidate) -> dict[str, object]:
    return {
        "code": one.code,
        "applicant": one.applicant,
        "procedure": one.procedure,
        "due_at": moment(one.due_at),
        "receiver": one.receiver,
    }


def _data(one: MadeList) -> dict[str, object]:
    return {
        "what": one.made.what,
        "list": one.made.list_id,
        "number": one.made.number,
        "receiver": one.made.receiver,
        "made_at": moment(one.event.at),
        "codes": [row.code for row in one.made.rows],
        "printed": one.printed,
        "path": None,
    }
