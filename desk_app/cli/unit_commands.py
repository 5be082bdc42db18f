"""address; units list, show, import, adopt."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from desk_app import places
from desk_app.cli.opening import opened, text_or_stdin
from desk_app.domain.calendar.dates import shown
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.services.catalogue import own_unit, units
from desk_app.services.desk.desk import Desk, is_made, system_clock
from desk_app.services.reception import addresses
from desk_app.terminal import Answer


def address(chosen: argparse.Namespace) -> Answer:
    text = text_or_stdin(chosen.text)
    with _asked(chosen) as (desk, today):
        found = addresses.suggestions(text, today, desk.unit_changes if desk else ())
    data = [{"text": each.text, "exact": each.exact, "commune": each.commune_code} for each in found]
    lines = [each.text + ("" if each.exact else "  (chưa chắc)") for each in found]
    return Answer(data, tuple(lines) or ("Không nhận ra xã, phường trong địa chỉ này.",))


def listed(chosen: argparse.Namespace) -> Answer:
    with _asked(chosen) as (desk, today):
        state = units.state(today, desk)
        own = own_unit.new_name(desk) if desk else None
    edition, coming = state.edition, state.coming
    data = {
        "version": edition.version,
        "in_force_from": edition.version,
        "provinces": state.provinces,
        "communes": state.communes,
        "by": list(edition.by),
        "looked_on": state.looked_on,
        "is_old": state.is_old,
        "coming": coming.version if coming else None,
    }
    by = f" ({', '.join(edition.by)})" if edition.by else ""
    lines = [
        f"Bản từ {shown(edition.version)}{by}: {state.provinces} tỉnh, {state.communes} xã, phường, đặc khu.",
        f"Đã xem có thay đổi nào đến ngày {shown(state.looked_on)}.",
    ]
    if coming:
        lines.append(f"Bản tiếp theo có hiệu lực từ {shown(coming.version)}.")
    if own:
        lines += [f"{own.in_words}.", f"Lấy tên mới: {own_unit.COMMAND}"]
    return Answer(data, tuple(lines))


def show(chosen: argparse.Namespace) -> Answer:
    with _asked(chosen) as (desk, today):
        unit = units.unit(chosen.code.strip(), today, desk)
    data = {
        "code": unit.code,
        "name": unit.name,
        "level": unit.level,
        "in_force_from": unit.in_force_from,
        "by": unit.by,
        "earlier": list(unit.earlier),
    }
    lines = [f"{unit.code}  {unit.name}, từ {shown(unit.in_force_from)} ({unit.by})"]
    lines += [f"Trước đó: {name}" for name in reversed(unit.earlier)]
    return Answer(data, tuple(lines))


def take_in(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        done = units.import_units(desk, Path(chosen.file))
        version = units.state(desk.today(), desk).edition.version
        own = own_unit.new_name(desk)
    data = {
        "added": list(done.added),
        "changed": list(done.changed),
        "unchanged": done.unchanged,
        "not_understood": [{"row": row, "why": why} for row, why in done.not_understood],
        "version": version,
    }
    lines = [f"Thêm {len(done.added)}, sửa {len(done.changed)}, giữ nguyên {done.unchanged} thay đổi."]
    lines += [*done.added, *done.changed]
    lines += [f"Chưa hiểu — {row}: {why}" for row, why in done.not_understood]
    lines += [f"{own.in_words}.", f"Lấy tên mới: {own_unit.COMMAND}"] if own else []
    return Answer(data, tuple(lines))


def adopt(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        taken = own_unit.adopt(desk)
        kept = desk.settings
    data = {"commune": kept.commune, "province": kept.province, "office": kept.office, "superior": kept.superior}
    return Answer(
        data,
        (
            f"Đã lấy tên mới: {taken.in_words}.",
            f"Giấy tờ từ nay ghi: {kept.office}.",
            "Hồ sơ đã nhận giữ tên cũ trên giấy của chúng.",
        ),
    )


@contextmanager
def _asked(chosen: argparse.Namespace) -> Iterator[tuple[Desk | None, date]]:
    """The desk of the options, where one is made, and its day; these questions need none."""
    if not is_made(places.data_folder(chosen.data)):
        yield None, system_clock().astimezone(VIETNAM).date()
        return
    with opened(chosen, reader=True) as desk:
        yield desk, desk.today()
