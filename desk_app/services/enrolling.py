"""Making this desk known to its district: by a code, its QR or a stick; nothing is sent before digits were compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk_app.services.desk import Desk
from desk_app.services.syncing import apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the district answered, for a person to agree to: `six_digits` must stand on the district's screen too.

    `numbers` are the blocks of the day this desk will give, as "0001–1999".
    """

    district: str
    url: str
    unit: str
    desk: int
    numbers: str
    six_digits: str


def enrol(desk: Desk, code: str, *, url: str = "") -> Offer:
    """Ask the district at `url` with the one-time code, or with the text of its QR, which carries the address.

    May be called on a job's thread. Raises `BadCodeError`, `NoDistrictError`, `EnrolmentRefusedError`,
    `ForeignUnitError`, `AlreadyEnrolledError`; each leaves the desk as it was.
    """
    from desk_app.services import enrolments  # noqa: PLC0415 - the network loads when something is sent

    with apart(desk) as own:
        return enrolments.over_the_line(own, code, url=url)


def ask_on_stick(desk: Desk, code: str, folder: Path) -> Path:
    """Write the request for the district onto a stick; which file. Raises the stick's errors."""
    from desk_app.services import enrolments  # noqa: PLC0415 - as above

    return enrolments.out_on_stick(desk, code, folder)


def answer_from_stick(desk: Desk, folder: Path) -> Offer:
    """Read the district's answer to this desk's own request from the stick. Raises as `enrol` does."""
    from desk_app.services import enrolments  # noqa: PLC0415 - as above

    return enrolments.in_from_stick(desk, folder)


def offered(desk: Desk) -> Offer | None:
    """The answer that waits for a person to compare digits; None when there is none."""
    from desk_app.services import enrolments  # noqa: PLC0415 - as above

    return enrolments.offered(desk)


def confirm(desk: Desk) -> None:
    """A person read the same six digits on both screens: from now on the desk sends. Settings take number and blocks.

    Raises `NotEnrolledError` where nothing was offered.
    """
    from desk_app.services import enrolments  # noqa: PLC0415 - as above

    enrolments.confirm(desk)


def decline(desk: Desk) -> None:
    """The digits differ: forget the answer, as if nothing had been asked. Keys are made anew next time."""
    from desk_app.services import enrolments  # noqa: PLC0415 - as above

    enrolments.decline(desk)
