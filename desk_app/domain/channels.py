"""By which way a dossier came in: on paper at the counter, filed online, or filed online with a clerk's help."""

from __future__ import annotations

PAPER, ONLINE, HELPED = "", "online", "helped"
"""As events say it; a reception that says nothing came on paper, as all did before this was recorded."""
SAID_PAPER = "paper"
"""What a person types, and an input holds, for `PAPER`, which is empty."""
CHANNELS = {PAPER: "Giấy, tại quầy", ONLINE: "Trực tuyến", HELPED: "Trực tuyến, cán bộ giúp"}


def told(channel: str) -> str:
    """What a clerk calls the way; that of a later program by its own word."""
    return CHANNELS.get(channel, channel)


def recorded(said: str) -> str:
    """A way as typed → as events say it."""
    return PAPER if said == SAID_PAPER else said
