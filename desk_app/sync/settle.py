"""Brings this desk's notes in line with a receipt in one transaction: what is confirmed or forked, what comes next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from desk_app.store import files, forks, logs
from desk_app.store.database import DeskDatabase, unit_of_work
from desk_app.store.logs import CLOSED, OPEN, OTHERS
from desk_app.store.orphans import orphans_waiting
from desk_app.sync.plan import Plan, plan
from desk_app.sync.protocol import Receipt
from desk_app.sync.question import Question


def settle(db: DeskDatabase, receipt: Receipt, question: Question, *, me: bytes, live: bool) -> Plan:
    """Note what the receipt says, part from a forked copy, append again what a fork had set aside; what to do next.

    After a fork nothing is to be sent before the district has been asked anew. `live` False is a receipt on a stick.
    """
    with unit_of_work(db):
        _sign_own(db, me)
        made = _planned(db, receipt, question, me=me, live=live)
        if live and _has_lost_something(db, made):
            files.unconfirm_all(db)
        for log, seq in made.confirmed.items():
            if live:
                logs.unconfirm(db, log, seq)
            logs.confirm(db, log, seq, receipt.safe.get(log, 0))
        for fork in made.forks:
            forks.fork(db, fork.log, fork.base)
        if made.forks:
            return made
        while orphans_waiting(db) and _reconciled(db, receipt, made):
            made = _planned(db, receipt, question, me=me, live=live)
        return _without_what_may_move(db, made)


def _planned(db: DeskDatabase, receipt: Receipt, question: Question, *, me: bytes, live: bool) -> Plan:
    return plan(logs.standings(db), receipt, me=me, told=question.told, hash_at=partial(logs.hash_at, db), live=live)


def _without_what_may_move(db: DeskDatabase, made: Plan) -> Plan:
    """Own work is sent only once all that it may cite is where it will stay: a citation sent cannot be mended.

    While events stand aside none of it is, and the open log only after the closed ones are confirmed.
    """
    whose = {one.log: one.own for one in logs.standings(db)}
    if orphans_waiting(db):
        send = [one for one in made.send if whose[one.log] == OTHERS]
    elif any(whose[one.log] == CLOSED for one in made.send):
        send = [one for one in made.send if whose[one.log] != OPEN]
    else:
        return made
    return replace(made, send=tuple(send))


def _has_lost_something(db: DeskDatabase, made: Plan) -> bool:
    """Whether the district holds less than it once confirmed: it was restored, and may lack files as well."""
    return any(made.confirmed.get(one.log, one.confirmed) < one.confirmed for one in logs.standings(db))


def _sign_own(db: DeskDatabase, me: bytes) -> None:
    """What this desk wrote before it had keys is signed with its keys."""
    for one in logs.standings(db):
        if one.own != OTHERS and one.author is None:
            logs.set_author(db, one.log, me)


def _reconciled(db: DeskDatabase, receipt: Receipt, made: Plan) -> int:
    """How many events were appended again: those of closed logs of which the district's whole copy is here."""
    again = 0
    for one in logs.standings(db):
        held = receipt.logs.get(one.log)
        need = held.seq if held else 0
        if one.own == CLOSED and one.log in made.confirmed and one.seq >= need:
            again += forks.reconcile(db, one.log, need)
    return again
