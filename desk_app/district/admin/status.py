"""How every desk stands, what waits in quarantine, how much there is: read for the status command and the pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_app.district.admin import backup_state
from desk_app.district.keys import rootfile
from desk_app.district.storage import Session
from desk_app.district.storage import dossiers as stored
from desk_app.district.storage.quarantine import RESTORED, REWRITTEN
from desk_app.domain.history.authority import NOT_THEIRS
from desk_app.domain.history.owned_ids import NOT_ITS_OWNER
from desk_app.protocol.messages import Code

_NAMES = (
    "unit",
    "commune",
    "desk",
    "status",
    "reason",
    "enrolled_at",
    "seen_at",
    "clock_offset",
    "app",
    "host",
    "digits",
    "ahead",
    "events",
    "receptions",
    "quarantine",
    "unsafe",
    "rewritten",
    "restored",
    "unreadable",
)
SILENT = 3 * 24 * 3_600_000  # from when on a desk nobody hears of is worth a look, ms
_ALL = 1 << 40
WRONG_CLOCK = 300  # s, as the desk warns its clerk


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """A desk as the district knows it. Moments UTC ms, 0 for never; `clock_offset` s of the district minus the desk.

    `ahead` events the desk named at its last call that are not here yet, −1 not known; `digits` both screens showed;
    `unreadable` events that are kept, but that this program cannot fold into their dossiers.
    `rewritten` and `restored` count what proves either: batches set aside, moved events that alter a confirmed one.
    """

    kid: str
    unit: str
    commune: str
    desk: int
    status: str
    reason: str
    enrolled_at: int
    seen_at: int
    clock_offset: int
    app: str
    host: str
    digits: str
    ahead: int
    events: int
    receptions: int
    quarantine: int
    unsafe: int
    rewritten: int
    restored: int
    unreadable: int

    @property
    def history(self) -> str:
        """What its past looks like from here: "rewritten", "restored" (or cloned), else "intact"."""
        return "rewritten" if self.rewritten else "restored" if self.restored else "intact"

    @property
    def history_told(self) -> str:
        return _HISTORIES[self.history]

    @property
    def is_active(self) -> bool:
        return self.status == "active"

    def concerns(self, at: int) -> tuple[str, ...]:
        """What somebody should look at, in words; `at` UTC ms."""
        if not self.is_active:
            return ()
        found = []
        if not self.seen_at:
            found.append("chưa gửi lần nào")
        elif at - self.seen_at > SILENT:
            found.append(f"{(at - self.seen_at) // 86_400_000} ngày không thấy")
        if self.ahead > 0:
            found.append(f"còn {self.ahead} việc chưa nhận đủ")
        if self.rewritten:
            found.append(self.history_told)
        if self.quarantine:
            found.append(f"{self.quarantine} lô để riêng")
        if self.unreadable:
            found.append(f"{self.unreadable} việc không đọc được")
        if abs(self.clock_offset) > WRONG_CLOCK:
            found.append(f"đồng hồ {clock_told(self.clock_offset)}")
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """A batch that could not be taken in, kept as it came."""

    digest: str
    at: int
    unit: str
    desk: int
    log: str
    first: int
    last: int
    reason: str

    @property
    def can_be_taken(self) -> bool:
        """Whether a person may vouch for it: nothing is wrong with it but who sent it."""
        return self.reason == Code.REVOKED

    @property
    def told(self) -> str:
        return REASONS.get(self.reason, f"lý do khác ({self.reason})")


_NOT_READ = {
    "unreadable": "không đúng dạng một việc",
    NOT_THEIRS: "quầy ghi việc chỉ cấp trên được ghi; không được tính",
    NOT_ITS_OWNER: "quầy ghi vào lần nhập hoặc danh sách của quầy khác; không được tính",
}
_RESTORED, _ALTERED = "khôi phục từ bản sao hoặc chép sang máy khác", "lịch sử đã xác nhận bị sửa"
_HISTORIES = {"intact": "", "restored": _RESTORED, "rewritten": _ALTERED}
REASONS: dict[str, str] = {
    Code.FORK: "hai nội dung khác nhau của cùng một sổ: quầy đã được khôi phục hoặc chép sang máy khác",
    RESTORED: "quầy đã được khôi phục từ bản sao hoặc chép sang máy khác; nội dung đã xác nhận không bị sửa",
    REWRITTEN: "lịch sử bị sửa: quầy gửi lại việc đã xác nhận với nội dung khác; bản đã xác nhận vẫn được tính",
    Code.REVOKED: "máy đã bị thu hồi nhưng vẫn gửi",
    Code.NOT_OWNER: "máy này ghi vào sổ của máy khác",
    Code.UNNAMED_HOLE: "nội dung bị xóa mà không có lệnh xóa",
    Code.BAD_COUNT: "số thứ tự của việc cao bất thường so với mọi quầy",
    Code.BAD_EVENT: "có việc không đọc được",
}
"""Why a batch was put aside, as the pages say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """An event that is kept, but that this program cannot fold into its dossier; `unit` "" for an unknown desk."""

    log: str
    seq: int
    reason: str
    at: int
    unit: str
    desk: int

    @property
    def told(self) -> str:
        return _NOT_READ.get(self.reason, f"trái quy tắc ({self.reason})")


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers of the whole district; `projecting` frames wait to be read into the lists.

    `dossiers` is what the list of dossiers counts: each once, whatever receptions have its id. `receptions` are lines
    in the desks' logs, of which a dossier can have several.
    """

    desks: int
    events: int
    receptions: int
    dossiers: int
    quarantine: int
    projecting: int
    unreadable: int


def desks(session: Session) -> list[DeskState]:
    """Every desk that ever enrolled, by unit and number, the revoked last."""
    rows = session.all(
        """
        SELECT d.kid, d.unit, d.name, d.desk, d.status, d.reason, d.enrolled_at, d.seen_at, d.clock_offset, d.app,
               d.host, d.digits, d.ahead,
               CAST(COALESCE((SELECT SUM(l.seq) FROM log l WHERE l.kid = d.kid), 0) AS BIGINT),
               CAST(COALESCE((SELECT SUM(l.receptions) FROM log l WHERE l.kid = d.kid), 0) AS BIGINT),
               (SELECT COUNT(*) FROM quarantine q WHERE q.author = d.kid AND q.settled_at = 0),
               CAST(COALESCE((SELECT SUM(l.seq - l.safe) FROM log l WHERE l.kid = d.kid), 0) AS BIGINT),
               (SELECT COUNT(*) FROM quarantine q WHERE q.author = d.kid AND q.reason = ?)
               + (SELECT COUNT(*) FROM projection_error e JOIN log l ON l.log = e.log
                  WHERE l.kid = d.kid AND e.reason = ?),
               (SELECT COUNT(*) FROM quarantine q WHERE q.author = d.kid AND q.reason = ?),
               (SELECT COUNT(*) FROM projection_error p JOIN log l ON l.log = p.log
                WHERE l.kid = d.kid AND p.reason <> ?)
        FROM device d WHERE d.role = 'desk'
        ORDER BY d.unit, CASE d.status WHEN 'active' THEN 0 ELSE 1 END, d.desk, d.enrolled_at
        """,
        (REWRITTEN, REWRITTEN, RESTORED, REWRITTEN),
    )
    return [_desk(session, bytes(kid), dict(zip(_NAMES, told, strict=True))) for kid, *told in rows]


def _desk(session: Session, kid: bytes, told: dict[str, Any]) -> DeskState:
    told["reason"] = session.seals.opened("device", "reason", (kid,), str(told["reason"]))
    return DeskState(kid=kid.hex(), **told)


def dossiers_by_unit(session: Session) -> dict[str, int]:
    """How many dossiers of each unit the list counts."""
    return {unit: int(count) for unit, count in session.all("SELECT unit, COUNT(*) FROM dossier GROUP BY unit")}


def put_aside(session: Session, *, most: int = -1) -> list[PutAside]:
    """Batches nobody has looked at yet, newest first; `most` of them, all where it is below 0."""
    rows = session.all(
        """
        SELECT q.digest, q.at, COALESCE(d.unit, ''), COALESCE(d.desk, 0), q.log, q.first, q.last, q.reason
        FROM quarantine q LEFT JOIN device d ON d.kid = q.author
        WHERE q.settled_at = 0 ORDER BY q.at DESC, q.digest DESC LIMIT ?
        """,
        [most if most >= 0 else _ALL],
    )
    return [
        PutAside(
            digest=bytes(digest).hex(),
            at=at,
            unit=unit,
            desk=desk,
            log=bytes(log).hex(),
            first=first,
            last=last,
            reason=reason,
        )
        for digest, at, unit, desk, log, first, last, reason in rows
    ]


def unreadable(session: Session, *, most: int = 200) -> list[Unreadable]:
    """What the projection could not read, newest first."""
    rows = session.all(
        """
        SELECT p.log, p.seq, p.reason, p.at, COALESCE(d.unit, ''), COALESCE(d.desk, 0)
        FROM projection_error p LEFT JOIN log l ON l.log = p.log LEFT JOIN device d ON d.kid = l.kid
        WHERE p.reason <> ?
        ORDER BY p.at DESC, p.log, p.seq LIMIT ?
        """,
        [REWRITTEN, most],
    )
    return [
        Unreadable(log=bytes(log).hex(), seq=seq, reason=reason, at=at, unit=unit, desk=desk)
        for log, seq, reason, at, unit, desk in rows
    ]


def totals(session: Session) -> Totals:
    def number(sql: str) -> int:
        row = session.one(sql)
        return int(row[0]) if row else 0

    return Totals(
        desks=number("SELECT COUNT(*) FROM device WHERE role = 'desk' AND status = 'active'"),
        events=number("SELECT COALESCE(SUM(l.seq), 0) FROM log l JOIN device d ON d.kid = l.kid WHERE d.role = 'desk'"),
        receptions=number("SELECT COALESCE(SUM(receptions), 0) FROM log"),
        dossiers=stored.total(session),
        quarantine=number("SELECT COUNT(*) FROM quarantine WHERE settled_at = 0"),
        projecting=number("SELECT COUNT(*) FROM frame WHERE projected = 0"),
        unreadable=int(session.all("SELECT COUNT(*) FROM projection_error WHERE reason <> ?", [REWRITTEN])[0][0]),
    )


def clock_told(offset: int) -> str:
    """How a desk's clock goes, from the district's time minus its own, in words."""
    if abs(offset) <= 60:
        return "đúng giờ"
    how = "chậm" if offset > 0 else "nhanh"
    minutes = abs(offset) // 60
    if minutes < 120:
        return f"{how} {minutes} phút"
    return f"{how} {minutes // 60} giờ" if minutes < 48 * 60 else f"{how} {minutes // 1440} ngày"


def remarks(session: Session, folder: Path, *, at: int) -> list[str]:
    """What the one who runs the district should do, a sentence each; `at` UTC ms."""
    found = []
    if any(folder.glob(rootfile.PATTERN)):
        found.append("Tệp khóa gốc vẫn nằm trên máy chủ: chép sang hai USB, cất đi, rồi xóa ở đây.")
    unread = totals(session).unreadable
    if unread:
        found.append(
            f"{unread} việc đã nhận mà bản này không đọc được, hồ sơ có thể thiếu: cài bản mới, dừng máy chủ,"
            " rồi chạy desk-district rebuild."
        )
    return [*found, *backup_state.remarks(session, folder, at=at)]
