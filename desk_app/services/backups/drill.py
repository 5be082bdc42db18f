"""The restore drill: a backup brought back into a scratch folder, all of it proved and searched, and thrown away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp

from msgspec import Struct

from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.errors import DeskError
from desk_app.services.backups import attached_copies, backup_notes, backup_place, restoring
from desk_app.services.backups.backup_place import BackupPlace, Progress
from desk_app.services.backups.backup_point import BackupPoint
from desk_app.services.backups.restoring import Secret
from desk_app.services.desk.desk import Clock, system_clock
from desk_app.store.attachments import files
from desk_app.store.database import database
from desk_app.store.database.database import DeskDatabase
from desk_app.store.database.failures import file_failures
from desk_app.store.journal.check import check
from desk_app.store.queries import dossiers, search

_MOST_SEARCHED = 20


class DrillReport(Struct, frozen=True, kw_only=True):
    """How a drill went: what was brought back, when and how long (s) it took; `problems` are sentences, none is well.

    `searched` dossiers were looked up by their code and found.
    """

    point: BackupPoint
    at: datetime
    seconds: int
    events: int
    dossiers: int
    files: int
    searched: int
    problems: tuple[str, ...]

    @property
    def is_ok(self) -> bool:
        return not self.problems

    @property
    def lines(self) -> tuple[str, ...]:
        """The report as a person reads it."""
        point = self.point
        return (
            "BÁO CÁO DIỄN TẬP KHÔI PHỤC",
            f"UBND {point.commune}, quầy số {point.desk}. Diễn tập lúc {self.at:%H:%M %d/%m/%Y}.",
            f"Bản sao lưu: {point.stem}, ghi lúc {point.made_on:%H:%M %d/%m/%Y}.",
            f"Đã khôi phục vào thư mục tạm trong {self.seconds} giây.",
            f"{self.dossiers} hồ sơ, {self.events} việc, {self.files} tệp; tra lại {self.searched} hồ sơ theo mã.",
            *self.problems,
            "KẾT QUẢ: ĐẠT. Chuỗi sổ việc, danh sách, tìm kiếm và tệp kèm theo đều khớp."
            if self.is_ok
            else "KẾT QUẢ: KHÔNG ĐẠT. Sao lưu lại sang ổ đĩa khác và diễn tập lại; bản này không tin được.",
        )


def drill(
    named: Path,
    secret: Secret,
    *,
    data: Path | None = None,
    stem: str = "",
    clock: Clock = system_clock,
    progress: Progress = lambda _: None,
) -> DrillReport:
    """Bring back the newest backup below `named`, or that of `stem`, prove it, and leave nothing but the report.

    `data` is the desk whose drill it is: it remembers, and keeps the report. Raises as `restoring.restore` does where
    there is nothing to prove.
    """
    begun = clock()
    place = backup_place.found_in(named)
    with _scratch(data) as folder:
        key = restoring.unlocked(place, folder, secret)
        point = restoring.chosen(place, key, stem)
        try:
            restoring.brought(place, point, folder, key, progress)
        except DeskError as error:
            report = _report(point, clock, begun, problems=(f"{error} {error.remedy}",))
        else:
            progress("Đang kiểm dữ liệu vừa khôi phục")
            db = database.open_database(folder / database.FILE, key, readonly=True)
            try:
                report = _proved(place, point, db, folder, clock, begun)
            finally:
                db.close()
    if data is not None:
        _keep(data, report)
    return report


def _proved(
    place: BackupPlace, point: BackupPoint, db: DeskDatabase, folder: Path, clock: Clock, begun: datetime
) -> DrillReport:
    found = check(db)
    kept = files.sealed_copies(db, db.key, folder)
    with backup_place.reading(place.folder):
        lost = sum(not attached_copies.is_sound(place, each) for each in kept)
    newest = [
        number for chunk in islice(dossiers.ids(db, which="all", day_start_ms=0, now_ms=0), 1) for number in chunk
    ]
    codes = [row.code for row in dossiers.rows(db, newest[:_MOST_SEARCHED])]
    missed = [code for code in codes if all(row.code != code for row in search.search(db, code, limit=_MOST_SEARCHED))]
    problems = (
        *found.problems,
        *([f"Thiếu hoặc hỏng {lost} tệp kèm theo."] if lost > point.damaged else []),
        *([f"Tra không thấy {len(missed)} hồ sơ vừa khôi phục."] if missed else []),
    )
    return _report(
        point,
        clock,
        begun,
        problems=problems,
        events=found.events,
        dossiers=dossiers.counts(db, day_start_ms=0, now_ms=0).total,
        files=len(kept) - lost,
        searched=len(codes) - len(missed),
    )


def _report(
    point: BackupPoint,
    clock: Clock,
    begun: datetime,
    *,
    problems: tuple[str, ...],
    events: int = 0,
    dossiers: int = 0,
    files: int = 0,
    searched: int = 0,
) -> DrillReport:
    now = clock()
    return DrillReport(
        point=point,
        at=now.astimezone(VIETNAM),
        seconds=round((now - begun).total_seconds()),
        events=events,
        dossiers=dossiers,
        files=files,
        searched=searched,
        problems=problems,
    )


def report_file(data: Path, at: datetime) -> Path:
    """Where the report of a drill is kept."""
    return data / backup_notes.FOLDER / f"dien-tap-{at:%Y%m%d-%H%M%S}.txt"


def _keep(data: Path, report: DrillReport) -> None:
    with file_failures(data):
        backup_notes.own_folder(data)
        report_file(data, report.at).write_text("\n".join(report.lines) + "\n", "utf-8")
        backup_notes.drilled(data, at=milliseconds(report.at), is_ok=report.is_ok)


@contextmanager
def _scratch(data: Path | None) -> Iterator[Path]:
    """A folder on the disk of the data where there is a desk; gone after the block, and what a killed drill left."""
    if data is None:
        folder = Path(mkdtemp(prefix="ban-mot-cua-"))
    else:
        with file_failures(data):
            own = backup_notes.own_folder(data)
            for old in own.glob("drill-*"):
                shutil.rmtree(old, ignore_errors=True)
            folder = Path(mkdtemp(prefix="drill-", dir=own))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
