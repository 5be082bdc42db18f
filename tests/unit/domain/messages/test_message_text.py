"""Templates of messages: known blanks only, a bounded text, and numbers that can receive one."""

from __future__ import annotations

import pytest

from desk_app.domain.messages.message_text import filled, is_mobile, problem_of, version_of


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{office}: hồ sơ {code} hẹn {due}", ""),
        ("không có chỗ trống", ""),
        ("ông {name}", "chỉ dùng được {office}, {code}, {due}"),
        ("hồ sơ {code", "dấu { } phải đi đôi"),
        ("hồ sơ code}", "dấu { } phải đi đôi"),
    ],
)
def test_a_template_may_have_known_blanks_alone(template: str, problem: str) -> None:
    assert problem_of(template) == problem


def test_a_blank_without_a_value_gives_nothing_and_leaves_no_double_blank() -> None:
    assert filled("Hồ sơ {code} {due} xong", {"code": "H1"}) == "Hồ sơ H1 xong"


def test_a_message_has_three_hundred_letters_at_most() -> None:
    assert filled("a" * 300, {}) == "a" * 300
    assert filled("{code}", {"code": "a" * 301}) == "a" * 300


def test_each_text_of_an_office_has_one_name() -> None:
    about, _, name = version_of("ready", "Hồ sơ {code}").partition("/")
    assert (about, len(name)) == ("ready", 8)
    assert version_of("ready", "Hồ sơ {code}") != version_of("ready", "Hồ sơ {code}.")


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("0912345678", True),
        ("0123456789", True),
        ("0312345678", True),
        ("0212345678", False),
        ("091234567", False),
        ("09123456789", False),
        ("84912345678", False),
        ("", False),
    ],
)
def test_only_ten_figures_of_no_landline_receive_a_message(number: str, *, is_one: bool) -> None:
    assert is_mobile(number) is is_one
