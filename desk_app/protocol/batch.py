"""Seals, signs, packs and opens frames; decides what of a batch of events is new. Pure: no storage, no network."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from desk_app.protocol.event_body import first_hash, next_hash
from desk_app.protocol.keys import KID, SIGNATURE, Keys, PublicKeys
from desk_app.protocol.messages import MAX_BLOB, Code, Frame, FrameKind, Record, Refused, decoded, encoded, header
from desk_app.protocol.packing import NEWEST, SMALL, Chain, pack, unpack

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_SEAL = 48  # what HPKE adds: the ephemeral key and the tag
_EVENTS = struct.Struct(">16sIH8s")  # log, first number, how many, first 8 bytes of the hash before
_BLOB = struct.Struct(">32s6s6s")  # SHA-256, size, offset
_OVERHEAD = KID + SIGNATURE + _EVENTS.size
MOST_EVENTS = 0xFFFF


# --- seals and messages -------------------------------------------------------------------


def seal(kind: FrameKind, to: PublicKeys, plain: bytes) -> bytes:
    """A whole frame that only `to` can open (HPKE, RFC 9180, base mode, bound to the header).

    Raises `Refused` for a weak key.
    """
    top = header(kind, len(plain) + _SEAL, to.kid)
    try:
        return top + _SUITE.encrypt(plain, to.box_key, info=b"cx1" + top)
    except ValueError as error:  # a point of low order: whatever is sealed to it, everybody can open
        raise Refused(Code.BAD_SIGNATURE) from error


def unseal(frame: Frame, keys: Keys) -> bytes:
    """What the frame says. Raises `Refused` (WRONG_RECIPIENT, BAD_SEAL)."""
    if frame.recipient != keys.kid:
        raise Refused(Code.WRONG_RECIPIENT)
    try:
        return _SUITE.decrypt(frame.body, keys.box, info=b"cx1" + frame.header)
    except (InvalidTag, ValueError) as error:
        raise Refused(Code.BAD_SEAL) from error


def message(kind: FrameKind, record: msgspec.Struct, me: Keys, to: PublicKeys) -> bytes:
    """A record signed by `me` for this one recipient, as a frame: sender, signature, MessagePack."""
    told = encoded(record)
    return seal(kind, to, me.kid + me.sign(_signed(kind, to.kid, told)) + told)


def sender_of(plain: bytes) -> bytes:
    """The key id of who says that he sent an unsealed message or wrote an unsealed batch."""
    return plain[:KID]


def message_of(kind: FrameKind, plain: bytes, shape: type[Record], *, sender: PublicKeys, me: bytes) -> Record:
    """The record of an unsealed message, when `sender` signed it for the key id `me`. Raises `Refused`."""
    told = plain[KID + SIGNATURE :]
    sender.verify(plain[KID : KID + SIGNATURE], _signed(kind, me, told))
    return decoded(told, shape)


def _signed(kind: FrameKind, recipient: bytes, told: bytes) -> bytes:
    return b"cx1 msg%d" % kind + recipient + told


# --- batches of events --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Events `first` … `last` of a log, signed by its writer at the last; `prev8` begins the hash before the first."""

    author: bytes
    signature: bytes
    log: bytes
    first: int
    prev8: bytes
    bodies: tuple[bytes, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.bodies) - 1


@dataclass(frozen=True, slots=True)
class Merged:
    """What of a batch a holder lacks: nothing for DUP, GAP and FORK. `hashes` of the new bodies, 32 bytes each."""

    status: Code
    bodies: tuple[bytes, ...] = ()
    hashes: tuple[bytes, ...] = ()


def checkpoint(log: bytes, seq: int, head: bytes) -> bytes:
    """What a writer signs at a number of its log; it vouches for every event up to there."""
    return b"cx1 cp" + log + struct.pack(">I", seq) + head


def chain(head: bytes, bodies: Iterable[bytes]) -> list[bytes]:
    """The hash after each body, beginning behind `head`."""
    found = []
    for body in bodies:
        head = next_hash(head, body)
        found.append(head)
    return found


def sign_batch(keys: Keys, log: bytes, *, first: int, before: bytes, bodies: Sequence[bytes]) -> Batch:
    """A batch of the writer's own log; `before` is the whole hash at `first` − 1."""
    head = chain(before, bodies)[-1]
    return Batch(
        author=keys.kid,
        signature=keys.sign(checkpoint(log, first + len(bodies) - 1, head)),
        log=log,
        first=first,
        prev8=before[:8],
        bodies=tuple(bodies),
    )


def batch_frame(
    batch: Batch, to: PublicKeys, *, packing: int = NEWEST, chain: Chain | None = None, level: int = SMALL
) -> bytes:
    """The batch as a frame; with the stream's `chain` a smaller one, which only this stream's reader understands."""
    top = _EVENTS.pack(batch.log, batch.first, len(batch.bodies), batch.prev8)
    packed = pack(batch.bodies, packing=packing, log=batch.log, chain=chain, level=level)
    return seal(FrameKind.EVENTS, to, batch.author + batch.signature + top + packed)


def batch_of(plain: bytes, *, chain: Chain | None = None) -> Batch:
    """The batch in an unsealed EVENTS frame; its signature is looked at by `merge`, which knows the chain of hashes.

    Raises `Refused` (BAD_COUNT, UNKNOWN_DICT, TOO_LARGE).
    """
    if len(plain) <= _OVERHEAD:
        raise Refused(Code.BAD_COUNT)
    log, first, count, prev8 = _EVENTS.unpack_from(plain, KID + SIGNATURE)
    if not count or first < 1:
        raise Refused(Code.BAD_COUNT)
    bodies = unpack(plain[_OVERHEAD:], log=log, chain=chain, count=count)
    if len(bodies) != count:
        raise Refused(Code.BAD_COUNT)
    return Batch(
        author=plain[:KID],
        signature=plain[KID : KID + SIGNATURE],
        log=log,
        first=first,
        prev8=prev8,
        bodies=tuple(bodies),
    )


def merge(batch: Batch, *, seq: int, head: bytes, hash_at: Callable[[int], bytes], author: PublicKeys) -> Merged:
    """What of the batch comes after `seq`, where the holder's chain ends in `head`; `hash_at` its hash at a number.

    The signature is checked over the recomputed head, so it covers every event before it. Raises `Refused`.
    """
    if batch.first > seq + 1:
        return Merged(Code.GAP)
    before = first_hash(batch.log) if batch.first == 1 else head if batch.first == seq + 1 else hash_at(batch.first - 1)
    if before[:8] != batch.prev8:
        return Merged(Code.FORK)
    hashes = chain(before, batch.bodies)
    author.verify(batch.signature, checkpoint(batch.log, batch.last, hashes[-1]))
    known = min(seq - batch.first + 1, len(hashes))
    if known > 0:
        at = batch.first + known - 1
        if hashes[known - 1] != (head if at == seq else hash_at(at)):
            return Merged(Code.FORK)
    if known >= len(hashes):
        return Merged(Code.DUP)
    return Merged(Code.OK, batch.bodies[known:], tuple(hashes[known:]))


# --- pieces of files ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Blob:
    """A piece of a file: SHA-256 of the whole (32 bytes), its size, where the piece begins, at most 32 KiB of it."""

    sha: bytes
    size: int
    offset: int
    data: bytes


def blob_frame(blob: Blob, to: PublicKeys) -> bytes:
    """The piece as a frame."""
    top = _BLOB.pack(blob.sha, blob.size.to_bytes(6, "big"), blob.offset.to_bytes(6, "big"))
    return seal(FrameKind.BLOB, to, top + blob.data)


def blob_of(plain: bytes) -> Blob:
    """The piece in an unsealed BLOB frame. Raises `Refused` (BAD_COUNT, TOO_LARGE)."""
    if len(plain) < _BLOB.size:
        raise Refused(Code.BAD_COUNT)
    sha, size, offset = _BLOB.unpack_from(plain)
    blob = Blob(sha, int.from_bytes(size, "big"), int.from_bytes(offset, "big"), plain[_BLOB.size :])
    if len(blob.data) > MAX_BLOB:
        raise Refused(Code.TOO_LARGE)
    if blob.offset + len(blob.data) > blob.size:
        raise Refused(Code.BAD_COUNT)
    return blob
