"""Making a desk: data folder, key and its slots, database, law, settings; and a demo commune with synthetic people."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app import __version__
from desk_app.domain import passwords
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers import numbering
from desk_app.domain.training import training_desk
from desk_app.errors import (
    BadFactError,
    DeskExistsError,
    FolderNotMadeError,
    NoKeyStoreError,
    TrainingUnitError,
    of_system,
)
from desk_app.lazy import lazy
from desk_app.own_files import held_files, owner_only
from desk_app.password_rules import password_rules
from desk_app.services.catalogue import unit_data
from desk_app.services.desk.desk import Clock, demo_passphrase_file, is_begun, open_desk, system_clock
from desk_app.services.setup import demo, shipped_catalogue, shipped_days
from desk_app.store.database import database
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.database.failures import file_failures
from desk_app.store.database.lock import hold
from desk_app.store.keys import vault
from desk_app.store.reference import catalogue, days, settings

if TYPE_CHECKING:
    from desk_app.services.setup import first_holidays
else:
    first_holidays = lazy("desk_app.services.setup.first_holidays")

_UNIT = re.compile(r"[A-Z0-9]{1,4}(\.[A-Z0-9]{1,4}){0,5}")  # what a narrow barcode and a file name can carry


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDesk:
    """What the person who installs must be told. `recovery_code` is shown once and kept nowhere.

    `kept_by` names the system's key store, "" where only the passphrase and the recovery code open the desk.
    """

    data: Path
    recovery_code: str
    kept_by: str


def init(
    data: Path,
    *,
    unit: str,
    commune: str,
    desk: int,
    province: str = "",
    superior: str = "",
    office: str = "",
    clerk: str = "",
    passphrase: str | None = None,
    demo_dossiers: int = 0,
    is_training: bool = False,
    clock: Clock = system_clock,
) -> NewDesk:
    """Make a desk in `data` (made where absent); all of it or nothing.

    Raises `DeskExistsError`, `BadFactError` (unit, desk number), `TrainingUnitError`, `WeakPasswordError`,
    `FolderNotMadeError`, `NotWritableError`, `DiskFullError`, and the vault's `NoKeyStoreError` where neither a trusted
    key store nor a passphrase is there.
    """
    if is_begun(data):
        raise DeskExistsError(folder=data)
    unit = unit.strip().upper()
    if not _UNIT.fullmatch(unit):
        raise BadFactError(field="unit", label="Mã đơn vị", why="cần chữ không dấu, chữ số và dấu chấm, như H26.99")
    if training_desk.is_training_unit(unit) and not is_training:
        raise TrainingUnitError
    if not commune.strip():
        raise BadFactError(field="commune", label="Tên xã, phường", why="không được trống")
    if not 1 <= desk <= len(numbering.DESKS):
        raise BadFactError(field="desk", label="Số quầy", why=f"từ 1 đến {len(numbering.DESKS)}")
    if passphrase is not None:
        passwords.refuse_weak(passphrase, password_rules(), known=(unit, commune, province, clerk))
    fresh = not data.exists()
    _make_folder(data)
    try:
        with file_failures(data):
            created, passphrase = _keyed(data, passphrase, is_demo=is_training or demo_dossiers > 0)
        kept = settings.Settings(
            unit=unit,
            commune=commune.strip(),
            province=province.strip(),
            superior=superior.strip(),
            office=office.strip() or f"Trung tâm Phục vụ hành chính công {commune.strip()}",
            clerk=clerk.strip() or "Cán bộ tiếp nhận",
            desk=desk,
            is_demo=is_training or demo_dossiers > 0,
            version_seen=__version__,
            units_seen=unit_data.edition_of(clock().astimezone(VIETNAM).date()),
            days_edition=shipped_days.edition(clock().astimezone(VIETNAM).date()),
        )
        with hold(data):
            db = database.open_database(data / database.FILE, created.key, create=True)
            with unit_of_work(db):
                settings.put(db, kept)
                _load_law(db, clock())
            db.close()
        if demo_dossiers:
            with open_desk(data, passphrase=passphrase, clock=clock) as made:
                demo.fill(made, demo_dossiers)
    except BaseException:
        _remove(data, fresh=fresh)
        raise
    return NewDesk(data=data, recovery_code=created.recovery_code, kept_by=created.kept_by)


def init_training(data: Path, *, dossiers: int, clock: Clock = system_clock) -> NewDesk:
    """A desk to practise on, with made-up dossiers: its codes are of no office, its papers say so. Raises as `init`."""
    return init(
        data,
        unit=training_desk.UNIT,
        commune=training_desk.COMMUNE,
        province=demo.PROVINCE,
        desk=1,
        clerk="Người Tập Huấn",
        demo_dossiers=dossiers,
        is_training=True,
        clock=clock,
    )


def _make_folder(data: Path) -> None:
    """Only its owner looks into it: the journal is encrypted, but names of files and their times also tell."""
    try:
        owner_only.make_folder(data, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotMadeError(of_system(error, data), folder=data) from error


def _keyed(data: Path, passphrase: str | None, *, is_demo: bool) -> tuple[vault.NewVault, str | None]:
    """The new key, and the passphrase it opens by; a demo without a key store makes itself one (decision 0004)."""
    try:
        return vault.create(data, passphrase=passphrase), passphrase
    except NoKeyStoreError:
        if not is_demo or passphrase is not None:
            raise
    invented = secrets.token_urlsafe(18)
    file = demo_passphrase_file(data)
    with os.fdopen(owner_only.open_file(file, os.O_WRONLY | os.O_CREAT), "w", encoding="utf-8") as out:
        out.write(invented + "\n")
    return vault.create(data, passphrase=invented), invented


def _load_law(db: DeskDatabase, now: datetime) -> None:
    added_at = milliseconds(now)
    for procedure in shipped_catalogue.shipped():
        catalogue.put(db, procedure, added_at=added_at)
    days.put_days(db, first_holidays.seed(shipped_days.years_of(now.astimezone(VIETNAM).date())))


def _remove(data: Path, *, fresh: bool) -> None:
    """Leave the folder as it was found: a half-made desk would look like a damaged one."""
    if fresh:
        shutil.rmtree(data, ignore_errors=True)
        return
    for name in ("desk.db", "desk.db-wal", "desk.db-shm", "vault.json", "head.json", "demo-passphrase.txt"):
        held_files.remove(data / name, missing_ok=True)
