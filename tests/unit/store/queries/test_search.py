"""Search: what a typed text means, by example; and the index against reading every row."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers.events import Corrected
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import LimitUnit, Procedure, TimeLimit
from desk_app.services.setup import demo_people
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal.bulk import load
from desk_app.store.queries import dossiers
from desk_app.store.queries.search import readings, search
from desk_app.store.reference import catalogue
from tests.kit.desk import books
from tests.kit.desk.books import NOON

PEOPLE = {
    1: ("Nguyễn Văn An", "001190000001", "0912345678"),
    2: ("Nguyễn Thị Ánh Nguyệt", "001190000042", "0912345001"),
    3: ("Đặng Đức Ước", "024085123456", "+84 987 654 321"),
    4: ("Tăng Khải", "B1234567", ""),
    5: ("Trần Nguyên Vũ", "", "0355000999"),
    6: ("H'Hen Niê", "066195000777", ""),
}


@pytest.fixture
def desk(db):
    for number, (name, id_number, phone) in PEOPLE.items():
        books.received(db, number, name=name, id_number=id_number, phone=phone)
    return db


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen", [2, 1, 5]),  # those whose name begins so first, then newest
        ("Nguyễn Văn", [1]),
        ("ng van a", [1]),
        ("van nguyen", [1]),  # any order, when the order typed finds nothing
        ("an nguyen", [2, 1]),
        ("nva", [1]),
        ("n v a", [1]),
        ("n t a n", [2]),
        ("dang", [3]),
        ("đặng", [3]),
        ("duc uoc", [3]),
        ("uoc", [3]),
        ("tan k", [4]),  # no syllable is "tan", so it is read as the beginning of one
        ("hhen", [6]),
        ("nie", [6]),
        ("0003", [3]),
        ("3", [3]),
        ("261120-0005", [5]),
        ("261120 0005", [5]),
        ("H26.99-261120-0002", [2]),
        ("h2699261120 0002", []),
        ("h26992611200002", [2]),
        ("h26.99-2611", [6, 5, 4, 3, 2, 1]),
        ("085123", [3]),
        ("0987 654 321", [3]),
        ("0987654321", [3]),
        ("+84987654321", [3]),
        ("042", [2]),
        ("999", [5]),
        ("1234567", [4, 1]),  # within a passport and within a phone
        ("b1234567", [4, 1]),
        ("nguyen 0002", [2]),
        ("nguyen 777", []),
        ("khong co ai", []),
        ("", []),
        ('" OR *', []),
        ("%_'", []),
    ],
)
def test_a_typed_text_finds_who_is_meant(desk, typed, found):
    assert [int(row.code[-4:]) for row in search(desk, typed)] == found
    assert [int(row.code[-4:]) for row in search(desk, unicodedata.normalize("NFD", typed))] == found


def test_a_corrected_name_is_found_and_the_wrong_one_no_more(desk):
    dossier = dossiers.row_by_code(desk, "H26.99-261120-0001").dossier
    change = {"people.applicant.full_name": "Quách Thành Danh", "people.applicant.phone": "0110777888"}
    books.written(desk, Corrected(changes=change), dossier=dossier)
    assert [row.applicant for row in search(desk, "quach")] == ["Quách Thành Danh"]
    assert [row.applicant for row in search(desk, "777888")] == ["Quách Thành Danh"]
    assert search(desk, "nguyen van") == []


def test_a_name_of_any_length_is_kept_and_found_by_its_beginning(db):
    books.received(db, 1, name="Nguyễn " + "Rất Dài " * 140 + "Cuối")
    assert len(search(db, "nguyen rat dai")) == 1


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    database = books.made(tmp_path_factory.mktemp("crowd"))
    load(database, demo_people.dossiers(1200, until=datetime(2026, 11, 20, 16, tzinfo=VIETNAM), seed=3))
    every = [
        row
        for chunk in dossiers.ids(database, which="all", day_start_ms=0, now_ms=0)
        for row in dossiers.rows(database, chunk)
    ]
    yield database, sorted(every, key=lambda row: -row.id)
    database.close()


def read_through(every, typed):
    """What the text means, without an index."""
    for reading in readings(typed):
        found = [row for row in every if reading.matches(row)]
        if found:
            return found
    return []


def parts(row):
    """Texts a clerk might type of a dossier."""
    words = row.applicant.split()
    yield from (row.applicant, " ".join(words[-2:]), " ".join(reversed(words)), words[-1], words[0][:3])
    yield " ".join(word[:2] for word in words)
    yield " ".join(word[0] for word in words)
    yield "".join(word[0] for word in words)
    yield words[0] + " " + words[-1][:1]
    yield from (row.id_number, row.id_number[3:9], row.id_number[-3:], row.phone[2:7], row.code[-4:], row.code[-11:])
    yield f"{words[-1]} {row.code[-4:]}"
    yield f"{words[0]} {row.id_number[-4:]}"


@given(data=st.data())
def test_the_index_finds_what_reading_every_row_finds(crowd, data):
    db, every = crowd
    row = data.draw(st.sampled_from(every))
    typed = data.draw(st.sampled_from(list(parts(row))))
    cut = data.draw(st.integers(1, len(typed)))
    expected = read_through(every, typed[:cut])
    found = search(db, typed[:cut], limit=len(every))
    assert {one.id for one in found} == {one.id for one in expected}
    assert expected or cut < len(typed) or not typed


@given(typed=st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy0123456789 .-'\"*()^:_", max_size=12))
def test_no_text_breaks_the_index(crowd, typed):
    db, every = crowd
    if any(character.isalpha() for character in typed) and any(character.isdigit() for character in typed):
        search(db, typed)  # may be read as a code
    else:
        assert {row.id for row in search(db, typed, limit=len(every))} == {row.id for row in read_through(every, typed)}


def test_few_are_the_newest_of_all(crowd):
    db, every = crowd
    expected = [row.id for row in read_through(every, "thi")][:20]
    assert {row.id for row in search(db, "thi", limit=20)} == set(expected)


CHILD = Person(full_name="Lò Bé Ƀan", id_number="001226000009")
MOTHER = Person(full_name="Ka' Ơ̆ Niê", id_number="068190000123", old_id_number="251234567", phone="0977000111")
BIRTH, COPY = "1.001193", "2.000815"
DAY = 86_400_000


@pytest.fixture
def families(db):
    with unit_of_work(db):
        catalogue.put(db, titled(BIRTH, "Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"), added_at=1)
        catalogue.put(db, titled(COPY, "Chứng thực bản sao từ bản chính", "Chứng thực bản sao"), added_at=1)
    people = {"applicant": Person(full_name="Lò Văn Cha", id_number="001190000001"), "child": CHILD, "mother": MOTHER}
    books.received(db, 1, people=people, procedure=BIRTH, received_at=NOON, due_at=NOON + 3 * DAY)
    spouse = {"spouse.full_name": "Nguyễn Thị Ánh", "purpose": "Mua nhà cho Phạm Tuyên"}
    books.received(db, 2, name="Trần An Bé", fields=spouse, procedure=COPY, received_at=NOON + 8 * DAY, due_at=0)
    return db


def titled(code, name, title):
    return Procedure(code=code, name=name, short_name=title, version="1", limit=TimeLimit(unit=LimitUnit.SAME_DAY))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bé ban", [1]),  # the child
        ("niê", [1]),  # the mother
        ("ka o nie", [1]),
        ("068190000123", [1]),
        ("251234567", [1]),
        ("0977000111", [1]),
        ("977000", [1]),
        ("nguyễn thị ánh", [2]),  # a name among the answers
        ("tuyên", []),  # an answer that is no name
        ("khai sinh", [1]),
        ("khai s", [1]),
        ("dang ky khai sinh", [1]),
        ("chung thuc", [2]),
        ("ban sao tu ban chinh", [2]),
        ("21/11", [1]),  # received
        ("24/11/2026", [1]),  # due
        ("24-11-26", [1]),
        ("29/11", [2]),
        ("29/11/2025", []),
        ("31/02", []),
        ("khai sinh bé ban", [1]),
        ("bé ban khai sinh", [1]),
        ("be ban 21/11", [1]),
        ("khai sinh 24/11", [1]),
        ("khai sinh 29/11", []),
        ("chung thuc be ban", []),
        ("an bé 29/11/2026 chung thuc", [2]),
        ("be", [2, 1]),
    ],
)
def test_everybody_named_a_procedure_and_a_day_are_found(families, typed, found):
    assert [int(row.code[-4:]) for row in search(families, typed)] == found


def test_people_called_like_a_procedure_come_before_its_dossiers(families):
    books.received(families, 3, name="Khải Sinh")
    assert [int(row.code[-4:]) for row in search(families, "khai sinh")] == [3, 1]


def test_a_corrected_child_is_found_by_the_new_name_only(families):
    dossier = dossiers.row_by_code(families, "H26.99-261120-0001").dossier
    books.written(families, Corrected(changes={"people.child.full_name": "Lò Mai Ly"}), dossier=dossier)
    assert len(search(families, "mai ly")) == 1
    assert search(families, "be ban") == []
