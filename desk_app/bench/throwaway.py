"""A throw-away desk for the benchmarks, with synthetic people; a passphrase opens it."""

from __future__ import annotations

import secrets
from pathlib import Path

from desk_app.services import demo_people, setup
from desk_app.services.desk import Desk, open_desk
from desk_app.store import bulk

CARD = "001190000001|012345678|Nguyễn Thị Thử Nghiệm|15011990|Nữ|Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội|20102021"


def made(folder: Path, name: str) -> tuple[Path, str]:
    """A fresh desk's data folder and passphrase; made once for each name."""
    data, secret = folder / name, folder / f"{name}.passphrase"
    if not data.exists():
        secret.write_text(secrets.token_urlsafe(16))
        setup.init(
            data,
            unit="H26.99",
            commune="xã Thử Nghiệm",
            province="thành phố Hà Nội",
            desk=1,
            passphrase=secret.read_text(),
        )
    return data, secret.read_text()


def opened(folder: Path, name: str) -> Desk:
    data, passphrase = made(folder, name)
    return open_desk(data, passphrase=passphrase)


def filled(folder: Path, size: int) -> Desk:
    """A desk of `size` dossiers, filled when first asked for."""
    name = f"desk-{size}"
    fresh = not (folder / name).exists()
    desk = opened(folder, name)
    if fresh:
        bulk.load(desk.db, demo_people.dossiers(size, until=desk.now()))
    return desk
