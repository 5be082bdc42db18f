"""forms new: a draft form made of an official text."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app import places
from desk_app.documents.drafting.draft_form import report
from desk_app.documents.forms.form import FormLibrary
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.services.desk.desk import system_clock
from desk_app.services.office_forms import drafts
from desk_app.services.papers import form_library
from desk_app.terminal import Answer

_DRAFTS = "ban-thao-mau"


def new(chosen: argparse.Namespace) -> Answer:
    """Draft a form, put it down, and say line by line what was found."""
    library = FormLibrary.load(form_library.folders(chosen.data))
    today = system_clock().astimezone(VIETNAM).date()
    draft = drafts.draft_from(Path(chosen.source), library, today=today, form_id=chosen.id)
    folder = Path(chosen.out) if chosen.out else places.data_folder(chosen.data) / _DRAFTS
    placed = drafts.put_down(draft, folder)
    data = {
        "form": draft.id,
        "title": draft.title,
        "path": str(placed.folder),
        "blanks": len(draft.blanks),
        "matched": [
            {"label": blank.label, "key": blank.key, "line": blank.line, "sure": blank.sure == "sure"}
            for blank in draft.matched
        ],
        "unmatched": [blank.label for blank in draft.unmatched],
        "by_hand": sum(blank.sure == "hand" for blank in draft.blanks),
        "problems": [{"file": each.file, "line": each.line, "problem": each.problem} for each in placed.problems],
    }
    lines = [
        *report(draft),
        *(f"Cần sửa: {each.file}:{each.line}: {each.problem}" for each in placed.problems),
        f"Bản thảo ở {placed.folder}. Xem lại từng dòng, ghi số văn bản, rồi kiểm tra bằng desk-app forms check.",
    ]
    return Answer(data, tuple(lines))
