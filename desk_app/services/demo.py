"""A demo commune: dossiers of synthetic people over the last working weeks, in every status. Nobody here is real."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta

from desk_app.domain import calendar
from desk_app.domain.dossier import take_step
from desk_app.domain.procedure import Document
from desk_app.services import demo_people, reception
from desk_app.services.desk import Desk
from desk_app.services.draft import Draft
from desk_app.store import journal
from desk_app.store.database import unit_of_work

UNIT, COMMUNE, PROVINCE = "H26.99", "xã Thử Nghiệm", "thành phố Hà Nội"
_SHARES = (("2.000815", 70), ("1.001193", 12), ("1.004873", 10), ("2.000635", 8))
_AFTER = ("", "", "forward", "ready", "return", "request-completion")


def fill(desk: Desk, number: int, *, seed: int = 20261122) -> None:
    """Receive `number` dossiers on the working days before today, the oldest first, and move most of them on."""
    choose = random.Random(seed)
    people = demo_people.people(number, seed=seed)
    day = desk.today() - timedelta(days=number // 6 + 4)
    mornings = [
        day + timedelta(days=n)
        for n in range((desk.today() - day).days)
        if desk.calendar.is_working_day(day + timedelta(days=n))
    ]
    places: Counter[date] = Counter()
    for n, person in enumerate(people):
        on = mornings[n * len(mornings) // number]
        # One after another: a later number is never handed out at an earlier minute.
        at = datetime.combine(on, time(8), calendar.VIETNAM) + timedelta(
            minutes=8 * places[on] + choose.randrange(60) % 8
        )
        places[on] += 1
        code = choose.choices([code for code, _ in _SHARES], [share for _, share in _SHARES])[0]
        draft = Draft(
            id=journal.new_dossier_id(),
            procedure=code,
            people={"applicant": person},
            documents=(Document(name="Bằng tốt nghiệp", pages=2, copies=choose.randint(1, 5)),)
            if code == "2.000815"
            else (),
            copies=1 if code == "2.000635" else 0,
            fields={"child.full_name": "Nguyễn Thử Nghiệm"} if code == "1.001193" else {},
        )
        kept = reception.receive(desk, draft, at=at).dossier
        for step in _steps(choose.choice(_AFTER)):
            at += timedelta(hours=1)
            with unit_of_work(desk.db):
                event = take_step(kept, step, reason="Thiếu giấy tờ" if step == "request-completion" else "")
                moment = int(at.timestamp() * 1000)
                journal.append(desk.db, event, dossier=kept.id, at=moment, author=desk.clerk)
                kept = journal.dossier(desk.db, kept.id)


def _steps(last: str) -> tuple[str, ...]:
    return {"": (), "return": ("forward", "ready", "return"), "ready": ("forward", "ready")}.get(last, (last,))
