"""The bundles in force: those that ship with the program, and those that the commune put in their place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from desk_app import foreign_folder, places, typed_values
from desk_app.documents.forms import conditions
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.linked.bundle import Bundle
from desk_app.domain.linked.bundle_text import bundle_of
from desk_app.domain.permissions import Permission
from desk_app.errors.linked import BundleConditionError, BundleFileError, UnknownBundleError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.store.projections import office_facts

PREFIX = "linked/"
"""How the keys of `OfficeChanged` begin under which a commune keeps its own."""


class HeldBundle(Struct, frozen=True, kw_only=True):
    """A bundle and whose it is: `is_office` where the commune put it there."""

    bundle: Bundle
    is_office: bool = False


def every(desk: Desk) -> list[HeldBundle]:
    """All bundles by id, the commune's own in place of the program's of the same id and day or an earlier one."""
    found = [HeldBundle(bundle=bundle) for bundle in shipped()]
    found += [HeldBundle(bundle=bundle, is_office=True) for bundle in _of_office(desk)]
    return sorted(found, key=lambda one: (one.bundle.id, one.bundle.in_force_from, one.is_office))


def in_force(desk: Desk, on: str) -> list[Bundle]:
    """One version of each bundle on an ISO day: the newest, of one day the commune's."""
    newest = {one.bundle.id: one.bundle for one in every(desk) if one.bundle.is_in_force(on)}
    return list(newest.values())


def find(desk: Desk, key: str, on: str) -> Bundle | None:
    """The bundle of this id or national code; None for any other procedure."""
    if not key:
        return None
    return next((each for each in in_force(desk, on) if key in (each.id, each.code)), None)


def named(desk: Desk, key: str, on: str) -> Bundle:
    """As `find`. Raises `UnknownBundleError`."""
    found = find(desk, key, on)
    if found is None:
        raise UnknownBundleError(given=key)
    return found


def read(path: Path) -> tuple[Bundle, str]:
    """A bundle that somebody brought, and its text. Raises `BundleFileError`, `BundleConditionError`."""
    try:
        text = foreign_folder.text(path)
    except UnicodeDecodeError as error:
        raise BundleFileError(file=path.name, place="tệp", why="phải là văn bản UTF-8") from error
    return checked(text, file=path.name), text


def checked(text: str, *, file: str) -> Bundle:
    """The bundle of a text whose conditions can be asked. Raises as `read`."""
    bundle = bundle_of(text, file=file)
    for member in bundle.members:
        if member.when and not conditions.is_well_formed(member.when):
            raise BundleConditionError(file=file, when=member.when)
    return bundle


def put(desk: Desk, path: Path) -> Bundle:
    """From now on all desks of the commune offer this bundle in place of the one of its id.

    Raises as `read`, `DeedNotAllowedError`, and for a form or procedure that is not here as its reception would.
    """
    bundle, text = read(path)
    if bundle.form:
        desk.forms.in_force(bundle.form, max(bundle.in_force_from, desk.today().isoformat()))
    with session.deed(desk, Permission.OFFICE) as done:
        value = msgspec.json.encode(text).decode()
        done.record(OfficeChanged(values={f"{PREFIX}{bundle.id}/{bundle.in_force_from}": value}), dossier="")
    return bundle


@cache
def shipped() -> tuple[Bundle, ...]:
    """The bundles of the program, by the names of their files."""
    folder = places.resources() / "linked"
    return tuple(bundle_of(foreign_folder.text(path), file=path.name) for path in sorted(folder.glob("*.toml")))


def _of_office(desk: Desk) -> Iterator[Bundle]:
    """What this program cannot read is left to one that can."""
    for key, value in office_facts.held(desk.db, PREFIX):
        try:
            yield checked(typed_values.from_json(value.encode(), str), file=key)
        except (msgspec.MsgspecError, BundleFileError, BundleConditionError):
            continue
