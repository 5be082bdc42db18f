"""Making this desk known to its district: by a code, its QR or a stick; nothing is sent before digits were compared.

Brings the network along: import it late.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Event

import msgspec

from desk_app import typed_values
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.dossiers.numbering import Block
from desk_app.domain.permissions import Permission
from desk_app.errors import AlreadyEnrolledError, ForeignUnitError, NoCardError, NotAnsweredError, NotEnrolledError
from desk_app.protocol.keys import Certificate, DistrictCard, Keys, slot_of
from desk_app.protocol.known_devices import known_device
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk, apart
from desk_app.store.journal import daily_numbers, forks, logs
from desk_app.store.journal.rows import project_signed
from desk_app.store.peers import device_key, devices, enrolment_state, sync_state
from desk_app.store.peers.enrolment_state import Pending
from desk_app.store.peers.sync_state import SyncState
from desk_app.store.reference import settings
from desk_app.sync.line.district_client import Line
from desk_app.sync.membership import enrolment, ticket
from desk_app.sync.stick.stick_files import files_on, pieces_of, see_stick, write_whole

CARD = "cap-tren.card"
"""The district's card on a stick, as `desk-district` writes it."""
ASKED, ANSWERED = ".enrol.cx", ".enrolled.cx"
_MOST = 1 << 20
_LOST = ("RevokedError", "UnknownDeviceError")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentOffer:
    """What the district answered, for a person to agree to: `six_digits` must stand on the district's screen too.

    `numbers` are the blocks of the day this desk will give, as "0001–1999".
    """

    district: str
    url: str
    unit: str
    desk: int
    numbers: str
    six_digits: str


def enrol(desk: Desk, code: str, *, url: str = "") -> EnrolmentOffer:
    """Ask the district at `url` with the one-time code, or with the text of its QR, which carries the address.

    May be called on a job's thread. Raises `BadCodeError`, `NoDistrictError`, `EnrolmentRefusedError`,
    `ForeignUnitError`, `AlreadyEnrolledError`; each leaves the desk as it was.
    """
    with apart(desk) as own:
        return _over_the_line(own, code, url=url)


def _over_the_line(desk: Desk, code: str, *, url: str) -> EnrolmentOffer:
    _refuse_second(desk)
    said = ticket.ticket_of(code, url=url)
    stop = Event()
    line = Line(said.url, None, stop=stop)
    try:
        card = ticket.fetched_card(said, line)
    finally:
        line.close()
    pending = enrolment.asked(said, card, before=enrolment_state.get(desk.db))
    _keep(desk, pending)
    line = Line(card.url, card.tls, stop=stop)
    try:
        answered = enrolment.ask(pending, line)
    finally:
        line.close()
    return _kept_offer(desk, answered)


def ask_on_stick(desk: Desk, code: str, folder: Path) -> Path:
    """Write the request for the district onto a stick, which must hold the district's card; which file.

    Raises `NoCardError` and the stick's errors.
    """
    _refuse_second(desk)
    see_stick(folder)
    said = ticket.ticket_of(code)
    cards = [file for file in files_on(folder, ".card") if file.name == CARD] or files_on(folder, ".card")
    if not cards:
        raise NoCardError
    card = ticket.card_of(_read(cards[0]), said)
    pending = enrolment.asked(said, card, before=enrolment_state.get(desk.db))
    _keep(desk, pending)
    file, _ = write_whole(folder, f"{slot_of(said.code).hex()}{ASKED}", [enrolment.request_of(pending)])
    return file


def answer_from_stick(desk: Desk, folder: Path) -> EnrolmentOffer:
    """Read the district's answer to this desk's own request from the stick. Raises as `enrol` does."""
    pending = enrolment_state.get(desk.db)
    if pending is None:
        raise NotEnrolledError
    wanted = f"{slot_of(pending.code).hex()}{ANSWERED}"
    answers = [file for file in files_on(folder, ANSWERED) if file.name == wanted]
    if not answers:
        raise NotAnsweredError
    return _kept_offer(desk, enrolment.answered(pending, _read(answers[0])))


def offered(desk: Desk) -> EnrolmentOffer | None:
    """The answer that waits for a person to compare digits; None when there is none."""
    pending = enrolment_state.get(desk.db)
    return _offer(pending) if pending is not None and pending.certificate else None


def confirm(desk: Desk) -> None:
    """A person read the same six digits on both screens: from now on the desk sends. In one transaction; the
    desk takes over the district's number and blocks.

    Raises `NotEnrolledError` where nothing was offered.
    """
    pending = enrolment_state.get(desk.db)
    if pending is None or not pending.certificate:
        raise NotEnrolledError
    certificate = enrolment.certified(pending)
    keys = Keys.load(pending.secret)
    blocks = tuple(Block(first, last) for first, last in certificate.blocks)
    kept = msgspec.structs.replace(desk.settings, desk=certificate.desk, blocks=blocks)
    with session.deed(desk, Permission.ENROL):
        device_key.put(desk.data, desk.db, pending.secret)
        settings.put(desk.db, kept)
        _note(desk, pending.certificate, certificate)
        for signed, other in enrolment.colleagues_of(pending):
            _note(desk, signed, other)
        before = sync_state.get(desk.db)
        sync_state.put(
            desk.db,
            SyncState(
                card=pending.card,
                certificate=pending.certificate,
                kid=keys.kid,
                enrolled_at=milliseconds(desk.now()),
                digits=pending.digits,
                digits_confirmed=True,
                clock_offset=before.clock_offset,
                numbers_unknown=_skip_predecessors(desk, certificate),
            ),
        )
        enrolment_state.forget(desk.db)
        _part_from_old_keys(desk, keys.kid)
        if kept.desk != desk.settings.desk:
            project_signed(desk.db)
    desk.settings = kept


def _skip_predecessors(desk: Desk, certificate: Certificate) -> bool:
    """Whether other machines had these numbers: until an exchange tells which of them are used, none is given.

    What such a machine gave today and never sent nobody knows. So today a machine begins in the second half of what
    the one before it had.
    """
    kid, unit = certificate.public.kid, certificate.unit
    known = [known_device(row.certificate) for row in devices.all(desk.db) if row.certificate]
    others = [one for one in known if one.kid != kid and one.unit == unit and not one.is_district]
    found = False
    for first, last in certificate.blocks:
        machines = sum(any(b.first <= last and first <= b.last for b in one.blocks) for one in others)
        if machines:
            found = True
            begin = last - ((last - first + 1) >> machines)
            daily_numbers.skip_to(desk.db, desk.today().isoformat(), begin)
    return found


def _part_from_old_keys(desk: Desk, kid: bytes) -> None:
    """What the district never confirmed of logs that other keys signed goes on in a log of the new keys.

    Nobody could sign it in its old place any more; until the next receipt it waits aside, and still counts.
    """
    for one in logs.standings(desk.db):
        is_unfinished = one.own == logs.OPEN or one.seq > one.confirmed
        if one.own != logs.OTHERS and one.author not in (None, kid) and is_unfinished:
            forks.fork(desk.db, one.log, one.confirmed)


def decline(desk: Desk) -> None:
    """The digits differ: forget the answer, as if nothing had been asked. Keys are made anew next time."""
    with session.deed(desk, Permission.ENROL):
        enrolment_state.forget(desk.db)


def _refuse_second(desk: Desk) -> None:
    """One district at a time; a desk that the district sent away may be enrolled anew; a training desk never."""
    desk.refuse_training()
    state = sync_state.get(desk.db)
    if state.certificate and state.digits_confirmed and state.last_outcome not in _LOST:
        secret = device_key.get(desk.data, desk.db)
        if secret is not None and Keys.load(secret).kid == state.kid:
            card = typed_values.from_json(state.card, DistrictCard)
            raise AlreadyEnrolledError(district=card.name or "cấp trên")


def _keep(desk: Desk, pending: Pending) -> None:
    with session.deed(desk, Permission.ENROL):
        enrolment_state.put(desk.db, pending)


def _kept_offer(desk: Desk, pending: Pending) -> EnrolmentOffer:
    """Keep the answer where it is for this office. Raises `ForeignUnitError`, and then keeps nothing."""
    certificate = enrolment.certified(pending)
    ours = desk.settings.unit
    if certificate.unit != ours:
        decline(desk)
        raise ForeignUnitError(unit=certificate.unit, ours=ours)
    _keep(desk, pending)
    return _offer(pending)


def _offer(pending: Pending) -> EnrolmentOffer:
    certificate = enrolment.certified(pending)
    card = typed_values.from_json(pending.card, DistrictCard)
    return EnrolmentOffer(
        district=card.name,
        url=card.url,
        unit=certificate.unit,
        desk=certificate.desk,
        numbers=", ".join(f"{first:04d}–{last:04d}" for first, last in certificate.blocks),
        six_digits=pending.digits,
    )


def _note(desk: Desk, signed: bytes, certificate: Certificate) -> None:
    devices.put(desk.db, certificate.public.kid, signed, certificate.unit, certificate.desk, certificate.name)


def _read(file: Path) -> bytes:
    """A small file of a stick, whole. Raises the stick's errors, `FileOverLimitError`."""
    return b"".join(pieces_of(file, most=_MOST))
