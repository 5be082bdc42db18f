"""Forms of the office: published to all its desks through the journal, taken back, bound to procedures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from desk_app import foreign_folder
from desk_app.documents.forms.brought_forms import (
    UnreadableFormError,
    checked,
    read_folder,
    shipped_ids,
    texts_in,
    whole,
)
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.office_forms import IN, MOST_BOUND, OUT, FormTexts, bound_key, state_key, texts_key, version_of
from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError, UnknownFormError, of_system
from desk_app.lazy import lazy
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import catalogue
from desk_app.store.reference import office_forms as kept_forms

if TYPE_CHECKING:
    from desk_app.services.papers import drawing, sample
else:
    drawing = lazy("desk_app.services.papers.drawing")
    sample = lazy("desk_app.services.papers.sample")


class NotOfOfficeError(DeskError):
    message = "Mẫu {form} không phải mẫu của cơ quan, hoặc đã thu hồi."
    remedy = "Xem các mẫu của cơ quan trong danh sách biểu mẫu."


class ManyFormsError(DeskError):
    message = "Mỗi thủ tục chỉ thêm được {most} mẫu."
    remedy = "Bỏ bớt một mẫu đã thêm rồi làm lại."


class PublishedForm(Struct, frozen=True, kw_only=True):
    """What came of publishing: the version, and whether it is another than the one in force before."""

    id: str
    version: str
    title: str
    is_new: bool


class FormRow(Struct, frozen=True, kw_only=True):
    """A form as the list shows it. `origin`: "program", "folder" or "office"; `state`: "in" or "out"."""

    id: str
    version: str
    title: str
    origin: str
    state: str
    procedures: tuple[str, ...]


def listed(desk: Desk) -> list[FormRow]:
    """Every version of every form, the office's first, each with the procedures that print it."""
    shipped = shipped_ids()
    own = {(form.id, form.version) for form in kept_forms.every(desk.db)}
    rows = []
    for form in desk.forms.all():
        key = (form.id, form.version)
        bound = [code for code, ids in desk.forms.bound.items() if form.id in ids]
        rows.append(
            FormRow(
                id=form.id,
                version=form.version,
                title=form.title,
                origin="office" if key in own else "program" if form.id in shipped else "folder",
                state=OUT if key in desk.forms.retired else IN,
                procedures=tuple(dict.fromkeys((*form.head.procedures, *bound))),
            )
        )
    return sorted(rows, key=lambda row: (row.origin != "office", row.state == OUT, row.id, row.version))


def preview(texts: FormTexts, *, blank: bool) -> bytes:
    """The form as it prints, with a person who does not exist, or blank. Raises `WrongFormError`."""
    form = whole("ban-thao", texts)
    dossier, procedure = sample.dossier(form)
    if blank:
        return drawing.blank(form, made_at=dossier.received_at)
    return drawing.drawn(form, dossier, procedure, event=sample.step(form))[1]


def questions(texts: FormTexts) -> list[str]:
    """What the form asks, a line for each: "Nội dung · Thú nuôi". Raises `WrongFormError`."""
    return [
        f"{field.section or field.role} · {field.label}{f' ({condition})' if (condition := field.when) else ''}"
        for field in whole("ban-thao", texts).fields
        if field.ask
    ]


def publish(desk: Desk, form_id: str, texts: FormTexts) -> PublishedForm:
    """Give a form to all desks of the commune; of one id and day the later published one holds.

    Raises `BadFormIdError`, `ShippedFormError`, `LargeFormError`, `WrongFormError`, `DeedNotAllowedError`.
    """
    form = checked(form_id, texts)
    preview(texts, blank=False)  # what cannot be drawn is found now, not at the counter
    version = version_of(form.head.in_force_from, texts)
    others = [each for each in kept_forms.every(desk.db) if each.id == form_id and not each.is_out]
    done = PublishedForm(
        id=form_id, version=version, title=form.title, is_new=all(each.version != version for each in others)
    )
    if not done.is_new:
        return done
    values = {texts_key(form_id, version): _json(texts), state_key(form_id, version): _json(IN)}
    for each in others:
        if each.version[:10] == form.head.in_force_from:
            values[state_key(form_id, each.version)] = _json(OUT)
    _record(desk, values)
    return done


def withdraw(desk: Desk, form_id: str, version: str = "") -> list[str]:
    """Take a form back, one version or all; dossiers that have it still print it. The versions taken back.

    Raises `NotOfOfficeError`, `DeedNotAllowedError`.
    """
    found = [
        each.version
        for each in kept_forms.every(desk.db)
        if each.id == form_id and not each.is_out and version in {"", each.version}
    ]
    if not found:
        raise NotOfOfficeError(form=form_id)
    _record(desk, {state_key(form_id, each): _json(OUT) for each in found})
    return found


def bind(desk: Desk, procedure: str, forms: Sequence[str]) -> tuple[str, ...]:
    """From now on a reception of this procedure prints these forms too; none for an empty list.

    Raises `UnknownProcedureError`, `UnknownFormError`, `ManyFormsError`, `DeedNotAllowedError`.
    """
    today = desk.today().isoformat()
    catalogue.in_force(desk.db, procedure, today)
    addable = {form.id for form in desk.forms.addable(today)}
    wanted = tuple(dict.fromkeys(forms))
    for form in wanted:
        if form not in addable:
            raise UnknownFormError(form=form, on="hôm nay")
    if len(wanted) > MOST_BOUND:
        raise ManyFormsError(most=MOST_BOUND)
    if desk.forms.bound.get(procedure, ()) != wanted:
        _record(desk, {bound_key(procedure): _json(wanted)})
    return wanted


def take_in(desk: Desk, place: Path) -> list[PublishedForm]:
    """Publish the form, or the forms, of a folder that somebody brought. Raises as `publish`, `NoFormThereError`."""
    return [publish(desk, form_id, texts) for form_id, texts in read_folder(place)]


def texts_of(desk: Desk, form_id: str, version: str = "") -> tuple[str, FormTexts]:
    """Version and texts of a form, of the program's too; the newest without `version`. Raises `UnknownFormError`."""
    own = [each for each in kept_forms.every(desk.db) if each.id == form_id and version in {"", each.version}]
    forms = [form for form in desk.forms.all() if form.id == form_id and version in {"", form.version}]
    if not forms:
        raise UnknownFormError(form=form_id, on="hôm nay")
    form = forms[-1]
    for each in own:
        if each.version == form.version:
            return each.version, each.texts
    return form.version, texts_in(Path(form.folder))


def write_out(desk: Desk, form_id: str, folder: Path, version: str = "") -> Path:
    """Write a form into `<folder>/<id>/<version>`, for another office or a stick. Raises `UnreadableFormError`."""
    version, texts = texts_of(desk, form_id, version)
    place = folder / form_id / version
    try:
        foreign_folder.make_folder(place)
        foreign_folder.write_whole(place / "form.toml", [texts.head.encode()])
        foreign_folder.write_whole(place / "layout.txt", [texts.layout.encode()])
    except OSError as error:
        raise UnreadableFormError(of_system(error, folder), folder=folder.name) from error
    return place


def _record(desk: Desk, values: dict[str, str]) -> None:
    with session.deed(desk, Permission.LAW) as done:
        done.record(OfficeChanged(values=values), dossier="")
    desk.forget_law()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
