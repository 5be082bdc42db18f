from msgspec.structs import replace

from desk_app.documents.forms.questions import is_asked, prefill
from desk_app.documents.forms.value_keys import is_known
from desk_app.documents.values import id_paper, identity, values_of
from desk_app.domain.dossiers.events import HandedIn, Office
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Fee, LimitUnit, TimeLimit
from tests.kit.paper import papers


def values(**changes):
    return values_of(papers.dossier(**changes), papers.PROCEDURE)


def test_dates_show_as_papers_write_them_with_words_and_parts():
    known = values()
    assert known["child.born_on"] == "15/10/2026"
    assert known["child.born_on.words"] == "Ngày mười lăm tháng mười năm hai nghìn không trăm hai mươi sáu"
    assert [known[f"child.born_on.{part}"] for part in ("day", "month", "year")] == ["15", "10", "2026"]
    assert known["marriage_on"] == "02/02/2020"


def test_a_month_has_a_leading_zero_only_in_january_and_february():
    months = [values(fields={"d": f"2026-{n:02d}-05"})["d.month"] for n in (1, 2, 3, 9, 10)]
    assert months == ["01", "02", "3", "9", "10"]


def test_a_birth_year_stays_a_year():
    known = values()
    assert known["father.born_on"] == "1988"
    assert known["father.born_on.words"] == "Năm một nghìn chín trăm tám mươi tám"


def test_moments_are_vietnamese_time():
    known = values()
    assert known["dossier.received_at"] == "08 giờ 05 phút, ngày 22/11/2026"
    assert known["dossier.due_at"] == "16 giờ 30 phút, ngày 25/11/2026"
    assert "dossier.due_at" not in values(due_at=0)


def test_an_identity_paper_is_one_phrase_of_what_is_known():
    assert id_paper(papers.MOTHER) == "Căn cước số 001190000001, do Bộ Công an cấp ngày 20/08/2024"
    assert id_paper(Person(full_name="A", id_number="001190000001")) == "Căn cước/CCCD số 001190000001"
    undated = Person(full_name="A", id_number="1", id_issued_on="2024-08-20")
    assert id_paper(undated) == "Căn cước/CCCD số 1, cấp ngày 20/08/2024"
    assert id_paper(Person(full_name="A")) == ""


def test_the_line_of_an_identity_paper_never_calls_a_number_what_it_is_not():
    assert identity(papers.MOTHER) == "Căn cước số 001190000001 do Bộ Công an cấp ngày 20/08/2024"
    assert identity(Person(full_name="A", id_number="001326000001")) == "Số định danh cá nhân 001326000001"
    assert identity(Person(full_name="A", id_number="012345678")) == "Chứng minh nhân dân số 012345678"
    dated = Person(full_name="A", id_number="012345678", id_issued_on="2009-08-20")
    assert identity(dated) == "Chứng minh nhân dân số 012345678 cấp ngày 20/08/2009"
    foreign = Person(full_name="A", id_number="512345678", nationality="Lào", issuing_country="Lào")
    assert identity(foreign) == "Hộ chiếu số 512345678 do Lào cấp"
    passport = Person(full_name="A", id_number="001190000001", document_number="C1234567", id_kind="Hộ chiếu")
    assert identity(passport) == "Hộ chiếu số C1234567"
    assert identity(Person(full_name="A")) == ""


def test_a_year_alone_stands_in_the_place_of_the_year():
    known = values(fields={"registered_on": "1985"})
    assert (known["registered_on.year"], "registered_on.day" in known) == ("1985", False)


def test_the_fee_is_an_amount_or_says_that_there_is_none():
    assert values()["dossier.fee"] == "16.000 đồng"
    assert values(fee=Fee())["dossier.fee"] == "Không thu phí"
    assert values(fee=Fee(exemption="người có công"))["dossier.fee"] == "Miễn (người có công)"
    assert "dossier.fee" not in values(fee=Fee(decided_by_clerk=True))
    assert values(fee=Fee(decided_by_clerk=True, free=True))["dossier.fee"] == "Không thu phí"
    part = values(fee=Fee(total=16_000, decided_by_clerk=True, open=True))
    assert (part["dossier.fee"], "dossier.fee_words" in part) == ("16.000 đồng và khoản chưa xác định", False)


def test_papers_handed_in_are_numbered_rows_with_empty_cells_for_none():
    rows = values(components=(HandedIn(component="a", name="A", originals=1),))["components"]
    assert rows == ({"n": "1", "name": "A", "originals": "01", "certified": "", "copies": ""},)


def test_what_was_brought_fits_in_one_sentence():
    assert values(components=papers.PAPERS[:2])["dossier.components"] == "Tờ khai đăng ký khai sinh; Giấy chứng sinh"
    said = values_of(papers.certified_copy(), papers.PROCEDURE)["dossier.components"]
    assert said == "Bằng tốt nghiệp trung học phổ thông (2 trang × 3 bản); Sổ hộ chiếu (48 trang × 1 bản)"


def test_a_procedure_is_named_without_saying_that_it_is_one():
    assert values()["dossier.procedure"] == "Đăng ký khai sinh"


def test_the_barcode_says_the_code_without_punctuation():
    assert values()["dossier.barcode"] == "H5621082611220043"


def test_the_place_of_a_date_line_is_the_communes_bare_name():
    def place(commune):
        return values(office=Office(name="A", commune=commune))["office.place"]

    assert place("xã Đông Sơn") == "Đông Sơn"
    assert place("Phường Ô Chợ Dừa") == "Ô Chợ Dừa"
    assert place("đặc khu Côn Đảo") == "đặc khu Côn Đảo"


def test_the_superior_office_is_the_commune_unless_named():
    assert values()["office.superior"] == "UBND xã Đông Sơn"
    named = replace(papers.RECEIVED.office, superior="UBND thành phố Mẫu")
    assert values(office=named)["office.superior"] == "UBND thành phố Mẫu"


def test_an_unsure_limit_is_told_in_the_catalogues_words():
    unsure = replace(papers.PROCEDURE, limit_text="Không quy định", unsure=("limit",))
    assert values_of(papers.dossier(), unsure)["dossier.limit"] == "Không quy định"
    sure = replace(unsure, unsure=(), limit=TimeLimit(unit=LimitUnit.WORKING_DAY, amount=3))
    assert values_of(papers.dossier(), sure)["dossier.limit"] == "03 ngày làm việc"


def test_every_value_has_a_name_that_forms_may_use():
    fields = papers.form("to-khai-khai-sinh").fields + papers.form("to-khai-xntthn").fields
    fields += papers.library().exact("to-khai-xntthn", "tt-04-2024").fields
    assert [key for key in values() if not is_known(key, fields)] == []


def test_misspelt_names_are_unknown():
    fields = papers.form("to-khai-khai-sinh").fields
    for key in ("applicant.name", "aunt.full_name", "dossier.kode", "office", "upper", ".upper", "mother.sex.weird"):
        assert not is_known(key, fields)
    assert is_known("mother.full_name.upper", fields)


def test_a_question_is_prefilled_from_what_is_known_then_a_source_then_a_suggestion_then_the_default():
    fields = {field.key: field for field in papers.form("to-khai-khai-sinh").fields}
    assert prefill(fields["relation"], {"applicant.sex": "Nữ"}) == ("Mẹ đẻ", "default")
    assert prefill(fields["relation"], {"applicant.sex": "Nam"}) == ("Cha đẻ", "default")
    assert prefill(fields["relation"], {"applicant.sex": "Nam", "relation": "Ông nội"}) == ("Ông nội", "known")
    assert prefill(fields["relation"], {}) == ("", "")
    assert prefill(fields["child.ethnicity"], {"mother.ethnicity": "Tày"}) == ("Tày", "known")
    assert prefill(fields["child.nationality"], {}) == ("Việt Nam", "default")


def test_what_a_card_has_told_is_not_asked_again():
    fields = {field.key: field for field in papers.form("to-khai-khai-sinh").fields}
    assert not is_asked(fields["mother.full_name"], {"relation": "Mẹ đẻ"})
    assert is_asked(fields["father.full_name"], {"relation": "Mẹ đẻ"})
    assert is_asked(fields["mother.full_name"], {})
    assert not is_asked(fields["copies"], {})


def test_the_row_of_no_papers_takes_nothing_from_the_dossier():
    received = papers.dossier(components=())
    assert values_of(received, papers.PROCEDURE)["copies"] == "2"
    (row,) = values_of(received, papers.PROCEDURE)["components"]
    assert {key: row[key] for key in ("n", "originals", "certified", "copies")} == dict.fromkeys(
        ("n", "originals", "certified", "copies"), ""
    )


def test_a_count_and_a_moment_have_their_words_and_a_year_has_none():
    said = values(fields={"kept": "12", "house_year": "1990"})
    assert said["kept.words"] == "mười hai"
    assert "house_year.words" not in said
    assert said["dossier.received_at.words"].startswith("Ngày hai mươi hai tháng mười một")


def test_an_office_is_named_with_where_it_is_and_its_telephone_only_where_they_are_known():
    office = Office(name="Trung tâm", commune="xã Đông Sơn", province="tỉnh Thanh Hóa")
    bare = values(office=office)
    assert not {"office.street", "office.phone", "office.contact"} & set(bare)
    assert bare["office.address"] == "Ủy ban nhân dân xã Đông Sơn, tỉnh Thanh Hóa"
    both = values(office=replace(office, address="Số 1, thôn Hạ.", phone="0237 000 001"))
    assert both["office.street"] == "Số 1, thôn Hạ."
    assert both["office.phone"] == "0237 000 001"
    assert both["office.contact"] == "Địa chỉ: Số 1, thôn Hạ. Điện thoại: 0237 000 001"
    assert both["office.address"] == bare["office.address"]
    assert values(office=replace(office, phone="0237 000 001"))["office.contact"] == "Điện thoại: 0237 000 001"
    assert values(office=replace(office, address="Số 1, thôn Hạ"))["office.contact"] == "Địa chỉ: Số 1, thôn Hạ"
    assert all(is_known(key, (), ()) for key in both if key.startswith("office."))
