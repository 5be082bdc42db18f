"""What syncing keeps beside the journal: its state, devices, what was set aside, announcements, the device's keys."""

from __future__ import annotations

import pytest

from desk_app import keyrings
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import set_aside
from desk_app.store.keys import vault
from desk_app.store.peers import announcements, device_key, devices, sync_state
from desk_app.store.peers.sync_state import Said, SyncState
from tests.kit.desk import books

LOG, KID = bytes(range(16)), b"12345678"


def test_a_desk_never_enrolled_has_a_state_of_defaults(db):
    assert sync_state.get(db) == SyncState()
    assert sync_state.clock_offset(db) == 0


def test_the_state_comes_back_as_it_was_put(db):
    state = SyncState(
        card='{"url":"https://x"}',
        certificate=b"\x00\xff",
        kid=KID,
        digits_confirmed=True,
        clock_offset=-7200,
        nonces={"00ff": Said(at=7, on_stick=True, logs={LOG.hex(): 4})},
    )
    sync_state.put(db, state)
    assert sync_state.get(db) == state
    assert sync_state.clock_offset(db) == -7200
    with unit_of_work(db):
        assert sync_state.change(db, ended_cleanly=True).clock_offset == -7200
    assert sync_state.get(db).ended_cleanly


def test_a_value_of_another_shape_counts_as_not_set(db):
    sync_state.put(db, SyncState(kid=KID, clock_offset=9))
    db.execute("UPDATE sync_state SET value = '{}' WHERE key IN ('kid', 'clock_offset')")
    assert sync_state.get(db).kid == b""
    assert sync_state.clock_offset(db) == 0


def test_a_device_is_known_by_its_key_and_stays_revoked(db):
    devices.put(db, KID, b"cert", "H26.99", 2, "Quầy 2")
    assert devices.get(db, KID) == devices.DeviceRow(
        kid=KID, certificate=b"cert", unit="H26.99", desk=2, name="Quầy 2", is_revoked=False, reason=""
    )
    devices.revoke(db, KID, "mất máy")
    devices.put(db, KID, b"newer", "H26.99", 2, "Quầy 2")
    found = devices.get(db, KID)
    assert (found.certificate, found.is_revoked, found.reason) == (b"newer", True, "mất máy")
    devices.revoke(db, b"unknown!", "chưa từng thấy")
    devices.put(db, b"unknown!", b"late", "H26.99", 1, "Quầy 1")
    assert [(device.desk, device.is_revoked) for device in devices.all(db)] == [(1, True), (2, True)]
    assert devices.get(db, b"nobody..") is None


def test_what_is_set_aside_is_set_aside_once_and_settled_for_good(db):
    for _ in range(2):
        set_aside.put(db, 5, LOG, 3, "bad-event", body="{", detail="không đọc được")
    set_aside.put(db, 6, LOG, 4, "revoked")
    first, second = set_aside.all(db)
    assert (first.at, first.seq, first.reason, first.body, first.detail) == (5, 3, "bad-event", "{", "không đọc được")
    set_aside.settle(db, first.n)
    set_aside.put(db, 5, LOG, 3, "bad-event", body="{", detail="không đọc được")
    assert set_aside.all(db) == [second]


def test_announcements_are_kept_once_seen_once_and_end_with_their_last_day(db):
    for _ in range(2):
        announcements.put(db, LOG, 1, at=10, author="Cấp trên", title="Nghỉ lễ", text="…", until="2026-11-20")
    announcements.put(db, LOG, 2, at=20, author="Cấp trên", title="Luôn luôn", text="…")
    assert [one.title for one in announcements.all(db)] == ["Luôn luôn", "Nghỉ lễ"]
    assert [one.title for one in announcements.all(db, on="2026-11-20")] == ["Luôn luôn", "Nghỉ lễ"]
    assert [one.title for one in announcements.all(db, on="2026-11-21")] == ["Luôn luôn"]
    announcements.mark_seen(db, LOG, 1)
    announcements.put(db, LOG, 1, at=10, author="Cấp trên", title="Nghỉ lễ", text="…", until="2026-11-20")
    assert [one.is_seen for one in announcements.all(db)] == [False, True]


class Keyring:
    """A key store in memory."""

    label = "thử"

    def __init__(self):
        self.kept = {}

    def put(self, name, secret):
        self.kept[name] = secret

    def get(self, name):
        return self.kept.get(name)


@pytest.fixture
def keyring(monkeypatch):
    found = Keyring()
    monkeypatch.setattr(keyrings, "trusted", lambda: found)
    return found


def test_the_devices_keys_are_where_the_vault_is(tmp_path, keyring):
    (tmp_path / "a").mkdir()
    vault.create(tmp_path / "a", passphrase=None)
    db = books.made(tmp_path / "a")
    assert device_key.get(tmp_path / "a", db) is None
    device_key.put(tmp_path / "a", db, b"s" * 64)
    assert device_key.get(tmp_path / "a", db) == b"s" * 64
    assert db.one("SELECT count(*) FROM secret") == (0,)
    keyring.kept.pop(f"{vault.name_of(tmp_path / 'a')}-device")
    assert device_key.get(tmp_path / "a", db) is None
    db.close()


def test_without_a_key_store_the_devices_keys_are_in_the_encrypted_database(tmp_path):
    vault.create(tmp_path, passphrase="thử")
    db = books.made(tmp_path)
    for secret in (b"s" * 64, b"t" * 64):
        device_key.put(tmp_path, db, secret)
        assert device_key.get(tmp_path, db) == secret
    db.close()
