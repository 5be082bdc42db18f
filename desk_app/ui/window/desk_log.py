"""The program's own log beside the data: small, without personal data; a crash of Qt itself leaves its stack there."""

from __future__ import annotations

import faulthandler
import logging
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from desk_app.lazy import lazy

if TYPE_CHECKING:
    from logging import handlers
else:
    handlers = lazy("logging.handlers")

_MOST_BYTES = 1_000_000
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class MessagelessFormatter(logging.Formatter):
    """Formats an exception as its kinds and places, never its messages: a `ValueError` quotes what a clerk typed."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept the usual text there
        return super().format(record)

    def formatException(self, ei: ExcInfo) -> str:
        lines: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            lines += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
            lines.append(type(error).__name__)
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class LateFile(logging.Handler):
    """A file that turns over; it is opened, and what Python needs for that is loaded, with the first line."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._kept: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self._kept is None:
                self._kept = self._opened()
            self._kept.emit(record)
        except OSError:
            self.handleError(record)

    def close(self) -> None:
        if self._kept is not None:
            self._kept.close()
        super().close()

    def _opened(self) -> logging.Handler:
        opened = handlers.RotatingFileHandler(self._file, maxBytes=_MOST_BYTES, backupCount=3, encoding="utf-8")
        opened.setFormatter(self.formatter)
        return opened


class DeskLog:
    """Logs into `folder` from when it is made until `close`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._handler = LateFile(folder / "desk-app.log")
        self._handler.setFormatter(MessagelessFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root = logging.getLogger()
        root.addHandler(self._handler)
        root.setLevel(logging.INFO)
        self._crash = (folder / "crash.log").open("a", encoding="utf-8")
        faulthandler.enable(self._crash)

    def close(self) -> None:
        faulthandler.disable()
        self._crash.close()
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()
