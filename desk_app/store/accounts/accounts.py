"""The people who work at this desk: a stable id each, the name papers show, the roles."""

from __future__ import annotations

import base64
import secrets

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.domain.permissions import EVERY_ROLE, Role
from desk_app.store.database.database import DeskDatabase


class Account(Struct, frozen=True, kw_only=True):
    """`id` is drawn once (16 characters, a-z and 2-7) and stands in each event; a name may be corrected."""

    id: str
    name: str
    roles: tuple[Role, ...] = EVERY_ROLE


def named(db: DeskDatabase, name: str) -> Account | None:
    """The account of this name, the first of several."""
    row = db.one("SELECT id, name, roles FROM account WHERE name = ? ORDER BY added_at, id LIMIT 1", [name])
    if row is None:
        return None
    id_, kept, roles = row
    return Account(id=id_, name=kept, roles=typed_values.from_json(roles, tuple[Role, ...]))


def of_name(db: DeskDatabase, name: str, *, at: int) -> Account:
    """The account of this name; made where there is none, so only inside `unit_of_work`. `at` UTC ms."""
    if (known := named(db, name)) is not None:
        return known
    account = Account(id=base64.b32encode(secrets.token_bytes(10)).decode().lower(), name=name)
    put(db, account, at=at)
    return account


def put(db: DeskDatabase, account: Account, *, at: int) -> None:
    """Keep an account, or its new name and roles; inside `unit_of_work`."""
    db.execute(
        "INSERT INTO account(id, name, roles, added_at) VALUES(?,?,?,?)"
        " ON CONFLICT(id) DO UPDATE SET name = excluded.name, roles = excluded.roles",
        [account.id, account.name, msgspec.json.encode(account.roles).decode(), at],
    )
