"""Every sign-in and every look at personal data leaves a row; a new start of the server forgets no lock."""

from __future__ import annotations

import pytest

from desk_app.district import pages
from desk_app.district.admin import audit
from desk_app.district.admin.audit import AuditRow
from desk_app.district.admin.folder import DistrictOffice
from desk_app.errors import DiskFullError
from tests.kit.district import offices
from tests.kit.district.asgi import Browser
from tests.kit.district.offices import Clock
from tests.kit.fixtures.visitor import SECRET, at_the_door

NAME, NUMBER = "Lò Thị Ẩn Danh", "001190012345"


def rows(here: DistrictOffice) -> list[AuditRow]:
    with here.district.storage.reading() as session:
        return list(audit.every(session))


def test_a_lock_outlives_the_server(here: DistrictOffice, outside: Browser, clock: Clock) -> None:
    for _ in range(5):
        outside.post("/sign-in", name="lan", password="sai")
    again = at_the_door(here)
    page = again.post("/sign-in", name="lan", password=SECRET)
    assert page.status == 429
    assert "Đợi 5 phút" in page.words
    clock.at += 5 * 60_000
    assert again.post("/sign-in", name="lan", password=SECRET).status == 303


def test_good_bad_and_locked_sign_ins_stand_in_the_audit(here: DistrictOffice, outside: Browser) -> None:
    for _ in range(5):
        outside.post("/sign-in", name="lan", password="sai")
    outside.post("/sign-in", name="lan", password=SECRET)
    elsewhere = at_the_door(here, address="192.0.2.8")
    elsewhere.post("/sign-in", name="lan", password=SECRET)
    elsewhere.post("/sign-out", token=elsewhere.get("/").token)
    found = [(row.deed, row.account, row.address) for row in rows(here)]
    assert found == [
        *[("wrong", "lan", "192.0.2.7")] * 5,
        ("locked", "lan", "192.0.2.7"),
        ("signed-in", "lan", "192.0.2.8"),
        ("signed-out", "lan", "192.0.2.8"),
    ]


def test_a_name_that_nobody_has_is_not_kept_for_it_may_be_a_password(here: DistrictOffice, outside: Browser) -> None:
    outside.post("/sign-in", name="Mật khẩu gõ nhầm ô", password="x")
    (row,) = rows(here)
    assert (row.deed, row.account, row.asked) == ("wrong", "", "")


def test_who_is_locked_out_cannot_fill_the_audit(here: DistrictOffice, outside: Browser) -> None:
    for _ in range(5 + 100):
        outside.post("/sign-in", name="lan", password="sai")
    assert [row.asked for row in rows(here) if row.deed == "locked"] == [f"lần {2**n}" for n in range(7)]


def test_a_search_is_noted_without_whom_it_looked_for(here: DistrictOffice, inside: Browser) -> None:
    inside.get("/dossiers", text="lò thị ẩn", unit="H26.99", status="received", page="2")
    inside.get("/dossiers", text=NUMBER)
    inside.get("/dossiers", unit="Đậm")
    inside.get("/dossiers")
    found = [row for row in rows(here) if row.deed == "dossiers"]
    assert [row.asked for row in found] == [
        "tìm «l… t… ẩ…», đơn vị H26.99, Mới tiếp nhận, trang 3",
        "tìm «001******345», trang 1",
        "đơn vị Đ…, trang 1",
        "trang 1",
    ]
    assert {(row.account, row.address) for row in found} == {("lan", "192.0.2.7")}


def test_no_page_shows_a_name_or_number_without_a_row_in_the_audit(here: DistrictOffice, inside: Browser) -> None:
    desk = offices.enrolled(here)
    desk.receives(1, name=NAME)
    here.district.reply(desk.request())
    here.district.projection.catch_up()
    shown = 0
    for path in sorted({route.path for page in pages.PAGES for route in page.routes if route.method == "GET"}):
        before = len(rows(here))
        text = inside.get(path).words
        if NAME in text or NUMBER[-3:] in text:
            shown += 1
            assert len(rows(here)) == before + 1, path
    assert shown


def test_nothing_is_shown_that_the_audit_cannot_hold(
    here: DistrictOffice, inside: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFullError

    monkeypatch.setattr(audit, "note", full)
    answer = inside.get("/dossiers")
    assert answer.status == 503
    assert NAME not in answer.text
    assert answer.text.startswith(str(DiskFullError()))


def test_the_audit_can_be_read_on_its_page(inside: Browser) -> None:
    inside.get("/dossiers", text="lò thị ẩn")
    told = inside.get("/audit").words
    assert "vào trang" in told
    assert "tìm «l… t… ẩ…»" in told
    assert "vào trang" not in inside.get("/audit", account="minh").words


def test_a_long_audit_has_pages(here: DistrictOffice, inside: Browser) -> None:
    for _ in range(105):
        inside.get("/dossiers")
    first = inside.get("/audit")
    assert "below=7" in first.text
    assert "vào trang" in inside.get("/audit", below="7").words


@pytest.mark.parametrize("name", ["a\0b", "\ud7ff" * 70, "lan\n", "x" * 5000])
def test_any_name_at_the_door_is_only_a_wrong_one(outside: Browser, name: str) -> None:
    assert outside.post("/sign-in", name=name + "?", password=SECRET).status == 403
