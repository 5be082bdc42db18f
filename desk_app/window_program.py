"""The window as a program: `main.py` from source, `ban-mot-cua` where it is installed; `--selftest` comes first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from desk_app.lazy import lazy

if TYPE_CHECKING:
    from desk_app import app
    from desk_app.selftest import command
else:  # nothing of Qt may load before the self-test, which says that a part of it is lacking
    app = lazy("desk_app.app")
    command = lazy("desk_app.selftest.command")

_SELF_TEST = "--selftest"


def main() -> int:
    """The window, or what the installation found out about itself."""
    words = sys.argv[1:]
    return command.of_window(words) if _SELF_TEST in words else app.main()


if __name__ == "__main__":
    sys.exit(main())
