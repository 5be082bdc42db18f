from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as msgspec_replace

from desk_app.district.admin import audit, backup, folder, lockout, status, users
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.failures import (
    BackupExistsError,
    BadBackupError,
    DataNotEmptyError,
    FolderRefusedError,
    WrongDistrictPassphraseError,
)
from desk_app.district.intake import enrolment_slots
from desk_app.district.keys import keyfile
from desk_app.district.publishing import announcements
from desk_app.district.storage import logs, quarantine
from tests.kit.district import copies, offices
from tests.kit.district.offices import PASSPHRASE, Clock, Device
from tests.kit.machine.readers import others_get_in


@pytest.fixture
def desk(here: DistrictOffice) -> Device:
    """A desk with three receptions; the district has a user, an announcement and a waiting slot as well."""
    made = offices.enrolled(here)
    for number in range(1, 4):
        made.receives(number)
    here.district.reply(made.request())
    offices.code_for(here, 2)
    with here.district.storage.writing() as session:
        users.add(session, "lan", "mật khẩu của lan", at=1)
        announcements.announce(
            session, here.district.identity, scope="*", title="Tin", text="Tin", until="", at=here.district.clock()
        )
    return made


def fresh(here: DistrictOffice, place: Path, copy: Path, *, passphrase: str = PASSPHRASE) -> None:
    """A new machine, furnished and filled from the copy."""
    place.mkdir()
    backup.furnish(place, copy, database="", unlock=lambda: keyfile.unlock(place, passphrase=passphrase))
    with folder.opened(place, passphrase=passphrase, clock=here.district.clock) as other:
        backup.bring_back(other, copy, over=False)


def test_a_copy_counts_as_safe_once_it_was_read_again(
    here: DistrictOffice, desk: Device, tmp_path: Path, clock: Clock
) -> None:
    assert desk.receipt(here.district.reply(desk.request()).body).safe == {}
    made = backup.make(here, tmp_path / "b.db")
    assert (made.logs, made.events) == (2, 5)
    receipt = desk.receipt(here.district.reply(desk.request()).body)
    assert receipt.safe[desk.log] == 3
    with here.district.storage.reading() as session:
        assert status.desks(session)[0].unsafe == 0
        assert not [one for one in status.remarks(session, here.folder, at=clock.at) if "sao lưu" in one]
        assert [one for one in status.remarks(session, here.folder, at=clock.at + 3 * 86_400_000) if "sao lưu" in one]


def test_a_new_machine_takes_everything_over(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    backup.make(here, tmp_path / "b.db")
    fresh(here, tmp_path / "new", tmp_path / "b.db")
    for name in ("keys.json", "tls.pem", "tls.key"):
        assert (tmp_path / "new" / name).read_bytes() == (here.folder / name).read_bytes()
    with folder.opened(tmp_path / "new", passphrase=PASSPHRASE, clock=here.district.clock) as other:
        assert other.district.identity.card == here.district.identity.card
        answer = desk.receipt(other.district.reply(desk.request()).body)
        assert (answer.logs[desk.log].seq, answer.safe[desk.log]) == (3, 3)
        other.district.projection.catch_up()
        with other.district.storage.reading() as session:
            assert status.totals(session).receptions == 3
            assert [user.name for user in users.listed(session)] == ["lan"]
            assert len([slot for _, slot in enrolment_slots.listed(session) if not slot.taken_by]) == 1
            assert [one.title for one in announcements.told(session, other.district.identity)] == ["Tin"]
            assert session.all("SELECT COUNT(*) FROM dossier") == [(3,)]


def test_after_a_restore_the_district_writes_new_logs(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    """A number of a log that was lost must never mean two things."""
    backup.make(here, tmp_path / "b.db")
    with here.district.storage.writing() as session:
        announcements.announce(
            session, here.district.identity, scope="*", title="Sau", text="Sau", until="", at=here.district.clock()
        )
        before = {log.log: log.seq for log in logs.every(session)}
    backup.bring_back(here, tmp_path / "b.db", over=True)
    with here.district.storage.writing() as session:
        announcements.announce(
            session, here.district.identity, scope="*", title="Mới", text="Mới", until="", at=here.district.clock()
        )
        after = {log.log: log.seq for log in logs.every(session)}
    assert len(after) == len(before) + 1
    assert all(after[log] <= seq for log, seq in before.items() if log in after)


def test_what_came_after_the_copy_comes_back_from_the_desk(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    backup.make(here, tmp_path / "b.db")
    desk.receives(4)
    here.district.reply(desk.request(first=4))
    backup.bring_back(here, tmp_path / "b.db", over=True)
    assert desk.receipt(here.district.reply(desk.request(first=99)).body).logs[desk.log].seq == 3
    assert desk.receipt(here.district.reply(desk.request(first=4)).body).logs[desk.log].seq == 4


def test_content_is_not_replaced_unasked(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    backup.make(here, tmp_path / "b.db")
    desk.receives(4)
    here.district.reply(desk.request(first=4))
    with pytest.raises(DataNotEmptyError, match="6 việc"):
        backup.bring_back(here, tmp_path / "b.db", over=False)
    assert desk.receipt(here.district.reply(desk.request(first=99)).body).logs[desk.log].seq == 4


def test_quarantine_and_who_settled_it_are_in_the_copy(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    desk.bodies[2] = desk.bodies[2].replace(b"thu", b"hai")
    here.district.reply(desk.request())
    backup.make(here, tmp_path / "b.db")
    fresh(here, tmp_path / "new", tmp_path / "b.db")
    with (
        folder.opened(tmp_path / "new", passphrase=PASSPHRASE, clock=here.district.clock) as other,
        other.district.storage.reading() as session,
    ):
        assert len(quarantine.waiting(session)) == 1


def test_visits_are_not_in_the_copy_and_no_secret_is_in_the_clear(
    here: DistrictOffice, desk: Device, tmp_path: Path
) -> None:
    with here.district.storage.writing() as session:
        token = users.begin_visit(session, "lan", secret=users.secret_of(session, "lan"), at=1)
    backup.make(here, tmp_path / "b.db")
    told = (tmp_path / "b.db").read_bytes()
    for word in (b"PRIVATE KEY", b"$argon2", "Nguyễn".encode(), b"001190012345", b"H26.99"):
        assert word not in told
    for secret in (here.district.identity.keys.dump()[:32], here.district.identity.keys.dump()[32:], token.encode()):
        assert secret not in told
    with copies.inside(here, tmp_path / "b.db") as copy:
        assert copy.execute("SELECT COUNT(*) FROM visit").fetchone() == (0,)
    assert not others_get_in(tmp_path / "b.db")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.db", "district", "goc.txt"]


def test_a_copy_does_not_say_where_the_database_is_nor_its_password(here: DistrictOffice, tmp_path: Path) -> None:
    settings = msgspec_replace(here.settings, database="postgresql://nguoi:mat-khau-cua-may@may-chu/cap_tren")
    backup.make(replace(here, settings=settings), tmp_path / "b.db")
    with copies.inside(here, tmp_path / "b.db") as copy:
        kept = b"".join(bytes(value) for (value,) in copy.execute("SELECT value FROM meta").fetchall())
    assert settings.name.encode() in kept
    assert b"mat-khau-cua-may" not in kept
    assert b"may-chu" not in kept


def test_the_root_file_opens_a_copy_whose_passphrase_is_lost(
    here: DistrictOffice, desk: Device, tmp_path: Path
) -> None:
    from desk_app.district.keys import rootfile

    backup.make(here, tmp_path / "b.db")
    with pytest.raises(WrongDistrictPassphraseError):
        fresh(here, tmp_path / "new", tmp_path / "b.db", passphrase="đoán mò")
    place = tmp_path / "newer"
    place.mkdir()
    root = rootfile.read(tmp_path / "goc.txt")

    def unlock() -> keyfile.Opened:
        opened = keyfile.unlock(place, root=root)
        keyfile.keep(place, opened, passphrase="mới")
        return opened

    backup.furnish(place, tmp_path / "b.db", database="", unlock=unlock)
    with folder.opened(place, passphrase="mới", clock=here.district.clock) as other:
        assert other.district.identity.keys.kid == here.district.identity.keys.kid


# --- copies that are no good ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM frame WHERE first = (SELECT MAX(first) FROM frame)", "phần cuối"),
        ("DELETE FROM frame WHERE first = 1 AND log IN (SELECT log FROM frame WHERE first = 2)", "thiếu hoặc đứt"),
        ("UPDATE frame SET signature = zeroblob(64)", "BAD_SIGNATURE"),
        ("UPDATE frame SET head = zeroblob(32)", "đứt"),
        ("UPDATE frame SET z = zeroblob(20)", "hỏng"),
        ("UPDATE frame SET first = first + 1 WHERE first > 1", "đứt|thiếu"),
        ("UPDATE log SET seq = seq + 1", "phần cuối"),
        ("UPDATE meta SET value = zeroblob(64) WHERE key = 'root'", "cấp trên khác"),
        ("DELETE FROM meta", "cấp trên khác"),
    ],
)
def test_a_spoiled_copy_is_noticed_and_nothing_changes(
    here: DistrictOffice, desk: Device, tmp_path: Path, statement: str, why: str
) -> None:
    backup.make(here, tmp_path / "b.db")
    with copies.inside(here, tmp_path / "b.db") as copy:
        copy.execute(statement)
    with pytest.raises(BadBackupError, match=why):
        backup.bring_back(here, tmp_path / "b.db", over=True)
    assert desk.receipt(here.district.reply(desk.request(first=99)).body).logs[desk.log].seq == 3


@pytest.mark.parametrize("cut", [0, 100, 5000, 30000])
def test_a_torn_copy_is_noticed(here: DistrictOffice, desk: Device, tmp_path: Path, cut: int) -> None:
    backup.make(here, tmp_path / "b.db")
    (tmp_path / "torn.db").write_bytes((tmp_path / "b.db").read_bytes()[:cut])
    with pytest.raises(BadBackupError):
        backup.bring_back(here, tmp_path / "torn.db", over=True)


def test_another_districts_copy_is_refused(here: DistrictOffice, desk: Device, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "other").mkdir()
    with offices.office(tmp_path / "other" / "d", clock) as other:
        backup.make(other, tmp_path / "other.db")
    with pytest.raises(BadBackupError, match="cấp trên khác"):
        backup.bring_back(here, tmp_path / "other.db", over=True)


def test_an_old_copy_is_never_written_over(here: DistrictOffice, tmp_path: Path) -> None:
    (tmp_path / "b.db").write_bytes(b"old")
    with pytest.raises(BackupExistsError):
        backup.make(here, tmp_path / "b.db")
    assert (tmp_path / "b.db").read_bytes() == b"old"


def test_a_place_that_cannot_be_written_leaves_nothing(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    with pytest.raises(FolderRefusedError):
        backup.make(here, tmp_path / "khong-co" / "b.db")
    assert desk.receipt(here.district.reply(desk.request()).body).safe == {}


@pytest.mark.parametrize("tables", [["frame"], ["frame", "log"]])
def test_a_copy_that_went_wrong_while_written_is_thrown_away(
    here: DistrictOffice, desk: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tables: list[str]
) -> None:
    whole = backup._copy_tables

    def loses(source: object, target: backup.Session, **facts: object) -> None:
        whole(source, target, **facts)  # type: ignore[arg-type]
        for table in tables:
            target.run(f"DELETE FROM {table}")

    monkeypatch.setattr(backup, "_copy_tables", loses)
    with pytest.raises(BadBackupError):
        backup.make(here, tmp_path / "b.db")
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith((".b", "b."))] == []
    assert desk.receipt(here.district.reply(desk.request()).body).safe == {}


def test_many_rows_are_copied_in_pieces(here: DistrictOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_AT_ONCE", 2)
    desk = offices.enrolled(here)
    for number in range(1, 8):
        desk.receives(number)
        here.district.reply(desk.request(first=number))
    made = backup.make(here, tmp_path / "b.db")
    assert (made.events, made.frames) == (8, 8)


def test_a_restore_takes_nothing_away_from_the_audit(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    def note(account: str) -> None:
        with here.district.storage.writing() as session:
            audit.note(session, here.district.identity, AuditDeed.SIGNED_IN, at=here.district.clock(), account=account)

    note("truoc")
    backup.make(here, tmp_path / "b.db", account="máy chủ")
    note("sau")
    backup.bring_back(here, tmp_path / "b.db", over=True, account="máy chủ")
    with here.district.storage.reading() as session:
        told = [(row.deed, row.account) for row in audit.every(session)]
        assert audit.altered(session, here.district.identity) == []
    assert told == [
        ("signed-in", "truoc"),
        ("backup", "máy chủ"),
        ("signed-in", "sau"),
        ("restored", "máy chủ"),
    ]
    fresh(here, tmp_path / "new", tmp_path / "b.db")
    with (
        folder.opened(tmp_path / "new", passphrase=PASSPHRASE, clock=here.district.clock) as other,
        other.district.storage.reading() as session,
    ):
        assert [row.deed for row in audit.every(session)] == ["signed-in", "restored"]
        assert audit.altered(session, other.district.identity) == []


def test_a_restore_lets_nobody_in_who_is_locked_out(here: DistrictOffice, desk: Device, tmp_path: Path) -> None:
    backup.make(here, tmp_path / "b.db")
    with here.district.storage.writing() as session:
        for _ in range(5):
            lockout.take_try(session, "lan", "192.0.2.7", at=here.district.clock())
    backup.bring_back(here, tmp_path / "b.db", over=True)
    with here.district.storage.reading() as session:
        assert lockout.locked(session, "lan", "192.0.2.7", at=here.district.clock())
