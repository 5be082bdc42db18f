"""What somebody changed of a dossier's confirmed events, with both values: for the page of the dossier, as history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from desk_app import typed_values
from desk_app.domain.calendar.moments import in_vietnam, shown_moment
from desk_app.domain.dossiers.course import moment_of
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.history.rewriting_words import DEEDS, event_told
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers.history import HistoryEntry
from desk_app.services.dossiers.shown_values import NOTHING, label, questions_of, shown
from desk_app.store.proofs import rewritten_items
from desk_app.store.proofs.rewritten_items import RewrittenEvent

KIND = "rewritten"
_MOST = 6
_LABELS = {"t": "Thời điểm", "v.reason": "Lý do", "v.result": "Kết quả", "v.action": "Bước", "u": "Người ghi"}
_PASSED_OVER = ("b", "l", "ua")


def lines(desk: Desk, kept: Dossier) -> Iterator[HistoryEntry]:
    """A line for each item, whether a person has seen it or not."""
    for item in rewritten_items.of_dossier(desk.db, kept.code):
        yield HistoryEntry(
            log=item.log,
            seq=item.confirmed or item.said,
            kind=KIND,
            at=in_vietnam(item.found_at),
            author="đối chiếu với cấp trên",
            text=_told(desk, kept, item),
        )


def _told(desk: Desk, kept: Dossier, item: RewrittenEvent) -> str:
    what = f"LỊCH SỬ BỊ SỬA: việc «{event_told(item.kind, item.action)}» {DEEDS[item.what]} sau khi đã xác nhận"
    confirmed, said = _leaves(item.confirmed_line), _leaves(item.said_line)
    if not confirmed or not said:
        return f"{what}; bản đã xác nhận được tính"
    paths = [path for path in {**confirmed, **said} if confirmed.get(path) != said.get(path)]
    told = [_pair(desk, kept, path, confirmed.get(path, ""), said.get(path, "")) for path in paths[:_MOST]]
    more = [f"và {len(paths) - _MOST} chỗ khác"] if len(paths) > _MOST else []
    return "; ".join([what, *told, *more]) + ". Bản đã xác nhận được tính"


def _pair(desk: Desk, kept: Dossier, path: str, confirmed: str, said: str) -> str:
    if path == "t":
        values = [shown_moment(moment_of(value)) for value in (confirmed, said)]
        name = _LABELS[path]
    else:
        fact = path.removeprefix("v.").removeprefix("changes.")
        values = [shown(desk, fact, value) for value in (confirmed, said)]
        name = _LABELS.get(path) or label(fact, questions_of(desk, kept))
    return f"{name}: đã xác nhận «{values[0] or NOTHING}», bản bị sửa ghi «{values[1] or NOTHING}»"


def _leaves(line: str) -> dict[str, str]:
    """What a line says, by path ("v.people.applicant.phone"); empty where there is none, or nobody can read it."""
    try:
        said = typed_values.from_json(line, dict[str, object]) if line else {}
    except (msgspec.DecodeError, RecursionError):
        return {}
    found: dict[str, str] = {}
    _gather({key: value for key, value in said.items() if key not in _PASSED_OVER}, "", found)
    return found


def _gather(value: object, path: str, found: dict[str, str]) -> None:
    if isinstance(value, Mapping) and not path.startswith("v.changes."):
        for key, inner in value.items():
            _gather(inner, f"{path}.{key}" if path else str(key), found)
    else:
        found[path] = value if isinstance(value, str) else msgspec.json.encode(value).decode()
