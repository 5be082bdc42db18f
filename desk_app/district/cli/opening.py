"""Opening the district that the options name, for one command; the clock of the whole program."""

from __future__ import annotations

import argparse
import getpass
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app import secret_files
from desk_app.district.admin import folder, settings
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.failures import PassphraseFileError
from desk_app.district.keys import rootfile
from desk_app.errors import system_failures


def clock() -> int:
    """Now, in UTC ms."""
    return time.time_ns() // 1_000_000


def account() -> str:
    """Who sits at the server, as the audit names them: the machine's own account."""
    try:
        return f"máy chủ: {getpass.getuser()}"
    except (OSError, KeyError, ImportError):  # a service may run under a number that no account has
        return "máy chủ"


def data_folder(chosen: argparse.Namespace) -> Path:
    return settings.data_folder(chosen.data)


def passphrase(chosen: argparse.Namespace) -> str | None:
    """The first line of `--passphrase-file` or DISTRICT_PASSPHRASE_FILE; None where neither is named."""
    file = chosen.passphrase_file or os.environ.get("DISTRICT_PASSPHRASE_FILE")
    return first_line(Path(file)) if file else None


def first_line(file: Path) -> str:
    """A secret in a file. Raises `PassphraseFileError`."""
    try:
        with system_failures(file):
            lines = secret_files.text(file).splitlines()
    except UnicodeDecodeError as error:
        raise PassphraseFileError(file=file) from error
    if not lines or not lines[0]:
        raise PassphraseFileError(file=file)
    return lines[0]


def named_database(chosen: argparse.Namespace) -> str:
    """The address of `--database-file` or `--database`, where a command has them; "" for the settings' own."""
    if getattr(chosen, "database_file", None):
        return first_line(Path(chosen.database_file))
    return settings.checked_database(getattr(chosen, "database", None) or "")


@contextmanager
def opened(chosen: argparse.Namespace) -> Iterator[DistrictOffice]:
    """The district that the options name."""
    database = named_database(chosen)
    root = rootfile.read(Path(chosen.root_file)) if chosen.root_file else None
    with folder.opened(
        data_folder(chosen), passphrase=passphrase(chosen), root=root, database=database, clock=clock
    ) as office:
        yield office
