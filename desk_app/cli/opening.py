"""Opening the desk that the options name, for one command."""

from __future__ import annotations

import argparse
import os
import sys

from desk_app import places
from desk_app.errors import DeskError
from desk_app.services.desk import Desk, open_desk, passphrase_from


class NoPassphraseFileError(DeskError):
    message = "Không đọc được tệp mật khẩu {file}."
    remedy = "Kiểm tra đường dẫn sau --passphrase-file (hoặc DESK_PASSPHRASE_FILE)."


def passphrase(chosen: argparse.Namespace) -> str | None:
    """The passphrase of `--passphrase-file` or DESK_PASSPHRASE_FILE; None where neither is named."""
    file = chosen.passphrase_file or os.environ.get("DESK_PASSPHRASE_FILE")
    try:
        return passphrase_from(file)
    except (OSError, IndexError, UnicodeDecodeError) as error:
        raise NoPassphraseFileError(file=file) from error


def opened(chosen: argparse.Namespace, *, reader: bool = False) -> Desk:
    """The desk; `reader` for commands that only look, which may run beside an open window."""
    desk = open_desk(places.data_folder(chosen.data), passphrase=passphrase(chosen), reader=reader)
    if desk.alarm:
        print(desk.alarm, file=sys.stderr)
    return desk


def text_or_stdin(text: str) -> str:
    """The text itself, or standard input where it is "-"; bytes that are no UTF-8 become U+FFFD, which no card has."""
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace") if text == "-" else text
