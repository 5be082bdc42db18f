"""An open desk's services as the window calls them. What the list of dossiers does not need loads when first called."""

from __future__ import annotations

import threading
from functools import partial
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.store.database.database import unit_of_work
from desk_app.store.reference import settings
from desk_app.ui.bindings.alike_kept import AlikeKept
from desk_app.ui.bindings.bound_backups import bound_backups
from desk_app.ui.bindings.bound_days import bound_days
from desk_app.ui.bindings.bound_forms import bound_forms
from desk_app.ui.bindings.bound_help import bound_help, bound_preparing
from desk_app.ui.bindings.bound_lists import bound_lists
from desk_app.ui.bindings.bound_money import bound_money
from desk_app.ui.bindings.bound_old_data import bound_old_data
from desk_app.ui.bindings.bound_reports import bound_reports
from desk_app.ui.bindings.bound_settings import bound_settings
from desk_app.ui.bindings.bound_together import bound_together
from desk_app.ui.bindings.bound_updates import bound_updates
from desk_app.ui.bindings.bound_work import bound_work
from desk_app.ui.services.draft_services import DraftServices
from desk_app.ui.services.law_services import LawServices
from desk_app.ui.services.sync_services import DayEndServices, FollowingServices, SyncServices
from desk_app.ui.services.window_services import DeskIdentity, WindowServices

if TYPE_CHECKING:
    from desk_app.domain.calendar import typed_day
    from desk_app.protocol import keys
    from desk_app.services.accounts import session
    from desk_app.services.catalogue import law_files, own_unit, units
    from desk_app.services.desk import unfinished
    from desk_app.services.dossiers import steps, taking_back
    from desk_app.services.linked import offered
    from desk_app.services.papers import paper_files, papers, scanned_slips
    from desk_app.services.reception import addresses, cards, due_and_fee, known_family, prepared, reception
    from desk_app.services.reports import day_end, day_report
    from desk_app.services.sync import enrolling, status, syncing
    from desk_app.sync.line import retry
    from desk_app.ui.printing import printers
else:
    keys = lazy("desk_app.protocol.keys")
    addresses = lazy("desk_app.services.reception.addresses")
    cards = lazy("desk_app.services.reception.cards")
    known_family = lazy("desk_app.services.reception.known_family")
    prepared = lazy("desk_app.services.reception.prepared")
    day_end = lazy("desk_app.services.reports.day_end")
    day_report = lazy("desk_app.services.reports.day_report")
    enrolling = lazy("desk_app.services.sync.enrolling")
    steps = lazy("desk_app.services.dossiers.steps")
    law_files = lazy("desk_app.services.catalogue.law_files")
    own_unit = lazy("desk_app.services.catalogue.own_unit")
    paper_files = lazy("desk_app.services.papers.paper_files")
    papers = lazy("desk_app.services.papers.papers")
    offered = lazy("desk_app.services.linked.offered")
    scanned_slips = lazy("desk_app.services.papers.scanned_slips")
    reception = lazy("desk_app.services.reception.reception")
    status = lazy("desk_app.services.sync.status")
    syncing = lazy("desk_app.services.sync.syncing")
    taking_back = lazy("desk_app.services.dossiers.taking_back")
    due_and_fee = lazy("desk_app.services.reception.due_and_fee")
    unfinished = lazy("desk_app.services.desk.unfinished")
    units = lazy("desk_app.services.catalogue.units")
    session = lazy("desk_app.services.accounts.session")
    retry = lazy("desk_app.sync.line.retry")
    printers = lazy("desk_app.ui.printing.printers")
    typed_day = lazy("desk_app.domain.calendar.typed_day")


class Readers(threading.local):
    """One read-only connection for each thread that asks; each thread closes its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._reader: Desk | None = None

    def reader(self) -> Desk:
        if self._reader is None:
            self._reader = queries.reader(self._desk)
        return self._reader

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


def bound(desk: Desk, readers: Readers) -> WindowServices:
    def keep_theme(wish: str) -> None:
        desk.settings = replace(desk.settings, theme=wish)
        with unit_of_work(desk.db):
            settings.put(desk.db, desk.settings)

    alike = AlikeKept(desk)
    return WindowServices(
        identity=lambda: _identity(desk),
        now=desk.now,
        counts=partial(queries.counts, desk),
        rows=partial(queries.rows, desk),
        find_apart=lambda text, limit: queries.find(readers.reader(), text, limit),
        index_more=partial(queries.index_more, desk),
        stream_ids_apart=lambda which: queries.stream_ids(readers.reader(), which),
        detail=partial(queries.detail, desk),
        code_of=partial(queries.code_of, desk),
        scanned_slip=lambda text: scanned_slips.scanned(desk, text),
        choices=lambda: offered.choices(desk),
        first_procedure=lambda offered: reception.first_procedure(desk, offered),
        new_draft=lambda procedure: reception.new_draft(procedure),  # noqa: PLW0108 - naming it here would load it
        outlook=lambda draft: reception.outlook(desk, draft),
        doubts=lambda draft: reception.asked_back(desk, draft),
        receive=alike.receive,
        alike=alike.of,
        read_day=lambda text, sense: typed_day.typed_day(text, sense, desk.today(), desk.calendar),
        hand_out_on=lambda day: due_and_fee.hand_out_on(desk, day),
        scan=lambda text: cards.scan(desk, text),
        known_organisation=lambda number: cards.known_organisation(desk, number),
        known_person=lambda number: cards.known_person(desk, number),
        find_people=lambda text: cards.find_people(desk, text),
        gather_prepared=lambda gatherer, text: prepared.gathered(gatherer, text),  # noqa: PLW0108 - as above
        prepared=lambda parts: prepared.declaration(desk, parts),
        prepared_applicant=lambda said: prepared.applicant_of(said, desk.today()),
        family=lambda people, empty, procedure: known_family.offers(desk, people, empty, procedure),
        mistakes_by_memory=lambda people, procedure: reception.mistakes_by_memory(desk, people, procedure),
        addresses=lambda text: [each.text for each in addresses.suggestions(text, desk.today(), desk.unit_changes)],
        preview_apart=lambda draft, what, manner: papers.preview(readers.reader(), draft, what, manner),
        draw_apart=lambda code, what, manner: papers.draw(readers.reader(), code, what, manner),
        draw_for_printer_apart=lambda code, what, manner: papers.draw(
            readers.reader(), code, what, manner, for_printer=True
        ),
        save_apart=lambda code, what, manner, folder: paper_files.saved(readers.reader(), code, what, manner, folder),
        caption_languages=lambda: desk.forms.languages(),  # noqa: PLW0108 - the forms may be read anew
        send_apart=lambda drawn: printers.send(drawn, chosen=desk.settings.printers),
        printed=lambda code, names, copies, printer: papers.printed(desk, code, names, copies=copies, printer=printer),
        keep_theme=keep_theme,
        may=lambda permission: session.may(desk, permission),
        drafts=_bound_drafts(desk),
        law=_bound_law(desk, readers),
        forms=bound_forms(desk),
        addable_forms=lambda: [(form.id, form.title) for form in desk.forms.addable(desk.today().isoformat())],
        old_data=bound_old_data(desk, readers.reader),
        reports=bound_reports(readers.reader),
        sync=_bound_sync(desk, readers),
        following=_bound_following(desk),
        day_end=_bound_day_end(desk, readers, alike),
        settings=bound_settings(desk, readers.reader),
        preparing=bound_preparing(desk),
        help=bound_help(desk, readers.reader),
        updates=bound_updates(desk),
        together=bound_together(desk),
        backups=bound_backups(desk),
        money=bound_money(desk, readers.reader),
        days=bound_days(desk),
        paper_lists=bound_lists(desk, readers.reader),
        work=bound_work(desk, readers.reader),
    )


def _identity(desk: Desk) -> DeskIdentity:
    kept = desk.settings
    return DeskIdentity(
        commune=kept.commune,
        office=kept.office,
        clerk=kept.clerk,
        desk=kept.desk,
        is_demo=kept.is_demo,
        is_training=desk.is_training,
        scanner_port=kept.scanner_port,
        scanner_baud=kept.scanner_baud,
        theme=kept.theme,
    )


def _bound_drafts(desk: Desk) -> DraftServices:
    return DraftServices(
        tidy=lambda: unfinished.tidy(desk),
        keep=lambda page: unfinished.keep(desk, page),
        left=lambda: unfinished.left(desk),
        put_away=lambda id_: unfinished.put_away(desk, id_),
        take_back=lambda id_: unfinished.take_back(desk, id_),
        forget=lambda id_: unfinished.forget(desk, id_),
        keep_half_read=lambda texts: unfinished.keep_half_read(desk, texts),
        half_read=lambda: unfinished.half_read(desk),
        keep_of_dossier=lambda page: unfinished.keep_of_dossier(desk, page),
        of_dossier=lambda id_: unfinished.of_dossier(desk, id_),
    )


def _bound_law(desk: Desk, readers: Readers) -> LawServices:
    def adopt() -> str:
        return own_unit.adopt(desk).in_words

    def news() -> str:
        """A new edition of units since the clerk was last told, in words; told once."""
        own = own_unit.new_name(desk)
        said = f"Tên đơn vị của quầy: {own.in_words}." if own is not None else units.news(desk)
        version = units.state(desk.today(), desk).edition.version
        if version != desk.settings.units_seen:
            desk.settings = replace(desk.settings, units_seen=version)
            with unit_of_work(desk.db):
                settings.put(desk.db, desk.settings)
        return said

    return LawServices(
        state=lambda: law_files.state(desk),
        look_apart=lambda place: law_files.look(readers.reader(), place),
        take_in_apart=lambda place: law_files.take_in(desk, place),
        forget=desk.forget_law,
        adopt=adopt,
        news=news,
    )


def _bound_sync(desk: Desk, readers: Readers) -> SyncServices:
    def learn(*, law_changed: bool) -> None:
        desk.learn_clock()
        if law_changed:
            desk.forget_law()

    random = Random()  # noqa: S311 - so that no two desks try again in step
    return SyncServices(
        desk_number=lambda: desk.settings.desk,
        status_apart=lambda: status.status(readers.reader()),
        load_apart=_load,
        synchronise_apart=lambda tell, stop: syncing.synchronise(desk, progress=tell, stop=stop),
        export_stick_apart=lambda folder: syncing.export_stick(desk, folder),
        import_stick_apart=lambda folder: syncing.import_stick(desk, folder),
        settle_set_aside=lambda n: syncing.settle_set_aside(desk, n),
        mark_announcements_seen=lambda: syncing.mark_announcements_seen(desk),
        learn=learn,
        every_min=lambda: desk.settings.sync_every,
        pause_s=lambda failures: retry.wait_after(failures, random),
        enrol_apart=lambda code, url: enrolling.enrol(desk, code, url=url),
        ask_on_stick_apart=lambda code, folder: enrolling.ask_on_stick(desk, code, folder),
        answer_from_stick_apart=lambda folder: enrolling.answer_from_stick(desk, folder),
        offered=lambda: enrolling.offered(desk),
        confirm=lambda: enrolling.confirm(desk),
        decline=lambda: enrolling.decline(desk),
    )


def _bound_following(desk: Desk) -> FollowingServices:
    return FollowingServices(
        steps=lambda code: steps.steps(desk, code),
        questions=lambda code, action, typed: steps.questions(desk, code, action, typed),
        check_step=lambda code, action, reason, due, number, fields: steps.check_step(
            desk, code, action, reason=reason, due_on=due, number=number, fields=fields
        ),
        step=lambda code, action, reason, due, number="", fields=MappingProxyType({}): steps.step(
            desk, code, action, reason=reason, due_on=due, number=number, fields=fields
        ),
        step_mistakes=lambda code, action, fields: steps.mistakes_of_step(desk, code, action, fields),
        note=lambda code, text: steps.note(desk, code, text),
        last_step=lambda code: taking_back.last_step(desk, code),
        take_back=lambda code, reason, due: taking_back.take_back(desk, code, reason=reason, due_on=due),
        correctable=lambda code: steps.correctable(desk, code),
        correction_mistakes=lambda code, changes: steps.mistakes_of_correction(desk, code, changes),
        correct=lambda code, changes, reason: steps.correct(desk, code, changes, reason=reason, needs_reason=True),
        due_for=lambda code, procedure: steps.due_for(desk, code, procedure),
        conflicts=lambda code: steps.conflicts(desk, code),
        settle=lambda code, path, value: steps.settle_conflict(desk, code, path, value),
    )


def _bound_day_end(desk: Desk, readers: Readers, alike: AlikeKept) -> DayEndServices:
    def close() -> None:
        day_end.close(desk)
        alike.forget()

    return DayEndServices(
        day_end_apart=lambda: day_end.day_end(readers.reader()),
        report_apart=lambda: day_report.report(readers.reader()),
        close=close,
    )


def _load() -> None:
    """Read what sends and receives; its first key loads the library beneath."""
    _ = syncing.synchronise
    keys.Keys.new()
