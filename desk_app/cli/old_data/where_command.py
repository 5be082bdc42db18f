"""import where: from which file, row and import somebody is known, so that the district can erase just that row."""

from __future__ import annotations

import argparse

from desk_app.cli.opening import opened, text_or_stdin
from desk_app.domain.calendar.moments import in_vietnam, shown_moment
from desk_app.services.old_data import memory
from desk_app.terminal import Answer


def where(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = memory.find_all(desk, text_or_stdin(chosen.text).strip())
    data = [
        {
            "id": one.import_id,
            "line": one.line,
            "what": one.what,
            "file": one.source,
            "at": in_vietnam(one.at).isoformat(timespec="seconds"),
            "full_name": one.record.person.full_name,
        }
        for one in found
    ]
    lines = [
        f"{one.import_id}  dòng {one.line}  {one.source}  {shown_moment(one.at)}  {one.record.person.full_name}"
        for one in found
    ]
    return Answer(data, (*(lines or ["Không có dòng dữ liệu cũ nào khớp."]),))
