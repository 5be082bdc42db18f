"""What the district's notices do on a desk: once, in the right place, and never more than the district may say."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.notices import (
    Announced,
    Certified,
    DayChange,
    DaysChanged,
    Notice,
    ProcedurePatched,
    Redacted,
    Revoked,
    UnitsChanged,
)
from desk_app.domain.people.places.unit_changes import UnitChange
from desk_app.domain.procedures.procedure import LimitUnit, Procedure, TimeLimit
from desk_app.domain.procedures.procedure_patch import patch_of
from desk_app.protocol.event_body import event_of
from desk_app.protocol.keys import Certificate, Keys, certificate_of, certify
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import set_aside
from desk_app.store.peers import announcements, devices, sync_state
from desk_app.store.reference import catalogue, days, unit_changes
from desk_app.sync.membership.identity import Member, card_of
from desk_app.sync.rounds.effects import Effects
from tests.kit.desk import books
from tests.kit.district.writers import MORNING, UNIT, Root

LOG = bytes(range(16))
PROCEDURE = Procedure(
    code="2.000815",
    name="Chứng thực bản sao",
    version="2026-01",
    limit=TimeLimit(unit=LimitUnit.WORKING_DAY, amount=2),
    in_force_from="2026-01-01",
    source="program",
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[DeskDatabase]:
    database = books.made(tmp_path / "desk")
    yield database
    database.close()


@pytest.fixture
def root() -> Root:
    return Root()


@pytest.fixture
def effects(db: DeskDatabase, root: Root) -> Effects:
    keys = Keys.new()
    signed = root.certified(keys.public)
    with unit_of_work(db):
        sync_state.change(db, card=msgspec.json.encode(root.card).decode(), certificate=signed, kid=keys.kid)
    return Effects(
        Member(
            keys=keys,
            certificate=certificate_of(signed, root.operational.public),
            district=root.card,
            district_keys=root.operational.public,
            root=root.keys.public,
        )
    )


def tell(db: DeskDatabase, effects: Effects, notice: Notice | None, seq: int = 1, kind: str = "") -> None:
    """As the round does: within the transaction that takes the notice in."""
    event = Recorded(
        log=LOG.hex(),
        seq=seq,
        dossier="",
        kind=kind,
        lamport=seq,
        at=MORNING,
        clock_offset=0,
        author="Cấp trên",
        seen={},
        payload=notice,
    )
    with unit_of_work(db):
        effects(db, event)


def aside(db: DeskDatabase) -> list[tuple[str, str]]:
    return [(one.reason, one.detail) for one in set_aside.all(db)]


def certified(root: Root, keys: Keys, by: Keys | None = None, **told: object) -> Certified:
    certificate = replace(
        Certificate(keys=keys.public.dump(), role="desk", unit=UNIT, desk=2, name="Quầy 2", from_at=MORNING), **told
    )
    return Certified(certificate=base64.b64encode(certify(certificate, by or root.operational)).decode())


def test_a_colleague_is_known_once_the_district_certified_the_desk(
    db: DeskDatabase, effects: Effects, root: Root
) -> None:
    keys = Keys.new()
    for _ in range(2):
        tell(db, effects, certified(root, keys))
    (device,) = devices.all(db)
    assert (device.kid, device.unit, device.desk, device.is_revoked) == (keys.kid, UNIT, 2, False)


def test_nobody_but_the_district_certifies(db: DeskDatabase, effects: Effects, root: Root) -> None:
    keys, stranger = Keys.new(), Keys.new()
    forged = (
        certified(root, keys, by=stranger),
        certified(root, keys, by=root.operational, role="district"),  # only the root makes keys of a district
        certified(root, keys, by=root.keys),  # and the root makes no desks
        Certified(certificate="không phải base64"),
        Certified(certificate=""),
    )
    for seq, notice in enumerate(forged, 1):
        tell(db, effects, notice, seq)
    assert devices.all(db) == []
    assert aside(db) == [("bad-event", "certified")] * len(forged)


def test_new_keys_of_the_district_are_taken_over_and_old_ones_still_prove_what_they_signed(
    db: DeskDatabase, effects: Effects, root: Root
) -> None:
    fresh = Keys.new()
    notice = certified(root, fresh, by=root.keys, role="district", unit="", desk=0, from_at=MORNING + 1)
    tell(db, effects, notice)
    card = card_of(sync_state.get(db))
    assert card.operational().kid == fresh.kid
    assert {device.kid for device in devices.all(db)} == {fresh.kid, root.operational.kid}
    older = certified(root, Keys.new(), by=root.keys, role="district", unit="", desk=0, from_at=MORNING)
    tell(db, effects, older, 2)
    assert card_of(sync_state.get(db)).operational().kid == fresh.kid


def test_a_revoked_desk_stays_revoked_whatever_comes_later(db: DeskDatabase, effects: Effects, root: Root) -> None:
    keys = Keys.new()
    tell(db, effects, Revoked(device=keys.kid.hex(), reason="mất máy"))
    tell(db, effects, certified(root, keys), 2)
    assert devices.get(db, keys.kid).is_revoked
    tell(db, effects, Revoked(device="xyz"), 3)
    assert aside(db) == [("bad-event", "revoked")]


def test_a_patched_procedure_holds_from_its_day(db: DeskDatabase, effects: Effects) -> None:
    with unit_of_work(db):
        catalogue.put(db, PROCEDURE, added_at=0)
    later = replace(
        PROCEDURE,
        version="2026-12",
        limit=TimeLimit(unit=LimitUnit.WORKING_DAY, amount=1),
        in_force_from="2026-12-01",
    )
    for _ in range(2):
        tell(db, effects, patch_of(later, PROCEDURE, citation="QĐ 1"))
    assert catalogue.in_force(db, "2.000815", "2026-11-30").limit.amount == 2
    kept = catalogue.in_force(db, "2.000815", "2026-12-01")
    assert (kept.limit.amount, kept.source) == (1, "district")
    assert len(catalogue.versions(db, "2.000815")) == 2
    assert effects.law_changed


def test_the_districts_word_stands_against_a_later_version_of_the_program(db: DeskDatabase, effects: Effects) -> None:
    tell(db, effects, patch_of(PROCEDURE, None, citation=""))
    with unit_of_work(db):
        catalogue.put(db, replace(PROCEDURE, version="2026-06", in_force_from="2026-06-01"), added_at=0)
    assert catalogue.in_force(db, "2.000815", "2026-07-01").version == "2026-01"


def test_a_patch_of_a_version_this_desk_never_had_is_set_aside(db: DeskDatabase, effects: Effects) -> None:
    later = replace(PROCEDURE, version="2026-12")
    tell(db, effects, patch_of(later, PROCEDURE, citation=""))
    with unit_of_work(db):
        catalogue.put(db, replace(PROCEDURE, name="Tên khác"), added_at=0)
    tell(db, effects, patch_of(later, PROCEDURE, citation=""), 2)
    assert aside(db) == [("unknown-base", "2.000815")] * 2
    assert not effects.law_changed
    nonsense = ProcedurePatched(
        code="2.000815", version="x", patch={"limit": "mai"}, in_force_from="2026-01-01", digest=""
    )
    tell(db, effects, nonsense, 3)
    assert len(aside(db)) == 3


def test_days_are_set_anew_and_taken_back(db: DeskDatabase, effects: Effects) -> None:
    off = DayChange(date="2027-01-02", kind="off", name="Nghỉ bù")
    tell(db, effects, DaysChanged(days=(off, DayChange(date="2027-01-09", kind="make_up")), citation="TB 1"))
    kept = {entry.date: entry for entry in days.all_days(db)}
    assert (kept["2027-01-02"].decision, kept["2027-01-02"].verified) == ("TB 1", True)
    tell(db, effects, DaysChanged(days=(DayChange(date="2027-01-02", kind=""),)), 2)
    assert [entry.date for entry in days.all_days(db)] == ["2027-01-09"]
    assert effects.law_changed


@pytest.mark.parametrize("day", [DayChange(date="2027-13-01", kind="off"), DayChange(date="2027-01-03", kind="lễ")])
def test_a_day_no_calendar_has_changes_none_of_the_others(db: DeskDatabase, effects: Effects, day: DayChange) -> None:
    tell(db, effects, DaysChanged(days=(DayChange(date="2027-01-02", kind="off"), day)))
    assert days.all_days(db) == []
    assert aside(db) == [("bad-event", "days")]


def test_changes_of_units_are_kept_with_the_text_that_made_them(db: DeskDatabase, effects: Effects) -> None:
    change = UnitChange(level="commune", code="09619", in_force_from="2027-02-01", was="Xã A", to="Phường A")
    for seq in (1, 2):
        tell(db, effects, UnitsChanged(changes=(change,), citation="NQ 1"), seq)
    assert unit_changes.every(db) == (replace(change, by="NQ 1"),)
    assert effects.law_changed
    tell(db, effects, UnitsChanged(changes=(replace(change, taken_back=True),)), 3)
    (kept,) = unit_changes.every(db)
    assert kept.taken_back


def test_a_change_of_units_without_sense_is_an_event_this_desk_does_not_know() -> None:
    body = (
        b'{"d":"","k":"units","l":1,"t":1,"u":"x","v":{"changes":[{"level":"commune","code":"1","in_force_from":"x"}]}}'
    )
    assert event_of("", 1, body).payload is None


def test_an_announcement_is_kept_once_and_stays_seen(db: DeskDatabase, effects: Effects) -> None:
    words = Announced(title="Nghỉ lễ", text="Thứ Hai nghỉ bù", until="2026-12-31")
    tell(db, effects, words)
    announcements.mark_seen(db, LOG, 1)
    tell(db, effects, words)
    (kept,) = announcements.all(db)
    assert (kept.title, kept.until, kept.is_seen) == ("Nghỉ lễ", "2026-12-31", True)


def test_an_erasure_that_names_nothing_is_set_aside_and_a_proper_one_is_remembered(
    db: DeskDatabase, effects: Effects
) -> None:
    tell(db, effects, Redacted(log="ff", seq=1, hash="00" * 32))
    assert aside(db) == [("bad-event", "redaction")]
    tell(db, effects, Redacted(log="ab" * 16, seq=4, hash="cd" * 32), 2)
    assert db.all("SELECT seq FROM redaction") == [(4,)]


def test_a_notice_of_a_later_program_waits_for_the_update(db: DeskDatabase, effects: Effects) -> None:
    tell(db, effects, None, kind="thu-moi")
    assert aside(db) == [("unknown-kind", "thu-moi")]
