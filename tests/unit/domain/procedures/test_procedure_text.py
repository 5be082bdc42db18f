"""A procedure that an office writes: read whole, or refused at the place of the mistake."""

from __future__ import annotations

import pytest

from desk_app.domain.procedures.procedure import (
    Component,
    ComponentUse,
    Document,
    FeeKind,
    FeeStanding,
    LimitUnit,
    Procedure,
    TimeLimit,
    fee_set,
    fee_stated,
)
from desk_app.domain.procedures.procedure_text import procedure_of
from desk_app.errors import CatalogueFileError

TEXT = """
code = "1.001193"
name = "Đăng ký thử"
version = "2026-01"
in_force_from = "2026-01-01"
limit = { unit = "working_day", amount = 1, cut_off = "15:00" }

[[components]]
id = "don"
name = "Đơn"

[[fees]]
kind = "per_page"
amount = 2000
first_pages = 2
further = 1000

[[legal_basis]]
number = "60/2014/QH13"

[[inner_steps]]
id = "nhan"
name = "Nhận"

[[inner_steps]]
id = "ky"
name = "Ký"
half_days = 1

[completion]
clock = "resume"
days = 5
"""


def read(text: str, file: str = "1.001193.toml") -> Procedure:
    return procedure_of(text, file=file, source="office")


def refused(text: str, file: str = "1.001193.toml") -> tuple[object, object]:
    with pytest.raises(CatalogueFileError) as refusal:
        read(text, file)
    return refusal.value.facts["place"], refusal.value.facts["why"]


def test_a_procedure_is_read_with_what_an_office_leaves_out() -> None:
    found = read(TEXT)
    assert (found.code, found.source, found.title) == ("1.001193", "office", "Đăng ký thử")
    assert found.components == (Component(id="don", name="Đơn"),)
    assert (found.components[0].use, found.components[0].originals, found.components[0].copies) == (
        ComponentUse.SUBMIT, 1, 0,
    )  # fmt: skip
    assert found.limit == TimeLimit(unit=LimitUnit.WORKING_DAY, amount=1)
    assert found.limit.cut_off == "15:00"


@pytest.mark.parametrize(
    ("old", "new", "place", "why"),
    [
        ("[[fees]]", "[[fees", "dòng 12, cột 7", "không đúng cú pháp TOML"),
        ('name = "Đăng', 'nom = "Đăng', "mục «nom»", "không có mục này"),
        ('version = "2026-01"', 'version = "2026-01"\nsource = "x"', "mục «source»", "không có mục này"),
        ('id = "don"', 'idd = "don"', "mục «components[0].idd»", "không có mục này"),
        ("cut_off", "cut", "mục «limit.cut»", "không có mục này"),
        ('name = "Ký"', 'name = "Ký"\nphi = 1', "mục «inner_steps[1].phi»", "không có mục này"),
        ("days = 5", "dais = 5", "mục «completion.dais»", "không có mục này"),
        ("days = 5", "days = 0", "mục «completion.days»", "phải từ 1"),
        ('id = "ky"', 'id = "nhan"', "mục «inner_steps»", "mỗi bước cần một id riêng"),
        ("half_days = 1", "half_days = -1", "mục «inner_steps»", "half_days không được âm"),
        ("amount = 1,", 'amount = "1",', "mục «limit.amount»", "cần kiểu int, đang là str"),
        ('unit = "working_day"', 'unit = "week"', "mục «limit.unit»", "không có giá trị «week»"),
        ('id = "don"\n', "", "mục «components[0]»", "thiếu mục «id»"),
        ('version = "2026-01"\n', "", "tệp", "thiếu mục «version»"),
        ('code = "1.001193"', 'code = "1.001194"', "mục «code»", "phải có dạng 1.001193 và trùng với tên tệp"),
        ('version = "2026-01"', 'version = " "', "mục «version»", "không được để trống"),
        ('name = "Đăng ký thử"', 'name = ""', "mục «name»", "không được để trống"),
        ("2026-01-01", "20260101", "mục «in_force_from»", "phải là ngày dạng 2026-11-22"),
        ("2026-01-01", "2026-02-30", "mục «in_force_from»", "phải là ngày dạng 2026-11-22"),
        ("amount = 1,", "amount = 0,", "mục «limit.amount»", "phải từ 1 đến 3660"),
        ("15:00", "24:00", "mục «limit.cut_off»", "phải là giờ dạng 15:00"),
        ("15:00", "15:60", "mục «limit.cut_off»", "phải là giờ dạng 15:00"),
        ("[[fees]]", '[[components]]\nid = "don"\nname = "B"\n[[fees]]', "mục «components»", "mã «don» có 2 lần"),
        ("amount = 2000", "amount = 0", "mục «fees[0].amount»", "phải có số tiền"),
        ("amount = 2000", "amount = -1", "mục «fees[0].amount»", "phải có số tiền"),
        ("first_pages = 2", "", "mục «fees[0].first_pages»", "chỉ dùng, và phải có, khi tính theo trang"),
        ("per_page", "fixed", "mục «fees[0].first_pages»", "chỉ dùng, và phải có, khi tính theo trang"),
        ("per_page", "free", "mục «fees[0].amount»", "loại phí này không có số tiền"),
        ("ký thử", "ky\u0301 thử", "mục «name»", "chữ phải ở dạng NFC, không có ký tự ẩn"),
        ("Đơn", "Đo\u031bn", "mục «components»", "chữ phải ở dạng NFC, không có ký tự ẩn"),
        ("ký thử", "ký\u200bthử", "mục «name»", "chữ phải ở dạng NFC, không có ký tự ẩn"),
    ],
)
def test_a_mistake_is_told_at_its_place(old: str, new: str, place: str, why: str) -> None:
    assert refused(TEXT.replace(old, new)) == (place, why)


def test_a_file_of_another_name_is_refused() -> None:
    assert refused(TEXT, "1.000001.toml")[0] == "mục «code»"
    assert refused(TEXT.replace("1.001193", "11.00119"), "11.00119.toml")[0] == "mục «code»"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{ unit = "working_day", amount = 1, cut_off = "15:00" }', '{ unit = "same_day" }'),
        ("15:00", ""),
        ("15:00", "23:59"),
        ("15:00", "00:00"),
        ("[[fees]]", '[[fees]]\nkind = "free"\n[[fees]]\nkind = "fixed"\namount = 1\n[[fees]]'),
        ("[[fees]]", '[[components]]\nid = "khac"\nname = "B"\n[[fees]]'),
    ],
)
def test_what_an_office_may_write_is_taken(old: str, new: str) -> None:
    assert read(TEXT.replace(old, new)).code == "1.001193"


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (TimeLimit(unit=LimitUnit.SAME_DAY), "trong ngày làm việc"),
        (TimeLimit(unit=LimitUnit.WORKING_DAY, amount=3), "03 ngày làm việc"),
        (TimeLimit(unit=LimitUnit.DAY, amount=15), "15 ngày"),
        (TimeLimit(unit=LimitUnit.WORKING_HOUR, amount=8), "08 giờ làm việc"),
    ],
)
def test_a_limit_is_said_as_the_slip_says_it(limit: TimeLimit, text: str) -> None:
    assert limit.text == text
    assert Procedure(code="c", name="n", version="v", limit=limit).limit_words == text


def test_an_open_limit_is_called_open() -> None:
    limit = TimeLimit(unit=LimitUnit.SAME_DAY)
    unsure = Procedure(code="c", name="n", version="v", limit=limit, unsure=("limit",))
    assert unsure.limit_words == "danh mục không ghi rõ"
    said = Procedure(code="c", name="n", version="v", limit=limit, unsure=("limit",), limit_text="theo quy định")
    assert said.limit_words == "danh mục không ghi rõ: theo quy định"
    sure = Procedure(code="c", name="n", version="v", short_name="s", limit=limit, limit_text="trong buổi")
    assert (sure.limit_words, sure.title) == ("trong buổi", "s")


def test_what_a_person_states_of_a_fee() -> None:
    assert fee_set(0).standing is FeeStanding.FREE
    assert (fee_set(8_000).standing, fee_set(8_000).known_total) == (FeeStanding.SUM, 8_000)
    assert fee_stated("8000") == fee_set(8_000)
    unknown = fee_stated("")
    assert unknown is not None
    assert (unknown.standing, unknown.known_total) == (FeeStanding.UNKNOWN, None)
    assert fee_stated("tám nghìn") is None


def test_a_kind_and_a_document_say_all_they_need() -> None:
    assert {kind.value for kind in FeeKind} == {"free", "fixed", "per_copy", "per_page", "unknown"}
    assert Document(name="", pages=1, copies=1) == Document(name="", pages=1, copies=1)
