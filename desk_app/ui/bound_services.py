"""An open desk's services as the window calls them. What the list does not need is imported when first called."""

from __future__ import annotations

import threading
from functools import partial
from types import ModuleType

from msgspec.structs import replace

from desk_app.domain.typed_day import typed_day
from desk_app.services import finding
from desk_app.services.desk import Desk
from desk_app.store import settings
from desk_app.store.database import unit_of_work
from desk_app.ui.bound_law import bound_law
from desk_app.ui.bound_sync import bound_day_end, bound_following, bound_sync
from desk_app.ui.draft_services import DraftServices
from desk_app.ui.window_services import Identity, WindowServices


class Readers(threading.local):
    """One read-only connection for each thread that asks; each thread closes its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._reader: Desk | None = None

    def reader(self) -> Desk:
        if self._reader is None:
            self._reader = finding.reader(self._desk)
        return self._reader

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


def bound(desk: Desk, readers: Readers) -> WindowServices:

    kept = desk.settings

    def keep_theme(wish: str) -> None:
        desk.settings = replace(desk.settings, theme=wish)
        with unit_of_work(desk.db):
            settings.put(desk.db, desk.settings)

    return WindowServices(
        identity=Identity(
            commune=kept.commune,
            office=kept.office,
            clerk=kept.clerk,
            desk=kept.desk,
            is_demo=kept.is_demo,
            scanner_port=kept.scanner_port,
        ),
        now=desk.now,
        counts=partial(finding.counts, desk),
        rows=partial(finding.rows, desk),
        find_apart=lambda text, limit: finding.find(readers.reader(), text, limit),
        index_more=partial(finding.index_more, desk),
        stream_ids_apart=lambda which: finding.stream_ids(readers.reader(), which),
        detail=partial(finding.detail, desk),
        code_of=partial(finding.code_of, desk),
        choices=lambda: _reception().choices(desk),
        first_procedure=lambda offered: _reception().first_procedure(desk, offered),
        new_draft=lambda procedure: _reception().new_draft(procedure),
        outlook=lambda draft: _reception().outlook(desk, draft),
        doubts=lambda draft: _reception().asked_back(desk, draft),
        receive=lambda draft: _reception().receive(desk, draft),
        read_day=lambda text, sense: typed_day(text, sense, desk.today(), desk.calendar),
        hand_out_on=lambda day: _terms().hand_out_on(desk, day),
        scan=lambda text: _cards().scan(desk, text),
        known_person=lambda number: _cards().known_person(desk, number),
        find_people=lambda text: _cards().find_people(desk, text),
        addresses=lambda text: [each.text for each in _addresses().suggestions(text, desk.today(), desk.unit_changes)],
        preview_apart=lambda draft, what: _papers().preview(readers.reader(), draft, what),
        draw_apart=lambda code, what: _papers().draw(readers.reader(), code, what),
        send_apart=lambda drawn: _printers().send(drawn, chosen=desk.settings.printers),
        printed=lambda code, names, copies, printer: _papers().printed(
            desk, code, names, copies=copies, printer=printer
        ),
        keep_theme=keep_theme,
        drafts=_bound_drafts(desk),
        law=bound_law(desk, readers),
        sync=bound_sync(desk, readers),
        following=bound_following(desk),
        day_end=bound_day_end(desk, readers),
    )


def _bound_drafts(desk: Desk) -> DraftServices:
    return DraftServices(
        tidy=lambda: _unfinished().tidy(desk),
        keep=lambda page: _unfinished().keep(desk, page),
        left=lambda: _unfinished().left(desk),
        put_away=lambda id_: _unfinished().put_away(desk, id_),
        take_back=lambda id_: _unfinished().take_back(desk, id_),
        forget=lambda id_: _unfinished().forget(desk, id_),
        keep_of_dossier=lambda page: _unfinished().keep_of_dossier(desk, page),
        of_dossier=lambda id_: _unfinished().of_dossier(desk, id_),
    )


# What reception and papers need loads with the first citizen: the list is in sight before.


def _reception() -> ModuleType:
    from desk_app.services import reception  # noqa: PLC0415

    return reception


def _terms() -> ModuleType:
    from desk_app.services import terms  # noqa: PLC0415

    return terms


def _cards() -> ModuleType:
    from desk_app.services import cards  # noqa: PLC0415

    return cards


def _addresses() -> ModuleType:
    from desk_app.services import addresses  # noqa: PLC0415

    return addresses


def _papers() -> ModuleType:
    from desk_app.services import papers  # noqa: PLC0415

    return papers


def _unfinished() -> ModuleType:
    from desk_app.services import unfinished  # noqa: PLC0415

    return unfinished


def _printers() -> ModuleType:
    from desk_app.ui import printers  # noqa: PLC0415

    return printers
