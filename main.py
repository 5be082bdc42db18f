"""Starts the window: `python main.py`. The terminal is `python -m desk_app` or `desk-app`."""

import sys

from desk_app.window_program import main

if __name__ == "__main__":
    sys.exit(main())
