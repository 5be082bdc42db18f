"""catalogue import, diff, list, first; holidays import, list."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app.cli.opening import opened
from desk_app.domain.calendar.dates import shown
from desk_app.services.catalogue import imports, procedure_choices
from desk_app.services.reception import reception
from desk_app.terminal import Answer


def catalogue_import(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        return _told(imports.import_catalogue(desk, Path(chosen.folder)))


def catalogue_diff(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        return _told(imports.compare_catalogue(desk, Path(chosen.folder)))


def catalogue_list(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = reception.choices(desk)
    data = [{"code": each.code, "name": each.name, "field": each.field_name} for each in found]
    return Answer(data, tuple(f"{each.code}  {each.name}" for each in found))


def catalogue_first(chosen: argparse.Namespace) -> Answer:
    code = "" if chosen.code == "-" else chosen.code
    with opened(chosen) as desk:
        title = procedure_choices.begin_with(desk, code)
    said = f"Hồ sơ mới bắt đầu với thủ tục {code}: {title}." if code else "Hồ sơ mới bắt đầu không chọn sẵn thủ tục."
    return Answer({"code": code, "name": title}, (said,))


def holidays_import(chosen: argparse.Namespace) -> Answer:
    file = Path(chosen.file)
    with opened(chosen) as desk:
        done = imports.import_days(desk, file)
        listed = imports.read_days(file)
        left = imports.left_estimated(desk, {int(day.date[:4]) for day in listed}) if len(listed) > 1 else []
    lines = [f"Thêm {done.added}, sửa {done.changed}, giữ nguyên {done.unchanged} ngày."]
    if left:
        lines.append(f"Còn là ước tính, danh sách vừa nhập không nhắc tới: {', '.join(map(shown, left))}.")
    return Answer({"added": done.added, "changed": done.changed, "unchanged": done.unchanged}, tuple(lines))


def holidays_list(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = imports.listed_days(desk, chosen.year)
    data = [
        {
            "date": day.date,
            "kind": str(day.kind),
            "name": day.name,
            "decision": day.decision,
            "verified": day.verified,
            "estimated": day.estimated,
        }
        for day in found
    ]
    words = {"off": "nghỉ", "make_up": "làm bù", "half": "làm buổi sáng"}
    lines = [
        f"{day.date}  {words.get(str(day.kind), str(day.kind))}  {day.name}" + ("  (ước tính)" if day.estimated else "")
        for day in found
    ]
    return Answer(data, tuple(lines))


def _told(done: imports.Imported) -> Answer:
    data = {
        "added": list(done.added),
        "changed": list(done.changed),
        "unchanged": len(done.unchanged),
        "retired": list(done.retired),
        "not_understood": [{"row": each.row, "why": each.why} for each in done.not_understood],
    }
    summary = (
        f"Thêm {len(done.added)}, sửa {len(done.changed)}, giữ nguyên {len(done.unchanged)},"
        f" hết hiệu lực {len(done.retired)} thủ tục."
    )
    lines = [
        summary,
        *(f"Chưa hiểu — {each.row}: {each.why}" for each in done.not_understood),
    ]
    return Answer(data, tuple(lines))
