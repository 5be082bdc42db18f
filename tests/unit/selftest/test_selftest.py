from __future__ import annotations

import socket
import sqlite3
import ssl
import sys
import time
import zipfile
import zipimport
from contextlib import closing
from datetime import UTC, datetime
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from desk_app import keyrings, places
from desk_app import lazy as lazy_imports
from desk_app.documents.output import pdf
from desk_app.errors import NoKeyStoreError
from desk_app.lazy import named_late
from desk_app.selftest import command, encryption, key_store, letters_on_paper, loopback, machine, modules, shipped
from desk_app.selftest.items import END_S, LAUNCHERS_END, WHOLE_S, carried_out, items, seconds_given
from desk_app.selftest.trial import Item, ItemOutcome, Trial, TrialError, tried
from desk_app.services.maintenance import devices

NOW = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)


class Store:
    """A keyring backend in memory; `forgets` False keeps what is deleted, `changes` gives back something else."""

    def __init__(self, *, forgets: bool = True, changes: bool = False) -> None:
        self.kept: dict[str, str] = {}
        self.forgets, self.changes = forgets, changes

    def set_password(self, service: str, username: str, password: str) -> None:
        assert service == "ban-mot-cua-selftest"
        self.kept[username] = password

    def get_password(self, service: str, username: str) -> str | None:
        kept = self.kept.get(username)
        return "khác" if self.changes and kept else kept

    def delete_password(self, service: str, username: str) -> None:
        if self.forgets:
            del self.kept[username]


def with_store(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    trusted = keyrings.TrustedKeyring(store, "Kho thử", service="ban-mot-cua-selftest")
    monkeypatch.setattr(keyrings, "trusted", lambda *, service: trusted)


def item(attempt: object, *, patience_s: float = 5.0) -> Item:
    return Item(name="thu", subject="Thử", attempt=attempt, remedy="Làm lại.", patience_s=patience_s)  # type: ignore[arg-type]


def test_an_encrypted_database_keeps_its_word_and_shows_nothing_on_the_disk() -> None:
    assert encryption.database_encrypted().outcome is ItemOutcome.WELL


def test_a_database_that_lies_in_the_clear_is_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "desk.db")) as plain:
        plain.execute("CREATE TABLE t(a)")
    with pytest.raises(TrialError, match="đọc được"):
        encryption._refuse_readable(tmp_path, "chữ")


def test_every_letter_of_vietnamese_is_seen_on_the_paper() -> None:
    assert len(letters_on_paper.MARKED) == 134
    assert "134" in letters_on_paper.every_letter().state


@pytest.mark.parametrize("instead", ["\uf8ff", " ", "ă"], ids=["empty box", "nothing", "another letter"])
def test_a_letter_that_is_drawn_as_something_else_is_named(instead: str) -> None:
    letters = letters_on_paper.MARKED + letters_on_paper._NO_GLYPH
    page = letters_on_paper._page(letters.replace("ễ", instead), "R")
    image = pdf.to_image(pdf.to_pdf([page], title="", subject="", code="", made_at=0), dpi=96)
    assert "ễ" in letters_on_paper.missing(image, letters)
    assert len(letters_on_paper.missing(image, letters)) == 1


def test_the_line_gives_back_what_it_got_and_trusts_one_certificate() -> None:
    assert loopback.tls_round_trip().state.startswith("TLSv1")


def test_a_line_that_trusts_any_certificate_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting(_pem: str) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
        return made

    monkeypatch.setattr(loopback.connection, "context", trusting)
    with pytest.raises(TrialError, match="vẫn được tin"):
        loopback.tls_round_trip()


def test_no_line_to_this_machine_is_a_failed_item(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> socket.socket:
        raise PermissionError(13, "no")

    monkeypatch.setattr(socket, "create_connection", refused)
    told = tried(item(loopback.tls_round_trip))
    assert (told.outcome, told.state, told.remedy) == (ItemOutcome.FAILED, "hỏng (PermissionError 13)", "Làm lại.")


def test_the_key_store_is_named_and_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    with_store(monkeypatch, store)
    assert "Kho thử" in key_store.key_store().state
    assert store.kept == {}


@pytest.mark.parametrize("store", [Store(forgets=False), Store(changes=True)], ids=["keeps", "changes"])
def test_a_key_store_that_does_not_do_what_it_says_fails(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    with_store(monkeypatch, store)
    with pytest.raises(TrialError, match="Kho thử"):
        key_store.key_store()


def test_a_machine_without_a_key_store_can_be_used_with_a_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*, service: str) -> keyrings.TrustedKeyring:
        raise NoKeyStoreError(why="fail")

    monkeypatch.setattr(keyrings, "trusted", none)
    told = key_store.key_store()
    assert told.outcome is ItemOutcome.NOTE and "mật khẩu" in told.remedy


def test_a_module_that_was_listed_and_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "modules.txt").write_text("desk_app.lazy\ndesk_app.never_copied\n", "utf-8")
    monkeypatch.setattr(places, "resources", lambda: tmp_path)
    monkeypatch.setattr(modules, "named_late", frozenset)
    with pytest.raises(TrialError, match=r"1 trong 2.*desk_app\.never_copied .ModuleNotFoundError"):
        modules.every_module()


def test_a_library_that_only_loads_late_is_tried_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modules, "names", list)
    monkeypatch.setattr(modules, "named_late", lambda: frozenset({"a_library_left_behind"}))
    with pytest.raises(TrialError, match="a_library_left_behind"):
        modules.every_module()


@pytest.mark.parametrize("module", ["grp", "fcntl"])
def test_a_module_that_windows_has_not_is_not_asked_for_there(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    before = named_late()
    monkeypatch.setattr(lazy_imports, "_named", set(before))
    monkeypatch.setattr(sys, "platform", "win32")
    lazy_imports.lazy(module, windows=False)
    assert named_late() == before
    monkeypatch.setattr(sys, "platform", "linux")
    lazy_imports.lazy(module, windows=False)
    assert module in named_late()


def test_a_slow_machine_reads_what_it_had_no_time_to_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modules, "names", lambda: ["desk_app.lazy", "desk_app.places", "desk_app.district.__main__"])
    monkeypatch.setattr(modules, "named_late", lambda: frozenset({"zipfile"}))
    monkeypatch.setattr(modules, "import_module", None)  # nothing is loaded any more
    told = modules.every_module(loading_s=-1, reading_s=60)
    assert told.outcome is ItemOutcome.NOTE
    assert "nạp 0 mô-đun, 4 mô-đun còn lại" in told.state


def test_a_machine_too_slow_to_read_says_how_much_it_did_not_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modules, "names", lambda: ["desk_app.lazy", "desk_app.places"])
    monkeypatch.setattr(modules, "named_late", frozenset)
    told = modules.every_module(loading_s=-1, reading_s=-1)
    assert told.outcome is ItemOutcome.NOTE
    assert "0 mô-đun còn lại chỉ đọc tệp" in told.state and "chưa kịp thử 2 mô-đun" in told.state


def test_a_slow_machine_finds_a_cut_module_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cut_short.pyc").write_bytes(MAGIC_NUMBER + bytes(12) + b"\xe3")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(modules, "names", lambda: ["cut_short", "never_copied"])
    monkeypatch.setattr(modules, "named_late", frozenset)
    with pytest.raises(TrialError, match=r"2 trong 2.*cut_short .EOFError.*never_copied .ModuleNotFoundError"):
        modules.every_module(loading_s=-1, reading_s=60)


def test_a_slow_machine_looks_through_the_archive_of_the_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive = tmp_path / "desk_app.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name in ("desk_app/__init__", "desk_app/lazy", "desk_app/places"):
            packed.writestr(f"{name}.pyc", b"bytecode of " + name.encode())
    monkeypatch.setattr(modules.desk_app, "__loader__", zipimport.zipimporter(str(archive)))
    monkeypatch.setattr(modules, "names", lambda: ["desk_app", "desk_app.lazy", "desk_app.places"])
    monkeypatch.setattr(modules, "named_late", lambda: frozenset({"zipfile"}))
    assert "4 mô-đun còn lại" in modules.every_module(loading_s=-1).state
    monkeypatch.setattr(modules, "names", lambda: ["desk_app.lazy", "desk_app.never_copied"])
    archive.write_bytes(archive.read_bytes().replace(b"bytecode of desk_app/lazy", b"bytecode of desk_app/lady"))
    with pytest.raises(TrialError, match=r"desk_app\.never_copied .ModuleNotFoundError.*desk_app\.lazy .BadZipFile"):
        modules.every_module(loading_s=-1)


def test_the_walk_finds_every_source_file() -> None:
    root = places.program_root()
    files = [file.relative_to(root).with_suffix("") for file in (root / "desk_app").rglob("*.py")]
    dotted = {".".join(file.parts).removesuffix(".__init__") for file in files} - {"desk_app"}
    assert set(modules.names()) == dotted


def test_forms_fonts_and_lists_are_read() -> None:
    assert "biểu mẫu" in shipped.forms_and_fonts().state
    assert "3321" in shipped.carried_lists(NOW.date()).state


def test_a_lost_font_fails_the_item(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "resources", lambda: tmp_path)
    assert tried(item(shipped.forms_and_fonts)).outcome is ItemOutcome.FAILED


def test_printers_and_ports_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "printer_names", lambda: ["Canon", "XP80"])
    monkeypatch.setattr(devices, "serial_ports", lambda: ["COM3"])
    monkeypatch.setattr(devices, "closed_ports", list)
    assert machine.printers().state == "Canon, XP80"
    assert machine.ports().state == "COM3"
    monkeypatch.setattr(devices, "printer_names", list)
    monkeypatch.setattr(devices, "closed_ports", lambda: ["/dev/ttyACM0"])
    assert machine.printers().outcome is ItemOutcome.NOTE
    assert "dialout" in machine.ports().remedy


def test_the_disk_is_tried_where_the_data_will_be_and_nothing_stays(tmp_path: Path) -> None:
    assert str(tmp_path) in machine.disk(tmp_path / "chưa" / "có").state
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_nothing_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(machine.os, "fsync", full)
    with pytest.raises(TrialError, match="không ghi được"):
        machine.disk(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_clock_before_the_program_was_made_fails() -> None:
    with pytest.raises(TrialError, match="trước ngày làm ra"):
        machine.clock(datetime(2019, 1, 1, tzinfo=UTC))
    assert machine.clock(NOW).outcome is not ItemOutcome.FAILED


def test_modules_are_loaded_in_the_time_that_the_other_items_leave(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given: list[float] = []

    def noted(_without: object, *, loading_s: float) -> Trial:
        given.append(loading_s)
        return Trial(state="nạp")

    monkeypatch.setattr(modules, "every_module", noted)
    now = iter((100.0, 100.0 + WHOLE_S - 4, 100.0 + WHOLE_S + 9))
    monkeypatch.setattr("desk_app.selftest.items.time.monotonic", lambda: next(now))
    chosen = items(tmp_path, NOW, has_window=False)
    [loading] = [each for each in chosen if each.takes_the_rest]
    loading.attempt()
    loading.attempt()
    assert (loading.name, given[0]) == ("modules", 4.0)
    assert given[1] > 0  # an overloaded machine loads at least some


def test_a_launcher_that_waits_is_answered_before_it_gives_up() -> None:
    assert [seconds_given({LAUNCHERS_END: by}, 1000.0) for by in ("1012", "1090", "900", "")] == [12, END_S, 1, END_S]
    assert seconds_given({}, 1000.0) == END_S


def test_what_takes_the_rest_of_the_time_comes_last_and_is_told_in_its_place() -> None:
    order: list[str] = []

    def first() -> Trial:
        order.append("first")
        return Trial(state="")

    def second() -> Trial:
        order.append("second")
        return Trial(state="")

    told = carried_out(
        (
            Item(name="a", subject="A", attempt=first, remedy="", takes_the_rest=True),
            Item(name="b", subject="B", attempt=second, remedy=""),
        )
    )
    assert order == ["second", "first"]
    assert [each.name for each, _ in told] == ["a", "b"]


def test_an_item_that_hangs_is_left_behind() -> None:
    def hang() -> Trial:
        time.sleep(1)
        raise AssertionError

    told = tried(item(hang, patience_s=0.05))
    assert told.outcome is ItemOutcome.FAILED and "không xong" in told.state


def test_an_item_that_is_only_slow_ends_beside_the_others_and_one_that_hangs_fails() -> None:
    order: list[str] = []

    def slow() -> Trial:
        time.sleep(0.3)
        order.append("slow")
        return Trial(state="tốt")

    def hang() -> Trial:
        time.sleep(5)
        raise AssertionError

    def quick() -> Trial:
        order.append("quick")
        return Trial(state="tốt")

    chosen = (item(slow, patience_s=0.05), item(hang, patience_s=0.05), item(quick))
    told = [trial for _, trial in carried_out(chosen, end_s=1.5)]
    assert order == ["quick", "slow"]
    assert [trial.outcome for trial in told] == [ItemOutcome.WELL, ItemOutcome.FAILED, ItemOutcome.WELL]
    assert told[0].ms >= 300 and "không xong trong" in told[1].state


def test_one_failed_item_makes_the_exit_code_and_names_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken() -> Trial:
        raise TrialError("hỏng rồi")

    monkeypatch.setattr(command, "items", lambda *_, **__: (item(lambda: Trial(state="tốt")), item(broken)))
    answer = command.answer(tmp_path, has_window=False)
    assert answer.exit_code == 1
    assert [line.split()[0] for line in answer.lines[:2]] == ["ĐẠT", "LỖI"]
    assert answer.data[1]["remedy"] == "Làm lại." and answer.data[1]["ok"] is False


def test_every_item_has_a_name_of_its_own_and_a_remedy(tmp_path: Path) -> None:
    chosen = items(tmp_path, NOW, has_window=True)
    assert len({each.name for each in chosen}) == len(chosen) == 11
    assert all(each.remedy and each.subject for each in chosen)


def test_a_window_program_without_a_console_writes_its_lines_to_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "items", lambda *_, **__: (item(lambda: Trial(state="tốt")),))
    monkeypatch.setattr(command.sys, "stdout", None)
    out = tmp_path / "kết quả.txt"
    assert command.of_window(["--selftest", "--data", str(tmp_path), "--out", str(out)]) == 0
    assert "Thử: tốt" in out.read_text("utf-8")
