"""Which passwords are taken, and why others are not."""

from __future__ import annotations

import unicodedata

import pytest

from desk_app.district.admin import users
from desk_app.domain import passwords
from desk_app.errors import WeakPasswordError
from desk_app.services.setup import setup

RULES = setup.password_rules()
PLACE = ("H26.99", "xã Đông Sơn", "tỉnh Thanh Hóa", "Lê Văn Mẫu")


def why(password: str) -> str:
    """The reason it is refused, "" when it is taken."""
    try:
        passwords.refuse_weak(password, RULES, known=PLACE)
    except WeakPasswordError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "một hai ba, thử nghiệm",
        "Trâu gặm7#",
        "Kx9#mTqa",
        "bò vàng ăn cỏ non trên đê",
        "mật khẩu của cấp trên",
        "x7mq-4tnp-h2wd-9kfb",
    ],
)
def test_one_of_four_kinds_or_a_sentence_is_taken(password: str) -> None:
    assert why(password) == ""


@pytest.mark.parametrize("password", ["", "1", "abc", "Xa@2026", "Kx9#mTq"])
def test_one_that_is_too_short_is_told_how_much_is_asked(password: str) -> None:
    assert "ít nhất 8" in why(password)
    assert f"mới có {len(password)} ký tự" in why(password)


@pytest.mark.parametrize(
    "password",
    [
        "12345678",
        "87654321",
        "11111111",
        "matkhau123",
        "Matkhau@123",
        "M@tKh4u2026",
        "Mật khẩu 2026!",
        "Password1!",
        "P@ssw0rd",
        "Qwerty123!",
        "Admin@2026",
        "admin@123456789012345",
        "Quantri@123",
        "Xaphuong@2026",
        "Ubnd@2026",
        "Dongson@2026",
        "Đông Sơn 2026!",
        "Xadongson#1",
        "H26.99@Xa",
        "Thanhhoa@36",
        "Levanmau@1990",
        "aaaaaaaaaaaaaaaa",
        "abcdefghijklmnop",
        "qwertyuiopasdfghjkl",
        "15011990150119901501",
        "Zxcvbnm,./123",
    ],
)
def test_one_that_anybody_would_guess_is_refused(password: str) -> None:
    assert "dễ đoán" in why(password)


def test_what_is_missing_is_named() -> None:
    assert "thiếu chữ hoa, chữ số, ký hiệu" in why("traugamco")
    assert "thiếu ký hiệu" in why("Traugam9bo")
    assert "15 ký tự" in why("Traugam9bo")


def test_a_few_marks_again_and_again_are_no_sentence() -> None:
    assert "lặp đi lặp lại" in why("krkr krkr krkr krkr")


def test_a_blank_at_the_ends_is_refused_because_nobody_sees_it() -> None:
    assert "dấu cách" in why("Kx9#mTqa ")


def test_the_reason_never_repeats_the_password() -> None:
    for password in ("Dongson@2026", "ngắn", "traugamco"):
        assert password not in why(password)


@pytest.mark.parametrize("typed", ["hoà bình mãi mãi", "hòa bình mãi mãi\r\n"])
def test_two_habits_of_writing_are_one_password(typed: str) -> None:
    assert "hòa bình mãi mãi" in passwords.spellings(typed)
    assert "hòa bình mãi mãi" in passwords.spellings(unicodedata.normalize("NFD", typed))


def test_the_first_spelling_is_the_one_typed() -> None:
    assert passwords.spellings("thuỷ ") == ("thuỷ ", "thủy ")
    assert passwords.spellings("abc") == ("abc",)


def test_the_district_asks_what_the_desks_ask() -> None:
    assert users.password_rules() == RULES


def test_the_rule_names_its_source_and_says_whether_it_was_verified() -> None:
    assert "QCVN 12:2026" in RULES.citation
    assert RULES.verified is False
    assert all(word == passwords._letters(passwords.fold(word)) for word in RULES.common)


@pytest.mark.parametrize("row", ["qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"])
def test_any_piece_of_a_row_of_keys_is_guessed_in_both_directions(row: str) -> None:
    for whole in (row, row[::-1]):
        for at in range(len(whole) - 3):
            assert passwords.is_guessed(whole[at : at + 4], RULES), whole[at : at + 4]
    assert not passwords.is_guessed(row[0] + row[4] + row[2] + row[6], RULES)


def test_a_sentence_is_as_long_as_the_rules_say_and_not_a_letter_shorter() -> None:
    sentence = "bòvàngăncỏnontrênđêbờsôngchiềuhè"[: RULES.sentence]
    assert len(sentence) == RULES.sentence
    assert why(sentence) == ""
    assert "còn thiếu" in why(sentence[:-1])


def test_lines_of_notes_and_empty_lines_are_no_words() -> None:
    head = 'citation = "x"\nverified = false\nshortest = 8\nkinds = []\nsentence = 15\ndifferent = 6\n'
    assert passwords.rules_from(head, "# ghi chú\n\n abc \nmatkhau\n").common == {"abc", "matkhau"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("xã Đông Sơn", {"xa", "dong", "son", "xadongson", "dongson"}),
        ("Y Bé", {"be", "ybe"}),
        ("A", set()),
        ("", set()),
    ],
)
def test_a_name_is_guessed_by_its_words_and_with_or_without_its_kind(name: str, words: set[str]) -> None:
    assert passwords._words_of(name) == words


@pytest.mark.parametrize(
    ("part", "is_row"), [("qw", False), ("aa", False), ("qwe", True), ("aaa", True), ("qwt", False)]
)
def test_a_row_has_three_marks(part: str, *, is_row: bool) -> None:
    assert passwords._is_row(part) is is_row


def test_a_sentence_has_so_many_different_marks_and_not_one_fewer() -> None:
    marks = "kvtgzjmxr"
    enough, few = ((marks[:count] * 9)[: RULES.sentence] for count in (RULES.different, RULES.different - 1))
    assert why(enough) == ""
    assert "lặp đi lặp lại" in why(few)
