"""The page to prepare at home in a real browser: a telephone's size, no network, and the picture read by a decoder."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from desk_app.documents.forms.form_records import Form
from desk_app.documents.prepared import prepared_page
from desk_app.documents.prepared.prepared_form import prepared_questions
from desk_app.domain.prepared import part_digits, prepared_answers
from desk_app.domain.prepared.prepared_answers import UNKNOWN
from tests.kit.desk.vietnamese import LETTERS
from tests.kit.paper import home_answers
from tests.kit.paper.browser import CHROMIUM, Browser, browser

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="not on this machine: chromium")
BUTTONS = "[...document.querySelectorAll('button')]"
READY = "Xem lại và làm mã"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as made:
        yield made


def show(opened: Browser, folder: Path, *forms: Form, dark: bool = False) -> Browser:
    file = folder / "khai.html"
    file.write_text(prepared_page.page(forms or [home_answers.birth()]), "utf-8")
    opened.asked.clear()
    opened.said.clear()
    opened.open(file.as_uri(), dark=dark)
    return opened


def fill(page: Browser, form: Form, answers: dict[str, str]) -> None:
    """Answer the questions as they come; those that an answer brings are answered too."""
    for field in prepared_questions(form):
        answer, place = answers.get(field.key, ""), f"q-{field.key.replace('.', '-')}"
        if not answer or answer == UNKNOWN:
            continue
        assert page.run(f"!!document.getElementById('{place}')"), field.key
        if field.choices:
            page.choose(place, answer)
        else:
            page.type_into(place, answer)


def shown(page: Browser) -> list[str]:
    """The digits of every picture, read off the screen part by part."""
    found = []
    while True:
        page.run("document.getElementById('code').scrollIntoView()")
        found.append(read(Image.open(io.BytesIO(page.picture()))))
        if page.run(
            "![...document.querySelectorAll('button')].find(b => b.textContent === 'Phần tiếp' && !b.disabled)"
        ):
            return found
        page.press("Phần tiếp")


def read(picture: Image.Image) -> str:
    codes = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(codes) == 1
    return codes[0].text


def answers_in(parts: list[str], form: Form) -> dict[str, str]:
    digits = "".join(part_digits.read_part(part).digits for part in parts)
    return prepared_answers.decoded(digits, prepared_questions(form), home_answers.WORDS)


def test_a_birth_typed_on_a_telephone_without_a_network_is_read_off_its_screen(opened: Browser, tmp_path: Path) -> None:
    page = show(opened, tmp_path)
    fill(page, home_answers.birth(), home_answers.MOTHERS_BIRTH)
    page.press(READY)
    (digits,) = shown(page)
    assert digits.isdigit()
    assert len(digits) <= 400
    assert answers_in([digits], home_answers.birth()) == home_answers.MOTHERS_BIRTH
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.said == []


def test_the_picture_is_read_at_twenty_angles_and_sizes(opened: Browser, tmp_path: Path) -> None:
    page = show(opened, tmp_path)
    fill(page, home_answers.birth(), home_answers.MOTHERS_BIRTH)
    page.press(READY)
    page.run("document.getElementById('code').scrollIntoView()")
    screen = Image.open(io.BytesIO(page.picture())).convert("L")
    (digits,) = shown(page)
    dice = random.Random(7)
    for number in range(20):
        wide = int(screen.width * (0.45 + 0.05 * number))
        photo = screen.resize((wide, screen.height * wide // screen.width), Image.Resampling.BILINEAR)
        lean = 0.06 * dice.random()
        corners = (0, 0, int(photo.width * lean), photo.height, photo.width, int(photo.height * 0.98), photo.width, 0)
        photo = photo.transform(photo.size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)
        photo = photo.rotate(18 * number, expand=True, fillcolor=90).filter(ImageFilter.GaussianBlur(0.6))
        assert read(photo) == digits, f"{18 * number}°, {wide} px"


def test_a_long_declaration_is_shown_in_parts(opened: Browser, tmp_path: Path) -> None:
    page = show(opened, tmp_path)
    answers = home_answers.WITHOUT_NUMBERS | {"birth_place": "".join(random.Random(5).choices(LETTERS, k=160))}
    fill(page, home_answers.birth(), answers)
    page.run("document.getElementById('unknown-father').click()")
    page.settle()
    page.press(READY)
    assert page.run("document.querySelector('.part').textContent") == "Phần 1/2"
    parts = shown(page)
    assert len(parts) == 2
    found = answers_in(parts, home_answers.birth())
    assert found["father.full_name"] == UNKNOWN
    assert found["birth_place"] == answers["birth_place"]
    assert found["mother.ethnicity"] == "Ê-đê"


REFUSED = (
    ("q-child-born_on", "1/11", "Ngày chưa đủ"),
    ("q-child-born_on", "11/2026", "gõ riêng năm"),
    ("q-child-born_on", "1/11/26", "đủ bốn chữ số"),
    ("q-child-born_on", "31/02/2020", "Không có ngày này"),
    ("q-child-born_on", "01/01/2100", "sau hôm nay"),
    ("q-father-born_on", "2199", "sau hôm nay"),
    ("q-applicant-id_number", "00119000000", "đang có 11"),
    ("q-applicant-phone", "0912", "10 chữ số"),
    ("q-child-full_name", "An 🙂", "không in được"),
)


def test_what_cannot_stand_is_told_at_its_field_and_makes_no_picture(opened: Browser, tmp_path: Path) -> None:
    page = show(opened, tmp_path)
    for place, typed, told in REFUSED:
        page.type_into(place, typed)
        assert told in page.run(f"document.getElementById('{place}-error').textContent")
        assert page.run(f"document.getElementById('{place}').getAttribute('aria-invalid')") == "true"
        assert f"{place}-error" in page.run(f"document.getElementById('{place}').getAttribute('aria-describedby')")
        page.press(READY)
        assert page.run("!document.querySelector('.code')")
        assert page.run("document.activeElement.id") == place
        assert page.run("document.getElementById('summary').getAttribute('role')") == "alert"
        page.type_into(place, "")
        assert page.run(f"document.getElementById('{place}-error').hidden")


def test_days_are_shown_whole_and_a_year_alone_stands(opened: Browser, tmp_path: Path) -> None:
    page = show(opened, tmp_path)
    for typed, kept in (
        ("5.5.1993", "05/05/1993"),
        ("05051993", "05/05/1993"),
        ("1993-5-5", "05/05/1993"),
        ("1993", "1993"),
    ):
        page.type_into("q-father-born_on", typed)
        assert page.run("document.getElementById('q-father-born_on').value") == kept


def test_questions_come_and_go_with_the_answers(opened: Browser, tmp_path: Path) -> None:
    page = show(opened, tmp_path)

    def is_asked(key: str) -> bool:
        return bool(page.run(f"!!document.getElementById('q-{key.replace('.', '-')}')"))

    assert is_asked("mother.full_name")
    page.choose("q-applicant-sex", "Nữ")  # as at the desk: a woman who comes is most likely the mother
    assert not is_asked("mother.full_name")
    assert is_asked("mother.ethnicity")
    page.type_into("q-applicant-id_number", "034195000002")
    assert not is_asked("mother.ethnicity")
    page.choose("q-relation", "Bà ngoại")
    assert is_asked("mother.full_name")
    assert is_asked("mother.ethnicity")
    page.type_into("q-mother-id_number", "034195000003")
    assert not is_asked("mother.ethnicity")
    assert not is_asked("marriage_book")
    page.type_into("q-marriage_number", "12/2024")
    assert is_asked("marriage_book")


def test_every_field_has_a_name_and_every_group_a_legend(opened: Browser, tmp_path: Path) -> None:
    page = show(opened, tmp_path)
    nameless = page.run(
        "[...document.querySelectorAll('input, select, textarea')].filter(e => !(e.labels && e.labels.length)"
        " && !e.getAttribute('aria-label')).map(e => e.id)"
    )
    assert nameless == []
    assert page.run("[...document.querySelectorAll('fieldset')].every(e => e.querySelector('legend h2').textContent)")
    assert page.run(
        "[...document.querySelectorAll('[role=radiogroup]')].every(e => document.getElementById("
        "e.getAttribute('aria-labelledby')).textContent)"
    )
    assert page.run("document.documentElement.lang") == "vi"
    assert page.run("document.getElementById('live').getAttribute('aria-live')") == "polite"
    assert page.run("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.run("parseFloat(getComputedStyle(document.querySelector('.label')).fontSize)") >= 20


def test_several_families_in_a_row_stay_on_the_page_and_print_together(opened: Browser, tmp_path: Path) -> None:
    page = show(opened, tmp_path)
    for name in ("Lê Thử Một", "Lê Thử Hai"):
        page.type_into("q-child-full_name", name)
        page.press(READY)
        page.press("Khai cho người khác")
        assert page.run("document.getElementById('q-child-full_name').value") == ""
    page.press("Về danh sách")
    page.run("window.print = () => { window.printed = document.querySelectorAll('#paper .code').length; }")
    page.press("In cả 2 bản")
    assert page.run("window.printed") == 2
    assert "Lê Thử Một" in page.run("document.getElementById('paper').textContent")
    page.press("Lê Thử Hai · Tờ khai đăng ký khai sinh")
    (digits,) = shown(page)
    assert answers_in([digits], home_answers.birth())["child.full_name"] == "Lê Thử Hai"


def test_nothing_is_remembered_unless_it_is_asked_for(opened: Browser, tmp_path: Path) -> None:
    page = show(opened, tmp_path)
    page.type_into("q-child-full_name", "Lê Thử Một")
    assert page.run("localStorage.length") == 0
    page.run("document.getElementById('remember').click()")
    page.type_into("q-child-full_name", "Lê Thử Hai")
    show(opened, tmp_path)
    assert page.run("document.getElementById('q-child-full_name').value") == "Lê Thử Hai"
    page.run("document.getElementById('remember').click()")
    assert page.run("localStorage.length") == 0


def test_what_no_code_holds_is_told(opened: Browser, tmp_path: Path) -> None:
    form = home_answers.library().in_force("to-khai-lien-thong-khai-tu", home_answers.ON)
    page = show(opened, tmp_path, form)
    dice = random.Random(3)
    filled = page.run("[...document.querySelectorAll('textarea, input[type=text]')].map(e => e.id)")
    for place in [each for each in filled if not any(word in each for word in ("id_number", "_on", "phone", "at"))][
        :40
    ]:
        page.type_into(place, "".join(dice.choices(LETTERS, k=300)))
    page.press(READY)
    assert "dài quá" in page.run("document.getElementById('summary').textContent")
    assert page.run("!document.querySelector('.code')")
