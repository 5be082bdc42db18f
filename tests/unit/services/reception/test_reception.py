"""Receiving a dossier through the services, on a real encrypted desk."""

from datetime import datetime, timedelta

import pypdfium2
import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers.events import CardRead
from desk_app.domain.dossiers.numbering import Block
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document, FeeStanding
from desk_app.errors import BadFactError, MissingFactError, NumbersUsedUpError, UnknownProcedureError
from desk_app.services.catalogue import law_files
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.maintenance import checks
from desk_app.services.papers import papers
from desk_app.services.reception import cards, due_and_fee, reception
from desk_app.services.reception.draft import Draft
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal
from desk_app.store.reference import settings
from tests.kit.desk.desks import CARD, TestClock

BIRTH, SINGLE, COPY, EXTRACT = "1.001193", "1.004873", "2.000815", "2.000635"
DEATH, REFUSAL, MARRIAGE = "1.000656", "2.001016", "1.000894"


def drafted(desk: Desk, procedure: str, **facts: object) -> Draft:
    person = cards.scan(desk, CARD).person
    return replace(reception.new_draft(procedure), **{"people": {"applicant": person}, **facts})


def certified(*sizes: tuple[int, int]) -> tuple[Document, ...]:
    return tuple(Document(name=f"Bằng {n}", pages=pages, copies=copies) for n, (pages, copies) in enumerate(sizes, 1))


def test_a_received_dossier_is_found_again_with_its_code_and_its_person(desk: Desk) -> None:
    receipt = reception.receive(desk, drafted(desk, SINGLE))
    assert receipt.dossier.code == "H26.99-261120-0001"
    kept = queries.detail(desk, receipt.dossier.code).dossier
    assert kept == receipt.dossier
    assert kept.applicant.full_name == "Nguyễn Thị Thử Nghiệm"
    assert [row.code for row in queries.find(desk, "thu nghiem")] == [kept.code]


def test_three_working_days_from_a_friday_skip_the_new_holiday(desk: Desk) -> None:
    due = reception.outlook(desk, drafted(desk, SINGLE)).due_at
    assert due is not None
    assert due.date().isoformat() == "2026-11-26"


def test_codes_of_a_day_follow_each_other_and_begin_again_the_next_day(desk: Desk, clock: TestClock) -> None:
    first = [reception.receive(desk, drafted(desk, SINGLE)).dossier.code for _ in range(3)]
    clock.moment += timedelta(days=3)
    later = reception.receive(desk, drafted(desk, SINGLE)).dossier.code
    assert [*first, later] == [
        "H26.99-261120-0001",
        "H26.99-261120-0002",
        "H26.99-261120-0003",
        "H26.99-261123-0001",
    ]


def test_the_code_on_the_screen_is_the_code_that_is_given(desk: Desk) -> None:
    draft = drafted(desk, SINGLE)
    assert reception.outlook(desk, draft).code == reception.receive(desk, draft).dossier.code


def test_saving_a_draft_twice_records_it_once(desk: Desk) -> None:
    draft = drafted(desk, SINGLE)
    first = reception.receive(desk, draft)
    again = reception.receive(desk, draft)
    assert again.again
    assert again.dossier == first.dossier
    assert queries.counts(desk).total == 1


def test_a_dossier_without_a_name_is_refused_and_uses_up_no_number(desk: Desk) -> None:
    nameless = replace(reception.new_draft(SINGLE), people={"applicant": Person(full_name="  ")})
    with pytest.raises(MissingFactError) as refusal:
        reception.receive(desk, nameless)
    assert refusal.value.facts["field"] == "applicant.full_name"
    assert queries.counts(desk).total == 0
    assert reception.receive(desk, drafted(desk, SINGLE)).dossier.code.endswith("-0001")


@pytest.mark.parametrize("procedure", [BIRTH, SINGLE, COPY, EXTRACT])
def test_a_blank_a_pen_can_fill_is_no_error(desk: Desk, procedure: str) -> None:
    draft = replace(reception.new_draft(procedure), people={"applicant": Person(full_name="Nguyễn Thị Thử Nghiệm")})
    code = reception.receive(desk, draft).dossier.code
    assert papers.draw(desk, code)


def test_a_date_no_calendar_has_is_refused_by_the_name_of_its_question(desk: Desk) -> None:
    draft = drafted(desk, BIRTH, fields={"child.born_on": "31/02/2026"})
    with pytest.raises(BadFactError) as refusal:
        reception.receive(desk, draft)
    assert refusal.value.facts["field"] == "child.born_on"
    assert reception.outlook(desk, draft).questions  # the preview goes on while the clerk types


def test_an_unknown_procedure_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownProcedureError):
        reception.receive(desk, drafted(desk, "9.999999"))


def test_certifying_copies_costs_what_the_rule_says(desk: Desk) -> None:
    # 2 pages × 2.000 + 1 page × 1.000 = 5.000 a copy, three copies; 300 pages reach the cap of 200.000.
    draft = drafted(desk, COPY, documents=certified((3, 3), (300, 1)))
    assert reception.outlook(desk, draft).fee.total == 15_000 + 200_000
    assert reception.outlook(desk, draft).fee_text == "215.000 đ"


def test_what_is_handed_over_at_once_needs_no_slip_and_is_logged_as_returned(desk: Desk) -> None:
    receipt = reception.receive(desk, drafted(desk, COPY, documents=certified((1, 1)), hand_over=True))
    assert receipt.papers == ()
    assert receipt.dossier.status is Status.RETURNED
    assert papers.draw(desk, receipt.dossier.code) == []
    assert [event.kind for event in journal.history(desk.db, receipt.dossier.id)] == ["received", "step"]


def test_a_certified_copy_to_fetch_later_gets_its_slip(desk: Desk) -> None:
    receipt = reception.receive(desk, drafted(desk, COPY, documents=certified((1, 1))))
    assert receipt.papers == ("slip",)
    assert receipt.dossier.status is Status.RECEIVED


def test_after_three_in_the_afternoon_the_same_day_becomes_the_next_working_day(desk: Desk, clock: TestClock) -> None:
    before = reception.outlook(desk, drafted(desk, BIRTH)).due_at
    clock.moment = datetime(2026, 11, 20, 15, 1, tzinfo=VIETNAM)
    after = reception.outlook(desk, drafted(desk, BIRTH)).due_at
    assert before is not None
    assert after is not None
    assert (before.date().isoformat(), after.date().isoformat()) == ("2026-11-20", "2026-11-23")


def test_the_mother_who_applies_is_asked_for_only_once(desk: Desk) -> None:
    draft = drafted(desk, BIRTH, fields={"relation": "Mẹ đẻ"})
    asked = {question.key for question in reception.outlook(desk, draft).questions}
    assert "mother.full_name" not in asked
    assert "father.full_name" in asked
    kept = reception.receive(desk, draft).dossier
    assert kept.people["mother"].full_name == kept.applicant.full_name


def test_an_answer_the_screen_suggests_is_recorded_like_one_that_was_typed(desk: Desk) -> None:
    kept = reception.receive(desk, drafted(desk, BIRTH)).dossier
    assert kept.fields["relation"] == "Mẹ đẻ"
    assert kept.people["mother"].nationality == "Việt Nam"


def test_an_answer_the_clerk_cleared_is_not_filled_in_again(desk: Desk) -> None:
    kept = reception.receive(desk, drafted(desk, BIRTH, fields={"relation": ""})).dossier
    assert "relation" not in kept.fields


def test_the_same_person_and_procedure_twice_is_warned_of(desk: Desk) -> None:
    reception.receive(desk, drafted(desk, SINGLE))
    outlook = reception.outlook(desk, drafted(desk, SINGLE))
    assert len(outlook.similar) == 1
    assert any("chưa trả kết quả" in warning for warning in outlook.warnings)


def test_the_block_of_a_desk_runs_out_loudly_and_a_further_block_helps(desk: Desk) -> None:
    with unit_of_work(desk.db):
        desk.settings = replace(desk.settings, blocks=(Block(1, 2),))
        settings.put(desk.db, desk.settings)
    warned = [reception.receive(desk, drafted(desk, SINGLE)).warnings for _ in range(2)]
    assert any("sắp hết" in warning for warning in warned[0])
    with pytest.raises(NumbersUsedUpError):
        reception.receive(desk, drafted(desk, SINGLE))
    desk.settings = replace(desk.settings, blocks=(Block(1, 2), Block(8000, 8001)))
    assert reception.receive(desk, drafted(desk, SINGLE)).dossier.code.endswith("-8000")


def test_a_clock_that_went_back_is_warned_of_but_stops_nobody(desk: Desk, clock: TestClock) -> None:
    reception.receive(desk, drafted(desk, SINGLE))
    clock.moment -= timedelta(days=400)
    assert any("ngày giờ" in warning for warning in reception.receive(desk, drafted(desk, SINGLE)).warnings)


def test_a_dossier_keeps_the_office_the_form_and_the_procedure_of_its_day(desk: Desk) -> None:
    receipt = reception.receive(desk, drafted(desk, SINGLE, card=CardRead(kind="qr2021", fields=("full_name",))))
    first = [paper.pdf for paper in papers.draw(desk, receipt.dossier.code)]
    desk.settings = replace(desk.settings, commune="xã Tên Mới", office="Trung tâm khác")
    assert [paper.pdf for paper in papers.draw(desk, receipt.dossier.code)] == first


def test_a_form_of_the_office_that_names_the_procedure_is_asked_and_printed(desk: Desk) -> None:
    folder = desk.data / "forms" / "don-rieng" / "v1"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(
        'title = "Đơn riêng"\nin_force_from = "2026-01-01"\nprocedures = ["1.004873", "2.000815"]\n'
        '[citation]\nnumber = "Thử 1"\n[[field]]\nkey = "wish"\nlabel = "Mong muốn"\nsection = "Đơn"\nask = true\n',
        "utf-8",
    )
    (folder / "layout.txt").write_text("Mong muốn: {wish}\n", "utf-8")
    draft = replace(drafted(desk, SINGLE), fields={"wish": "sớm"})
    assert "wish" in {question.key for question in reception.outlook(desk, draft).questions}
    receipt = reception.receive(desk, draft)
    assert [form.form for form in receipt.dossier.forms][:2] == ["to-khai-xntthn", "don-rieng"]
    assert receipt.papers == ("to-khai-xntthn", "don-rieng", "slip")
    assert receipt.dossier.fields["wish"] == "sớm"


def test_a_form_to_write_by_hand_is_printed_blank_asks_nothing_and_says_why(desk: Desk) -> None:
    folder = desk.data / "forms" / "don-tu-viet" / "v1"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(
        f'title = "Đơn tự viết"\nin_force_from = "2026-01-01"\nprocedures = ["{COPY}"]\n'
        'by_hand = "người dân tự viết (Điều 9 Thử nghiệm)"\n'
        '[citation]\nnumber = "Thử 1"\n[[field]]\nkey = "wish"\nlabel = "Mong muốn"\nsection = "Đơn"\nask = true\n',
        "utf-8",
    )
    (folder / "layout.txt").write_text("{office.name} {applicant.full_name} {wish}\n", "utf-8")
    draft = drafted(desk, COPY, documents=certified((1, 1)))
    told = reception.outlook(desk, draft)
    assert "wish" not in {question.key for question in told.questions}
    assert "In mẫu trống, không điền thay: người dân tự viết (Điều 9 Thử nghiệm)" in told.warnings
    code = reception.receive(desk, draft).dossier.code
    paper = next(paper for paper in papers.draw(desk, code) if paper.form == "don-tu-viet")
    with pypdfium2.PdfDocument(paper.pdf) as document:
        read = document[0].get_textpage().get_text_range()
    assert desk.office.name in read
    assert "Thử Nghiệm" not in read.replace(desk.office.name, "")


def test_a_procedure_says_who_must_come_and_sign(desk: Desk) -> None:
    (refusal,) = [said for said in reception.outlook(desk, drafted(desk, REFUSAL)).warnings if "Điều 20" in said]
    assert "từng trang" in refusal
    assert any("tự đến" in said for said in reception.outlook(desk, drafted(desk, MARRIAGE)).warnings)
    assert not any("tự đến" in said for said in reception.outlook(desk, drafted(desk, SINGLE)).warnings)


def test_copies_are_asked_once_beside_the_fee_that_depends_on_them_else_by_the_form(desk: Desk) -> None:
    folder = desk.data / "forms" / "don-rieng" / "v1"
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(
        f'title = "Đơn riêng"\nin_force_from = "2026-01-01"\nprocedures = ["{EXTRACT}", "{SINGLE}"]\n'
        '[citation]\nnumber = "Thử 1"\n[[field]]\nkey = "copies"\nlabel = "Số bản sao"\nsection = "Đơn"\n'
        'kind = "number"\nask = true\n',
        "utf-8",
    )
    (folder / "layout.txt").write_text("Số lượng: {copies} bản\n", "utf-8")
    beside = replace(drafted(desk, EXTRACT), copies=3)
    assert "copies" not in {question.key for question in reception.outlook(desk, beside).questions}
    assert reception.receive(desk, beside).dossier.fields["copies"] == "3"
    asked = replace(drafted(desk, SINGLE), fields={"copies": "2"})
    assert "copies" in {question.key for question in reception.outlook(desk, asked).questions}
    assert reception.receive(desk, asked).dossier.fields["copies"] == "2"


def test_an_extract_costs_the_copy_that_its_declaration_takes_for_granted_until_a_number_is_said(desk: Desk) -> None:
    draft = drafted(desk, EXTRACT)
    assert (reception.outlook(desk, draft).copies, reception.outlook(desk, draft).fee.total) == (1, 8_000)
    kept = reception.receive(desk, draft).dossier
    assert (kept.fields["copies"], kept.fee.total) == ("1", 8_000)
    none = reception.receive(desk, replace(drafted(desk, EXTRACT), copies=0)).dossier
    assert (none.fields["copies"], none.fee.total) == ("0", 0)
    assert reception.receive(desk, drafted(desk, DEATH)).dossier.fields["copies"] == "0"


def test_a_due_date_before_the_reception_is_refused(desk: Desk, clock: TestClock) -> None:
    yesterday = int((clock.moment - timedelta(days=1)).timestamp() * 1000)
    with pytest.raises(BadFactError) as refusal:
        reception.receive(desk, drafted(desk, SINGLE, due_at=yesterday))
    assert refusal.value.facts["field"] == "due"


def test_a_due_date_on_a_sunday_is_warned_of_and_the_next_working_day_named(desk: Desk) -> None:
    sunday = due_and_fee.chosen_due(desk, "22/11/26")
    receipt = reception.receive(desk, drafted(desk, SINGLE, due_at=sunday))
    assert receipt.dossier.due_at == sunday
    assert "Chủ Nhật 22/11/2026 là ngày nghỉ." in receipt.warnings
    assert "Ngày làm việc tiếp theo: Thứ Hai 23/11/2026." in receipt.warnings


def test_a_due_date_still_being_typed_is_no_refusal(desk: Desk, clock: TestClock) -> None:
    yesterday = int((clock.moment - timedelta(days=1)).timestamp() * 1000)
    assert "Thứ Năm 19/11/2026 đã qua." in reception.outlook(desk, drafted(desk, SINGLE, due_at=yesterday)).warnings


def test_handing_over_at_once_what_needs_an_appointment_is_refused(desk: Desk) -> None:
    with pytest.raises(BadFactError) as refusal:
        reception.receive(desk, drafted(desk, SINGLE, hand_over=True))
    assert refusal.value.facts["field"] == "hand_over"
    assert queries.counts(desk).total == 0


def test_a_certification_without_documents_is_warned_of(desk: Desk) -> None:
    assert any("số trang" in warning for warning in reception.outlook(desk, drafted(desk, COPY)).warnings)
    with_document = drafted(desk, COPY, documents=certified((1, 1)))
    assert not any("số trang" in warning for warning in reception.outlook(desk, with_document).warnings)


def test_a_fee_nobody_knows_stays_unknown_until_the_clerk_states_it(desk: Desk) -> None:
    draft = drafted(desk, SINGLE)
    unknown = reception.outlook(desk, draft)
    assert (unknown.fee.standing, unknown.fee_text) == (FeeStanding.UNKNOWN, "Chưa xác định")
    assert "Hội đồng nhân dân cấp tỉnh" in unknown.fee_hint
    free = reception.outlook(desk, replace(draft, fee_total=0))
    assert (free.fee.standing, free.fee_text, free.fee_hint) == (FeeStanding.FREE, "Không thu phí", "")
    stated = reception.receive(desk, replace(draft, fee_total=8_000)).dossier.fee
    assert (stated.standing, stated.known_total) == (FeeStanding.SUM, 8_000)


def test_a_sum_the_clerk_states_closes_a_fee_known_in_part(desk: Desk) -> None:
    draft = drafted(desk, DEATH, copies=2)
    assert reception.outlook(desk, draft).fee_text == "16.000 đ và khoản chưa xác định"
    assert reception.outlook(desk, replace(draft, fee_total=16_000)).fee_text == "16.000 đ"


def test_a_fee_set_to_nothing_over_a_rule_is_free(desk: Desk) -> None:
    fee = reception.receive(desk, drafted(desk, REFUSAL, fee_total=0)).dossier.fee
    assert (fee.standing, fee.known_total) == (FeeStanding.FREE, 0)


@pytest.mark.parametrize(
    ("key", "text"),
    [("marital_status", "độc thân"), ("relation", "zzz"), ("subject.sex", "x")],
)
def test_an_answer_that_is_in_no_list_is_refused_where_the_list_is_law(desk: Desk, key: str, text: str) -> None:
    fields = {"relation": "Mẹ", "subject.full_name": "Trần Thị Thử"} | {key: text}
    with pytest.raises(BadFactError) as refusal:
        reception.receive(desk, drafted(desk, SINGLE, fields=fields))
    assert refusal.value.facts["field"] == key
    assert text not in str(refusal.value)


def test_an_hour_that_is_no_number_is_refused(desk: Desk) -> None:
    with pytest.raises(BadFactError) as refusal:
        reception.receive(desk, drafted(desk, DEATH, fields={"died_hour": "hai"}))
    assert refusal.value.facts["field"] == "died_hour"


def test_an_entry_of_a_list_is_kept_as_the_list_writes_it_and_a_free_text_as_it_was_typed(desk: Desk) -> None:
    fields = {"relation": "ban thân", "marital_status": "hien tai dang co vo/chong", "subject.ethnicity": "K'Ho"}
    unnumbered = {"applicant": Person(full_name="Giàng A Thử", sex="Nam")}  # who has a number is not asked for this
    kept = reception.receive(desk, drafted(desk, SINGLE, fields=fields, people=unnumbered)).dossier
    assert kept.fields["relation"] == "Bản thân"
    assert kept.fields["marital_status"] == "Hiện tại đang có vợ/chồng"
    assert kept.people["subject"].ethnicity == "K'Ho"
    assert kept.people["subject"].full_name == kept.applicant.full_name


def test_numbers_far_from_usual_are_taken_by_the_terminal_and_warned_of(desk: Desk) -> None:
    copies = drafted(desk, COPY, documents=(Document(name="Sổ", pages=2009, copies=51),))
    warnings = reception.receive(desk, copies).warnings
    assert "Giấy tờ 1 có 2.009 trang, nhiều khác thường." in warnings
    assert "Giấy tờ 1 có 51 bản, nhiều khác thường." in warnings


def test_the_slip_says_where_the_office_is_as_on_the_day_and_the_preview_is_the_paper(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the mark of a draft, which is taken off here."""
    monkeypatch.setattr(papers, "DRAFT", "")
    before = reception.receive(desk, drafted(desk, SINGLE)).dossier
    assert (before.office.address, before.office.phone) == ("", "")
    plain = papers.draw(desk, before.code, "slip")[0].pdf
    desk.settings = replace(desk.settings, address="Số 1, thôn Thử Nghiệm", phone="0110 000 001")
    draft = drafted(desk, SINGLE)
    shown = papers.preview(desk, draft, "slip")
    after = reception.receive(desk, draft).dossier
    assert (after.office.address, after.office.phone) == ("Số 1, thôn Thử Nghiệm", "0110 000 001")
    drawn = papers.draw(desk, after.code, "slip")[0].pdf
    assert drawn == shown
    assert papers.draw(desk, before.code, "slip")[0].pdf == plain  # an earlier paper stays as it was
    desk.settings = replace(desk.settings, address="", phone="")
    assert papers.draw(desk, after.code, "slip")[0].pdf == drawn


def test_from_sixty_days_before_a_law_ends_reception_and_doctor_say_that_its_form_has_no_successor(
    desk: Desk, clock: TestClock
) -> None:
    said = "Luật Hộ tịch số 03/2026/QH16 thay từ 01/03/2027, chưa có mẫu mới"
    assert not [line for line in reception.outlook(desk, drafted(desk, DEATH)).warnings if said in line]
    clock.moment = datetime(2026, 12, 31, 9, tzinfo=VIETNAM)
    warned = reception.outlook(desk, drafted(desk, DEATH)).warnings
    assert [line for line in warned if said in line] == [f"Tờ khai đăng ký khai tử: {said}."]
    assert not [line for line in reception.outlook(desk, drafted(desk, COPY)).warnings if said in line]
    (finding,) = [each for each in checks.doctor(desk) if said in each.state]
    assert finding.remedy
    assert said in law_files.state(desk).forms


def test_after_the_law_of_a_form_has_ended_the_form_still_prints_and_says_what_to_do(
    desk: Desk, clock: TestClock
) -> None:
    clock.moment = datetime(2027, 3, 2, 9, tzinfo=VIETNAM)
    draft = drafted(desk, DEATH)
    (said,) = [line for line in reception.outlook(desk, draft).warnings if "chưa có mẫu mới" in line]
    assert "mẫu cũ vẫn in ra, hỏi cấp trên trước khi dùng" in said
    code = reception.receive(desk, draft).dossier.code
    assert len(papers.draw(desk, code, "forms")) == 1
    assert [each for each in checks.doctor(desk) if "hỏi cấp trên trước khi dùng" in each.state]
