"""Every declaration of the civil status × every kind of person: what is asked, and that nothing given is lost."""

import re
from datetime import date

import pytest
from msgspec.structs import replace

from desk_app.documents.forms.form_keys import asked_of_values
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.marks import Rule, Text
from desk_app.documents.values import identity, values_of
from desk_app.domain.calendar import dates
from desk_app.domain.people.person import Person
from desk_app.services.reception.draft import Draft, answers
from tests.kit.paper import civil_status, papers

TODAY = date(2026, 11, 22)
OF_NOTE_2 = ("sex", "ethnicity", "nationality", "residence")
NOBODY = Person(full_name="")
CASES = {
    "card": civil_status.NUMBERED,
    "card of a year": replace(civil_status.NUMBERED, born_on="1956"),
    "number alone": Person(full_name="Lò Văn Thử", id_number="001200000001", born_on="2000-02-03"),
    "nine digits": Person(
        full_name="K'Thử Nghiệm",
        id_number="012345678",
        born_on="1960",
        sex="Nam",
        ethnicity="K'Ho",
        nationality="Việt Nam",
        residence="Thôn Thử, xã Mẫu, tỉnh Lâm Đồng",
        id_issued_on="2009-03-04",
        id_issued_by="Công an tỉnh Thử Nghiệm",
    ),
    "passport": Person(
        full_name="JOHN TEST",
        id_number="C1234567",
        born_on="1980-05-06",
        sex="Nam",
        ethnicity="",
        nationality="Lào",
        residence="Viêng Chăn, Lào",
        id_issued_on="2020-07-08",
        issuing_country="Lào",
    ),
    "no paper": Person(
        full_name="Giàng A Thử",
        born_on="1949",
        sex="Nam",
        ethnicity="Mông",
        nationality="Việt Nam",
        residence="Bản Thử",
    ),
    "dead": Person(full_name="Vàng Thị Thử", born_on="1931", ethnicity="Mông", residence="Đã chết"),
}
ALWAYS = {
    ("to-khai-xac-nhan-ho-tich", "subject"): {"sex", "ethnicity", "nationality"},
    ("to-khai-xntthn", "spouse"): {"nationality", "residence"},
}
"""Facts without a mark (2) on the paper: asked of everybody. A child's stand in every form of a birth."""
OTHERS = {"relation": "Người thân thích khác", "applicant_is": "Người khác", "purpose": "Để kết hôn"}
ROLES = [
    (form.id, role)
    for form in (papers.form(form_id) for form_id in civil_status.DECLARATIONS)
    for role in dict.fromkeys(field.role for field in form.fields if field.role)
    if role != "child"
]


def said_of(form, people, typed=()):
    """(questions by key, people, text of the pages) of a reception with these people and typed answers."""
    keys = {field.key for field in form.fields}
    fields = {key: answer for key, answer in OTHERS.items() if key in keys} | dict(typed)
    draft = Draft(id="mau", procedure="1.001193", people={"applicant": papers.MOTHER, **people}, fields=fields)
    asked = [field for field in form.fields if field.ask]
    said = answers(draft, asked, {"office.address": "UBND xã Thử"}, today=TODAY, strict=True)
    known = {role: person for role, person in said.people.items() if person.full_name or role == "applicant"}
    values = values_of(papers.dossier(people=known, fields=said.fields), papers.PROCEDURE)
    pages = lay_out(form, values, code="")
    text = " ".join(mark.text for page in pages for mark in page.marks if isinstance(mark, Text))
    return {question.key: question for question in said.questions}, known, " ".join(text.split()).upper()


def places(form, role):
    """What the paper has a place for, of this person."""
    keys = {key for _, key in asked_of_values(form.layout)}
    return {re.sub(r"\.(upper|words)$", "", key).removeprefix(f"{role}.") for key in keys if key.startswith(f"{role}.")}


@pytest.mark.parametrize(("form_id", "role"), ROLES)
def test_whoever_it_is_the_paper_says_all_that_is_known_and_nothing_else(form_id, role):
    form = papers.form(form_id)
    _, _, without = said_of(form, {})
    for name, person in CASES.items():
        _, known, text = said_of(form, {role: person})
        assert known[role].full_name == person.full_name, name
        there = places(form, role)
        for fact in there & {"full_name", "born_on", *OF_NOTE_2}:
            given = dates.shown(getattr(person, fact)).upper()
            assert given in text, (name, fact)
        if "identity" in there and person.id_number:
            alone = form_id == "to-khai-xac-nhan-ho-tich" and name == "number alone"  # it has a line for the number
            assert (person.id_number if alone else identity(known[role]).upper()) in text, name
            assert ("CĂN CƯỚC SỐ" in text) == ("CĂN CƯỚC SỐ" in without), name
        else:
            assert person.id_number in text, name


@pytest.mark.parametrize(("form_id", "role"), ROLES)
def test_what_note_2_frees_a_number_from_is_asked_only_of_who_has_none(form_id, role):
    form = papers.form(form_id)
    free = {field.key.removeprefix(f"{role}.") for field in form.fields if field.role == role} & set(OF_NOTE_2)
    free -= ALWAYS.get((form_id, role), set())
    for name, person in CASES.items():
        asked = {key.removeprefix(f"{role}.") for key in said_of(form, {role: person})[0] if key.startswith(f"{role}.")}
        assert free & asked == (set() if person.personal_number else free), name
        assert {"full_name", "id_number", "born_on"} <= asked, name
        assert ("id_kind" in asked) == bool(person.id_number and not person.personal_number), name
        assert ALWAYS.get((form_id, role), set()) <= asked, name


def test_a_child_is_asked_everything_about_with_a_number_or_without():
    for form_id in ("to-khai-khai-sinh", "to-khai-dang-ky-lai-khai-sinh"):
        for number in ("", "001326000001"):
            child = replace(papers.CHILD, id_number=number)
            asked, _, text = said_of(papers.form(form_id), {"child": child})
            assert {f"child.{fact}" for fact in ("sex", "ethnicity", "nationality")} <= set(asked)
            assert {"birth_place", "hometown"} <= set(asked)
            assert "NGÀY MƯỜI LĂM THÁNG MƯỜI NĂM HAI NGHÌN KHÔNG TRĂM HAI MƯƠI SÁU" in text


def test_an_unknown_father_leaves_his_lines_empty_and_is_asked_for_no_more_than_his_name():
    form = papers.form("to-khai-khai-sinh")
    asked, known, text = said_of(form, {"mother": civil_status.NUMBERED, "child": papers.CHILD})
    assert "father" not in known
    assert {"father.ethnicity", "father.nationality"} & set(asked) == set()
    assert re.search(r"NGƯỜI CHA: NĂM SINH: \(5\) DÂN TỘC: \(2\) QUỐC TỊCH: \(2\) NƠI CƯ TRÚ: \(2\) GIẤY TỜ", text)


def test_a_dead_parent_is_dead_in_the_line_of_the_residence():
    form = papers.form("to-khai-dang-ky-lai-khai-sinh")
    _, _, text = said_of(form, {"mother": CASES["dead"], "child": CASES["no paper"]})
    assert "NĂM SINH: (5) 1931 DÂN TỘC: (2) MÔNG QUỐC TỊCH: (2) VIỆT NAM NƠI CƯ TRÚ: (2) ĐÃ CHẾT" in text


@pytest.mark.parametrize(
    ("form_id", "choice", "role"),
    [
        ("to-khai-khai-sinh", ("relation", "Mẹ đẻ"), "mother"),
        ("to-khai-khai-sinh", ("relation", "Cha đẻ"), "father"),
        ("to-khai-ket-hon", ("applicant_is", "Bên nữ"), "bride"),
        ("to-khai-xntthn", ("relation", "Bản thân"), "subject"),
        ("to-khai-trich-luc", ("relation", "Bản thân"), "subject"),
        ("to-khai-nhan-cha-me-con", ("applicant_is", "Người nhận cha, mẹ, con"), "recognising"),
        ("to-khai-dang-ky-lai-khai-sinh", ("relation", "Bản thân"), "child"),
        ("to-khai-dang-ky-lai-ket-hon", ("applicant_is", "Người vợ"), "wife"),
        ("to-khai-giam-ho", ("applicant_is", "Người giám hộ"), "guardian"),
        ("to-khai-ghi-chu-ket-hon", ("applicant_is", "Bên nữ"), "bride"),
    ],
)
def test_an_applicant_who_is_the_person_is_asked_for_nobody_else_in_that_place(form_id, choice, role):
    asked, known, _ = said_of(papers.form(form_id), {}, [choice])
    assert known[role].full_name == known["applicant"].full_name == papers.MOTHER.full_name
    assert f"{role}.full_name" not in asked
    assert f"{role}.residence" not in asked


@pytest.mark.parametrize(("sex", "spouse"), [("Nam", "vợ là bà"), ("Nữ", "chồng là ông"), ("", "vợ/chồng là bà/ông")])
@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("Hiện tại chưa đăng ký kết hôn với ai", "(4) hiện tại chưa đăng ký kết hôn với ai "),
        (
            "Hiện tại đang có vợ/chồng",
            (
                "(4) hiện tại đang có {spouse} Trần Thị Mẫu (Giấy chứng nhận kết hôn số 12/2020, do UBND xã Mẫu "
                "cấp ngày 02 tháng 02 năm 2020) "
            ),
        ),
        (
            "Đang chung sống như vợ chồng từ trước ngày 03/01/1987",
            "(4) hiện tại đang có {spouse} Trần Thị Mẫu ",
        ),
        (
            "Đã đăng ký kết hôn nhưng đã ly hôn; hiện tại chưa đăng ký kết hôn với ai",
            (
                "(4) đã đăng ký kết hôn hoặc đã có vợ/chồng, nhưng đã ly hôn theo Bản án/Quyết định ly hôn số 01/2020 "
                "ngày 06 tháng 5 năm 2020 của Tòa án nhân dân khu vực 3; hiện tại chưa đăng ký kết hôn với ai "
            ),
        ),
        (
            "Đã đăng ký kết hôn nhưng vợ/chồng đã chết; hiện tại chưa đăng ký kết hôn với ai",
            (
                "(4) đã đăng ký kết hôn hoặc đã có vợ/chồng, nhưng vợ/chồng đã chết (Giấy chứng tử/Trích lục khai tử/"
                "Bản án số: 7/TLKT do UBND xã Thử cấp ngày 08 tháng 9 năm 2019); hiện tại chưa đăng ký kết hôn với ai "
            ),
        ),
        (
            "Trong một thời gian trước khi đăng ký kết hôn chưa đăng ký kết hôn với ai",
            (
                "(4) trong thời gian từ ngày 01 tháng 02 năm 2003 đến ngày 04 tháng 5 năm 2006 chưa đăng ký kết hôn "
                "với ai; hiện tại đang có {spouse} Trần Thị Mẫu (Giấy chứng nhận kết hôn số 12/2020, do UBND xã Mẫu "
                "cấp ngày 02 tháng 02 năm 2020) "
            ),
        ),
        (
            "Không đăng ký kết hôn với ai trong thời gian cư trú tại một nơi ở Việt Nam",
            (
                "(4) Không đăng ký kết hôn với ai trong thời gian cư trú tại xã Cũ, từ ngày 01 tháng 02 năm 2003 "
                "đến ngày 04 tháng 5 năm 2006 "
            ),
        ),
        (
            "Không đăng ký kết hôn với ai trong thời gian cư trú ở nước ngoài",
            (
                "(4) trong thời gian cư trú tại xã Cũ từ ngày 01 tháng 02 năm 2003 đến ngày 04 tháng 5 năm 2006 "
                "không đăng ký kết hôn với ai tại Đại sứ quán Thử "
            ),
        ),
    ],
)
def test_the_marital_status_stands_in_the_words_of_note_4(status, line, sex, spouse):
    form = papers.form("to-khai-xntthn")
    typed = {
        "marital_status": status,
        "current_spouse": "Trần Thị Mẫu",
        "marriage_number": "12/2020",
        "marriage_place": "UBND xã Mẫu",
        "marriage_on": "2/2/2020",
        "divorce_number": "01/2020",
        "divorce_on": "6/5/2020",
        "divorce_court": "khu vực 3",
        "spouse_death_number": "7/TLKT",
        "spouse_death_by": "UBND xã Thử",
        "spouse_death_on": "8/9/2019",
        "lived_at": "xã Cũ",
        "lived_from": "1/2/2003",
        "lived_to": "4/5/2006",
        "lived_embassy": "Đại sứ quán Thử",
    }
    subject = replace(CASES["no paper"], sex=sex)
    _, _, text = said_of(form, {"subject": subject}, typed.items())
    assert line.format(spouse=spouse).upper() + "MỤC ĐÍCH" in text


@pytest.mark.parametrize(
    ("paper", "struck"),
    [
        ("Giấy báo tử", "Giấy tờ thay thế Giấy báo tử"),
        ("Giấy tờ thay thế Giấy báo tử", "Giấy báo tử"),
        ("Không có", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("by", ["Trạm y tế xã Mẫu", ""])
def test_of_the_death_notice_the_name_that_does_not_apply_is_struck(paper, struck, by):
    form = papers.form("to-khai-khai-tu")
    values = {"death_paper": paper, "death_paper_number": "15", "death_paper_by": by}
    (page,) = lay_out(form, values, code="")
    heights = {rule.y1 for rule in page.marks if isinstance(rule, Rule)}
    through = [
        mark.text
        for mark in page.marks
        if isinstance(mark, Text) and any(0 < mark.y - y < mark.size / 2 for y in heights)
    ]
    line = [text for text in through if "báo tử" in text or "thay thế" in text]
    assert (struck in line) if struck else not line
