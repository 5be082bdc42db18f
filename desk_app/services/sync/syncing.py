"""Exchanging with the district and with other desks: one round, a stick there, a stick back.

Brings the network and the signatures along: import it late. How sync stands is told by `status`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError, EmptyStickError, ForeignStickError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk, apart
from desk_app.services.sync.files_of_desk import FilesOfDesk
from desk_app.services.sync.records import Exchanged
from desk_app.services.sync.status import clock_warning, lines_set_aside
from desk_app.services.updates import offered, taking_in
from desk_app.store.database.head_file import sync_head
from desk_app.store.journal import account_head, logs, restore_detection, set_aside
from desk_app.store.peers import announcements, sync_state
from desk_app.sync.line import clocks
from desk_app.sync.membership import identity
from desk_app.sync.membership.identity import Member
from desk_app.sync.rounds import rounds
from desk_app.sync.rounds.effects import Effects
from desk_app.sync.rounds.files_lane import DAY_BYTES, FilesLane
from desk_app.sync.rounds.rounds import Progress
from desk_app.sync.stick import stick, stick_intake
from desk_app.sync.stick.stick_files import files_on
from desk_app.sync.stick.stick_intake import TakenIn

_ENROLMENT = (".enrol.cx", ".enrolled.cx")


def synchronise(
    desk: Desk, *, progress: Callable[[Progress], None], stop: Event, url: str = "", with_files: bool = True
) -> Exchanged:
    """One round with the district over the line; may be called on a job's thread (it opens its own connection).

    `progress` is called on that thread; `stop` ends the round within about a second, and what was exchanged until then
    stays. `url` asks elsewhere than the district's card says. Raises `NotEnrolledError`, and the errors of the line
    (`NoDistrictError`, `OfflineError` …); each leaves a state from which the next call goes on.
    """
    with apart(desk) as own:
        return _over_the_line(own, progress=progress, stop=stop, url=url, with_files=with_files)


def _over_the_line(
    desk: Desk, *, progress: Callable[[Progress], None], stop: Event, url: str, with_files: bool
) -> Exchanged:
    desk.refuse_training()
    member = identity.load(desk.db, desk.data)
    effects = Effects(member)
    source = FilesOfDesk(desk.db)
    lane = FilesLane(source, budget=_budget(desk)) if with_files else None
    try:
        done = rounds.run(
            desk.db, member, clock=desk.clock, progress=progress, stop=stop, effects=effects, lane=lane, url=url
        )
    finally:
        _see_to_the_end(desk)
    if with_files and taking_in.folder_of_this_program() is not None:
        district = member.district
        offered.fetch(desk.data, url or district.url, district.tls, stop=stop, today=desk.today())
    return Exchanged(
        sent=done.sent,
        received=done.received,
        confirmed=done.confirmed,
        waiting=done.waiting,
        set_aside=lines_set_aside(desk),
        bytes_sent=done.bytes_sent,
        bytes_received=done.bytes_received,
        exchanges=done.exchanges,
        dossiers=done.dossiers,
        law_changed=effects.law_changed,
        clock_warning=clock_warning(done.clock_offset),
        told=_told(sent=done.sent, received=done.received, waiting=done.waiting),
    )


def export_stick(desk: Desk, folder: Path, *, to_desk: int = 0, with_files: bool = False) -> Exchanged:
    """Write what the district does not hold yet as one file into `folder`; nothing counts as sent before its answer.

    `to_desk` writes for that desk of the commune instead. Raises the stick's errors (full, read-only, pulled out …).
    """
    with apart(desk) as own:
        return _out_on_stick(own, folder, to_desk=to_desk, with_files=with_files)


def _out_on_stick(desk: Desk, folder: Path, *, to_desk: int, with_files: bool) -> Exchanged:
    desk.refuse_training()
    member = identity.load(desk.db, desk.data)
    at = milliseconds(desk.clock())
    if to_desk:
        made = stick.export_to_colleague(desk.db, member, folder, desk=to_desk, at=at)
        told = f"Đã ghi {made.events} việc cho quầy {to_desk} vào tệp {made.file.name}."
    else:
        source = FilesOfDesk(desk.db) if with_files else None
        made = stick.export(desk.db, member, folder, at=at, files=source)
        what = f"{made.events} việc" if made.events else "lời hỏi tin của cấp trên, không có việc nào chờ gửi,"
        told = f"Đã ghi {what} vào tệp {made.file.name}. Mang USB tới cấp trên; nhận trả lời rồi mới là đã gửi."
    return Exchanged(
        sent=made.events,
        waiting=logs.waiting(desk.db).events,
        set_aside=lines_set_aside(desk),
        bytes_sent=made.size,
        files=(made.file,),
        told=told,
    )


def import_stick(desk: Desk, folder: Path) -> Exchanged:
    """Take in every file on the stick that is for this desk: the district's answers, colleagues' work.

    Raises the stick's errors where no file could be taken in; a file that could not beside others is told in `told`.
    """
    with apart(desk) as own:
        return _in_from_stick(own, folder)


def _in_from_stick(desk: Desk, place: Path) -> Exchanged:
    desk.refuse_training()
    member = identity.load(desk.db, desk.data)
    ours, others, problems = _sorted(place, member)
    effects = Effects(member)
    taken: list[tuple[Path, TakenIn]] = []
    try:
        for file in ours:
            try:
                taken.append(
                    (
                        file,
                        stick_intake.take_in(
                            desk.db, member, file, effects=effects, now=lambda: milliseconds(desk.clock())
                        ),
                    )
                )
            except DeskError as error:
                problems.append(error)
    finally:
        _see_to_the_end(desk)
    if not taken:
        if problems:
            raise problems[0]
        raise ForeignStickError(file=others[0].name) if others else EmptyStickError()
    problems += [one.problem for _, one in taken if one.problem is not None]
    received, confirmed = sum(one.received for _, one in taken), sum(one.confirmed for _, one in taken)
    waiting = logs.waiting(desk.db).events
    told = [f"Đã nhận {received} việc từ {len(taken)} tệp; cấp trên xác nhận thêm {confirmed} việc của quầy này."]
    told += [f"{problem} {problem.remedy}" for problem in problems]
    return Exchanged(
        received=received,
        confirmed=confirmed,
        waiting=waiting,
        set_aside=lines_set_aside(desk),
        files=tuple(file for file, _ in taken),
        dossiers=tuple(dict.fromkeys(dossier for _, one in taken for dossier in one.dossiers)),
        law_changed=effects.law_changed,
        told=" ".join(told),
    )


def settle_set_aside(desk: Desk, n: int) -> None:
    """A person has seen to what was put aside; it is told no more."""
    with session.deed(desk, Permission.EXCHANGE):
        set_aside.settle(desk.db, n)


def mark_announcements_seen(desk: Desk) -> None:
    """The clerk has read what the district told."""
    with session.deed(desk, Permission.EXCHANGE):
        for each in announcements.all(desk.db):
            announcements.mark_seen(desk.db, each.log, each.seq)


def _sorted(place: Path, member: Member) -> tuple[list[Path], list[Path], list[DeskError]]:
    """Files sealed to this desk, those to nobody here, and what is wrong with the others.

    What goes to the district merely passes by; what belongs to an enrolment is `enrolling`'s.
    """
    found = files_on(place, stick.FILE) if not place.exists() or place.is_dir() else [place]
    ours: list[Path] = []
    others: list[Path] = []
    problems: list[DeskError] = []
    for file in found:
        if file.name.endswith(_ENROLMENT):
            continue
        try:
            recipient = stick_intake.recipient_of(file)
        except DeskError as error:  # damaged, a link, a folder, a pipe: told, and the others are read
            problems.append(error)
            continue
        if recipient == member.keys.kid:
            ours.append(file)
        elif recipient != member.district_keys.kid:
            others.append(file)
    return ours, others, problems


def _budget(desk: Desk) -> int:
    state = sync_state.get(desk.db)
    today = clocks.day_of(milliseconds(desk.clock()))
    return max(0, DAY_BYTES - (state.file_bytes_today if state.day == today else 0))


def _see_to_the_end(desk: Desk) -> None:
    """What is right after every exchange, also one that broke off: the clock learned, the head noted where it lasts."""
    desk.learn_clock()
    restore_detection.settle_returned(desk.db)
    sync_head(desk.data)
    account_head.note(desk.data)


def _told(*, sent: int, received: int, waiting: int) -> str:
    told = f"Đã gửi {sent} việc, nhận {received} việc."
    return f"{told} Còn {waiting} việc chờ gửi." if waiting else f"{told} Cấp trên đã xác nhận đủ."
