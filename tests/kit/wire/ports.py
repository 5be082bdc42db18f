"""A port that stays free while the program that listens on it is away."""

from __future__ import annotations

import random
import socket

_BELOW_THE_CALLERS = range(12_000, 32_000)


def free_port() -> int:
    """One that no caller is given: those have higher numbers, and one could take it between two lives of a server.

    Raises `OSError` when a hundred are taken.
    """
    for _ in range(100):
        port = random.choice(_BELOW_THE_CALLERS)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise OSError("no port is free")
