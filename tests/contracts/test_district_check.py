"""What the district proves from its logs, on both storages: untouched all is well, and every altered row shows."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from desk_app.district.admin import audit
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.checks import check as checks
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.publishing import erasing
from desk_app.district.storage import blobs, logs
from desk_app.domain.dossiers.events import OfficeChanged, StepTaken
from desk_app.domain.messages.message_events import MessageQueued
from desk_app.domain.notices import Revoked
from desk_app.domain.payments.money_events import Paid
from desk_app.protocol.batch import Blob
from tests.kit.district import offices
from tests.kit.district.offices import UNIT, Clock, Device

KINDS = ("sqlite", "postgresql")
FILE = b"trang-quet" * 150


@dataclass(frozen=True)
class Template:
    """A district that is closed, and the desk as it then was; `database` names its PostgreSQL database, if any."""

    folder: Path
    database: str
    desk: Device


@contextmanager
def a_district(request: pytest.FixtureRequest, place: Path, kind: str, *, like: str = "") -> Iterator[DistrictOffice]:
    """A district of this kind in `place`, made where nothing is there."""
    database = ""
    if kind == "postgresql":
        name = f"k{secrets.token_hex(6)}"
        database = str(request.getfixturevalue("server").database(name, like=like))
    with offices.office(place, Clock(), database=database) as opened:
        yield opened


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def templates(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Template]:
    """The template of each kind, made once in whatever order the tests come."""

    @cache
    def made(kind: str) -> Template:
        folder = tmp_path_factory.mktemp("template") / "district"
        with a_district(request, folder, kind) as opened:
            desk = worked(opened)
            database = opened.settings.database.partition("?")[0].rpartition("/")[2]
        return Template(folder, database, desk)

    return made


@pytest.fixture
def template(templates: Callable[[str], Template], kind: str) -> Template:
    return templates(kind)


@pytest.fixture
def here(template: Template, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DistrictOffice]:
    """A copy of the district in which desks have worked."""
    shutil.copytree(template.folder, tmp_path / "district")
    kind = "postgresql" if template.database else "sqlite"
    with a_district(request, tmp_path / "district", kind, like=template.database) as opened:
        yield opened


@pytest.fixture(scope="module")
def opened_once(
    templates: Callable[[str], Template], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], DistrictOffice]]:
    """One copy of each kind for all tests that take back what they change."""
    with ExitStack() as stack:

        @cache
        def opened(kind: str) -> DistrictOffice:
            folder, template = tmp_path_factory.mktemp("shared") / "district", templates(kind)
            shutil.copytree(template.folder, folder)
            office = stack.enter_context(a_district(request, folder, kind, like=template.database))
            stack.callback(lambda: whole.append(problems(office)))
            return office

        whole: list[list[str]] = []
        yield opened
    assert not any(whole)


@pytest.fixture
def shared(opened_once: Callable[[str], DistrictOffice], kind: str) -> DistrictOffice:
    return opened_once(kind)


class TakenBackError(Exception):
    """Nothing of a session is to stay."""


@pytest.fixture
def desk(template: Template) -> Device:
    return replace(template.desk, bodies=list(template.desk.bodies))


def worked(here: DistrictOffice) -> Device:
    """Two desks, three dossiers with steps, a file in two pieces, a batch set aside, a revoked desk, an audit."""
    made = offices.enrolled(here)
    for number in range(1, 4):
        made.receives(number)
    here.district.reply(made.request())
    made.writes(StepTaken(action="forward"), dossier="hoso000000000002")
    here.district.reply(made.request(first=4))
    lost = offices.enrolled(here, 2)
    lost.receives(9)
    here.district.reply(lost.request())
    aside = list(lost.bodies)
    lost.bodies[0] = lost.bodies[0].replace(b"thu", b"hai")
    here.district.reply(lost.request())
    lost.bodies = aside
    with here.district.storage.writing() as session:
        for start in (0, 500):
            piece = Blob(
                sha=hashlib.sha256(FILE).digest(), size=len(FILE), offset=start, data=FILE[start : start + 500]
            )
            blobs.append(session, UNIT, piece, at=1)
        rest = Blob(sha=hashlib.sha256(FILE).digest(), size=len(FILE), offset=1000, data=FILE[1000:])
        blobs.append(session, UNIT, rest, at=1)
        word = Word(payload=Revoked(device=lost.keys.kid.hex(), reason="mất máy"))
        writer.append_signed(session, here.district.identity, writer.EVERYBODY, [word], at=2)
        audit.note(session, here.district.identity, AuditDeed.SIGNED_IN, at=1, account="lan")
    here.district.projection.catch_up()
    return made


def problems(here: DistrictOffice) -> list[str]:
    return list(checks.check(here).problems)


def test_an_untouched_district_is_whole(here: DistrictOffice, desk: Device) -> None:
    found = checks.check(here)
    assert found.problems == ()
    assert (len(found.logs), found.events, found.frames, found.dossiers, found.files) == (3, 8, 6, 4, 1)
    assert not list(here.folder.glob(".check-*"))


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_district_is_whole(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    with a_district(request, tmp_path / "district", kind) as empty:
        assert problems(empty) == []


def test_a_district_with_an_erased_event_is_whole(here: DistrictOffice, desk: Device) -> None:
    with here.district.storage.writing() as session:
        erasing.erase(session, here.district.identity, desk.log.hex(), 4, reason="yêu cầu", at=here.district.clock())
    assert problems(here) == []
    assert checks.rebuild(here) == 4
    assert problems(here) == []


def test_a_dossier_that_two_desks_received_is_no_damage(here: DistrictOffice, desk: Device) -> None:
    other = offices.enrolled(here, 3)
    other.receives(1, name="Tên khác")
    here.district.reply(other.request())
    assert problems(here) == []
    assert checks.rebuild(here) == 4
    assert problems(here) == []


TOO_MANY = """
    INSERT INTO dossier SELECT n + 100, unit, 'ma', 'X', status, procedure, applicant, id_number, received_at, due_at,
    returned_at, needs_look, events FROM dossier WHERE code = 'H26.99-261122-0001'
"""
NO_DECREE = """
    INSERT INTO redaction(log, seq, hash, before, reason, at)
    SELECT log, 1, head, head, '', 1 FROM frame WHERE first = 4
"""
ALTERED = {
    "a name in the list": ("UPDATE dossier SET applicant = 'x' WHERE code = 'H26.99-261122-0001'", "người nộp"),
    "a status in the list": ("UPDATE dossier SET status = 'returned' WHERE code = 'H26.99-261122-0002'", "tình trạng"),
    "a number in the list": ("UPDATE dossier SET id_number = '1' WHERE code = 'H26.99-261122-0002'", "số giấy tờ"),
    "a due date": ("UPDATE dossier SET due_at = due_at + 1 WHERE code = 'H26.99-261122-0003'", "hẹn trả"),
    "a code": ("UPDATE dossier SET code = 'X' WHERE code = 'H26.99-261122-0003'", "mã"),
    "a unit of a dossier": (
        "UPDATE dossier SET unit = 'H26.17' WHERE code = 'H26.99-261122-0003'",
        "thiếu trong danh sách",
    ),
    "a dossier gone": ("DELETE FROM dossier WHERE code = 'H26.99-261122-0001'", "thiếu trong danh sách"),
    "a dossier too many": (TOO_MANY, "không sổ nào có"),
    "a row of the index": ("UPDATE dossier_word SET z = (SELECT head FROM frame WHERE first = 4)", "Mục lục tìm kiếm"),
    "a row of the index moved": ("UPDATE dossier_word SET place = place + 1", "Mục lục tìm kiếm"),
    "a row of the index gone": (
        "DELETE FROM dossier_word WHERE place = (SELECT MAX(place) FROM dossier_word)",
        "1 dòng khác các sổ",
    ),
    "what the index says it holds": ("UPDATE dossier_held SET status = 'returned'", "dấu của"),
    "a count of dossiers": ("UPDATE dossier_tally SET n = n + 1 WHERE status = 'received'", "Số đếm hồ sơ"),
    "an event unlisted": ("DELETE FROM event WHERE seq = 2", "thiếu ở bảng việc"),
    "an event listed twice": ("UPDATE event SET seq = seq + 50 WHERE seq = 3", "đứng sai ở bảng việc"),
    "a count of receptions": ("UPDATE log SET receptions = receptions + 7 WHERE receptions = 3", "lần tiếp nhận"),
    "a last number": ("UPDATE log SET seq = seq + 1 WHERE receptions = 3", "các lô có 4"),
    "a head": (
        "UPDATE log SET head = prev FROM frame WHERE log.log = frame.log AND receptions = 3 AND first = 4",
        "dấu",
    ),
    "a unit of a log": ("UPDATE log SET scope = 'H26.17' WHERE receptions = 3", "máy viết sổ thuộc"),
    "a writer of a log": (
        "UPDATE log SET kid = (SELECT kid FROM device WHERE desk = 2) WHERE receptions = 3",
        "BAD_SIGNATURE",
    ),
    "what is said to be safe": ("UPDATE log SET safe = seq + 1 WHERE receptions = 3", "đã sao lưu"),
    "a frame gone": ("DELETE FROM frame WHERE first = 4", "các lô có 3"),
    "a first frame gone": ("DELETE FROM frame WHERE first = 1 AND last = 3", "thiếu việc số 1 đến 3"),
    "a signature": (
        "UPDATE frame SET signature = (SELECT signature FROM frame WHERE last = 3 LIMIT 1) WHERE first = 4",
        "BAD_SIGNATURE",
    ),
    "a link of the chain": ("UPDATE frame SET prev = head WHERE first = 4", "đứt"),
    "a log gone": ("DELETE FROM log WHERE receptions = 1", "mất dòng của sổ"),
    "a revoked desk let in": ("UPDATE device SET status = 'active' WHERE desk = 2", "đã có lệnh thu hồi"),
    "a desk shut out": ("UPDATE device SET status = 'revoked' WHERE desk = 1", "không có lệnh thu hồi"),
    "a desk of another unit": ("UPDATE device SET unit = 'H26.17' WHERE desk = 1", "khác với chứng thư"),
    "a desk of another number": ("UPDATE device SET desk = 7 WHERE desk = 1", "khác với chứng thư"),
    "a certificate": (
        "UPDATE device SET certificate = (SELECT certificate FROM device WHERE desk = 2) WHERE desk = 1",
        "khác với chứng thư",
    ),
    "a desk gone": ("DELETE FROM device WHERE desk = 1", "không còn trong danh sách"),
    "an erasure nobody ordered": (NO_DECREE, "không có lệnh xóa"),
    "a piece of a file": ("UPDATE blob_piece SET data = (SELECT head FROM frame WHERE first = 4)", "byte"),
    "a file gone": ("DELETE FROM blob", "mất dòng của tệp"),
    "a piece gone": ("DELETE FROM blob_piece WHERE start = 500", "thiếu đoạn từ byte 500"),
    "a batch set aside": ("UPDATE quarantine SET z = (SELECT z FROM frame WHERE first = 4)", "Lô để riêng"),
}


@pytest.mark.parametrize("deed", sorted(ALTERED))
def test_an_altered_row_shows(shared: DistrictOffice, deed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check reads within the transaction that alters the row, which is then taken back."""
    sql, told = ALTERED[deed]
    storage = shared.district.storage
    found: list[str] = []
    with suppress(TakenBackError), storage.writing() as session:
        assert session.run(sql)
        with monkeypatch.context() as patch:
            patch.setattr(storage, "reading", lambda: nullcontext(session))
            patch.setattr(storage, "writing", lambda: nullcontext(session))
            found = problems(shared)
        raise TakenBackError
    assert any(told in each for each in found), found


def test_an_event_rewritten_in_its_frame_shows(here: DistrictOffice, desk: Device) -> None:
    with here.district.storage.writing() as session:
        frame = logs.frame_with(session, desk.log, 1)
        assert frame
        forged = [body.replace("Nguyễn".encode(), "Trần".encode()) for body in frame.bodies()]
        logs.rewrite(session, frame, forged)
    assert any("có việc bị sửa" in each for each in problems(here))


def test_bytes_swapped_within_a_file_show(here: DistrictOffice, desk: Device) -> None:
    with here.district.storage.writing() as session:
        session.run("UPDATE blob_piece SET data = ? WHERE start = 0", [b"x" * 500])
    assert any("nội dung bị sửa" in each for each in problems(here))


def test_no_problem_names_anybody(here: DistrictOffice, desk: Device) -> None:
    with here.district.storage.writing() as session:
        session.run("UPDATE dossier SET applicant = 'Trần Thị Giả', id_number = '001190099999'")
    told = "".join(problems(here))
    assert told
    assert not any(word in told for word in ("Trần", "Nguyễn", "0011900"))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE dossier SET applicant = 'x', status = 'returned'",
        "DELETE FROM dossier",
        "DELETE FROM event",
        "DELETE FROM dossier_key",
        "DELETE FROM dossier_word",
        "DELETE FROM dossier_held",
        "UPDATE dossier_tally SET n = 7",
        "UPDATE log SET receptions = 40 WHERE receptions > 0",
    ],
)
def test_rebuild_makes_the_lists_and_counts_right_again(here: DistrictOffice, desk: Device, sql: str) -> None:
    with here.district.storage.writing() as session:
        assert session.run(sql)
    assert problems(here)
    assert checks.rebuild(here) == 4
    assert problems(here) == []


def test_values_that_change_their_places_show(here: DistrictOffice, desk: Device) -> None:
    """Whoever may write to a PostgreSQL cannot read what is sealed, but could put it elsewhere."""
    if here.district.storage.kind == "sqlite":
        pytest.skip("whoever has the key of a file reads it all")
    users = "INSERT INTO account(name, secret, role, added_at) SELECT 'b', secret, role, added_at FROM account"
    with here.district.storage.writing() as session:
        session.run("INSERT INTO account(name, secret, role, added_at) VALUES('a', ?, 'officer', 1)", ["x"])
        session.run("UPDATE account SET secret = ?", [session.seals.sealed("account", "secret", ("a",), "x")])
    assert problems(here) == []
    with here.district.storage.writing() as session:
        session.run(users)
    assert [one for one in problems(here) if "account" in one] == [
        "Bảng account, dòng b: nội dung bị sửa hoặc đổi chỗ ở secret."
    ]


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE payment SET amount = amount + 1", "tiền đã thu"),
        ("DELETE FROM payment", "tiền đã thu"),
        ("UPDATE message SET sending = 'sent'", "tin nhắn"),
        ("UPDATE cash_count SET lamport = lamport + 1", "lần đếm quỹ"),
        ("DELETE FROM cash_count", "lần đếm quỹ"),
    ],
)
def test_money_and_messages_that_were_altered_show_and_are_made_again(
    here: DistrictOffice, sql: str, told: str
) -> None:
    till = offices.enrolled(here, 3)
    till.writes(Paid(amount=8000, way="cash", desk=3), dossier="hoso000000000001")
    till.writes(MessageQueued(id="a" * 16, about="ready", phone="0912000111", text="x"), dossier="hoso000000000001")
    count = {"cash_count/2026-11-20/3": '{"day":"2026-11-20","desk":3}'}
    till.writes(OfficeChanged(values=count), dossier="")
    here.district.reply(till.request())
    here.district.projection.catch_up()
    assert problems(here) == []
    with here.district.storage.writing() as session:
        assert session.run(sql)
    found = problems(here)
    assert any(told in each for each in found), found
    checks.rebuild(here)
    assert problems(here) == []
