"""forms list, show, new, import, export, withdraw, bind: the forms of the program and of the office."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app import places
from desk_app.cli.opening import opened
from desk_app.documents.drafting.draft_form import report
from desk_app.documents.forms.brought_forms import read_folder
from desk_app.documents.forms.form import FormLibrary
from desk_app.documents.forms.form_records import Form
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.errors import DeskError
from desk_app.services.desk.desk import is_made, system_clock
from desk_app.services.office_forms import drafts, office_forms
from desk_app.services.office_forms.office_forms import PublishedForm
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
        "remarks": list(draft.remarks),
        "by_hand": sum(blank.sure == "hand" for blank in draft.blanks),
        "problems": [{"file": each.file, "line": each.line, "problem": each.problem} for each in placed.problems],
    }
    lines = [
        *report(draft),
        *(f"Cần sửa: {each.file}:{each.line}: {each.problem}" for each in placed.problems),
        f"Bản thảo ở {placed.folder}. Xem lại từng dòng, ghi số văn bản, rồi kiểm tra bằng desk-app forms check.",
    ]
    return Answer(data, tuple(lines))


def listed(chosen: argparse.Namespace) -> Answer:
    """Every version of every form; the office's own only where the desk can be opened."""
    origins: dict[tuple[str, str], tuple[str, str]] = {}
    forms = form_library.listed(form_library.folders(chosen.data))
    remark: tuple[str, ...] = ()
    if is_made(places.data_folder(chosen.data)):
        try:
            with opened(chosen, reader=True) as desk:
                forms = desk.forms.all()
                origins = {(row.id, row.version): (row.origin, row.state) for row in office_forms.listed(desk)}
        except DeskError as error:
            remark = (f"Chưa kể mẫu của cơ quan: {error}",)
    lines = [f"{form.id}  {form.version}  {form.title}{_origin(form, origins)}" for form in forms]
    data = [_told(form, origins) for form in forms]
    return Answer(data, (*lines, *remark))


def _told(form: Form, origins: dict[tuple[str, str], tuple[str, str]]) -> dict[str, object]:
    origin, state = origins.get((form.id, form.version), ("", "in"))
    return {
        "id": form.id,
        "version": form.version,
        "title": form.title,
        "paper": form.paper,
        "citation": form.head.citation.number,
        "in_force_from": form.head.in_force_from,
        "in_force_to": form.head.in_force_to,
        "verified": form.head.citation.verified,
        "origin": origin,
        "withdrawn": state == "out",
    }


def _origin(form: Form, origins: dict[tuple[str, str], tuple[str, str]]) -> str:
    origin, state = origins.get((form.id, form.version), ("", "in"))
    words = [*(["của cơ quan"] if origin == "office" else []), *(["đã thu hồi"] if state == "out" else [])]
    return f"  ({', '.join(words)})" if words else ""


def show(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        version, texts = office_forms.texts_of(desk, chosen.form, chosen.version)
    data = {"id": chosen.form, "version": version, "head": texts.head, "layout": texts.layout}
    return Answer(data, (f"{chosen.form}  {version}", *texts.head.splitlines(), "", *texts.layout.splitlines()))


def take_in(chosen: argparse.Namespace) -> Answer:
    """Publish what a folder holds; one form may take another id."""
    found = read_folder(Path(chosen.folder))
    if chosen.id:
        found = [(chosen.id, texts) for _, texts in found[:1]]
    with opened(chosen) as desk:
        done = [office_forms.publish(desk, form_id, texts) for form_id, texts in found]
    return Answer([_published(each) for each in done], tuple(_said(each) for each in done))


def _published(each: PublishedForm) -> dict[str, object]:
    return {"id": each.id, "version": each.version, "title": each.title, "new": each.is_new}


def _said(each: PublishedForm) -> str:
    return f"Đã nhận mẫu {each.id}, bản {each.version}." if each.is_new else f"Mẫu {each.id} vẫn là bản {each.version}."


def write_out(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        place = office_forms.write_out(desk, chosen.form, Path(chosen.out), chosen.version)
    return Answer({"path": str(place)}, (str(place),))


def withdraw(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        versions = office_forms.withdraw(desk, chosen.form, chosen.version)
    said = f"Đã thu hồi mẫu {chosen.form} ({', '.join(versions)}). Hồ sơ đã dùng vẫn in lại được."
    return Answer({"id": chosen.form, "versions": versions}, (said,))


def bind(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        forms = office_forms.bind(desk, chosen.procedure, chosen.form)
    said = f"Thủ tục {chosen.procedure} in thêm: {', '.join(forms) or 'không mẫu nào'}."
    return Answer({"procedure": chosen.procedure, "forms": list(forms)}, (said,))
