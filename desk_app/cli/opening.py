"""Opening the desk that the options name, for one command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from desk_app import places
from desk_app.errors import BecauseError, DeskError, NoKeyStoreError, PassphraseNeededError, of_system
from desk_app.services.desk.desk import Desk, open_desk, passphrase_from


class NoPassphraseFileError(BecauseError):
    message = "Không đọc được tệp mật khẩu {file}."
    remedy = "Kiểm tra đường dẫn sau --passphrase-file (hoặc DESK_PASSPHRASE_FILE)."


class BlankPassphraseFileError(DeskError):
    message = "Tệp mật khẩu {file} trống hoặc không phải văn bản UTF-8."
    remedy = "Ghi mật khẩu vào dòng đầu của tệp, lưu dạng UTF-8, rồi chạy lại."


class PassphraseFileNeededError(DeskError):
    message = "{told}"
    remedy = "Ghi mật khẩu vào một tệp chỉ mình bạn đọc được, rồi chạy lại với --passphrase-file TỆP."


@contextmanager
def keyed_at_terminal() -> Iterator[None]:
    """At the terminal a password is a file: what the window asks for, the terminal asks with its own option."""
    try:
        yield
    except (NoKeyStoreError, PassphraseNeededError) as error:
        why = error.facts.get("why", "")
        raise PassphraseFileNeededError(told=f"{error} ({why})" if why else str(error)) from error


def passphrase(chosen: argparse.Namespace) -> str | None:
    """The passphrase of `--passphrase-file` or DESK_PASSPHRASE_FILE; None where neither is named."""
    file = chosen.passphrase_file or os.environ.get("DESK_PASSPHRASE_FILE")
    try:
        return passphrase_from(file)
    except OSError as error:
        raise NoPassphraseFileError(of_system(error, file), file=file) from error
    except (IndexError, UnicodeDecodeError) as error:
        raise BlankPassphraseFileError(file=file) from error


def opened(chosen: argparse.Namespace, *, reader: bool = False) -> Desk:
    """The desk; `reader` for commands that only look, which may run beside an open window."""
    with keyed_at_terminal():
        desk = open_desk(places.data_folder(chosen.data), passphrase=passphrase(chosen), reader=reader)
    if desk.alarm:
        print(desk.alarm, file=sys.stderr)
    return desk


def text_or_stdin(text: str) -> str:
    """The text itself, or standard input where it is "-"; bytes that are no UTF-8 become U+FFFD, which no card has."""
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace") if text == "-" else text
