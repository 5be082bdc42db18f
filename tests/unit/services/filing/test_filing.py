"""What was typed once is laid out for another system: its screen's order, its workbook's columns and codes."""

from __future__ import annotations

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from desk_app.documents.tables import workbook
from desk_app.domain.people.person import Person
from desk_app.services.desk.desk import Desk
from desk_app.services.filing import births, copy_board, profiles
from desk_app.services.filing.copy_board import NoBoardError
from desk_app.services.reception import cards, reception
from tests.kit.desk.desks import CARD, TestClock

BIRTH = "1.001193"
FIELDS = {
    "relation": "Mẹ đẻ",
    "child.full_name": "Nguyễn Văn Thử",
    "child.born_on": "2026-11-02",
    "child.sex": "Nam",
    "child.ethnicity": "Kinh",
    "child.nationality": "Việt Nam",
    "birth_place": "Bệnh viện Mẫu, xã Thử Nghiệm",
    "hometown": "xã Thử Nghiệm",
}


def birth(desk: Desk, **fields: str) -> str:
    mother = cards.scan(desk, CARD).person
    people = {"applicant": mother, "mother": mother, "father": Person(full_name="Lò Văn Mẫu", born_on="1956")}
    draft = replace(reception.new_draft(BIRTH), people=people, fields=FIELDS | fields)
    return reception.receive(desk, draft).dossier.code


def test_the_board_lays_out_what_the_dossier_says_in_the_screens_order(desk: Desk) -> None:
    made = copy_board.board(desk, birth(desk))
    said = {one.label: one.text for one in made.entries}
    assert said["Trẻ: ngày sinh"] == "02/11/2026"
    assert said["Mẹ: số định danh cá nhân"] == "001190000001"
    assert said["Cha: ngày sinh"] == "1956"
    assert said["Số bản sao Giấy khai sinh"].isdecimal()
    assert made.entries[0].label.startswith("Người yêu cầu")
    assert not made.verified


def test_a_procedure_without_a_read_screen_has_no_board(desk: Desk) -> None:
    draft = replace(reception.new_draft("2.000635"), people={"applicant": cards.scan(desk, CARD).person})
    code = reception.receive(desk, draft).dossier.code
    with pytest.raises(NoBoardError):
        copy_board.board(desk, code)


def test_only_what_was_read_is_verified() -> None:
    for each in profiles.boards():
        assert each.verified == bool(each.read_on)
        assert each.verified or not any(field.verified for field in each.field)
    assert not profiles.births().verified


def test_the_workbook_has_the_columns_of_the_sheet_in_their_order(desk: Desk) -> None:
    birth(desk)
    made = births.book(desk, desk.today(), desk.today())
    assert (len(made.columns), made.columns[0], made.columns[-1]) == (70, "STT", "qgNuocNgoaiDaDangKy")
    row = dict(zip(made.columns, made.rows[0], strict=True))
    assert (row["STT"], row["loaiDangKy"], row["nksGioiTinh"], row["nksNgaySinh"]) == ("1", "1", "1", "02.11.2026")
    assert (row["chaNgaySinh"], row["meNgaySinh"], row["meLoaiGiayToTuyThan"]) == ("1956", "15.01.1990", "4")
    assert row["nksNgaySinhBangChu"].startswith("Ngày hai tháng mười một")
    assert (made.lacking, made.by_hand) == ((), ("so", "ngayDangKy"))


def test_what_a_row_lacks_is_told_by_the_code_of_its_dossier(desk: Desk) -> None:
    code = birth(desk, birth_place="")
    made = births.book(desk, desk.today(), desk.today())
    assert made.lacking == ((code, "nksNoiSinh"),)


def test_a_birth_after_sixty_days_is_late(desk: Desk) -> None:
    birth(desk, **{"child.born_on": "2026-09-20"})
    birth(desk, **{"child.born_on": "2026-09-21"})
    made = births.book(desk, desk.today(), desk.today())
    place = made.columns.index("loaiDangKy")
    assert [row[place] for row in made.rows] == ["4", "1"]


def test_the_file_is_read_back_as_it_was_written(desk: Desk, clock: TestClock) -> None:
    birth(desk)
    clock.moment += timedelta(days=1)
    made = births.book(desk, clock.moment.date() - timedelta(days=1), clock.moment.date())
    data = births.as_workbook(made)
    found = workbook.sheet(data)
    assert (found.name, found.rows[0].texts) == ("DL Import", made.columns)
    assert found.rows[1].texts[: len(made.rows[0])] == tuple(text for text in made.rows[0][: len(found.rows[1].texts)])
    assert births.as_workbook(made) == data
    assert ZipFile(io.BytesIO(data)).testzip() is None
    assert births.book(desk, clock.moment.date(), clock.moment.date()).rows == ()
