"""What a desk and a district of version 0.2.0 read: the shapes that version knew, written down once and never changed.

A field that 0.2.0 does not know is passed over, a kind that 0.2.0 does not know has no payload; the line itself is kept
byte for byte. The shapes are those of 0.2.0's own modules events, bodies, notices, protocol and keys.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Raw, Struct

_Integer = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
_HOLE = re.compile(rb"#[0-9a-f]{64}")


class Person(Struct, frozen=True, kw_only=True):
    full_name: str
    id_number: str = ""
    old_id_number: str = ""
    born_on: str = ""
    sex: str = ""
    residence: str = ""
    phone: str = ""
    email: str = ""
    ethnicity: str = ""
    nationality: str = ""
    id_kind: str = ""
    id_issued_on: str = ""
    id_issued_by: str = ""


class HandedIn(Struct, frozen=True, kw_only=True):
    component: str
    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0


class FormVersion(Struct, frozen=True, kw_only=True):
    form: str
    version: str


class Office(Struct, frozen=True, kw_only=True):
    name: str
    commune: str
    province: str = ""
    superior: str = ""
    clerk: str = ""
    desk: int = 1


class CardRead(Struct, frozen=True, kw_only=True):
    kind: str
    fields: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


class Document(Struct, frozen=True, kw_only=True):
    name: str
    pages: int
    copies: int


class FeeLine(Struct, frozen=True, kw_only=True):
    name: str
    amount: int
    how: str = ""


class Fee(Struct, frozen=True, kw_only=True):
    total: int = 0
    lines: tuple[FeeLine, ...] = ()
    decided_by_clerk: bool = False
    exemption: str = ""


class Received(Struct, frozen=True, kw_only=True):
    code: str
    procedure: str
    procedure_version: str
    people: dict[str, Person]
    received_at: int
    due_at: int = 0
    office: Office
    fields: dict[str, str] = {}
    components: tuple[HandedIn, ...] = ()
    documents: tuple[Document, ...] = ()
    forms: tuple[FormVersion, ...] = ()
    sets: int = 1
    fee: Fee = Fee()
    return_by: str = "counter"
    note: str = ""
    card: CardRead | None = None


class Printed(Struct, frozen=True, kw_only=True):
    papers: tuple[str, ...]
    copies: int = 1
    printer: str = ""


class Corrected(Struct, frozen=True, kw_only=True):
    changes: dict[str, str]
    reason: str = ""


class StepTaken(Struct, frozen=True, kw_only=True):
    action: str
    reason: str = ""
    to: str = ""
    due_at: int = 0
    result: str = ""
    collector: Person | None = None


class ConflictSettled(Struct, frozen=True, kw_only=True):
    path: str
    value: str


class Attached(Struct, frozen=True, kw_only=True):
    sha: str
    size: int
    type: str
    name: str
    component: str = ""


class Announced(Struct, frozen=True, kw_only=True):
    title: str
    text: str
    until: str = ""


class Certified(Struct, frozen=True, kw_only=True):
    certificate: str


class Revoked(Struct, frozen=True, kw_only=True):
    device: str
    reason: str = ""


class ProcedurePatched(Struct, frozen=True, kw_only=True):
    code: str
    version: str
    patch: dict[str, Any]
    in_force_from: str
    digest: str
    base: str = ""
    citation: str = ""


class DayChange(Struct, frozen=True, kw_only=True):
    date: str
    kind: str
    name: str = ""
    decision: str = ""


class DaysChanged(Struct, frozen=True, kw_only=True):
    days: tuple[DayChange, ...]
    citation: str = ""


class Redacted(Struct, frozen=True, kw_only=True):
    log: str
    seq: int
    hash: str
    before: str = ""
    reason: str = ""


KINDS: dict[str, type[Struct]] = {
    "received": Received,
    "printed": Printed,
    "corrected": Corrected,
    "step": StepTaken,
    "settled": ConflictSettled,
    "attached": Attached,
    "announced": Announced,
    "certified": Certified,
    "revoked": Revoked,
    "procedure": ProcedurePatched,
    "days": DaysChanged,
    "redaction": Redacted,
}


class Line(Struct, frozen=True, kw_only=True):
    """A line of a log under the letters of its bytes."""

    b: dict[str, tuple[tuple[int, str], ...]] = {}
    d: str
    k: str
    l: Annotated[int, Meta(ge=1, le=2**62)]  # noqa: E741 - the letter in the bytes
    o: _Integer = 0
    s: int = 1
    t: _Integer
    u: str
    v: Raw


def read(body: bytes) -> tuple[Line | None, Struct | None]:
    """The line, None for a hole; its payload, None for a kind, a schema or a shape that 0.2.0 does not know.

    Raises `msgspec.DecodeError` where 0.2.0 could not have read the line at all, and the whole frame were refused.
    """
    if _HOLE.fullmatch(body):
        return None, None
    line = msgspec.json.decode(body, type=Line)
    shape = KINDS.get(line.k)
    if shape is None or line.s > 1:
        return line, None
    try:
        payload: Any = msgspec.json.decode(line.v, type=shape)
    except msgspec.ValidationError:
        return line, None
    if line.k == "received" and not (_is_moment(payload.received_at) and "applicant" in payload.people):
        return line, None
    if line.k in ("received", "step") and not _is_moment(payload.due_at):
        return line, None
    return line, payload


def _is_moment(at: int) -> bool:
    return -(2**63) <= at < 2**63


# --- what is said between a desk and its district -----------------------------------------


class Hello(Struct, frozen=True, kw_only=True, rename={"nonce": "n", "logs": "v", "pull": "p"}):
    nonce: bytes
    logs: dict[bytes, tuple[int, bytes]] = {}
    pull: int = 0
    app: str = ""
    clock: int = 0
    offers: dict[bytes, int] = {}
    caps: tuple[str, ...] = ()
    certificate: bytes = b""


class Held(Struct, frozen=True, array_like=True):
    seq: int
    head: bytes
    at_yours: bytes = b""
    receptions: int = 0


class Receipt(Struct, frozen=True, kw_only=True, rename={"nonce": "n", "code": "c", "at": "t", "logs": "v"}):
    nonce: bytes
    code: str = "OK"
    at: int = 0
    district: tuple[bytes, ...] = ()
    logs: dict[bytes, Held] = {}
    safe: dict[bytes, int] = {}
    blobs: dict[bytes, int] = {}
    retry: int = 0
    min_app: str = ""


class Enrol(Struct, frozen=True, kw_only=True):
    slot: bytes
    nonce: bytes
    keys: bytes
    mac: bytes
    host: str = ""


class Enrolled(Struct, frozen=True, kw_only=True):
    certificate: bytes
    card: bytes
    mac: bytes
    colleagues: tuple[bytes, ...] = ()


class Certificate(Struct, frozen=True, kw_only=True):
    keys: bytes
    role: str
    unit: str = ""
    desk: int = 0
    name: str = ""
    blocks: tuple[tuple[int, int], ...] = ()
    from_at: int = 0


class DistrictCard(Struct, frozen=True, kw_only=True):
    url: str
    root: bytes
    certificate: bytes
    tls: str = ""
    name: str = ""
