"""Hands each message to the gateway's folder once, and says so in the log of its unit.

A message arrives as often as it likes: its id names its file, the mark beside it and the answer. The file is written
under a waiting name first, then the answer is committed, then the file gets its own name: a power cut in between leaves
nothing unsent and nothing twice. The marks keep that so for a database that was restored from before the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from desk_app import foreign_folder
from desk_app.district.district import District
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.publishing.decisions import judged_events
from desk_app.district.storage import Session, dossiers
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.messages import occasion
from desk_app.domain.messages.kinds import Sending
from desk_app.domain.messages.message_events import MessageSent
from desk_app.domain.messages.occasion import Message
from desk_app.errors import BadFactError
from desk_app.own_files import held_files
from desk_app.sync.stick.stick_files import stick_failures

READY, WAITING = ".json", ".json.cho"
MARKS = "da-giao"
_LONGEST_WHY = 300


class Outgoing(Struct, frozen=True, kw_only=True):
    """A message with the unit and the dossier (its id) it belongs to."""

    unit: str
    dossier: str
    message: Message


def waiting(district: District) -> list[Outgoing]:
    """What the desks queued and nobody sent yet, in the order of queueing."""
    district.projection.catch_up()
    with district.storage.reading() as session:
        found = [
            each
            for key in dossiers.with_messages(session)
            for each in _of(session, key, district.identity.card.certificate)
            if each.message.sending is Sending.WAITING
        ]
    return sorted(found, key=lambda each: (each.message.queued_at, each.message.id))


def hand_over(district: District, folder: Path) -> list[Outgoing]:
    """Lay every waiting message into the folder, one file each; those that were laid now.

    Raises the machine's failures of that folder.
    """
    found = waiting(district)
    marks = folder / MARKS
    with stick_failures(folder):
        marks.mkdir(exist_ok=True)
        _finish(district, folder, {each.message.id for each in found})
        new = [each for each in found if not (marks / each.message.id).exists()]
        for each in new:
            file = folder / f"{each.message.id}{WAITING}"
            foreign_folder.write_whole(file, [_file_of(each)], is_private=True)
    _answer(district, found)
    with stick_failures(folder):
        for each in new:
            _release(folder, each.message.id)
    return new


def not_reached(district: District, message: str, why: str) -> None:
    """The gateway says that a message did not arrive; the desk then telephones. Raises `BadFactError`."""
    if not why.strip() or len(why) > _LONGEST_WHY:
        raise BadFactError(field="why", label="Lý do", why=f"cần lý do, nhiều nhất {_LONGEST_WHY} chữ")
    district.projection.catch_up()
    with district.storage.reading() as session:
        sent = [(scope, event) for scope, event in writer.own_events(session, district.identity)]
    for scope, event in sent:
        if isinstance(event.payload, MessageSent) and event.payload.message == message:
            word = Word(payload=MessageSent(message=message, failed=why.strip()), dossier=event.dossier)
            district.write(scope, [word])
            district.projection.catch_up()
            return
    raise BadFactError(field="failed", label="Mã tin nhắn", why="chưa giao tin nào có mã này")


def kept(session: Session, key: dossiers.Key, certificate: bytes) -> Dossier:
    """The dossier as the district folds it."""
    return fold(judged_events(session, key, certificate))


def _of(session: Session, key: dossiers.Key, certificate: bytes) -> Iterable[Outgoing]:
    dossier = kept(session, key, certificate)
    found = occasion.messages(dossier)
    return (Outgoing(unit=key[0], dossier=key[1], message=each) for each in found)


def _answer(district: District, sent: Iterable[Outgoing]) -> None:
    by_unit: dict[str, list[Word]] = {}
    for each in sent:
        word = Word(payload=MessageSent(message=each.message.id), dossier=each.dossier)
        by_unit.setdefault(each.unit, []).append(word)
    for unit, words in sorted(by_unit.items()):
        district.write(unit, words)
    district.projection.catch_up()


def _finish(district: District, folder: Path, still_waiting: set[str]) -> None:
    """What a power cut left under its waiting name: answered for, it is released; taken back since, it goes."""
    left = [file.name.removesuffix(WAITING) for file in foreign_folder.listed(folder, suffix=WAITING)]
    left = [each for each in left if each not in still_waiting]
    if not left:
        return
    with district.storage.reading() as session:
        answered = {
            event.payload.message
            for _, event in writer.own_events(session, district.identity)
            if isinstance(event.payload, MessageSent)
        }
    for each in left:
        if each in answered:
            _release(folder, each)
        else:
            held_files.remove(folder / f"{each}{WAITING}")


def _release(folder: Path, message: str) -> None:
    foreign_folder.write_whole(folder / MARKS / message, [b""])
    held_files.replace(folder / f"{message}{WAITING}", folder / f"{message}{READY}")


def _file_of(each: Outgoing) -> bytes:
    told = {
        "id": each.message.id,
        "unit": each.unit,
        "about": each.message.about,
        "phone": each.message.phone,
        "text": each.message.text,
        "queued_at": in_vietnam(each.message.queued_at).isoformat(timespec="seconds"),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
