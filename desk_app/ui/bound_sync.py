"""An open desk's sync, enrolment, following and close of day as the window calls them; each is imported when called."""

from __future__ import annotations

from random import Random
from types import ModuleType
from typing import TYPE_CHECKING

from desk_app.services.desk import Desk
from desk_app.ui.sync_services import DayEndServices, FollowingServices, SyncServices

if TYPE_CHECKING:
    from desk_app.ui.bound_services import Readers


def bound_sync(desk: Desk, readers: Readers) -> SyncServices:
    def learn(*, law_changed: bool) -> None:
        desk.learn_clock()
        if law_changed:
            desk.forget_law()

    random = Random()  # noqa: S311 - so that no two desks try again in step
    return SyncServices(
        desk_number=lambda: desk.settings.desk,
        status_apart=lambda: _syncing().status(readers.reader()),
        load_apart=_load,
        synchronise_apart=lambda tell, stop: _syncing().synchronise(desk, progress=tell, stop=stop),
        export_stick_apart=lambda folder: _syncing().export_stick(desk, folder),
        import_stick_apart=lambda folder: _syncing().import_stick(desk, folder),
        settle_set_aside=lambda n: _syncing().settle_set_aside(desk, n),
        mark_announcements_seen=lambda: _syncing().mark_announcements_seen(desk),
        learn=learn,
        pause_s=lambda failures: _retry().wait_after(failures, random),
        enrol_apart=lambda code, url: _enrolling().enrol(desk, code, url=url),
        ask_on_stick_apart=lambda code, folder: _enrolling().ask_on_stick(desk, code, folder),
        answer_from_stick_apart=lambda folder: _enrolling().answer_from_stick(desk, folder),
        offered=lambda: _enrolling().offered(desk),
        confirm=lambda: _enrolling().confirm(desk),
        decline=lambda: _enrolling().decline(desk),
    )


def bound_following(desk: Desk) -> FollowingServices:
    return FollowingServices(
        steps=lambda code: _following().steps(desk, code),
        step=lambda code, action, reason, due: _following().step(desk, code, action, reason=reason, due_on=due),
        last_step=lambda code: _taking_back().last_step(desk, code),
        take_back=lambda code, reason, due: _taking_back().take_back(desk, code, reason=reason, due_on=due),
        correctable=lambda code: _following().correctable(desk, code),
        correct=lambda code, changes, reason: _following().correct(
            desk, code, changes, reason=reason, needs_reason=True
        ),
        due_for=lambda code, procedure: _following().due_for(desk, code, procedure),
        conflicts=lambda code: _following().conflicts(desk, code),
        settle=lambda code, path, value: _following().settle_conflict(desk, code, path, value),
    )


def bound_day_end(desk: Desk, readers: Readers) -> DayEndServices:
    return DayEndServices(
        day_end_apart=lambda: _day_end().day_end(readers.reader()),
        report_apart=lambda: _day_report().report(readers.reader()),
        close=lambda: _day_end().close(desk),
    )


def _syncing() -> ModuleType:
    from desk_app.services import syncing  # noqa: PLC0415 - not before the list

    return syncing


def _load() -> None:
    from desk_app.protocol.keys import Keys  # noqa: PLC0415 - as above
    from desk_app.services import sync_rounds  # noqa: F401, PLC0415 - reading it is the point

    Keys.new()  # the first key loads the library beneath


def _retry() -> ModuleType:
    from desk_app.sync import retry  # noqa: PLC0415 - as above

    return retry


def _enrolling() -> ModuleType:
    from desk_app.services import enrolling  # noqa: PLC0415 - as above

    return enrolling


def _following() -> ModuleType:
    from desk_app.services import following  # noqa: PLC0415 - as above

    return following


def _taking_back() -> ModuleType:
    from desk_app.services import taking_back  # noqa: PLC0415 - as above

    return taking_back


def _day_end() -> ModuleType:
    from desk_app.services import day_end  # noqa: PLC0415 - as above

    return day_end


def _day_report() -> ModuleType:
    from desk_app.services import day_report  # noqa: PLC0415 - as above

    return day_report
