"""The people who work at this desk: a stable id each, the name papers show, the roles."""

from __future__ import annotations

import secrets
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import typed_values
from desk_app.domain import actors
from desk_app.domain.permissions import EVERY_ROLE, Role
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.rows import own_log
from desk_app.store.peers import sync_state

_SELECT = "SELECT id, name, roles FROM account"


class Account(Struct, frozen=True, kw_only=True):
    """`id` is drawn once (16 characters, a-z and 2-7) and stands in each event; a name may be corrected."""

    id: str
    name: str
    roles: tuple[Role, ...] = EVERY_ROLE


def named(db: DeskDatabase, name: str) -> Account | None:
    """The account of this name, the first of several."""
    row = db.one(f"{_SELECT} WHERE name = ? ORDER BY added_at, id LIMIT 1", [name])
    return _account(row) if row else None


def of_name(db: DeskDatabase, name: str, *, at: int) -> Account:
    """The account of this name; made where there is none, so only inside `unit_of_work`. `at` UTC ms.

    Another is made beside it where its id does not prove this desk's keys: in a copy of another desk's folder.
    """
    owners = _owners(db)
    known = [_account(row) for row in db.all(f"{_SELECT} WHERE name = ? ORDER BY added_at, id", [name])]
    if (own := next((account for account in known if actors.belongs(account.id, owners)), None)) is not None:
        return replace(own, roles=known[0].roles)
    account = Account(id=actors.actor_id(owners[0], secrets.token_bytes(6)), name=name)
    if known:
        account = replace(account, roles=known[0].roles)
    put(db, account, at=at)
    return account


def _owners(db: DeskDatabase) -> list[bytes]:
    """What ids of this desk's accounts may prove: its keys and its logs; the first makes new ones."""
    own = sync_state.get(db).kid or own_log(db).name
    kept = [part for row in db.all("SELECT author, name FROM log WHERE is_own <> 0") for part in row if part]
    return [own, *kept]


def _account(row: tuple[Any, ...]) -> Account:
    id_, name, roles = row
    return Account(id=id_, name=name, roles=typed_values.from_json(roles, tuple[Role, ...]))


def put(db: DeskDatabase, account: Account, *, at: int) -> None:
    """Keep an account, or its new name and roles; inside `unit_of_work`."""
    db.execute(
        "INSERT INTO account(id, name, roles, added_at) VALUES(?,?,?,?)"
        " ON CONFLICT(id) DO UPDATE SET name = excluded.name, roles = excluded.roles",
        [account.id, account.name, msgspec.json.encode(account.roles).decode(), at],
    )
