"""Old people and dossiers come in whole, by columns a person chose; what is known stays; one deed takes all back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.domain.letters.old_fonts import Encoding
from desk_app.domain.old_records.columns import ColumnWord, DayOrder
from desk_app.domain.people.person import Person
from desk_app.errors import DeskError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.old_data import importing, memory, taking_back
from desk_app.services.old_data.importing import ColumnUnsureError, ImportStoppedError, ImportWish, NoOldRecordsError
from desk_app.services.old_data.taking_back import TakenBackBeforeError, UnknownImportError
from desk_app.services.reception import cards, reception
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal, logs
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from tests.kit.desk import old_tables
from tests.kit.desk.desks import CARD, TestClock, open_copy

THU = ("Nguyễn Thị Thử", "001190000001", "15/01/1990", "Nữ", "thôn 1, xã Thử Nghiệm")
ROWS = [old_tables.PEOPLE, THU, ("Lò Văn Mẫu", "", "1956", "Nam", "bản Nậm Mẫu")]
DOSSIERS = [
    ("Số hồ sơ", "Họ tên", "Số CCCD", "Thủ tục", "Ngày nhận", "Ngày trả"),
    ("H26.99-150322-0007", "Nguyễn Thị Thử", "001190000001", "Đăng ký khai sinh", "15/03/2022", "18/03/2022"),
    ("12/2022", "Lò Văn Mẫu", "", "Chứng thực", "16/03/2022", ""),
]


def received(desk: Desk) -> str:
    people = {"applicant": cards.scan(desk, CARD).on_card}
    return reception.receive(desk, replace(reception.new_draft("2.000635"), people=people)).dossier.code


@pytest.fixture
def second(template: Path, tmp_path: Path, clock: TestClock) -> Iterator[Desk]:
    (tmp_path / "other").mkdir()
    with open_copy(template, tmp_path / "other", clock) as opened:
        yield opened


def _people(tmp_path: Path, rows: Sequence[Sequence[str]] = ROWS) -> ImportWish:
    return ImportWish(file=old_tables.text(tmp_path / "dan.csv", rows), what="people")


def _events(desk: Desk) -> int:
    return sum(one.last_seq for one in logs.standings(desk.db))


def test_looking_writes_nothing_and_says_what_would_be_taken(desk: Desk, tmp_path: Path) -> None:
    seen = importing.look(desk, _people(tmp_path))
    assert [record.person.full_name for record in seen.records] == ["Nguyễn Thị Thử", "Lò Văn Mẫu"]
    assert [look.column.fact for look in seen.columns] == ["full_name", "id_number", "born_on", "sex", "residence"]
    assert (seen.refused, seen.needs, _events(desk)) == ((), (), 0)


def test_who_was_imported_is_remembered_with_the_source(desk: Desk, tmp_path: Path) -> None:
    importing.take_in(desk, _people(tmp_path))
    known = cards.known_person(desk, "001190000001")
    assert known is not None
    assert (known.full_name, known.born_on) == ("Nguyễn Thị Thử", "1990-01-15")
    assert memory.source_of(desk, known) == "tệp dan.csv, dòng 2, nhập ngày 20/11/2026"
    (found,) = cards.find_people(desk, "lo van mau")
    assert "dòng 3" in memory.source_of(desk, found)


def test_what_a_dossier_says_wins_over_an_import(desk: Desk, tmp_path: Path) -> None:
    importing.take_in(desk, _people(tmp_path))
    received(desk)  # the card of the same number, another name
    known = cards.known_person(desk, "001190000001")
    assert known is not None
    assert known.full_name == "Nguyễn Thị Thử Nghiệm"
    assert memory.source_of(desk, known) == ""


def test_somebody_known_with_other_facts_is_told_and_not_replaced(desk: Desk, tmp_path: Path) -> None:
    received(desk)
    seen = importing.look(desk, _people(tmp_path))
    assert (seen.known, seen.differing) == (1, 1)
    assert any("Họ và tên" in one.label and "giữ điều đã biết" in one.why for one in seen.remarks)


def test_the_same_file_twice_brings_nothing_new(desk: Desk, tmp_path: Path) -> None:
    rows = ROWS[:2]
    importing.take_in(desk, _people(tmp_path, rows))
    with pytest.raises(NoOldRecordsError):
        importing.take_in(desk, _people(tmp_path, rows))


def test_every_refused_row_has_its_number_and_reason_without_its_content(desk: Desk, tmp_path: Path) -> None:
    rows = [
        old_tables.PEOPLE,
        THU,
        THU,
        ("Nguyễn Thị Khác", *THU[1:]),
        ("", *THU[1:]),
        ("Lò Kín", "", "", "", "bản Kín"),
        ("Lò Kín", "12345", "1956", "", ""),
        ("Lò Kín", "", "31/02/1956", "", ""),
        ("Lò Kín", "", "1956", "Không rõ", ""),
    ]
    seen = importing.look(desk, _people(tmp_path, rows))
    assert [one.line for one in seen.refused] == [3, 4, 5, 6, 7, 8, 9]
    told = " ".join(map(str, seen.refused))
    assert "trùng dòng 2, không có gì mới" in told
    assert "trùng dòng 2, nhưng khác Họ và tên" in told
    assert "Kín" not in told
    assert "12345" not in told


def test_a_font_says_the_letters_of_its_column(desk: Desk, tmp_path: Path) -> None:
    rows = [old_tables.PEOPLE, ("NguyÔn ThÞ Thö", 1190000001, date(1990, 1, 15), "N÷", "th«n 1")]
    fonts = {0: ".VnTime", 3: ".VnTime", 4: ".VnTime"}
    wish = ImportWish(file=old_tables.workbook(tmp_path / "x.xlsx", rows, fonts=fonts), what="people")
    seen = importing.look(desk, wish)
    assert seen.needs == ()
    person = seen.records[0].person
    assert (person.full_name, person.sex, person.residence) == ("Nguyễn Thị Thử", "Nữ", "thôn 1")
    assert person.id_number == "001190000001"
    assert any("thêm lại số 0" in one.why for one in seen.remarks)


def test_letters_that_no_font_names_wait_for_a_persons_word(desk: Desk, tmp_path: Path) -> None:
    rows = [old_tables.PEOPLE, ("Nguyeãn Thò Thöû", THU[1], THU[2], "Nöõ", "thoân 1")]
    file = old_tables.text(tmp_path / "x.csv", rows, encoding="utf-8")
    wish = ImportWish(file=file, what="people")
    seen = importing.look(desk, wish)
    assert seen.columns[0].offered is Encoding.VNI
    assert seen.columns[0].column.encoding is Encoding.UNICODE
    assert seen.needs
    with pytest.raises(ColumnUnsureError):
        importing.take_in(desk, wish)
    said = {place: ColumnWord(encoding=Encoding.VNI) for place in (0, 3, 4)}
    done = importing.take_in(desk, ImportWish(file=file, what="people", said=said))
    assert done.outlook.records[0].person.full_name == "Nguyễn Thị Thử"


def test_bytes_of_tcvn3_with_an_old_heading_are_read_by_a_persons_word(desk: Desk, tmp_path: Path) -> None:
    rows = [("Hä vµ tªn", "Sè CCCD", "Ngµy sinh"), ("NguyÔn ThÞ Thö", THU[1], THU[2])]
    file = old_tables.text(tmp_path / "x.csv", rows, encoding="latin-1")
    seen = importing.look(desk, ImportWish(file=file, what="people", said={0: ColumnWord(encoding=Encoding.TCVN3)}))
    assert seen.needs == ()
    assert seen.records[0].person.full_name == "Nguyễn Thị Thử"
    assert seen.columns[0].samples == (("NguyÔn ThÞ Thö", "Nguyễn Thị Thử"),)


def test_a_column_of_both_orders_waits_and_then_refuses_what_does_not_fit(desk: Desk, tmp_path: Path) -> None:
    rows = [old_tables.PEOPLE, ("Lò Thử", "", "15/01/1990", "", ""), ("Lò Mẫu", "", "01/15/1990", "", "")]
    wish = _people(tmp_path, rows)
    assert importing.look(desk, wish).needs
    seen = importing.look(desk, ImportWish(file=wish.file, what="people", said={2: ColumnWord(order=DayOrder.MDY)}))
    assert seen.needs == ()
    assert [one.line for one in seen.refused] == [2]
    assert seen.records[0].person.born_on == "1990-01-15"


def test_old_dossiers_are_found_and_never_counted_as_received(desk: Desk, tmp_path: Path) -> None:
    before = queries.counts(desk)
    wish = ImportWish(file=old_tables.text(tmp_path / "hs.csv", DOSSIERS), what="dossiers")
    importing.take_in(desk, wish)
    for text in ("H26.99-150322", "12/2022", "001190000001", "nguyen thi thu"):
        assert memory.find_dossiers(desk, text), text
    (found,) = memory.find_dossiers(desk, "12/2022")
    assert (found.record.code, found.record.facts["received_on"]) == ("12/2022", "2022-03-16")
    assert queries.counts(desk) == before
    assert queries.find(desk, "nguyen thi thu") == []
    assert desk.db.one("SELECT sum(receptions) FROM log") == (0,)


def test_a_code_that_is_there_already_is_refused(desk: Desk, tmp_path: Path) -> None:
    kept = received(desk)
    rows = [DOSSIERS[0], (kept, *DOSSIERS[1][1:]), DOSSIERS[2]]
    wish = ImportWish(file=old_tables.text(tmp_path / "hs.csv", rows), what="dossiers")
    done = importing.take_in(desk, wish)
    assert [one.line for one in done.outlook.refused] == [2]
    with pytest.raises(NoOldRecordsError):
        importing.take_in(desk, wish)


def test_an_import_is_taken_back_whole_and_what_was_received_since_stays(desk: Desk, tmp_path: Path) -> None:
    done = importing.take_in(desk, _people(tmp_path))
    kept = received(desk)
    taken = taking_back.take_back(desk, done.import_id[:6])
    assert (taken.taken.rows, taken.used_since) == (2, 1)
    assert cards.find_people(desk, "lo van mau") == []
    assert queries.detail(desk, kept).dossier.applicant.id_number == "001190000001"
    with pytest.raises(TakenBackBeforeError):
        taking_back.take_back(desk, done.import_id)
    with pytest.raises(UnknownImportError):
        taking_back.take_back(desk, "")
    assert importing.stands(desk)[0].taken_back_at


def test_the_rows_are_the_same_made_anew(desk: Desk, tmp_path: Path) -> None:
    done = importing.take_in(desk, _people(tmp_path))
    importing.take_in(desk, ImportWish(file=old_tables.text(tmp_path / "hs.csv", DOSSIERS), what="dossiers"))
    taking_back.take_back(desk, done.import_id)
    tables = "SELECT import, what, line, number, code_key, words, facts FROM old_record ORDER BY import, line"
    before = (desk.db.all(tables), importing.stands(desk))
    rebuild(desk.db)
    assert (desk.db.all(tables), importing.stands(desk)) == before
    assert check(desk.db).ok
    desk.db.execute("DELETE FROM old_record WHERE line = 2")
    assert not check(desk.db).ok


def test_another_desk_holds_the_same_in_whatever_order_it_comes(desk: Desk, tmp_path: Path, second: Desk) -> None:
    done = importing.take_in(desk, _people(tmp_path))
    log = logs.standings(desk.db)[0].log
    lines = list(enumerate(_lines(desk), 1))
    # A colleague takes the import back before all of its parts have come.
    with unit_of_work(second.db):
        journal.absorb(second.db, log, lines)
    taking_back.take_back(second, done.import_id)
    theirs = next(one.log for one in logs.standings(second.db) if one.log != log)
    with unit_of_work(desk.db):
        journal.absorb(desk.db, theirs, list(enumerate(_lines(second, theirs), 1)))
    assert cards.find_people(desk, "lo van mau") == cards.find_people(second, "lo van mau") == []
    assert check(desk.db).ok


def test_a_taking_back_that_comes_first_lets_nothing_in(desk: Desk, tmp_path: Path, second: Desk) -> None:
    done = importing.take_in(desk, _people(tmp_path))
    log = logs.standings(desk.db)[0].log
    third = b"\x07" * 16
    taking_back.take_back(desk, done.import_id)
    lines = _lines(desk)
    with unit_of_work(second.db):
        journal.absorb(second.db, third, [(1, lines[-1])])
        journal.absorb(second.db, log, list(enumerate(lines[:-1], 1)))
    assert cards.find_people(second, "lo van mau") == []
    assert check(second.db).ok


def test_a_stop_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    asked = iter([False, True, True])
    with pytest.raises(ImportStoppedError):
        importing.take_in(desk, _people(tmp_path), stop=lambda: next(asked))
    assert (_events(desk), importing.stands(desk)) == (0, [])


def test_parts_are_bounded(desk: Desk, tmp_path: Path) -> None:
    rows = [old_tables.PEOPLE, *(("Lò Thử", f"0011900{n:05}", "1990", "", "x" * 400) for n in range(120))]
    done = importing.take_in(desk, _people(tmp_path, rows))
    assert done.events == 4
    assert max(len(line) for line in _lines(desk)) < 20_000


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04x", b"\xd0\xcf\x11\xe0", b"\x00\x01\x02"])
def test_a_file_that_is_no_table_is_refused_with_what_to_do(desk: Desk, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(content)
    with pytest.raises(DeskError) as refused:
        importing.take_in(desk, ImportWish(file=file, what="people"))
    assert refused.value.remedy
    with pytest.raises(DeskError):
        importing.look(desk, ImportWish(file=tmp_path / "nowhere.csv", what="people"))


def _lines(desk: Desk, log: bytes | None = None) -> list[str]:
    name = log or logs.standings(desk.db)[0].log
    rows = desk.db.all("SELECT body FROM event JOIN log ON log.id = event.log WHERE log.name = ? ORDER BY seq", (name,))
    return [body for (body,) in rows]


def test_the_classic_mistakes_of_a_row_are_remarks_and_refuse_nobody(desk: Desk, tmp_path: Path) -> None:
    heads = ("Họ tên", "Số căn cước", "Ngày sinh", "Giới tính", "Ngày cấp")
    rows = [
        heads,
        ("Lò Thử Một", "001190000001", "01/02/1990", "Nữ", "01/06/2022"),
        ("Lò Thử Hai", "001190000002", "01/02/1991", "Nam", "01/06/1980"),
    ]
    found = importing.look(desk, _people(tmp_path, rows))
    assert (len(found.records), found.refused) == (2, ())
    assert [(each.line, each.label) for each in found.remarks] == [(3, "Ngày sinh"), (3, "Giới tính"), (3, "Ngày cấp")]


def test_old_dossiers_of_a_citizen_stand_where_a_clerk_looks(desk: Desk, tmp_path: Path) -> None:
    rows = [*DOSSIERS, ("9/2023", "Nguyễn Thị Thử", "001190000001", "Trích lục", "01/02/2023", "")]
    importing.take_in(desk, ImportWish(file=old_tables.text(tmp_path / "so.csv", rows), what="dossiers"))
    scanned = cards.scan(desk, CARD)
    assert len(scanned.old) == 2
    assert scanned.old[0].startswith("9/2023")
    assert "dòng 4" in scanned.old[0]
    detail = queries.detail(desk, received(desk))
    assert detail.old == scanned.old
    assert "001190000001" not in " ".join(detail.old)
    assert memory.dossiers_of(desk, Person(full_name="Lò Văn Mẫu", id_number="001190000077")) == ()
