"""A demo commune: dossiers of synthetic people over the last working weeks, as a healthy office has them.

Nearly every result was handed out in time; a few are late, a few wait for their citizen or for papers, some came today.
"""

from __future__ import annotations

import heapq
import random
from datetime import date, datetime, time, timedelta

from desk_app.domain.calendar.moments import VIETNAM, in_vietnam
from desk_app.domain.dossiers.dossier import Dossier, take_step
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.people.person import Person
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.procedure import Document
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import reception
from desk_app.services.reception.draft import Draft
from desk_app.services.setup import demo_people
from desk_app.store.journal import journal

UNIT, COMMUNE, PROVINCE = "H26.99", "xã Thử Nghiệm", "thành phố Hà Nội"
_SHARES = (("2.000815", 70), ("1.001193", 12), ("1.004873", 10), ("2.000635", 8))
_DOSSIERS_A_DAY = 6
_LATE, _UNCOLLECTED = 0.03, 0.06  # shares of those past their due moment: not done yet, done and not yet collected
_DONE = (Action.FORWARD, Action.READY, Action.RETURN)
_BEFORE_DUE = (
    (),
    (Action.FORWARD,),
    (Action.FORWARD,),
    (Action.FORWARD, Action.READY),
    _DONE,
    (Action.REQUEST_COMPLETION,),
)


def fill(desk: Desk, number: int, *, seed: int = 20261122) -> None:
    """Receive `number` dossiers up to now, the oldest first, and take their steps as an ordinary office does."""
    choose = random.Random(seed)
    now = desk.now()
    people = list(demo_people.people(number, seed=seed))
    deeds = [(at, n, "") for n, at in enumerate(_receptions(desk, number, now))]
    late = {n for n in range(number) if n % round(1 / _LATE) == number // 4 % round(1 / _LATE)}
    received: dict[int, Dossier] = {}
    # In the order of time, as they were done: a journal is read in the order it was written.
    heapq.heapify(deeds)
    while deeds:
        at, n, action = heapq.heappop(deeds)
        if not action:
            received[n] = reception.receive(desk, _draft(choose, people[n]), at=at).dossier
            for moment, step in _steps(choose, received[n], at, now, is_late=n in late):
                heapq.heappush(deeds, (moment, n, step))
            continue
        with session.deed(desk, Permission.STEP) as done:
            reason = "Thiếu giấy tờ" if action == Action.REQUEST_COMPLETION else ""
            done.record(take_step(received[n], action, reason=reason), dossier=received[n].id, at=at)
            received[n] = journal.dossier(desk.db, received[n].id)


def _receptions(desk: Desk, number: int, now: datetime) -> list[datetime]:
    """When each dossier came: some this morning, the others on the working days before, one after another."""
    today = min(number, _DOSSIERS_A_DAY - 1)
    first = desk.today() - timedelta(days=number // _DOSSIERS_A_DAY + 4)
    span = [first + timedelta(days=n) for n in range((desk.today() - first).days)]
    mornings = [day for day in span if desk.calendar.is_working_day(day)]
    moments = [
        datetime.combine(mornings[n * len(mornings) // (number - today)], time(8), VIETNAM)
        for n in range(number - today)
    ]
    places: dict[date, int] = {}
    for n, morning in enumerate(moments):
        place = places[morning.date()] = places.get(morning.date(), -1) + 1
        moments[n] = morning + timedelta(minutes=8 * place + n % 7)
    midnight = datetime.combine(desk.today(), time(), VIETNAM)
    return moments + [max(midnight, now - timedelta(minutes=9 * (today - n))) for n in range(today)]


def _draft(choose: random.Random, person: Person) -> Draft:
    code = choose.choices([code for code, _ in _SHARES], [share for _, share in _SHARES])[0]
    copies = Document(name="Bằng tốt nghiệp", pages=2, copies=choose.randint(1, 5))
    return Draft(
        id=journal.new_dossier_id(),
        procedure=code,
        people={"applicant": person},
        documents=(copies,) if code == "2.000815" else (),
        copies=1 if code == "2.000635" else 0,
        fields={"child.full_name": "Nguyễn Thử Nghiệm"} if code == "1.001193" else {},
    )


def _steps(
    choose: random.Random, dossier: Dossier, at: datetime, now: datetime, *, is_late: bool
) -> list[tuple[datetime, str]]:
    """The steps taken until now, each with its moment, between the reception and the due moment."""
    due = in_vietnam(dossier.due_at) if dossier.due_at else at
    end = min(due, now)
    if due > now:
        steps = choose.choice(_BEFORE_DUE) if at.date() < now.date() else ()
    elif is_late:
        steps = (Action.FORWARD,)
    else:
        steps = _DONE[:2] if choose.random() < _UNCOLLECTED else _DONE
    return [(at + (end - at) * (place + 1) / (len(steps) + 1), step) for place, step in enumerate(steps)]
