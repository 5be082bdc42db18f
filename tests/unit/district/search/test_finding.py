"""The index finds what a slow reading of every name finds, with work that has an end, and holds no readable word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.district.admin import register
from desk_app.district.admin.register import Wanted
from desk_app.district.search import bits, finding
from desk_app.district.search.index import HIDDEN, NameIndex
from desk_app.district.storage.sqlite import SqliteStorage
from desk_app.domain.dossiers.events import Corrected, StepTaken
from desk_app.domain.name_words import any_order, finished, initials, name_words, words_of
from desk_app.protocol.keys import Keys
from tests.kit.district import listed
from tests.kit.district.listed import CountingSession, Listed

KEYS, KEY = Keys.new(), bytes(range(32))
BIG = ("dossier", "dossier_word", "dossier_held", "dossier_key", "event", "frame")


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[SqliteStorage]:
    opened = SqliteStorage(tmp_path / "district.db", KEY)
    yield opened
    opened.close()


@pytest.fixture
def index() -> NameIndex:
    return NameIndex(KEYS)


def found(storage: SqliteStorage, index: NameIndex, text: str, **narrowed: object) -> list[int]:
    with storage.reading() as session:
        wanted = Wanted(text=text, **narrowed)  # type: ignore[arg-type]
        return [one.n for one in register.find(session, index, wanted).rows]


SYLLABLES = st.sampled_from(
    ["Nguyễn", "nguyên", "Thị", "Thịnh", "Văn", "An", "Anh", "Ánh", "A", "Tân", "Tăng", "Đặng", "Ước", "K'Ho", "Y"]
)
NAMES = st.lists(SYLLABLES, min_size=1, max_size=5).map(" ".join)
PEOPLE = st.lists(NAMES, min_size=1, max_size=25)
TYPED = st.lists(
    st.one_of(
        SYLLABLES,
        st.sampled_from(["ng", "nguy", "t", "th", "a", "AN", "tan", "y", "d", "uoc", "KHO", "nva", "x", "zz"]),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


def slowly(names: dict[int, str], text: str) -> list[int]:
    """Every name read, the readings one after the other, the newest first."""
    words = words_of(text)
    whole, begun = finished(words)
    rules: list[Callable[[tuple[str, ...]], bool]] = []
    if len(words) > 2 and all(len(word) == 1 for word in words):
        rules.append(lambda name: initials(name, words))
    rules.append(lambda name: any_order(name, begun, whole))
    rules.append(lambda name: any_order(name, words))
    if len(words) == 1 and 3 <= len(words[0]) <= 6:
        rules.append(lambda name: initials(name, tuple(words[0])))
    for rule in rules:
        if meant := [n for n, name in names.items() if rule(name_words(name))]:
            return sorted(meant, reverse=True)
    return []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(people=PEOPLE, typed=st.lists(TYPED, min_size=1, max_size=6), step=st.sampled_from([1, 700, 9001]))
def test_the_index_finds_what_a_slow_search_finds(
    tmp_path_factory: pytest.TempPathFactory, people: list[str], typed: list[str], step: int
) -> None:
    storage, index = SqliteStorage(tmp_path_factory.mktemp("found") / "district.db", KEY), NameIndex(KEYS)
    names = {1 + number * step: name for number, name in enumerate(people)}
    listed.put(storage, index, [Listed(n=n, name=name) for n, name in names.items()])
    for text in typed:
        assert found(storage, index, text) == slowly(names, text), text
        assert found(storage, index, text.upper()) == slowly(names, text), text
    storage.close()


ONE, TWO, THREE = (
    Listed(n=5, name="Lò Thị Thử", id_number="001190012345", phone="0912 345 678", code="H26.99-261122-0007"),
    Listed(n=20_000, name="Vàng A Páo", id_number="C1234567", phone="+84 24 3825 1234", code="H26.17-261123-0012"),
    Listed(n=40_000, name="Lò Văn Thử", id_number="012345678", unit="H26.17", code="H26.17-261123-0107"),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("001190012345", [5]),
        ("001 190 012 345", [5]),
        ("345", [5]),
        ("678", [40_000, 5]),
        ("45678", [40_000, 5]),
        ("0012345", [5]),
        ("9912345", []),
        ("0912345678", [5]),
        ("+84912345678", [5]),
        ("84 912 345 678", [5]),
        ("02438251234", [20_000]),
        ("c1234567", [20_000]),
        ("1234567", [20_000]),
        ("thu 345", [5]),
        ("345 thử lò", [5]),
        ("pao 345", []),
        ("7", [5]),
        ("-0007", [5]),
        ("261122", [5]),
        ("261122-0007", [5]),
        ("261122 8", []),
        ("H26.99-261122-0007", [5]),
        ("h26.99-2611", [5]),
        ("h26.17-261123", [40_000, 20_000]),
        ("H26.17-261123-01", [40_000]),
        ("h26", [40_000, 20_000, 5]),
        ("1%", []),
        ("%", []),
        ("_7", []),
        ("zz", []),
    ],
)
def test_numbers_telephones_and_codes_are_found_by_their_ends_and_parts(
    storage: SqliteStorage, index: NameIndex, text: str, numbers: list[int]
) -> None:
    listed.put(storage, index, [ONE, TWO, THREE])
    assert found(storage, index, text) == numbers


def test_a_search_is_narrowed_to_a_unit_and_a_status(storage: SqliteStorage, index: NameIndex) -> None:
    listed.put(storage, index, [ONE, TWO, THREE])
    listed.put(storage, index, [THREE], StepTaken(action="forward"))
    assert found(storage, index, "lo thu") == [40_000, 5]
    assert found(storage, index, "lo thu", unit="H26.17") == [40_000]
    assert found(storage, index, "lo thu", status="received") == [5]
    assert found(storage, index, "lo thu", status="processing") == [40_000]
    assert found(storage, index, "lo thu", unit="H26.99", status="processing") == []


def test_a_corrected_name_is_found_by_the_new_one_only(storage: SqliteStorage, index: NameIndex) -> None:
    listed.put(storage, index, [ONE, TWO])
    listed.put(storage, index, [ONE], Corrected(changes={"people.applicant.full_name": "Đặng Ước"}))
    assert found(storage, index, "lo thi thu") == []
    assert found(storage, index, "uoc dang") == [5]


def test_what_has_no_reception_any_more_leaves_nothing_behind(storage: SqliteStorage, index: NameIndex) -> None:
    from desk_app.district.storage.dossiers import MadeDossier

    listed.put(storage, index, [ONE])
    with storage.writing() as session:
        index.put(session, {ONE.n: MadeDossier(unit=ONE.unit, dossier=None, count=1)})
        assert session.all("SELECT place FROM dossier_word UNION ALL SELECT n FROM dossier_held") == []


def test_no_word_can_be_read_and_one_word_has_no_name_of_its_own(
    storage: SqliteStorage, index: NameIndex, tmp_path: Path
) -> None:
    listed.put(storage, index, [ONE, TWO, THREE])
    with storage.reading() as session:
        rows = session.all("SELECT place, z FROM dossier_word")
        held = session.all("SELECT digest FROM dossier_held")
    kept = b"".join(bytes(z) for *_, z in rows) + b"".join(bytes(digest) for (digest,) in held)
    assert not any(word in kept.lower() for word in (b"thu", b"pao", b"vang", b"001190", b"912345"))
    assert len({place % (1 << HIDDEN) for place, _ in rows}) == len(rows), (
        "the same word in two segments must have two names"
    )
    assert {len(z) for *_, z in rows} == {28 + 32}
    stranger = NameIndex(Keys.new())
    assert found(storage, stranger, "thu") == []


def test_a_row_moved_to_another_place_says_nothing(storage: SqliteStorage, index: NameIndex) -> None:
    listed.put(storage, index, [ONE, TWO])
    with storage.writing() as session:
        place = index.place(TWO.n // bits.SIZE, "b1pao")
        z = session.all("SELECT z FROM dossier_word WHERE place = ?", (index.place(0, "b1lo"),))
        session.run("UPDATE dossier_word SET z = ? WHERE place = ?", (z[0][0], place))
    assert index.opened(index.place(0, "b1lo"), bytes(z[0][0])) == 1 << ONE.n
    assert index.opened(place, bytes(z[0][0])) == 0
    assert found(storage, index, "pao") == []


def test_the_work_of_a_search_does_not_grow_with_the_dossiers(storage: SqliteStorage, index: NameIndex) -> None:
    """One kind of name in 6,000 dossiers of 11 segments: no statement reads a table through, few rows are opened."""
    names = ("Nguyễn Thị An", "Nguyễn Văn Anh", "Trần Thị Xuân")
    listed.put(
        storage, index, [Listed(n=1 + 55 * number, name=names[number % 3], unit="H26.17") for number in range(6000)]
    )
    segments = 1 + (1 + 55 * 5999 // bits.SIZE)
    for text, terms in (("nguyen", 1), ("nguyen thi an", 6), ("an thi", 2), ("xuan nguyen", 3), ("qq", 1), ("ttx", 2)):
        with listed.counted(storage.reading()) as session:
            met = register.find(session, index, Wanted(text=text))  # type: ignore[arg-type]
            opened = sum(rows for sql, _, rows in session.asked if "FROM dossier WHERE n IN" in sql)
            asked = sum(rows for sql, _, rows in session.asked if "dossier_word" in sql)
            assert opened <= finding.COUNTED + 100, text
            assert asked <= terms * segments, text
            assert session.scans(BIG) == [], text
            assert met.is_more == (text in ("nguyen", "nguyen thi an", "an thi", "ttx")), text
    with listed.counted(storage.reading()) as session:
        assert register.find(session, index, Wanted(text="nguyen")).total == finding.COUNTED  # type: ignore[arg-type]
        assert session.rows < 500


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(page=3),
        Wanted(unit="H26.17"),
        Wanted(status="received"),
        Wanted(unit="H26.17", status="received"),
        Wanted(unit="H26.17", status="returned"),
    ],
)
def test_a_list_without_a_text_is_read_along_an_index(storage: SqliteStorage, index: NameIndex, wanted: Wanted) -> None:
    listed.put(
        storage, index, [Listed(n=n, name="Lò Thị Thử", unit=("H26.17", "H26.99")[n % 2]) for n in range(1, 401)]
    )
    with listed.counted(storage.reading()) as session:
        met = register.find(session, index, wanted)  # type: ignore[arg-type]
        assert session.scans(BIG) == []
        assert session.rows < 400
    share = 2 if wanted.unit else 1
    assert met.total == (0 if wanted.status == "returned" else 400 // share)
    skip = wanted.page * register.PAGE
    assert [one.n for one in met.rows] == (
        [] if wanted.status == "returned" else list(range(400, 0, -share))[skip : skip + register.PAGE]
    )


def test_pages_of_a_search_follow_each_other_and_say_where_they_end(
    storage: SqliteStorage, index: NameIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_OPENED", 300)
    listed.put(storage, index, [Listed(n=n, name="Lò Thị Thử") for n in range(1, 401)])
    with storage.reading() as session:
        pages = [register.find(session, index, Wanted(text="lo thu", page=page)) for page in range(7)]
    assert [one.n for page in pages for one in page.rows] == list(range(400, 100, -1))
    assert [page.has_more for page in pages] == [True] * 5 + [False] * 2
    assert [page.is_cut for page in pages] == [False] * 5 + [True] * 2
    assert {(page.total, page.is_more) for page in pages} == {(200, True)}


def test_a_session_that_counts_is_a_session(storage: SqliteStorage) -> None:
    with listed.counted(storage.reading()) as session:
        assert isinstance(session, CountingSession)
        session.all("SELECT COUNT(*) FROM dossier")
        assert session.scans(["dossier"])
