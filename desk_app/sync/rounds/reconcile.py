"""Brings this desk's notes in line with a receipt in one transaction: what is confirmed or forked, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from desk_app.domain.history import moved
from desk_app.protocol.messages import Code, Receipt
from desk_app.store.attachments import files
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import forks, logs
from desk_app.store.journal.displaced_events import orphans_waiting, own_orphans_waiting
from desk_app.store.journal.logs import CLOSED, OPEN, OTHERS
from desk_app.store.peers import devices, sync_state
from desk_app.store.proofs import receipts, rewritten_history
from desk_app.sync.line.exchange_request import ExchangeRequest
from desk_app.sync.rounds.plan import Plan, plan


def settle(
    db: DeskDatabase,
    receipt: Receipt,
    question: ExchangeRequest,
    *,
    me: bytes,
    live: bool,
    refused: Iterable[bytes] | None = None,
    signed: bytes = b"",
) -> Plan:
    """Note what the receipt says, part from a forked copy, carry on what a fork had set aside; what to do next.

    After a fork nothing is to be sent before the district has been asked anew, and nothing is carried on before all is
    here that the district has: it may be there. `live` False is a receipt on a stick. `refused` says that the exchange
    has come to a stop: what is there must do, and logs of moved events named so are begun anew, since the district
    has them from another desk. `signed` is the receipt as it was unsealed, to be kept.
    """
    with unit_of_work(db):
        _sign_own(db, me)
        forks.take_up_again(db)
        made = _planned(db, receipt, question, me=me, live=live)
        if live and _has_lost_something(db, made):
            files.unconfirm_all(db)
        for log, seq in made.confirmed.items():
            if live:
                logs.unconfirm(db, log, seq)
            logs.confirm(db, log, seq, receipt.safe.get(log, 0))
        if made.forks:
            rewritten_history.see_receipts(db, [fork.log for fork in made.forks])
            for fork in made.forks:
                forks.fork(db, fork.log, fork.base)
            return replace(made, send=())
        receipts.keep(db, receipt, signed, to=me)
        if made.behind and refused is None:
            return _without_what_may_move(db, made, is_stopped=False)
        parted = _parted(db, made, set(refused or ()), receipt.code) if live else 0
        while parted or (_has_asides(db) and _reconciled(db, receipt, made)):
            made = _planned(db, receipt, question, me=me, live=live)
            parted = _parted(db, made, set(), receipt.code) if live and not orphans_waiting(db) else 0
        return _without_what_may_move(db, made, is_stopped=refused is not None)


def _has_asides(db: DeskDatabase) -> bool:
    """Whether events stand aside, or a log has lost what a receipt confirmed."""
    return bool(orphans_waiting(db) or sync_state.get(db).contradicted)


def _parted(db: DeskDatabase, made: Plan, refused: set[bytes], code: str) -> int:
    """Set aside what cannot be sent as it stands, so that it is carried on in another log; from how many logs.

    That is what stands in another log too; others' events without their writer's signature; what was refused of a log
    of moved events. Of an own log that was refused (`code`) because another key signs it over there, everything: a
    twin has sent the same log, and the district's copy says whose it is.
    """
    standings = logs.standings(db)
    bases = {log: seq - 1 for log, seq in forks.told_twice(db, standings).items()}
    authors = {one.log: one.author for one in standings}
    for send in made.send:
        is_unsigned = send.is_relay and not logs.checkpoints(db, send.log, after=send.after)
        is_refused = send.log in refused and moved.is_log(send.log) and not _is_revoked(db, authors[send.log])
        if is_unsigned or is_refused:
            bases[send.log] = min(send.after, bases.get(send.log, send.after))
        elif send.log in refused and code == Code.NOT_OWNER and not (send.is_relay or moved.is_log(send.log)):
            bases[send.log] = 0
    return sum(bool(forks.fork(db, log, base)) for log, base in bases.items())


def _is_revoked(db: DeskDatabase, author: bytes | None) -> bool:
    device = devices.get(db, author) if author else None
    return device is not None and device.is_revoked


def _planned(db: DeskDatabase, receipt: Receipt, question: ExchangeRequest, *, me: bytes, live: bool) -> Plan:
    return plan(logs.standings(db), receipt, me=me, told=question.told, hash_at=partial(logs.hash_at, db), live=live)


def _without_what_may_move(db: DeskDatabase, made: Plan, *, is_stopped: bool) -> Plan:
    """Own work is sent only once all that it may cite is where it will stay: a citation sent cannot be mended.

    While events stand aside none of it is, and the open log only after the closed ones are confirmed. Where nothing
    else can be done, others' events aside do not hold own work up.
    """
    whose = {one.log: one.own for one in logs.standings(db)}
    aside = own_orphans_waiting(db) if is_stopped else orphans_waiting(db)
    if aside:
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
    """How many events aside were settled: those of logs of which the district's whole copy is here."""
    again = 0
    for one in logs.standings(db):
        held = receipt.logs.get(one.log)
        need = held.seq if held else 0
        if one.own != OPEN and one.log in made.confirmed and one.seq >= need:
            again += forks.reconcile(db, one.log, need, at=receipt.at)
    return again
