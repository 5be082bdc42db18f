"""close-day: what is left, sent or carried away where that is asked, and the report of the day."""

from __future__ import annotations

import argparse
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from desk_app.cli.opening import opened
from desk_app.cli.payments import cash_commands
from desk_app.errors import DeskError
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.services.papers.paper_files import written
from desk_app.services.payments import day_money
from desk_app.services.reports import day_end, day_report
from desk_app.services.reports.day_end import DayEnd
from desk_app.services.updates import fetched_files
from desk_app.terminal import Answer

if TYPE_CHECKING:
    from desk_app.services.backups import backup
    from desk_app.services.sync import syncing
else:
    backup = lazy("desk_app.services.backups.backup")
    syncing = lazy("desk_app.services.sync.syncing")


def close_day(chosen: argparse.Namespace) -> Answer:
    """The day as it stands after the sending; a line that is down spoils no report, but is told with exit 1."""
    with opened(chosen) as desk:
        exchange, told, is_sent = _sent(desk, chosen)
        day = day_end.day_end(desk)
        money = day_money.day_money(desk, day.at.date())
        files = []
        if chosen.out:
            name = f"{day.at:%Y-%m-%d}_quay-{desk.settings.desk}"
            files = written([day_report.report(desk)], name, Path(chosen.out))
        day_end.close(desk)
        backed, backed_told, is_backed = _backed_up(desk)
    new = fetched_files.newest(desk.data)
    data = {
        **_data(day),
        "money": cash_commands.told(money),
        "exchange": exchange,
        "path": str(files[0]) if files else None,
        "backup": backed,
        "update": str(new) if new else None,
    }
    offer = [f"Cấp trên đã gửi bản mới của chương trình. Cài: desk-app update {new}"] if new else []
    lines = (*told, *_lines(day), *money.lines, *map(str, files), *backed_told, *offer)
    return Answer(data, lines, 0 if is_sent and is_backed else 1)


def _backed_up(desk: Desk) -> tuple[dict[str, object] | None, list[str], bool]:
    """The closed day in a backup, where a place is chosen; what is said of it, and whether it was made."""
    if not desk.settings.backup_folder:
        return None, [], True
    try:
        made = backup.make(desk, Path(desk.settings.backup_folder))
    except DeskError as error:
        return {"refused": str(error), "remedy": error.remedy}, [str(error), error.remedy], False
    told = f"Đã sao lưu vào {made.folder}: {made.point.dossiers} hồ sơ, đã mở lại và kiểm."
    return {"path": str(made.path), "kind": made.point.kind, "verified": made.point.is_proved}, [told], True


def _sent(desk: Desk, chosen: argparse.Namespace) -> tuple[dict[str, object] | None, list[str], bool]:
    """What the exchange answers, in which words, and whether it was done as asked."""
    if not chosen.send and not chosen.stick:
        return None, [], True
    try:
        if chosen.stick:
            done = syncing.export_stick(desk, Path(chosen.stick))
        else:
            done = syncing.synchronise(desk, progress=lambda _: None, stop=Event())
    except DeskError as error:
        return {"refused": str(error), "remedy": error.remedy}, [str(error), error.remedy], False
    return {"sent": done.sent, "confirmed": done.confirmed, "waiting": done.waiting}, [done.told], True


def _data(day: DayEnd) -> dict[str, object]:
    ours, head = day.figures.ours, day.head
    return {
        "at": day.at.isoformat(timespec="seconds"),
        "received": ours.received,
        "returned": ours.returned,
        "annulled": ours.annulled,
        "fees_vnd": ours.fees,
        "fees_unknown": ours.open_fees,
        "events": ours.events,
        "unsent": [row.code for row in day.unsent],
        "unsent_events": day.sync.waiting_events,
        "unprinted": [row.code for row in day.unprinted],
        "ready": [row.code for row in day.ready],
        "late": [row.code for row in day.late],
        "work": {each.which.value: [row.code for row in each.rows] for each in day.work},
        "set_aside": len(day.sync.set_aside),
        "service_days": [
            {
                "id": each.id,
                "name": each.name,
                "received": each.received,
                "at_once": each.at_once,
                "same_day": each.same_day,
                "left": each.left,
            }
            for each in day.service_days
        ],
        "head": {"log": head.log, "seq": head.seq, "head": head.hash},
    }


def _lines(day: DayEnd) -> list[str]:
    ours, head = day.figures.ours, day.head
    left = (
        ("Chưa được cấp trên xác nhận", day.unsent),
        ("Chưa in giấy", day.unprinted),
        ("Chờ trả kết quả", day.ready),
        ("Quá hạn", day.late),
    )
    return [
        f"Ngày {day.at:%d/%m/%Y}: tiếp nhận {ours.received}, trả kết quả {ours.returned} hồ sơ.",
        *([f"Kết quả đã trả bị hủy: {ours.annulled}."] if ours.annulled else []),
        *([f"Chưa xác định phí: {ours.open_fees} hồ sơ."] if ours.open_fees else []),
        *(f"{name}: {', '.join(row.code for row in rows)}" for name, rows in left if rows),
        *(f"{each.which.label}: {each.number} hồ sơ" for each in day.work if each.number),
        *(
            f"{each.name}: {each.received} hồ sơ, trả ngay {each.at_once}, trả trong ngày {each.same_day},"
            f" chưa trả {each.left}."
            for each in day.service_days
        ),
        f"Dấu cuối sổ: việc số {head.seq}, {head.hash}" if head.seq else "Sổ việc còn trống.",
    ]
