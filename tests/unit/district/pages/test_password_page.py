from __future__ import annotations

import pytest

from desk_app.district import pages
from desk_app.district.admin import audit, users
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.transport import http_app
from desk_app.domain import passwords
from desk_app.errors import WeakPasswordError
from desk_app.password_rules import password_rules
from tests.kit.district.asgi import Browser, Page

OLD, NEW = "một mật khẩu dài", "con trâu đi trước cái cày"


@pytest.fixture
def inside(here: DistrictOffice) -> Browser:
    with here.district.storage.writing() as session:
        users.add(session, "lan", OLD, at=1)
    return signed_in(Browser(http_app.build(here.district, pages=pages.routes(here.district, folder=here.folder))), OLD)


def signed_in(browser: Browser, password: str) -> Browser:
    assert browser.post("/sign-in", name="lan", password=password).status == 303
    return browser


def change(browser: Browser, *, old: str = OLD, new: str = NEW, again: str | None = None) -> Page:
    mark = browser.get("/password").token
    return browser.post("/password", token=mark, old=old, new=new, again=new if again is None else again)


def test_a_new_password_ends_every_session_and_the_old_one_opens_nothing(inside: Browser) -> None:
    elsewhere = signed_in(Browser(inside.app, address="192.0.2.8"), OLD)
    page = change(inside)
    assert (page.status, page.headers["location"]) == (303, "/sign-in?changed=1")
    assert inside.get("/").status == elsewhere.get("/").status == 303
    assert inside.post("/sign-in", name="lan", password=OLD).status == 403
    signed_in(inside, NEW)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"old": "sai mất rồi"}, "Mật khẩu đang dùng không đúng"),
        ({"new": OLD}, "trùng mật khẩu đang dùng"),
        ({"again": "khác"}, "không giống nhau"),
        ({"new": ""}, "Mật khẩu chưa dùng được"),
        ({"new": "Lan@123456"}, "quá dễ đoán"),
    ],
)
def test_what_cannot_be_taken_is_told_and_changes_nothing(inside: Browser, typed: dict[str, str], told: str) -> None:
    page = change(inside, **typed)
    assert page.status == 400
    assert told in page.words
    assert inside.get("/").status == 200
    signed_in(inside, OLD)


def test_who_finds_an_open_page_cannot_guess_on(inside: Browser) -> None:
    assert [change(inside, old=f"đoán {n}").status for n in range(7)] == [400] * 5 + [429] * 2
    assert change(inside).status == 429


def test_a_weak_new_password_is_no_wrong_guess(inside: Browser) -> None:
    for _ in range(12):
        assert change(inside, new="ngắn").status == 400
    assert change(inside).status == 303


def test_desk_and_district_say_the_same_of_a_weak_password(inside: Browser, here: DistrictOffice) -> None:
    for weak in ("ngắn", "Matkhau@123", "aaaaaaaaaaaaaaaaaaaa", " dấu cách ở đầu "):
        with pytest.raises(WeakPasswordError) as refused:
            passwords.refuse_weak(weak, password_rules())
        page = change(inside, new=weak)
        assert str(refused.value) in page.words
        with here.district.storage.writing() as session, pytest.raises(WeakPasswordError) as told:
            users.add(session, "minh", weak, at=1)
        assert str(told.value) == str(refused.value)


def test_the_name_of_the_district_is_no_password(inside: Browser) -> None:
    assert "quá dễ đoán" in change(inside, new="UBND tỉnh Thử 2026").words


def test_a_password_of_three_hundred_letters_opens_as_it_was_set(inside: Browser) -> None:
    long = "con trâu đi trước, cái cày theo sau; " * 9
    assert change(inside, new=long.strip()).status == 303
    signed_in(inside, long.strip())


def test_the_audit_holds_the_change_and_no_password(inside: Browser, here: DistrictOffice) -> None:
    change(inside, old="sai mất rồi")
    change(inside)
    with here.district.storage.reading() as session:
        found = list(audit.every(session))
    assert [(row.deed, row.account) for row in found] == [("signed-in", "lan"), ("wrong", "lan"), ("password", "lan")]
    assert not any(secret in repr(found) for secret in (OLD, NEW, "sai mất"))
