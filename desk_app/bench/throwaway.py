"""A throw-away desk for the benchmarks, with synthetic people; a passphrase opens it, no key store is touched."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path

from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.setup import demo_people, setup
from desk_app.store.journal import bulk
from desk_app.store.keys import vault

CARD = "001190000001|012345678|Nguyễn Thị Thử Nghiệm|15011990|Nữ|Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội|20102021"


def made(folder: Path, name: str) -> Path:
    """A fresh desk's data folder; made once for each name."""
    data = folder / name
    os.environ["DESK_STATE"] = str(folder / "state")  # nothing of it stays behind in the user's account
    if not data.exists():
        passphrase = secrets.token_urlsafe(16)
        new = setup.init(
            data,
            unit="H26.99",
            commune="xã Thử Nghiệm",
            province="thành phố Hà Nội",
            desk=1,
            passphrase=passphrase,
        )
        _secrets(folder, name).write_text(json.dumps([passphrase, new.recovery_code]))
    return data


def opened(folder: Path, name: str) -> Desk:
    return open_desk(made(folder, name), recovery=recovery_of(folder, name))


def copied_secrets(folder: Path, name: str, copy: str) -> None:
    """A copied data folder opens by what opens the first."""
    _secrets(folder, copy).write_text(_secrets(folder, name).read_text())


def recovery_of(folder: Path, name: str) -> str:
    """The recovery code: its slot costs little, and stretching a passphrase is nobody's work to measure."""
    return str(json.loads(_secrets(folder, name).read_text())[1])


def key_of(folder: Path, name: str) -> str:
    """The database key itself, in hex, for a process that is not to pay for a slot."""
    return vault.unlock(folder / name, recovery=recovery_of(folder, name)).hex()


def filled(folder: Path, size: int) -> Desk:
    """A desk of `size` dossiers, filled when first asked for."""
    name = filled_name(size)
    return opened(folder, name) if (folder / name).exists() else fill(folder, name, size)


def bring_filled(kept: Path, folder: Path, size: int) -> None:
    """Copy into `folder` the filled desk that `kept` keeps, filled there when first asked for: a million take long.

    What a fill broken off left behind is taken away.
    """
    name, begun = filled_name(size), "filling"
    if not (kept / name).exists():
        shutil.rmtree(kept / begun, ignore_errors=True)
        kept.mkdir(parents=True, exist_ok=True)
        fill(kept, begun, size).close()
        copied_secrets(kept, begun, name)
        (kept / begun).rename(kept / name)
    shutil.copytree(kept / name, folder / name)
    _secrets(folder, name).write_text(_secrets(kept, name).read_text())


def fill(folder: Path, name: str, size: int) -> Desk:
    desk = opened(folder, name)
    bulk.load(desk.db, demo_people.dossiers(size, until=desk.now()))
    return desk


def filled_name(size: int) -> str:
    return f"desk-{size}"


def _secrets(folder: Path, name: str) -> Path:
    return folder / f"{name}.secrets"
