"""A made-up official text becomes a draft form: golden files, and texts that nobody should have written."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app import places
from desk_app.documents.drafting.draft_form import DraftForm, drafted, report
from desk_app.documents.drafting.gaps import gaps_of
from desk_app.documents.drafting.source_files.docx import read_docx
from desk_app.documents.drafting.source_files.parts import SourceLine, SourcePage, SourceTable, read_text
from desk_app.documents.forms.form_check import check
from desk_app.domain.office_table import FileFault
from tests.kit.paper.official_text import TEXT, packed, word_file

GOLDEN = Path(__file__).parent / "golden"
TODAY = "2026-11-28"


def draft(text: str) -> DraftForm:
    return drafted(read_text(text), {}, today=TODAY)


def problems(made: DraftForm, root: Path) -> list[str]:
    folder = root / "mau" / "ban-thao"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "form.toml").write_text(made.toml, "utf-8")
    (folder / "layout.txt").write_text(made.layout, "utf-8")
    return [each.problem for each in check([root], lists=[places.forms()])]


@pytest.mark.parametrize("name", ["form.toml", "layout.txt", "report.txt"])
def test_a_made_up_text_becomes_the_form_that_was_looked_through(name: str, request: pytest.FixtureRequest) -> None:
    made = draft(TEXT)
    texts = {"form.toml": made.toml, "layout.txt": made.layout, "report.txt": "\n".join(report(made)) + "\n"}
    if request.config.getoption("--accept-marks"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_text(texts[name], "utf-8")
    assert texts[name] == (GOLDEN / name).read_text("utf-8")


def test_the_draft_of_a_made_up_text_has_no_mistake(tmp_path: Path) -> None:
    assert problems(draft(TEXT), tmp_path) == []


def test_a_word_file_says_the_same_as_the_text() -> None:
    of_text, of_word = draft(TEXT), drafted(read_docx(word_file()), {}, today=TODAY)
    assert [(blank.label, blank.key) for blank in of_word.blanks] == [
        (blank.label, blank.key) for blank in of_text.blanks
    ]
    assert "margins = [20, 15, 20, 30]" in of_word.toml


def test_a_draft_is_unproven_and_asks_for_its_law() -> None:
    made = draft(TEXT)
    assert "verified = false" in made.toml
    assert 'number = "Chưa ghi số văn bản"' in made.toml


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Họ tên: ........", 1),
        ("Họ tên: ________", 1),
        ("Họ tên: …………", 1),
        ("Họ tên:\t", 1),
        ("ngày ... tháng ... năm ...", 3),
        ("Sinh ngày …/…/……", 3),
        ("□ Nam □ Nữ", 2),
        ("☐ Nam [ ] Nữ", 2),
        ("giấy tờ hợp lệ (hộ chiếu...)", 0),
        ("đánh răng, rửa mặt, tắm rửa...", 0),
        ("Điều 5. Người yêu cầu.", 0),
        ("Nơi ở: ………… ………………", 1),
        ("Số:.", 1),
    ],
)
def test_blanks_are_told_from_words(line: str, count: int) -> None:
    (read,) = read_text(line)
    assert isinstance(read, SourceLine)
    assert len(gaps_of(read.text)) == count


def test_a_sheet_and_a_table_are_read_from_plain_text() -> None:
    page, table, line = read_text("-- page 210x297 mm margins t8 r15 b5 l25\n| a | b |\n|---|---|\n| c | |\nd")
    assert isinstance(page, SourcePage)
    assert page.margins == (8.0, 15.0, 5.0, 25.0)
    assert isinstance(table, SourceTable)
    assert [[" ".join(cell).strip() for cell in row] for row in table.rows] == [["a", "b"], ["c", ""]]
    assert isinstance(line, SourceLine)


def test_another_name_is_somebody_else() -> None:
    made = draft("Họ và tên: ......\nSố căn cước: ......\nHọ và tên: ......\nSố căn cước: ......")
    assert [blank.key for blank in made.blanks] == [
        "applicant.full_name",
        "applicant.id_number",
        "person1.full_name",
        "person1.id_number",
    ]
    assert made.blanks[2].sure == "likely"


def test_what_a_number_spares_is_taken_from_the_note() -> None:
    made = draft(TEXT)
    assert 'unless_numbered = ["ethnicity"' in made.toml


_SIGNS = " .…_\t□[]{}()|/*~#<>=&:;,\\\"'0123456789abcđêHọtênngàythángnăm\n"


@given(st.text(alphabet=_SIGNS, max_size=400))
def test_no_text_breaks_the_drafting(text: str) -> None:
    made = draft(text)
    assert len(report(made)) == len(made.blanks) + 1


@settings(max_examples=15)
@given(st.lists(st.sampled_from(TEXT.splitlines()), max_size=30), st.integers(0, 2**32))
def test_an_official_text_in_any_order_gives_a_form_without_mistakes(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], seed: int
) -> None:
    shuffled = [*lines]
    random.Random(seed).shuffle(shuffled)
    assert problems(draft("\n".join(shuffled)), tmp_path_factory.mktemp("d")) == []


# --- Word files that nobody should open ---------------------------------------------------

_BOMB = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><d>&b;</d>"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "không phải tệp Word"),
        (b"PK\x03\x04 nonsense", "không phải tệp Word"),
        (packed(_BOMB), "DTD"),
        (packed("<a>" * 300 + "</a>" * 300), "lồng nhau"),
        (packed("<a><b></a>"), "hỏng"),
        (packed("<a>" + " " * (25 << 20) + "</a>"), "bung ra quá lớn"),
        (b"0" * (11 << 20), "dài quá"),
    ],
    ids=["empty", "no archive", "entities", "deep", "crossed", "bomb", "long"],
)
def test_a_hostile_word_file_is_refused_with_a_reason(content: bytes, why: str) -> None:
    with pytest.raises(FileFault, match=why):
        read_docx(content)


@given(st.integers(0, 2**32), st.integers(1, 40))
def test_a_damaged_word_file_is_read_or_refused(seed: int, count: int) -> None:
    dice = random.Random(seed)
    damaged = bytearray(_WORD)
    for _ in range(count):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    try:
        source = read_docx(bytes(damaged))
    except FileFault:
        return
    assert drafted(source, {}, today=TODAY).layout


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_word_file_with_strange_elements_is_read_or_refused(seed: int, count: int) -> None:
    dice = random.Random(seed)
    names = ["w:p", "w:tbl", "w:tr", "w:tc", "w:r", "w:t", "w:tab", "w:sym", "w:pgSz", "w:pgMar", "w:del", "w:u"]
    body = "".join(
        dice.choice(
            ("<{0}>", "</{0}>", '<{0} w:val="x" w:pos="1" w:leader="dot" w:w="99999999"/>', "Họ tên: ....")
        ).format(dice.choice(names))
        for _ in range(count)
    )
    try:
        source = read_docx(word_file("Ngày ....", before=body))
    except FileFault:
        return
    assert drafted(source, {}, today=TODAY).layout


_WORD = word_file()


def keys(made: DraftForm) -> list[str]:
    return [blank.key for blank in made.blanks]


def test_a_table_of_labels_with_room_beside_them_is_asked_label_by_label() -> None:
    rows = (
        "<table>",
        "Họ và tên | ........",
        "Số định danh cá nhân | ",
        "Mục đích | □ Hội họp / □ Khác",
        "</table>",
        "",
    )
    table = "\n".join(rows)
    made = draft(f"PHIẾU ĐĂNG KÝ NHÀ VĂN HÓA\n{table}")
    assert keys(made) == ["applicant.full_name", "applicant.id_number", "muc_dich", "muc_dich"]
    signatures = "<table>\nNgười làm đơn / (Ký, ghi rõ họ tên) | Chủ tịch / (Ký, đóng dấu)\n | \n</table>\n"
    assert keys(draft(f"ĐƠN\nHọ và tên: .........\n{signatures}"))[:1] == ["applicant.full_name"]


def test_the_name_of_the_office_above_is_not_the_title() -> None:
    made = draft("ỦY BAN NHÂN DÂN XÃ MẪU\nBIÊN BẢN HÒA GIẢI\nNội dung: ..........\n")
    assert made.title == "BIÊN BẢN HÒA GIẢI"


def test_an_hour_before_a_day_speaks_of_a_death_only_where_somebody_died() -> None:
    day = "hồi ..... giờ ..... phút, ngày ..... tháng ..... năm ......, tại ..........."
    meeting = keys(draft(f"BIÊN BẢN\nHôm nay, {day}\n"))
    assert not [key for key in meeting if "died" in key]
    death = keys(draft(f"TỜ KHAI\nĐã chết vào lúc: {day}\n"))
    assert "died_on.day" in death
