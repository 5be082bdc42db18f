"""Starts the window: `python main.py`. The terminal is `python -m desk_app` or `desk-app`."""

import sys


def run() -> int:
    """The window; `--selftest` first, because an installation that lacks a part of Qt must still say so."""
    if "--selftest" in sys.argv[1:]:
        from desk_app.selftest.command import of_window  # noqa: PLC0415 - nothing of Qt may load before

        return of_window(sys.argv[1:])
    from desk_app.app import main  # noqa: PLC0415 - as above

    return main()


if __name__ == "__main__":
    sys.exit(run())
