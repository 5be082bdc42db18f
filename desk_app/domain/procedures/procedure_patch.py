"""A procedure's next version as the little that differs from an earlier one, and back (RFC 7396)."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from msgspec.structs import replace

from desk_app import typed_values
from desk_app.domain.notices import ProcedurePatched
from desk_app.domain.procedures.procedure import Procedure


def canonical(procedure: Procedure) -> bytes:
    """The JSON two ends compare: keys sorted, defaults left out, and not whom a holder has it from."""
    return msgspec.json.encode(replace(procedure, source=""), order="sorted")


def patch_of(new: Procedure, base: Procedure | None, *, citation: str) -> ProcedurePatched:
    """What turns `base` into `new`; the whole of `new` when there is no base."""
    told: dict[str, Any] = msgspec.json.decode(canonical(new))
    before: dict[str, Any] = msgspec.json.decode(canonical(base)) if base else {}
    return ProcedurePatched(
        code=new.code,
        version=new.version,
        patch=_difference(before, told),
        in_force_from=new.in_force_from,
        digest=_digest(new),
        base=base.version if base else "",
        citation=citation,
    )


def patched(notice: ProcedurePatched, base: Procedure | None) -> Procedure:
    """The procedure a notice makes of the version it names as base, None where it names none.

    Raises `ValueError` when the base is another than the author's, or what comes out is no procedure.
    """
    if (base.version if base else "") != notice.base:
        raise ValueError("this is not the version that the patch begins with")
    before: dict[str, Any] = msgspec.json.decode(canonical(base)) if base else {}
    made = typed_values.converted(_merged(before, notice.patch), Procedure)  # ValidationError is a ValueError
    if _digest(made) != notice.digest:
        raise ValueError("another procedure comes out than the author had")
    return made


def _digest(procedure: Procedure) -> str:
    return hashlib.sha256(canonical(procedure)).hexdigest()


def _difference(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Lists are replaced whole, as RFC 7396 has it; null takes a key away."""
    patch: dict[str, Any] = dict.fromkeys(key for key in old if key not in new)
    for key, value in new.items():
        before = old.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            if inner := _difference(before, value):
                patch[key] = inner
        elif before != value or type(before) is not type(value):
            patch[key] = value
    return patch


def _merged(old: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    merged = dict(old)
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            before = merged.get(key)
            merged[key] = _merged(before if isinstance(before, dict) else {}, value)
        else:
            merged[key] = value
    return merged
