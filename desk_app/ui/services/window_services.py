"""What the window can ask of the program: bound functions, made in the composition root, faked in no test."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.domain.calendar.typed_day import DaySense, TypedDay
    from desk_app.domain.mistakes.mistake import Mistake
    from desk_app.domain.organisations.organisation import Organisation
    from desk_app.domain.papers import PaperManner
    from desk_app.domain.people.person import Person
    from desk_app.domain.permissions import Permission
    from desk_app.domain.prepared.gathered_parts import GatheredParts, PartsGatherer
    from desk_app.services.dossiers.queries import Detail
    from desk_app.services.papers.papers import Paper
    from desk_app.services.papers.scanned_slips import ScannedSlip
    from desk_app.services.reception.cards import CardScan
    from desk_app.services.reception.doubts import Doubt
    from desk_app.services.reception.draft import Draft
    from desk_app.services.reception.known_family import FamilyOffer
    from desk_app.services.reception.prepared import PreparedDeclaration
    from desk_app.services.reception.reception import Outlook, ReceptionResult
    from desk_app.store.queries.dossiers import Counts, DossierRow
    from desk_app.store.reference.catalogue import Choice
    from desk_app.ui.paper_lists.list_services import PaperListServices
    from desk_app.ui.services.backup_services import BackupServices
    from desk_app.ui.services.day_services import DayServices
    from desk_app.ui.services.draft_services import DraftServices
    from desk_app.ui.services.form_services import FormServices
    from desk_app.ui.services.help_services import HelpServices
    from desk_app.ui.services.law_services import LawServices
    from desk_app.ui.services.money_services import MoneyServices
    from desk_app.ui.services.old_data_services import OldDataServices
    from desk_app.ui.services.preparing_services import PreparingServices
    from desk_app.ui.services.report_services import ReportServices
    from desk_app.ui.services.settings_services import SettingsServices
    from desk_app.ui.services.sync_services import DayEndServices, FollowingServices, SyncServices
    from desk_app.ui.services.together_services import TogetherServices
    from desk_app.ui.services.update_services import UpdateServices
    from desk_app.ui.worklists.work_services import WorkServices


class DeskIdentity(Struct, frozen=True, kw_only=True):
    """Whose desk this is, as the window says it."""

    commune: str
    office: str
    clerk: str
    desk: int
    is_demo: bool
    is_training: bool
    scanner_port: str
    scanner_baud: int
    theme: str


class WindowServices(Struct, frozen=True, kw_only=True):
    """Every function raises `DeskError` for what the clerk must be told.

    Those called `…_apart` may be called on a job's thread (they use a reader of that thread); all others belong to
    the window's own thread and take milliseconds.
    """

    identity: Callable[[], DeskIdentity]
    now: Callable[[], datetime]
    counts: Callable[[], Counts]
    rows: Callable[[list[int]], list[DossierRow]]
    find_apart: Callable[[str, int], list[DossierRow]]
    index_more: Callable[[], bool]
    stream_ids_apart: Callable[[str], Iterator[array[int]]]
    detail: Callable[[str], Detail]
    code_of: Callable[[str], str | None]
    scanned_slip: Callable[[str], ScannedSlip | None]
    choices: Callable[[], list[Choice]]
    first_procedure: Callable[[Sequence[Choice]], str]
    new_draft: Callable[[str], Draft]
    outlook: Callable[[Draft], Outlook]
    doubts: Callable[[Draft], tuple[Doubt, ...]]
    receive: Callable[[Draft], ReceptionResult]
    read_day: Callable[[str, DaySense], TypedDay]
    hand_out_on: Callable[[str], int]
    scan: Callable[[str], CardScan]
    known_person: Callable[[str], Person | None]
    known_organisation: Callable[[str], Organisation | None]
    find_people: Callable[[str], list[Person]]
    gather_prepared: Callable[[PartsGatherer, str], GatheredParts]
    prepared: Callable[[GatheredParts], PreparedDeclaration]
    prepared_applicant: Callable[[Mapping[str, str]], Person]
    family: Callable[[Mapping[str, Person], Sequence[str], str], tuple[FamilyOffer, ...]]
    alike: Callable[[str], dict[str, str]]
    mistakes_by_memory: Callable[[Mapping[str, Person], str], tuple[Mistake, ...]]
    addresses: Callable[[str], list[str]]
    preview_apart: Callable[[Draft, str, PaperManner], bytes]
    draw_apart: Callable[[str, str, PaperManner], list[Paper]]
    draw_for_printer_apart: Callable[[str, str, PaperManner], list[Paper]]
    save_apart: Callable[[str, str, PaperManner, Path], list[str]]
    caption_languages: Callable[[], dict[str, str]]
    send_apart: Callable[[Sequence[Paper]], str]
    printed: Callable[[str, Sequence[str], int, str], None]
    keep_theme: Callable[[str], None]
    may: Callable[[Permission], bool]
    drafts: DraftServices
    law: LawServices
    forms: FormServices
    addable_forms: Callable[[], list[tuple[str, str]]]
    old_data: OldDataServices
    reports: ReportServices
    sync: SyncServices
    following: FollowingServices
    day_end: DayEndServices
    settings: SettingsServices
    preparing: PreparingServices
    help: HelpServices
    updates: UpdateServices
    together: TogetherServices
    backups: BackupServices
    money: MoneyServices
    days: DayServices
    paper_lists: PaperListServices
    work: WorkServices
