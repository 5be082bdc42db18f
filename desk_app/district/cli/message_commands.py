"""messages: what the desks want told to citizens, handed to the gateway that sends it."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from desk_app.district.cli.opening import opened
from desk_app.district.messages import outbox
from desk_app.errors import PlaceMissingError
from desk_app.terminal import Answer


def messages(chosen: argparse.Namespace) -> Answer:
    """Numbers by unit, and ids; never a telephone number or a text."""
    folder = Path(chosen.to) if chosen.to else None
    if folder is not None and not folder.is_dir():
        raise PlaceMissingError(place=folder)
    with opened(chosen) as here:
        if chosen.failed:
            outbox.not_reached(here.district, chosen.failed, chosen.why)
            told = "Đã ghi: tin không tới. Quầy sẽ thấy ở lần gửi nhận tới và gọi điện."
            return Answer({"id": chosen.failed, "failed": True}, (told,))
        sent = outbox.hand_over(here.district, folder) if folder is not None else []
        left = outbox.waiting(here.district)
    units = Counter(each.unit for each in left)
    data = {
        "sent": [{"id": each.message.id, "unit": each.unit, "about": each.message.about} for each in sent],
        "waiting": [{"unit": unit, "messages": number} for unit, number in sorted(units.items())],
    }
    lines = [f"Đã giao {len(sent)} tin vào {folder}."] if folder is not None else []
    lines += [f"{unit}: {number} tin chờ gửi" for unit, number in sorted(units.items())]
    return Answer(data, tuple(lines) or ("Không có tin nào chờ gửi.",))
