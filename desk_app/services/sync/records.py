"""What the window and the terminal read about sync and the stick: frozen records, times in Vietnam's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideLine:
    """One thing put aside: what it is and what to do about it, in plain words; `code` "" where no dossier is known.

    `n` settles it (`settle_set_aside`); `reason` is the key word of the JSON.
    """

    n: int
    at: datetime
    reason: str
    what: str
    remedy: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What the district tells everybody or this commune; `until` is an ISO day, "" for always."""

    n: int
    at: datetime
    title: str
    text: str
    until: str = ""
    seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StickOut:
    """A file that went out on a stick and was not answered yet."""

    file: str
    at: datetime
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """How this desk stands to the district. Counts are of the desk's own work: `ours` all, `confirmed` the district's.

    `aside_events` of those that wait, whoever wrote them, stand aside until the district's copy of their log is here.

    `six_digits` is "" once a person agreed that both screens show the same; nothing is sent before. `clock_warning`
    and `last_outcome` are sentences, "" when there is nothing to say.
    """

    enrolled: bool
    digits_confirmed: bool = False
    six_digits: str = ""
    district: str = ""
    url: str = ""
    waiting_events: int = 0
    aside_events: int = 0
    waiting_dossiers: int = 0
    waiting_files: int = 0
    ours_events: int = 0
    ours_dossiers: int = 0
    confirmed_events: int = 0
    confirmed_dossiers: int = 0
    colleagues: int = 0
    conflicts: int = 0
    set_aside: tuple[SetAsideLine, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    sticks_out: tuple[StickOut, ...] = ()
    last_success_at: datetime | None = None
    last_try_at: datetime | None = None
    last_outcome: str = ""
    clock_warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What one round or one stick did; `told` is the sentence for the strip.

    Numbers are events but for `files`, `exchanges` and bytes. `dossiers` are the ids whose rows may have changed,
    `law_changed` says that catalogue or calendar must be read afresh (`Desk.forget_law`).
    """

    sent: int = 0
    received: int = 0
    confirmed: int = 0
    waiting: int = 0
    set_aside: tuple[SetAsideLine, ...] = ()
    bytes_sent: int = 0
    bytes_received: int = 0
    exchanges: int = 0
    files: tuple[Path, ...] = ()
    dossiers: tuple[str, ...] = ()
    law_changed: bool = False
    clock_warning: str = ""
    told: str = ""
