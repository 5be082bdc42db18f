"""The receipts that the district signed, kept as they came: each says how far, and with which hash, it held every log.

One a day is kept, the newest of the day. Whoever rewrites the journal cannot make another: only the district signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from desk_app import typed_values
from desk_app.protocol.batch import message_of, sender_of
from desk_app.protocol.keys import KID, SIGNATURE, Certificate, DistrictCard, PublicKeys, certificate_of
from desk_app.protocol.messages import FrameKind, Held, Receipt, Refused, decoded
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import logs
from desk_app.store.journal.rows import OPEN
from desk_app.store.peers import devices, sync_state

_DAY_MS = 86_400_000
_MOST = 400


class KeptReceipt(Struct, frozen=True):
    """A receipt: when the district wrote it (UTC ms), how it held each log, whether its signature holds."""

    at: int
    logs: Mapping[bytes, Held]
    is_proved: bool


class Contradiction(Struct, frozen=True):
    """A log that is no more what a receipt confirmed: up to which number it was, and when (UTC ms)."""

    log: bytes
    seq: int
    at: int


def keep(db: DeskDatabase, receipt: Receipt, signed: bytes, *, to: bytes) -> None:
    """Keep the receipt as it was unsealed (`signed`), for this desk's key id `to`; one that names no log says nothing.

    Only one with which this desk's own logs agree may be kept: another convicts whoever rewrites them later. Inside
    `unit_of_work`.
    """
    if not signed or not receipt.logs:
        return
    db.execute(
        "INSERT INTO receipt(day, at, signed, recipient) VALUES(?,?,?,?) ON CONFLICT(day) DO UPDATE"
        " SET at = excluded.at, signed = excluded.signed, recipient = excluded.recipient WHERE excluded.at >= at",
        (receipt.at // _DAY_MS, receipt.at, signed, to),
    )
    db.execute("DELETE FROM receipt WHERE day NOT IN (SELECT day FROM receipt ORDER BY day DESC LIMIT ?)", (_MOST,))
    if receipt.at > sync_state.get(db).receipt_at:
        sync_state.change(db, receipt_at=receipt.at)


def all(db: DeskDatabase) -> list[KeptReceipt]:  # noqa: A001 - read as receipts.all(db)
    """The receipts that can be read, the oldest first."""
    rows = db.all("SELECT signed, recipient FROM receipt ORDER BY at")
    issuers = _issuers(db) if rows else {}
    return [kept for signed, to in rows if (kept := _read(signed, to, issuers)) is not None]


def are_gone(db: DeskDatabase) -> bool:
    """Whether this desk once kept a receipt, and the last one is here no more, or not as the district signed it."""
    last = sync_state.get(db).receipt_at
    return bool(last) and not any(kept.at >= last for kept in all(db))


def vouched(db: DeskDatabase, log: bytes) -> set[tuple[int, bytes]]:
    """Numbers of this log, each with the first 8 bytes of the hash there, that the district has signed for."""
    return {(kept.logs[log].seq, kept.logs[log].head) for kept in all(db) if kept.is_proved and log in kept.logs}


def contradicted(db: DeskDatabase, log: bytes, kept: Sequence[KeptReceipt]) -> Contradiction | None:
    """Whether the log here is other than the newest of these receipts that names it said.

    An own log that this desk still writes has also been cut where it ends before that. Where the certificate of the
    district is not here the receipt is believed unproved: it speaks for nobody, only against.
    """
    standing = logs.standing(db, log)
    last = next((one for one in reversed(kept) if log in one.logs), None)
    if standing is None or last is None:
        return None
    held = last.logs[log]
    if held.seq > standing.seq:
        is_other = standing.own == OPEN
    else:
        is_other = (logs.hash_at(db, log, held.seq) or b"")[:8] != held.head
    return Contradiction(log, held.seq, last.at) if is_other else None


def _read(signed: bytes, to: bytes, issuers: Mapping[bytes, PublicKeys]) -> KeptReceipt | None:
    issuer = issuers.get(sender_of(signed))
    if issuers and issuer is None:
        return None
    try:
        if issuer is None:
            receipt = decoded(signed[KID + SIGNATURE :], Receipt)
        else:
            receipt = message_of(FrameKind.RECEIPT, signed, Receipt, sender=issuer, me=to)
    except Refused:
        return None
    return KeptReceipt(receipt.at, receipt.logs, issuer is not None)


def _issuers(db: DeskDatabase) -> dict[bytes, PublicKeys]:
    """The keys of the district that its root has ever certified, as far as this desk knows them."""
    state = sync_state.get(db)
    if not state.card:
        return {}
    card = typed_values.from_json(state.card, DistrictCard)
    root = PublicKeys.load(card.root)
    signed = [card.certificate, *(row.certificate for row in devices.all(db) if row.certificate)]
    return {one.public.kid: one.public for one in _certified(signed, root)}


def _certified(signed: list[bytes], root: PublicKeys) -> Iterator[Certificate]:
    for each in signed:
        try:
            certificate = certificate_of(each, root)
        except Refused:
            continue
        if certificate.role == "district":
            yield certificate
