from __future__ import annotations

from itertools import count

import pytest

from desk_app.district.admin import lockout
from desk_app.district.admin.folder import DistrictOffice

MINUTE, HOUR = 60_000, 3_600_000


class Guesses:
    """Wrong tries against one district."""

    def __init__(self, here: DistrictOffice) -> None:
        self.here = here
        self.at = 1_000_000

    def wrong(self, name: str, address: str, times: int = 1) -> int:
        """How many of them were looked at."""
        looked_at = 0
        with self.here.district.storage.writing() as session:
            for _ in range(times):
                looked_at += lockout.take_try(session, name, address, at=self.at) is None
        return looked_at

    def is_locked(self, name: str, address: str) -> bool:
        with self.here.district.storage.reading() as session:
            return lockout.locked(session, name, address, at=self.at) is not None

    def right(self, name: str, address: str) -> None:
        with self.here.district.storage.writing() as session:
            lockout.right(session, name, address)


@pytest.fixture
def guesses(here: DistrictOffice) -> Guesses:
    return Guesses(here)


def test_one_address_is_shut_out_of_an_account_before_the_account_is_shut_for_others(guesses: Guesses) -> None:
    assert guesses.wrong("lan", "192.0.2.7", 50) == 5
    assert guesses.is_locked("lan", "192.0.2.7")
    assert not guesses.is_locked("lan", "192.0.2.8")
    assert not guesses.is_locked("minh", "192.0.2.7")


def test_an_account_that_many_addresses_guess_at_is_shut_for_all_of_them(guesses: Guesses) -> None:
    looked_at = sum(guesses.wrong("lan", f"192.0.2.{n}") for n in range(1, 100))
    assert looked_at == 10
    assert guesses.is_locked("lan", "198.51.100.1")
    assert not guesses.is_locked("minh", "198.51.100.1")


def test_an_address_that_guesses_at_many_accounts_is_shut_out_of_all(guesses: Guesses) -> None:
    looked_at = sum(guesses.wrong(f"ten-{n}", "192.0.2.7") for n in range(100))
    assert looked_at == 20
    assert guesses.is_locked("nobody-yet", "192.0.2.7")


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:DB8::1", "2001:db8::2")],
)
def test_a_house_is_one_address_in_whatever_spelling(guesses: Guesses, one: str, other: str) -> None:
    guesses.wrong("lan", one, 5)
    assert guesses.is_locked("lan", other)


def test_each_wrong_try_after_a_lock_waits_twice_as_long_up_to_an_hour(guesses: Guesses) -> None:
    guesses.wrong("lan", "192.0.2.7", 5)
    for minutes in (5, 10, 20, 40, 60, 60):
        guesses.at += minutes * MINUTE - 1
        assert guesses.is_locked("lan", "192.0.2.7")
        guesses.at += 1
        assert guesses.wrong("lan", "192.0.2.7") == 1


def test_a_right_password_forgets_the_account_and_not_what_the_address_did_to_others(guesses: Guesses) -> None:
    for n in range(19):
        guesses.wrong(f"ten-{n}", "192.0.2.7")
    guesses.wrong("lan", "192.0.2.7")  # the try that proves right
    guesses.right("lan", "192.0.2.7")
    assert not guesses.is_locked("lan", "192.0.2.7")
    guesses.wrong("minh", "192.0.2.7")
    assert guesses.is_locked("lan", "192.0.2.7")


def test_a_whole_office_behind_one_address_signs_in(guesses: Guesses) -> None:
    for n in range(200):
        assert guesses.wrong(f"ten-{n}", "192.0.2.7") == 1
        guesses.right(f"ten-{n}", "192.0.2.7")


def test_what_was_wrong_is_forgotten_after_a_day(guesses: Guesses) -> None:
    guesses.wrong("lan", "192.0.2.7", 4)
    guesses.at += 24 * HOUR
    assert guesses.wrong("lan", "192.0.2.7", 9) == 5


def test_guesses_of_a_year_leave_few_rows(guesses: Guesses, here: DistrictOffice) -> None:
    for n in range(300):
        guesses.wrong(f"ten-{n}", f"192.0.2.{n % 200}")
        guesses.at += 30 * HOUR
    with here.district.storage.reading() as session:
        assert session.one("SELECT COUNT(*) FROM lockout") == (3,)


def test_a_guess_every_five_minutes_gets_few_tries_in_a_day(guesses: Guesses) -> None:
    end, tries = guesses.at + 24 * HOUR, 0
    for n in count():
        if guesses.at >= end:
            break
        tries += guesses.wrong("lan", f"192.0.2.{n % 250}")
        guesses.at += MINUTE
    assert tries < 45


def test_neither_names_nor_addresses_stand_in_the_table(guesses: Guesses, here: DistrictOffice) -> None:
    guesses.wrong("mat-khau-go-nham-o", "192.0.2.7")
    with here.district.storage.reading() as session:
        kept = b"".join(bytes(part) for row in session.all("SELECT account, address FROM lockout") for part in row)
    assert b"mat-khau" not in kept
    assert b"192.0" not in kept
