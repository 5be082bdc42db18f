"""Money of dossiers on a real encrypted desk: taken, given back, exempt, its receipts; a colleague's desk beside it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app import places
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.payments.exemption import OTHER, ExemptionClaim
from desk_app.domain.payments.money_events import PAPER
from desk_app.domain.payments.receipt_book import BookUsedUpError, NumberGivenError
from desk_app.domain.payments.receipt_rules import PaperReceiptsEndedError
from desk_app.domain.procedures.procedure import Document
from desk_app.errors import BadFactError, MissingFactError
from desk_app.services.catalogue import law_files
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.payments import collecting, exempting, receipt_books, standing
from desk_app.services.payments.collecting import (
    NothingPaidError,
    NothingToCollectError,
    ReceiptSettingError,
    ReceiptTyped,
)
from desk_app.services.reception import cards, reception
from desk_app.store.journal import check, rebuild
from desk_app.store.queries import dossiers
from desk_app.store.reference import catalogue
from tests.kit.desk.desks import CARD, TestClock

COPIES, DEATH = "2.000815", "1.000656"
TEN_PAGES = (Document(name="Bằng tốt nghiệp", pages=3, copies=2),)
ELECTRONIC = {"receipt_series": "26TAA", "receipt_template": "EBL01"}
ACCOUNT = {"bank_bin": "970436", "bank_account": "0071001234567", "bank_holder": "UBND xã Thử Nghiệm"}


def received(desk: Desk, procedure: str = COPIES, **facts: object) -> str:
    if procedure == COPIES:
        facts.setdefault("documents", TEN_PAGES)
    people = {"applicant": cards.scan(desk, CARD).person}
    draft = replace(reception.new_draft(procedure), people=people, hand_over=procedure == COPIES, **facts)
    return reception.receive(desk, draft).dossier.code


def told(desk: Desk, code: str) -> str:
    return standing.outlook(desk, code).standing.told


def test_all_that_is_owed_is_taken_at_once_and_nothing_twice(desk: Desk) -> None:
    code = received(desk)
    assert told(desk, code) == "Chưa thu 10.000 đ"
    done = collecting.collect(desk, code)
    assert (done.amount, done.words) == (10_000, "Mười nghìn đồng")
    assert told(desk, code) == "Đã thu đủ 10.000 đ"
    with pytest.raises(NothingToCollectError):
        collecting.collect(desk, code)
    assert "Thu 10.000 đ (mười nghìn đồng), tiền mặt" in [line.text for line in queries.detail(desk, code).history]


def test_no_more_is_taken_than_is_owed(desk: Desk) -> None:
    code = received(desk)
    collecting.collect(desk, code, amount=4000, way="transfer")
    for amount in (6001, 0, -1):
        with pytest.raises(BadFactError):
            collecting.collect(desk, code, amount=amount)
    with pytest.raises(BadFactError, match="tiền mặt"):
        collecting.collect(desk, code, way="gold")
    assert told(desk, code) == "Còn phải thu 6.000 đ"


def test_a_fee_that_nobody_knew_is_what_was_taken(desk: Desk) -> None:
    code = received(desk, DEATH)
    with pytest.raises(MissingFactError):
        collecting.collect(desk, code)
    done = collecting.collect(desk, code, amount=8000)
    assert (done.dossier.fee.known_total, done.standing.is_settled) == (8000, True)


def test_a_correction_after_payment_tells_the_difference(desk: Desk) -> None:
    code = received(desk)
    collecting.collect(desk, code)
    kept = steps.correct(desk, code, {"fee.total": "12000"}, reason="Thêm một bản")
    assert standing.told_after(kept) == "Còn phải thu 2.000 đ."
    kept = steps.correct(desk, code, {"fee.total": "7000"}, reason="Bớt một bản")
    assert standing.told_after(kept) == "Phải trả lại 3.000 đ."
    with pytest.raises(NothingToCollectError, match=r"phải trả lại 3\.000 đ"):
        collecting.collect(desk, code)
    collecting.give_back(desk, code, amount=3000, reason="Thu thừa")
    assert told(desk, code) == "Đã thu đủ 7.000 đ"


def test_money_comes_back_out_of_one_payment_and_no_more_than_was_left_of_it(desk: Desk) -> None:
    code = received(desk)
    with pytest.raises(NothingPaidError):
        collecting.give_back(desk, code, reason="Nhầm")
    collecting.collect(desk, code, amount=4000)
    collecting.collect(desk, code, amount=6000, way="transfer")
    with pytest.raises(MissingFactError):
        collecting.give_back(desk, code, reason=" ")
    with pytest.raises(BadFactError, match=r"còn 6\.000 đ"):
        collecting.give_back(desk, code, amount=6001, reason="Nhầm")
    collecting.give_back(desk, code, reason="Rút hồ sơ")
    first, second = standing.outlook(desk, code).payments
    assert (first.left, second.left) == (4000, 0)
    collecting.give_back(desk, code, of=first.line.stamp, is_mistake=True, reason="Ghi nhầm hồ sơ")
    assert told(desk, code) == "Chưa thu 10.000 đ"
    history = [line.text for line in queries.detail(desk, code).history]
    assert "Rút lại lần thu 4.000 đ ghi nhầm. Lý do: Ghi nhầm hồ sơ" in history


def test_an_unpaid_result_is_told_of_before_it_is_returned_and_not_refused(desk: Desk) -> None:
    code = received(desk, "2.001016")
    steps.step(desk, code, "ready", result="Văn bản")
    (remark,) = [each.remark for each in steps.steps(desk, code) if each.action == Action.RETURN]
    assert remark == "Phí, lệ phí: chưa thu 50.000 đ."
    collecting.collect(desk, code)
    (remark,) = [each.remark for each in steps.steps(desk, code) if each.action == Action.RETURN]
    assert remark == ""
    steps.step(desk, code, "return", collector=dossiers.by_code(desk.db, code).applicant)


def test_a_receipt_is_named_with_the_payment_or_later(desk: Desk) -> None:
    office_settings.change_all(desk, ELECTRONIC)
    code = received(desk)
    collecting.collect(desk, code, amount=4000, receipt=ReceiptTyped(number="12"))
    collecting.collect(desk, code)
    collecting.name_receipt(desk, code, ReceiptTyped(number="13"))
    first, second = (each.line.receipt for each in standing.outlook(desk, code).payments)
    assert first is not None and second is not None
    assert [(each.template, each.series, each.number) for each in (first, second)] == [
        ("EBL01", "26TAA", 12),
        ("EBL01", "26TAA", 13),
    ]
    with pytest.raises(MissingFactError, match="Lý do thay"):
        collecting.name_receipt(desk, code, ReceiptTyped(number="14"))
    collecting.name_receipt(desk, code, ReceiptTyped(number="14"), reason="Gõ nhầm số")
    other = collecting.collect(desk, received(desk), receipt=ReceiptTyped(number="12"))
    assert other.warnings == (f"Số của biên lai EBL01 26TAA số 12 đã ghi cho hồ sơ {code}: xem lại.",)


def test_a_receipt_of_no_series_of_this_year_is_refused(desk: Desk, clock: TestClock) -> None:
    code = received(desk)
    with pytest.raises(ReceiptSettingError, match="ký hiệu biên lai trong Cài đặt"):
        collecting.collect(desk, code, receipt=ReceiptTyped(number="12"))
    office_settings.change_all(desk, ELECTRONIC)
    clock.moment += timedelta(days=60)
    with pytest.raises(ReceiptSettingError, match="2027") as told:
        collecting.collect(desk, code, receipt=ReceiptTyped(number="12"))
    assert "«Thu phí, lệ phí»" in told.value.remedy
    with pytest.raises(BadFactError, match="2027"):
        collecting.collect(desk, code, receipt=ReceiptTyped(number="12", series="26TAB"))
    assert not standing.outlook(desk, code).payments
    collecting.collect(desk, code, receipt=ReceiptTyped(number="12", series="27TAA"))


def test_a_book_gives_its_numbers_in_order_and_none_twice(desk: Desk) -> None:
    receipt_books.open_book(desk, template="01BLP2-001", series="AA-22T", first=7, last=9)
    code = received(desk)
    collecting.collect(desk, code, amount=1000, receipt=ReceiptTyped(kind=PAPER, book="AA-22T", takes_next=True))
    receipt_books.spoil(desk, "AA-22T", 8, reason="Viết hỏng")
    with pytest.raises(NumberGivenError):
        collecting.collect(desk, code, amount=1000, receipt=ReceiptTyped(kind=PAPER, number="8"))
    (book,) = receipt_books.books(desk)
    assert (book.next_number, book.left, book.spoilt) == (9, 1, {8: "Viết hỏng"})
    collecting.collect(desk, code, amount=1000, receipt=ReceiptTyped(kind=PAPER, number="9"))
    with pytest.raises(BookUsedUpError):
        collecting.collect(desk, code, receipt=ReceiptTyped(kind=PAPER, book="AA-22T", takes_next=True))
    (book,) = receipt_books.books(desk)
    assert book.told == "01BLP2-001 AA-22T từ 0000007 đến 0000009: đã dùng 2, hủy 1, còn 0"
    with pytest.raises(BadFactError, match="trùng số"):
        receipt_books.open_book(desk, template="01BLP2-001", series="AA-22T", first=9, last=12)


def test_a_payment_that_never_was_gives_its_paper_number_free_again(desk: Desk) -> None:
    receipt_books.open_book(desk, template="01", series="AA-22T", first=1, last=50)
    code = received(desk)
    collecting.collect(desk, code, receipt=ReceiptTyped(kind=PAPER, number="1"))
    collecting.give_back(desk, code, reason="Ghi nhầm hồ sơ", is_mistake=True)
    assert receipt_books.books(desk)[0].next_number == 1


def test_paper_receipts_end_with_the_year(desk: Desk, clock: TestClock) -> None:
    receipt_books.open_book(desk, template="01", series="AA-22T", first=1, last=50)
    code = received(desk)
    clock.moment = clock.moment.replace(month=12, day=31)
    collecting.collect(desk, code, amount=1000, receipt=ReceiptTyped(kind=PAPER, number="1"))
    clock.moment += timedelta(days=1)
    with pytest.raises(PaperReceiptsEndedError):
        collecting.collect(desk, code, receipt=ReceiptTyped(kind=PAPER, number="2"))
    with pytest.raises(PaperReceiptsEndedError):
        receipt_books.open_book(desk, template="01", series="BB", first=1, last=50)
    assert receipt_books.current(desk) is None
    assert receipt_books.close_book(desk, "AA-22T").told.endswith("còn 49, đã đóng")


def test_who_is_exempt_is_recorded_with_law_and_proof(desk: Desk) -> None:
    poor = ExemptionClaim(id="ho-tich-ho-ngheo", proof="Sổ hộ nghèo số 12")
    draft = replace(reception.new_draft(DEATH), exemption=replace(poor, proof=""))
    assert reception.outlook(desk, draft).fee.exemption_id == ""  # asked only when it is saved
    with pytest.raises(MissingFactError, match="hộ nghèo"):
        received(desk, DEATH, exemption=replace(poor, proof=""))
    code = received(desk, DEATH, exemption=poor)
    fee = dossiers.by_code(desk.db, code).fee
    assert (fee.known_total, fee.exemption_law, fee.exemption_proof) == (0, "60/2014/QH13", "Sổ hộ nghèo số 12")
    assert standing.outlook(desk, code).exemption == "người thuộc hộ nghèo, theo 60/2014/QH13, Sổ hộ nghèo số 12"


def test_a_dossier_that_was_paid_can_be_freed_later_and_the_money_is_to_be_given_back(desk: Desk) -> None:
    code = received(desk)
    collecting.collect(desk, code)
    claim = ExemptionClaim(id=OTHER, who="trẻ mồ côi", law="Nghị quyết 01 của HĐND", proof="Quyết định số 5")
    kept = exempting.exempt(desk, code, claim)
    assert (kept.fee.exempted, standing.told_after(kept)) == (10_000, "Phải trả lại 10.000 đ.")


def test_the_bank_code_is_for_what_is_left(desk: Desk) -> None:
    code = received(desk)
    assert standing.outlook(desk, code).bank is None
    office_settings.change_all(desk, ACCOUNT)
    collecting.collect(desk, code, amount=4000)
    bank = standing.outlook(desk, code).bank
    assert bank is not None
    assert "54046000" in bank.payload and code in bank.payload
    assert bank.words == f"Vietcombank 0071001234567 (UBND xã Thử Nghiệm), nội dung: {code}"
    collecting.collect(desk, code)
    assert standing.outlook(desk, code).bank is None


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("bank_bin", "9704", "6 chữ số"),
        ("bank_account", "00 71", "viết liền"),
        ("receipt_series", "26TAF", "26TAA"),
        ("receipt_template", "BL01", "EBL01"),
        ("tax_code", "123", "10 chữ số"),
    ],
)
def test_a_setting_that_cannot_be_says_why(desk: Desk, key: str, text: str, why: str) -> None:
    with pytest.raises(BadFactError, match=why):
        office_settings.change(desk, key, text)


def test_the_rows_are_made_again_as_they_were(desk: Desk) -> None:
    code = received(desk)
    collecting.collect(desk, code)
    collecting.give_back(desk, code, amount=1000, reason="Thừa")
    before = desk.db.all("SELECT * FROM payment ORDER BY dossier, place")
    assert [row[6] for row in before] == [10_000, -1000]
    rebuild.rebuild(desk.db)
    assert desk.db.all("SELECT * FROM payment ORDER BY dossier, place") == before
    assert check.check(desk.db).ok
    desk.db.execute("UPDATE payment SET amount = amount + 1 WHERE place = 0")
    assert not check.check(desk.db).ok


def test_an_office_says_an_exemption_otherwise_and_a_dossier_keeps_what_it_came_under(
    desk: Desk, clock: TestClock, tmp_path: Path
) -> None:
    code = received(desk, DEATH)
    before = catalogue.in_force(desk.db, DEATH, desk.today().isoformat())
    clock.moment += timedelta(days=1)
    on = desk.today().isoformat()
    rule = (
        '\n[[exemptions]]\nid = "{}"\nwho = "trẻ mồ côi"\nproof = "Quyết định trợ giúp"\n'
        'in_force_from = "{}"\ncitation = {{ number = "05/2026/NQ-HĐND" }}\n'
    )
    text = (places.resources() / "catalogue" / f"{DEATH}.toml").read_text("utf-8")
    text = text.replace(f'version = "{before.version}"', 'version = "xa-1"')
    text = text.replace(f'in_force_from = "{before.in_force_from}"', f'in_force_from = "{on}"')
    file = tmp_path / f"{DEATH}.toml"
    file.write_text(text + rule.format("ho-tich-ho-ngheo", on) + rule.format("mo-coi", on), "utf-8")
    (line,) = law_files.look(desk, file).changed
    assert law_files.take_in(desk, file).changed == (line,)
    assert law_files.look(desk, file).is_nothing
    claim = ExemptionClaim(id="mo-coi", proof="Quyết định 5")
    with pytest.raises(BadFactError):
        exempting.exempt(desk, code, claim)  # received under the version before
    assert "mo-coi" not in [each.id for each in standing.outlook(desk, code).exemptions]
    new = received(desk, DEATH)
    offered = {each.id: each.who for each in standing.outlook(desk, new).exemptions}
    assert (offered["ho-tich-ho-ngheo"], offered["mo-coi"]) == ("trẻ mồ côi", "trẻ mồ côi")
    assert "ho-tich-khuyet-tat" in offered, "what the office does not name stays as it ships"
    assert exempting.exempt(desk, new, claim).fee.exemption_law == "05/2026/NQ-HĐND"


def test_a_dossier_is_exempt_by_the_law_of_the_day_on_which_it_came(desk: Desk, clock: TestClock) -> None:
    code = received(desk, DEATH)
    clock.moment += timedelta(days=365)  # the law of 2014 has ended
    claim = ExemptionClaim(id="ho-tich-ho-ngheo", proof="Sổ 1")
    assert exempting.exempt(desk, code, claim).fee.exemption_law == "60/2014/QH13"
    assert exempting.rules(desk, DEATH) == ()
    with pytest.raises(BadFactError):
        received(desk, DEATH, exemption=claim)
