"""What Word keeps beside the plain words of a text: kept in the draft, or told to the person who looks through it."""

from __future__ import annotations

import pytest

from desk_app.documents.drafting.draft_form import DraftForm, drafted, report
from desk_app.documents.drafting.source_files.docx import read_docx
from desk_app.documents.drafting.source_files.numbering import BULLET
from desk_app.documents.drafting.source_files.parts import Source, SourceLine, SourceRemark
from desk_app.domain.office_table import FileFault
from tests.kit.paper.official_text import packed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def p(text: str, before: str = "", *, numbered: tuple[int, int] | None = None) -> str:
    level = f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>' if numbered else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{level}</w:pPr>{before}{run}</w:p>"


def read(body: str, **parts: str) -> tuple[Source, ...]:
    return read_docx(packed(f"<w:document {W}><w:body>{body}</w:body></w:document>", **parts))


def lines(found: tuple[Source, ...]) -> list[str]:
    return [part.text for part in found if isinstance(part, SourceLine)]


def remarks(found: tuple[Source, ...]) -> str:
    return " ".join(part.text for part in found if isinstance(part, SourceRemark))


def level(at: int, kind: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + level(0, "decimal", "%1.")
    + level(1, "decimal", "%1.%2")
    + level(2, "bullet", "\uf0b7")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)


def test_automatic_numbers_stand_in_the_text_as_on_paper() -> None:
    body = "".join(
        p(text, numbered=at)
        for text, at in (
            ("Phần một", (1, 0)),
            ("Họ tên: ........", (1, 1)),
            ("Sinh ngày: ........", (1, 1)),
            ("Nơi sinh", (1, 2)),
            ("Phần hai", (1, 0)),
            ("Quê quán: ........", (1, 1)),
            ("Thửa đất", (2, 0)),
            ("Số thửa: .......", (2, 1)),
            ("Giấy kèm", (2, 2)),
            ("", (1, 1)),
            ("Không đánh số", (0, 0)),
        )
    )
    assert lines(read(body, numbering=NUMBERING)) == [
        "I. Phần một",
        "1. Họ tên: ........",
        "2. Sinh ngày: ........",
        "a) Nơi sinh",
        "II. Phần hai",
        "1. Quê quán: ........",
        "4. Thửa đất",
        "4.1 Số thửa: .......",
        f"{BULLET} Giấy kèm",
        "",
        "Không đánh số",
    ]


def test_a_style_may_carry_the_number() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        "</w:styles>"
    )
    body = '<w:p><w:pPr><w:pStyle w:val="Muc"/></w:pPr><w:r><w:t>Bên A: .....</w:t></w:r></w:p>' * 2
    assert lines(read(body, numbering=NUMBERING, styles=styles)) == ["I. Bên A: .....", "II. Bên A: ....."]


def test_footnotes_stand_below_the_text_under_numbers_of_their_own() -> None:
    reference = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="5"><w:p><w:r><w:t>Ghi rõ tên cơ quan.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    body = p("Kính gửi: ........", reference) + p("Nơi cư trú (2): ..........")
    found = read(body, footnotes=notes)
    assert "(3)" in lines(found)[0]
    assert lines(found)[-2:] == ["Chú thích:", "(3) Ghi rõ tên cơ quan."]
    assert "1 chú thích cuối trang" in remarks(found)


def test_head_foot_boxes_changes_and_pictures_are_told() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('Mẫu số 5: ......')}</w:txbxContent></w:pict></w:r>"
    deleted = "<w:del><w:r><w:delText>bỏ đi</w:delText></w:r></w:del><w:ins><w:r><w:t>thêm vào </w:t></w:r></w:ins>"
    merged = f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Ô")}</w:tc></w:tr></w:tbl>'
    body = p("Họ tên: ......", box) + p("đây", deleted) + merged + p("", "<w:r><w:drawing><w:blip/></w:drawing></w:r>")
    head = f"<w:hdr {W}>{p('UBND XÃ MẪU')}</w:hdr>"
    page = f"<w:ftr {W}>{p('12')}</w:ftr>"
    found = read(body, header1=head, footer1=page)
    assert lines(found)[:3] == ["Mẫu số 5: ......", "Họ tên: ......", "thêm vào đây"]
    told = remarks(found)
    for words in ("Đầu trang có chữ «UBND XÃ MẪU»", "Track Changes", "Text Box", "ô gộp", "có hình"):
        assert words in told
    assert "Chân trang" not in told


def test_controls_that_only_ask_to_type_are_blanks() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here to enter text.</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )
    filled = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>xã Mẫu</w:t></w:r></w:sdtContent></w:sdt>"
    old = "<w:r><w:fldChar><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>"
    found = [
        f"<w:p><w:r><w:t>{text}</w:t></w:r>{what}</w:p>"
        for text, what in (("Nghề nghiệp: ", control), ("Tại ", filled), ("Số nhà: ", old))
    ]
    assert lines(read("".join(found))) == ["Nghề nghiệp: ________", "Tại xã Mẫu", "Số nhà: ________"]


def test_what_is_told_stands_in_the_report_of_the_draft() -> None:
    head = f"<w:hdr {W}>{p('UBND XÃ MẪU')}</w:hdr>"
    draft: DraftForm = drafted(read(p("ĐƠN XIN") + p("Họ và tên: .........."), header1=head), {}, today="2026-11-20")
    assert draft.remarks
    assert any(line.startswith("Xem lại: Đầu trang") for line in report(draft))


@pytest.mark.parametrize("part", ["numbering", "footnotes", "header1", "styles"])
def test_a_damaged_part_is_told_and_does_not_crash(part: str) -> None:
    note = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    with pytest.raises(FileFault):
        read(p("Họ tên: .....", note), **{part: "<w:numbering"})
    with pytest.raises(FileFault):
        read(p("Họ tên: .....", note), **{part: "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"})


def test_a_part_in_letters_that_nobody_knows_is_told() -> None:
    with pytest.raises(FileFault):
        read_docx(packed(f'<?xml version="1.0" encoding="TF-8"?><w:document {W}><w:body/></w:document>'))
