"""A sealed value opens in its own place only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.district.storage.at_rest.seals import KeyedSeals, OpenSeals, opened_row, sealed_row, unopened

SEALS = KeyedSeals(b"k" * 32)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(value=st.binary(), log=st.binary(), first=st.integers(0, 2**62))
def test_what_was_sealed_opens_where_it_was_sealed(value: bytes, log: bytes, first: int) -> None:
    stored = SEALS.sealed("frame", "z", (log, first), value)
    assert SEALS.opened("frame", "z", (log, first), stored) == value
    assert len(value) < 4 or value not in stored


@given(name=TEXT, number=TEXT, n=st.integers(0, 2**62))
def test_texts_stay_texts(name: str, number: str, n: int) -> None:
    for column, value in (("applicant", name), ("id_number", number)):
        stored = SEALS.sealed("dossier", column, (n,), value)
        assert isinstance(stored, str)
        assert SEALS.opened("dossier", column, (n,), stored) == value


@pytest.mark.parametrize(
    ("table", "column", "key"),
    [
        ("dossier", "applicant", (8,)),
        ("dossier", "id_number", (7,)),
        ("account", "secret", (7,)),
        ("device", "reason", (7,)),
        ("dossier", "applicant", ("7",)),
        ("dossier", "applicant", (7, 7)),
    ],
)
def test_a_value_moved_to_another_place_is_empty_there(table: str, column: str, key: tuple[object, ...]) -> None:
    stored = SEALS.sealed("dossier", "applicant", (7,), "Nguyễn Thị Thử")
    assert SEALS.opened(table, column, key, stored) == ""
    assert not SEALS.opens(table, column, key, stored)


@pytest.mark.parametrize("spoil", [lambda s: s[:-1], lambda s: b"", lambda s: s + b"x", lambda s: bytes(len(s))])
def test_an_altered_value_is_empty(spoil) -> None:
    stored = SEALS.sealed("blob_piece", "data", ("u", b"s", 0), b"trang quet")
    assert SEALS.opened("blob_piece", "data", ("u", b"s", 0), spoil(stored)) == b""
    assert KeyedSeals(b"x" * 32).opened("blob_piece", "data", ("u", b"s", 0), stored) == b""


def test_what_an_earlier_version_left_in_the_clear_does_not_pass_for_sealed() -> None:
    assert SEALS.opened("dossier", "applicant", (7,), "Nguyễn Thị Thử") == ""
    assert SEALS.opened("dossier", "applicant", (7,), "TmFt") == ""


def test_whole_rows_go_in_and_out() -> None:
    row = (b"log", 1, 4, b"prev", b"head", b"signature", b"bodies", 5, 0)
    stored = sealed_row(SEALS, "frame", row)
    assert stored[6] != b"bodies"
    assert [*stored[:6], *stored[7:]] == [*row[:6], *row[7:]]
    assert tuple(opened_row(SEALS, "frame", stored)) == row
    assert unopened(SEALS, "frame", stored) == []
    assert unopened(SEALS, "frame", row) == ["z"]
    assert tuple(sealed_row(OpenSeals(), "frame", row)) == row


def test_the_same_value_looks_different_each_time() -> None:
    assert len({SEALS.sealed("dossier", "id_number", (1,), "001190012345") for _ in range(20)}) == 20
