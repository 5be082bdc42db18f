"""Lists of days as Excel and offices write them: read whole, or refused by the line that is wrong."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from desk_app.domain.calendar.day_file import days_in, entries_in
from desk_app.domain.calendar.deadlines import DayKind
from desk_app.domain.office_table import FileFault

PLAIN = "date,kind,name,decision\n2027-02-05,off,Tết Nguyên đán,QĐ 1\n2027-02-20,make_up,Làm bù,QĐ 1\n"


def days(data: bytes | str, file: str = "2027.csv") -> list[tuple[str, str, str, str]]:
    content = data.encode() if isinstance(data, str) else data
    return [(day.date, str(day.kind), day.name, day.decision) for day in days_in(content, file=file)]


EXPECTED = [
    ("2027-02-05", "off", "Tết Nguyên đán", "QĐ 1"),
    ("2027-02-20", "make_up", "Làm bù", "QĐ 1"),
]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", ";").replace("2027-02-05", "05/02/2027").replace("2027-02-20", "20/2/2027"),
        PLAIN.replace("2027-02-05", "05-02-2027").replace("2027-02-20", "20.02.27"),
        PLAIN.replace("2027-02-05", "46423").replace("2027-02-20", "2027/02/20 00:00:00"),
        PLAIN + ",,,\r\n;;;\n\n".replace(";;;", ",,,"),
        "\n,,,\n" + PLAIN,
        PLAIN.replace("QĐ 1\n", "QĐ 1,,,\n"),
        "sep=;\n" + PLAIN.replace(",", ";"),
        PLAIN.replace("date,kind,name,decision", "Ngày,Loại,Tên ngày,Căn cứ"),
        PLAIN.replace("date,kind,name,decision\n", ""),
        PLAIN.replace("off", "Nghỉ").replace("make_up", "Làm bù"),
        PLAIN.replace("Tết Nguyên đán", '"Tết\nNguyên đán"'),
        PLAIN.replace("Tết Nguyên đán", '"Tết\r\n  Nguyên đán "'),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace(",", "\t").encode("utf-16"),
        PLAIN.replace(",", "\t").encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
    ],
)
def test_every_table_that_excel_writes_says_the_same(data: bytes | str) -> None:
    assert days(data) == EXPECTED


def test_letters_of_the_old_vietnamese_code_page_are_read() -> None:
    """Windows-1258 keeps the tone behind its letter."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = [unicodedata.normalize("NFD", letter) for letter in PLAIN]
    apart = "".join(
        unicodedata.normalize("NFC", part.translate(dict.fromkeys(map(ord, tones))))
        + "".join(mark for mark in part if mark in tones)
        for part in parts
    )
    assert days(apart.encode("cp1258")) == EXPECTED


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        ("date,kind,name\n2027-02-05,off,Tết\n2027-13-40,off,x\n", "dòng 3", "2027-13-40"),
        ("date,kind,name\n2/25/2027,off,Tết\n", "dòng 2", "ngày/tháng/năm"),
        ("date,kind,name\n\n\nmai,off,Tết\n", "dòng 4", "mai"),
        ("date,kind,name\n2027-02-05,maybe,x\n", "dòng 2", "maybe"),
        ("date,kind,name\n2027-02-05,,x\n", "dòng 2", "thiếu loại"),
        ("date,kind,name\n,off,x\n", "dòng 2", "thiếu ngày"),
        ("date,name\n2027-02-05,x\n", "dòng 1", "«loại»"),
        ("date,kind,name\n2027-02-05,off,a,b,c\n", "dòng 2", "5 ô"),
        ('date,kind,name\n2027-02-05,off,"Tết\n', "dòng 2", "nháy kép"),
        (
            "date,kind,name\n2027-02-05,off,a\n2027-02-06,off,b\n05/02/2027,make_up,c\n",
            "dòng 2 và dòng 4",
            "05/02/2027",
        ),
        ('date,kind,name\n2027-02-05,off,"a\nb"\nmai,off,c\n', "dòng 4", "mai"),
    ],
)
def test_a_refusal_names_the_line_and_the_fault(data: str, line: str, why: str) -> None:
    with pytest.raises(FileFault) as refused:
        days(data)
    assert line in str(refused.value)
    assert why in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"\n,,\n", b"\x00\x01", b"PK\x03\x04rest", b"date,kind,name\n"])
def test_what_is_no_list_of_days_is_refused(data: bytes) -> None:
    with pytest.raises(FileFault):
        days(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_year_file_is_read_and_its_faults_are_told_by_line(encoding: str) -> None:
    text = (
        'year = 2027\nconfirmed = true\ndecision = "QĐ 1"\n\n[[day]]\ndate = 2027-02-05\nkind = "off"\nname = "Tết"\n'
    )
    (day,) = days_in(text.encode(encoding), file="2027.toml")
    assert (day.date, day.kind, day.decision, day.verified) == ("2027-02-05", DayKind.OFF, "QĐ 1", True)
    second = text + '\n[[day]]\ndate = "2027-02-31"\nkind = "off"\nname = "x"\n'
    with pytest.raises(FileFault, match=r"dòng 10: lịch không có ngày"):
        days_in(second.encode(encoding), file="2027.toml")
    with pytest.raises(FileFault, match=r"dòng 5 và dòng 10 cùng ghi ngày 05/02/2027"):
        days_in(second.replace("02-31", "02-05").encode(encoding), file="2027.toml")
    with pytest.raises(FileFault, match=r"dòng \d+: không đúng cú pháp TOML"):
        days_in(text.replace('"off"', "off").encode(encoding), file="2027.toml")


def test_a_row_that_cites_its_decision_is_sure_and_one_that_does_not_is_not() -> None:
    first, second = days_in(b"date,kind,name,decision\n2027-02-05,off,a,Q 1\n2027-02-06,off,b,\n", file="x.csv")
    assert (first.verified, second.verified) == (True, False)


@pytest.mark.parametrize(("said", "is_estimated"), [("true", True), ("false", False), ('"true"', False), ("1", False)])
def test_only_a_day_that_says_so_is_estimated(said: str, *, is_estimated: bool) -> None:
    (day,) = days_in(f'[[day]]\ndate = 2027-02-05\nkind = "off"\nestimated = {said}\n'.encode(), file="a.toml")
    assert day.estimated is is_estimated


def test_days_in_one_line_are_told_by_their_number() -> None:
    good, bad = ('{date = 2027-02-05, kind = "off"}', '{date = "mai", kind = "off"}')
    for rows, place in ((bad, "mục day thứ 1"), (f"{good}, {bad}", "mục day thứ 2")):
        with pytest.raises(FileFault, match=f"^{place}: "):
            days_in(f"day = [{rows}]".encode(), file="a.toml")


def test_a_day_without_a_name_is_called_by_its_kind() -> None:
    assert [name for _, _, name, _ in days("date,kind,name\n2027-02-05,off,\n2027-02-20,make_up,\n")] == [
        "Ngày nghỉ",
        "Làm bù",
    ]


def test_of_a_day_that_nobody_understands_forty_letters_are_told() -> None:
    with pytest.raises(FileFault, match=f"«{'a' * 40}»"):
        days(f"date,kind,name\n{'a' * 50},off,x\n")


@pytest.mark.parametrize("day", [date(2027, 2, 5), "2027-02-05"])
def test_the_days_of_a_year_file_are_dates_of_toml_or_texts(day: object) -> None:
    (entry,) = entries_in({"day": [{"date": day, "kind": "off", "name": "Tết"}], "confirmed": True}, source="x")
    assert (entry.date, entry.kind, entry.verified, entry.source) == ("2027-02-05", DayKind.OFF, True, "x")
