from __future__ import annotations

import pytest

from desk_app.district.admin import users
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.failures import BadUserNameError, UnknownUserError, UserExistsError
from desk_app.errors import WeakPasswordError
from tests.kit.district.offices import Clock

SECRET = "cà phê sữa đá 7"


@pytest.fixture
def lan(here: DistrictOffice) -> str:
    with here.district.storage.writing() as session:
        users.add(session, "lan", SECRET, at=1)
    return "lan"


def let_in(here: DistrictOffice, name: str, password: str, *, at: int = 1000) -> str:
    with here.district.storage.writing() as session:
        secret = users.secret_of(session, name)
        return users.begin_visit(session, name, secret=secret, at=at) if users.fits(secret, password) else ""


def who(here: DistrictOffice, token: str, at: int = 1000) -> str:
    with here.district.storage.reading() as session:
        return users.visitor(session, token, at=at)


def test_the_right_password_begins_a_visit_in_either_spelling(here: DistrictOffice, lan: str) -> None:
    import unicodedata

    assert who(here, let_in(here, lan, SECRET)) == "lan"
    assert who(here, let_in(here, lan, unicodedata.normalize("NFD", SECRET))) == "lan"


@pytest.mark.parametrize(("name", "password"), [("lan", "cà phê sữa đá 8"), ("lan", ""), ("minh", SECRET), ("", "")])
def test_nothing_else_does(here: DistrictOffice, lan: str, name: str, password: str) -> None:
    assert let_in(here, name, password) == ""


def test_a_visit_ends_after_a_working_day_or_on_wish(here: DistrictOffice, lan: str) -> None:
    token = let_in(here, lan, SECRET)
    assert who(here, token, 1000 + 8 * 3_600_000) == "lan"
    assert who(here, token, 1001 + 8 * 3_600_000) == ""
    with here.district.storage.writing() as session:
        users.end_visit(session, token)
    assert who(here, token) == ""


def test_a_new_password_or_a_removal_ends_every_visit(here: DistrictOffice, lan: str) -> None:
    token = let_in(here, lan, SECRET)
    with here.district.storage.writing() as session:
        users.set_password(session, lan, "một mật khẩu khác")
    assert who(here, token) == ""
    assert let_in(here, lan, SECRET) == ""
    token = let_in(here, lan, "một mật khẩu khác")
    with here.district.storage.writing() as session:
        users.remove(session, lan)
    assert who(here, token) == ""


def test_a_password_that_changed_while_it_was_proved_begins_nothing(here: DistrictOffice, lan: str) -> None:
    with here.district.storage.writing() as session:
        old = users.secret_of(session, lan)
        users.set_password(session, lan, "một mật khẩu khác")
        assert users.begin_visit(session, lan, secret=old, at=1) == ""


def test_neither_passwords_nor_tokens_are_kept(here: DistrictOffice, lan: str, clock: Clock) -> None:
    token = let_in(here, lan, SECRET)
    with here.district.storage.reading() as session:
        kept = repr(session.all("SELECT * FROM account")) + repr(session.all("SELECT * FROM visit"))
    assert SECRET not in kept
    assert token not in kept


def test_names_and_passwords_are_looked_at(here: DistrictOffice, lan: str) -> None:
    with here.district.storage.writing() as session:
        for name in ("", "x", "Lan", "lan anh", "-lan", "lân", "a" * 33):
            with pytest.raises(BadUserNameError):
                users.add(session, name, SECRET, at=1)
        with pytest.raises(WeakPasswordError):
            users.add(session, "minh", "ngắn quá", at=1)
        with pytest.raises(UserExistsError):
            users.add(session, lan, SECRET, at=1)
        for missing in (users.remove, lambda s, n: users.set_password(s, n, SECRET)):
            with pytest.raises(UnknownUserError):
                missing(session, "minh")


def test_a_drawn_password_is_long_and_never_the_same() -> None:
    drawn = {users.new_password() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(each) == 19 for each in drawn)


@pytest.mark.usefixtures("dear_guesses")
def test_a_guess_is_dear() -> None:
    assert (users._hasher.time_cost, users._hasher.memory_cost) == (3, 65536)
