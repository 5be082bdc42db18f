"""What a printer and a reader get from our PDF files: the same bytes, all letters, embedded fonts, bars that scan."""

import hashlib
import random
import subprocess
import sys

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from desk_app.documents.forms.form_records import DOT, MM
from desk_app.documents.layout import barcodes, fonts
from desk_app.documents.layout.marks import Bars, Matrix, Page, Text
from desk_app.documents.output import pdf, thermal
from tests.kit.paper import papers

MADE = papers.RECEIVED_AT


def drawn(pages, title="Giấy tiếp nhận hồ sơ"):
    return pdf.to_pdf(pages, title=title, subject="Thử", code=papers.CODE, made_at=MADE)


def read_text(data):
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))


@pytest.mark.parametrize("style", fonts.FILES)
def test_every_letter_of_every_style_is_read_out_again(style):
    letters = fonts.VIETNAMESE_LETTERS + "0123456789()[]/.,;:–—“”‘’…•₫№°×"
    rows = [letters[at : at + 30] for at in range(0, len(letters), 30)]
    page = Page(595, 842, tuple(Text(40, 60 + 20 * n, style, 12, row) for n, row in enumerate(rows)))
    assert read_text(drawn([page])).split() == rows


def test_a_rare_letter_outside_the_fixed_subset_is_printed_the_slow_way():
    page = Page(595, 842, (Text(40, 60, "R", 12, "Łódź Žižka Nguyễn"), Text(40, 90, "R", 12, "Ẩm thực")))
    assert read_text(drawn([page])).splitlines() == ["Łódź Žižka Nguyễn", "Ẩm thực"]


def test_what_a_paper_says_can_be_searched_in_its_pdf():
    text = " ".join(read_text(drawn(papers.pages_of("to-khai-khai-sinh"))).split())
    assert "Họ, chữ đệm, tên người mẹ: NGUYỄN THỊ THỬ NGHIỆM" in text
    assert "ghi bằng chữ: Ngày mười lăm tháng mười năm hai nghìn không trăm hai mươi sáu" in text


def test_brackets_and_backslashes_are_text():
    page = Page(300, 100, (Text(10, 50, "R", 12, r"(a) \ (b"),))
    assert read_text(drawn([page])) == r"(a) \ (b"


def test_two_drawings_are_the_same_bytes_here_and_in_another_process():
    def digest():
        return hashlib.sha256(drawn(papers.pages_of("giay-tiep-nhan"))).hexdigest()

    code = (
        "import hashlib; from desk_app.documents.output import pdf; from tests.kit.paper import papers;"
        f"data = pdf.to_pdf(papers.pages_of('giay-tiep-nhan'), title='Giấy tiếp nhận hồ sơ', subject='Thử',"
        f" code=papers.CODE, made_at={MADE}); print(hashlib.sha256(data).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert digest() == digest() == other.stdout.strip()


def test_drawing_other_papers_between_changes_nothing():
    first = drawn(papers.pages_of("giay-tiep-nhan"))
    drawn([Page(300, 100, (Text(10, 50, "BI", 12, "Łódź"),))])
    drawn(papers.pages_of("to-khai-khai-sinh"))
    assert drawn(papers.pages_of("giay-tiep-nhan")) == first


def test_the_file_says_what_it_is_when_it_was_made_and_in_which_language():
    data = drawn(papers.pages_of("giay-tiep-nhan"))
    with pypdfium2.PdfDocument(data) as document:
        known = document.get_metadata_dict()
    assert known["Title"] == "Giấy tiếp nhận hồ sơ"
    assert known["Keywords"] == papers.CODE
    assert known["CreationDate"] == "D:20261122010500Z"
    assert b"/Lang (vi-VN)" in data


def test_only_our_embedded_fonts_are_in_the_file():
    for form_id in ("giay-tiep-nhan", "to-khai-khai-sinh"):
        data = drawn(papers.pages_of(form_id))
        assert b"Helvetica" not in data
        assert data.count(b"/FontFile2") == data.count(b"/Type /FontDescriptor") > 0


def test_text_stands_where_the_layout_says():
    page = Page(300, 200, (Text(50, 120, "R", 20, "H"),))
    image = pdf.to_image(drawn([page]), dpi=72)
    dark = image.point([255] * 128 + [0] * 128).getbbox()
    assert dark[0] == pytest.approx(50, abs=1.5)
    assert dark[3] == pytest.approx(120, abs=1.5)
    assert dark[2] - dark[0] == pytest.approx(fonts.width("H", "R", 20), abs=2)


def test_leaders_end_at_the_margin_of_the_picture():
    form = papers.form("to-khai-xntthn")
    pages = papers.pages_of("to-khai-xntthn", papers.dossier(people={"applicant": papers.MOTHER}, fields={}))
    image = pdf.to_image(drawn(pages), dpi=144)
    edge = (pages[0].width - form.head.margins[1] * MM) * 2
    dark = image.point([255] * 160 + [0] * 96).getbbox()
    assert dark[2] == pytest.approx(edge, abs=2.5)


def codes_in(image):
    return {found.text for found in zxingcpp.read_barcodes(image)}


@pytest.mark.parametrize("dpi", [203.2, 300])
@pytest.mark.parametrize("form_id", ["giay-tiep-nhan", "giay-tiep-nhan-80"])
def test_both_codes_of_a_slip_scan_from_paper(form_id, dpi):
    image = pdf.to_image(drawn(papers.pages_of(form_id)), dpi=dpi)
    wanted = {"H5621082611220043", papers.CODE}
    assert codes_in(image) == wanted
    assert codes_in(image.filter(ImageFilter.GaussianBlur(1))) == wanted
    assert codes_in(image.rotate(3, expand=True, fillcolor=255)) == wanted


@pytest.mark.parametrize("dpi", [203.2, 300, 600])
def test_a_code_scans_wherever_on_the_dot_grid_it_falls(dpi):
    runs, _ = barcodes.code128("H5621082611220043")
    for step in range(12):
        shift = DOT * step / 12
        bars = Bars(40 + shift, 20 + shift, 2 * DOT, 25.0, runs, "")
        square = Matrix(40 + shift, 70 + shift, 3 * DOT, barcodes.qr(papers.CODE), "")
        image = pdf.to_image(drawn([Page(720 * DOT, 440 * DOT, (bars, square))]), dpi=dpi)
        assert codes_in(image) == {"H5621082611220043", papers.CODE}, step


def test_the_bars_of_a_code_are_one_path_so_that_no_reader_moves_them_apart():
    bars = Bars(40, 20, 2 * DOT, 25.0, barcodes.code128(papers.CODE)[0], "")
    square = Matrix(40, 70, 3 * DOT, barcodes.qr(papers.CODE), "")
    with pypdfium2.PdfDocument(drawn([Page(300, 160, (bars, square))])) as document:
        paths = [found for found in document[0].get_objects() if found.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    assert len(paths) == 2


def test_many_codes_scan():
    chosen = random.Random(7)
    for _ in range(25):
        code = f"H{chosen.randint(1, 70):02d}.{chosen.randint(1, 99):02d}-261122-{chosen.randint(1, 9999):04d}"
        runs, _ = barcodes.code128(code)
        page = Page(760 * DOT, 320 * DOT, (Bars(40 * DOT, 20 * DOT, 2 * DOT, 25.0, runs, code),))
        assert codes_in(pdf.to_image(drawn([page]), dpi=203.2)) == {code}


def dots_of(data):
    """Decodes GS v 0 bands as a printer does; returns the picture and what stands around it."""
    head, rest = data[:2], data[2:]
    rows = b""
    while rest.startswith(b"\x1dv0\x00"):
        wide, tall = int.from_bytes(rest[4:6], "little"), int.from_bytes(rest[6:8], "little")
        assert wide == 72
        rows += rest[8 : 8 + wide * tall]
        rest = rest[8 + wide * tall :]
    light = bytes(byte ^ 0xFF for byte in rows)
    return Image.frombytes("1", (576, len(rows) // 72), light), head, rest


def test_the_receipt_printer_gets_the_picture_of_the_page_dot_by_dot():
    data = drawn(papers.pages_of("giay-tiep-nhan-80"))
    picture, head, tail = dots_of(thermal.to_escpos(data))
    assert picture.tobytes() == thermal.to_dots(data).tobytes()
    assert (head, tail) == (b"\x1b@", b"\x1bd\x04\x1dV\x42\x00")
    assert codes_in(picture.convert("L")) == {"H5621082611220043", papers.CODE}
    # as dark as the page itself: thin strokes are neither lost nor swollen
    grey = pdf.to_image(data, dpi=203.2)
    darkness = sum((255 - level) * count for level, count in enumerate(grey.histogram())) / 255
    assert sum(picture.histogram()[:128]) == pytest.approx(darkness, rel=0.1)
