"""One reception of linked procedures: a dossier each, all or none, one slip, one whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app import places
from desk_app.documents.output import pdf
from desk_app.domain.dossiers.numbering import Block, payload
from desk_app.domain.messages import occasion
from desk_app.domain.outgoing.slip_scans import due_mark
from desk_app.domain.people.person import Person
from desk_app.errors import NumbersUsedUpError
from desk_app.errors.linked import BundleFileError, BundleIncompleteError, UnknownBundleError
from desk_app.services.desk import office_settings
from desk_app.services.dossiers import queries, steps
from desk_app.services.linked import bundles, offered, whole
from desk_app.services.papers import papers, scanned_slips
from desk_app.services.payments import collecting, standing
from desk_app.services.reception import reception
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from tests.kit.desk import books
from tests.kit.paper.step_papers import words

BIRTH = "2.000986"
MOTHER = Person(
    full_name="Nguyễn Thị Thử Nghiệm",
    id_number="001190000001",
    born_on="1990-01-15",
    sex="Nữ",
    residence="Thôn 1, xã Thử Nghiệm, thành phố Hà Nội",
    phone="0912000111",
)
ANSWERS = {
    "relation": "Mẹ đẻ",
    "child.full_name": "Nguyễn Thử Nghiệm An",
    "child.born_on": "01/11/2026",
    "child.sex": "Nữ",
    "identity_card_wanted": "không đề nghị",
}


def draft(procedure: str = BIRTH, **fields: str):
    made = reception.new_draft(procedure)
    return replace(made, people={"applicant": MOTHER}, fields=ANSWERS | fields)


def received(desk, **fields: str):
    return reception.receive(desk, draft(**fields)).dossier


def test_a_birth_becomes_a_dossier_of_each_procedure_with_one_declaration(desk) -> None:
    outlook = reception.outlook(desk, draft())
    keys = [question.key for question in outlook.questions]
    assert len(keys) == len(set(keys))
    made = received(desk)
    parts = whole.members(desk, made)
    assert [part.procedure for part in parts] == ["1.001193", "1.004222", "2.000986.BHYT"]
    assert len({part.code for part in parts}) == len({part.id for part in parts}) == 3
    assert [part.linked.place for part in parts] == [0, 1, 2]
    assert [(part.linked.bundle, part.linked.version) for part in parts] == [("khai-sinh", "2026-11-29")] * 3
    assert parts[0].due_at < parts[1].due_at == parts[2].due_at == made.linked.due_at
    assert outlook.due_at.timestamp() * 1000 == made.linked.due_at
    assert all(part.people["child"].full_name == ANSWERS["child.full_name"] for part in parts)
    assert [paper.component for paper in parts[1].components] == ["lien-thong"]
    assert {paper.component for paper in parts[0].components} > {"lien-thong"}


def test_each_dossier_keeps_what_the_citizen_said_of_messages_and_one_message_tells_of_the_reception(desk) -> None:
    office_settings.change_all(desk, {"message_received": "on", "message_ready": "on"})
    made = reception.receive(desk, replace(draft(), messages="yes")).dossier
    parts = whole.members(desk, made)
    assert [occasion.wants_messages(part) for part in parts] == [True] * 3
    assert [len(occasion.messages(part)) for part in parts] == [1, 0, 0]


def test_an_answer_decides_which_dossiers_there_are(desk) -> None:
    made = received(desk, identity_card_wanted="CÓ ĐỀ NGHỊ")
    assert made.linked.parts[-1].procedure == "2.000986.CC"
    assert made.linked.parts[-1].due_at == made.linked.due_at > made.linked.parts[1].due_at


def test_the_same_draft_a_second_time_receives_nothing(desk) -> None:
    once = draft()
    first = reception.receive(desk, once)
    before = desk.db.all("SELECT count(*) FROM event")
    again = reception.receive(desk, once)
    assert again.again
    assert again.dossier.code == first.dossier.code
    assert desk.db.all("SELECT count(*) FROM event") == before


def test_where_the_numbers_do_not_reach_for_all_none_is_received(desk) -> None:
    desk.settings = replace(desk.settings, blocks=(Block(1, 2),))
    with pytest.raises(NumbersUsedUpError):
        received(desk)
    assert desk.db.all("SELECT count(*) FROM event") == [(0,)]
    assert desk.db.all("SELECT count(*) FROM number_used") == [(0,)]


def test_one_slip_lists_them_all_and_is_printed_for_all(desk) -> None:
    made = received(desk)
    codes = [part.code for part in made.linked.parts]
    drawn = papers.draw(desk, codes[0])
    assert [paper.name for paper in drawn] == ["to-khai-lien-thong-khai-sinh", "slip"]
    (again,) = papers.draw(desk, codes[2], "slip")
    assert again.pdf == drawn[1].pdf
    papers.printed(desk, codes[0], [paper.name for paper in drawn], printer="PDF")
    prints = [queries.detail(desk, code).dossier.prints for code in codes]
    assert all(each == {"to-khai-lien-thong-khai-sinh": 1, "slip": 1} for each in prints)
    assert papers.preview(desk, draft())


def test_a_step_moves_its_own_dossier_and_the_whole_ends_with_the_last(desk) -> None:
    codes = [part.code for part in received(desk).linked.parts]
    for number, code in enumerate(codes, 1):
        steps.step(desk, code, "ready")
        steps.step(desk, code, "return")
        found = whole.of(desk, queries.detail(desk, codes[0]).dossier)
        assert (found.progress.done, found.progress.total, found.progress.is_open) == (number, 3, number < 3)
    assert found.after(codes[0]) == codes[1]
    assert found.after(codes[2]) == codes[0]


def test_what_all_say_of_a_person_is_corrected_in_all_when_wanted(desk) -> None:
    codes = [part.code for part in received(desk).linked.parts]
    path = "people.child.full_name"
    kept = steps.correct(desk, codes[1], {path: "Nguyễn Thử Nghiệm Bình", "note": "Chỉ ở đây"}, reason="Chữ sai")
    assert set(whole.differing(desk, kept, [path, "note"])) == {codes[0], codes[2]}
    assert whole.correct_others(desk, codes[1], [path, "note"], reason="Chữ sai") == [codes[0], codes[2]]
    said = [queries.detail(desk, code).dossier for code in codes]
    assert {each.people["child"].full_name for each in said} == {"Nguyễn Thử Nghiệm Bình"}
    assert [each.note for each in said] == ["", "Chỉ ở đây", ""]
    assert whole.differing(desk, said[1], [path]) == {}


def test_a_bundle_without_its_own_declaration_asks_once_what_several_ask(desk, tmp_path) -> None:
    text = """
id = "khai-tu-thu"
title = "Khai tử và trích lục"
version = "1"
citation = { number = "thử" }
members = [{ procedure = "1.000656" }, { procedure = "2.000635", after = ["1.000656"] }]
"""
    file = tmp_path / "khai-tu-thu.toml"
    file.write_text(text, "utf-8")
    bundles.put(desk, file)
    assert "khai-tu-thu" in {choice.code for choice in offered.choices(desk)}
    blank = replace(reception.new_draft("khai-tu-thu"), people={"applicant": MOTHER})
    keys = [question.key for question in reception.outlook(desk, blank).questions]
    assert len(keys) == len(set(keys))
    answered = replace(blank, fields={"relation": "Con"})
    previewed = words(papers.preview(desk, answered, "forms"))
    made = reception.receive(desk, answered).dossier
    forms = [{form.form for form in part.forms} for part in whole.members(desk, made)]
    slip = "giay-tiep-nhan-lien-thong"
    assert forms == [{"to-khai-khai-tu", slip, f"{slip}-80"}, {"to-khai-trich-luc", slip, f"{slip}-80"}]
    declared = papers.draw(desk, made.code, "forms")
    assert [paper.form for paper in declared] == ["to-khai-khai-tu", "to-khai-trich-luc"]
    for paper in declared:  # the page beside the reception shows each of them, before and after it is recorded
        assert paper.title.upper() in previewed.upper()
        assert paper.title.upper() in words(pdf.joined([one.pdf for one in declared])).upper()
    assert {name for paper in papers.draw(desk, made.code) for name in [paper.name]} == {
        "to-khai-khai-tu",
        "to-khai-trich-luc",
        "slip",
    }


def test_an_office_puts_its_own_bundle_in_place_of_the_shipped_one(desk, tmp_path) -> None:
    shipped = (places.resources() / "linked" / "khai-sinh.toml").read_text("utf-8")
    file = tmp_path / "khai-sinh.toml"
    file.write_text(shipped.replace('version = "2026-11-29"', 'version = "của xã"'), "utf-8")
    bundles.put(desk, file)
    assert received(desk).linked.version == "của xã"
    file.write_text(shipped.replace("members", "member"), "utf-8")
    with pytest.raises(BundleFileError):
        bundles.put(desk, file)


def test_a_bundle_whose_procedure_is_not_there_says_what_to_bring(desk, tmp_path) -> None:
    file = tmp_path / "thieu.toml"
    members = 'members = [{ procedure = "1.000656" }, { procedure = "9.999999" }]'
    head = 'id = "thieu"\ntitle = "Gói thiếu"\nversion = "1"\ncitation = { number = "thử" }\n'
    file.write_text(head + members, "utf-8")
    bundles.put(desk, file)
    with pytest.raises(BundleIncompleteError, match=r"9\.999999"):
        reception.outlook(desk, reception.new_draft("thieu"))
    with pytest.raises(UnknownBundleError):
        bundles.named(desk, "khong-co", desk.today().isoformat())


def test_the_rows_are_those_that_a_rebuild_makes(desk) -> None:
    steps.step(desk, received(desk).code, "ready")
    before = books.projections(desk.db)
    assert check(desk.db).problems == ()
    rebuild(desk.db)
    assert books.projections(desk.db) == before
    titles = [row.procedure_name for row in queries.listed(desk, "all", 10)]
    assert sorted(titles) == ["Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi", "Đăng ký khai sinh", "Đăng ký thường trú"]


def test_the_bundle_is_paid_with_one_transfer_whose_text_leads_back_to_it(desk) -> None:
    made = received(desk)
    codes = [part.code for part in made.linked.parts]
    assert standing.outlook(desk, codes[0]).whole is None  # nothing is to be paid
    desk.settings = replace(desk.settings, bank_bin="970436", bank_account="0071001234567", slip_paper="80mm")
    paid = reception.receive(desk, replace(draft(), fee_total=30_000)).dossier
    codes = [part.code for part in paid.linked.parts]
    for code in codes:
        found = standing.outlook(desk, code)
        assert (found.whole.parts, found.whole.rest) == (3, 30_000)
        assert f"{codes[0]} LT3" in found.whole.bank.payload
    assert queries.code_of(desk, f"{codes[0]} LT3") == codes[0]
    drawn = papers.draw(desk, codes[2], "slip80")[0]
    assert drawn.sheet == "80mm"
    said = words(drawn.pdf)
    for text in (*codes, "30.000 đồng", f"{codes[0]} LT3"):
        assert text in said
    assert papers.draw(desk, codes[0])[-1].name == "slip80"  # what this desk hands out
    assert papers.raw(desk, codes[1]).startswith(b"\x1b@")
    collecting.collect(desk, codes[0], amount=30_000, way="transfer")
    assert standing.outlook(desk, codes[1]).whole is None


def test_the_slip_printed_after_a_new_due_day_is_no_old_one_when_its_code_is_scanned(desk) -> None:
    codes = [part.code for part in received(desk).linked.parts]
    (first,) = papers.draw(desk, codes[0], "slip")
    kept = steps.step(desk, codes[1], "apologise", due_on="2026-12-30", reason="Chờ xác minh")
    (again,) = papers.draw(desk, codes[0], "slip")
    assert again.pdf != first.pdf
    scanned = f"{payload(codes[1])}/{due_mark(kept)}"
    assert scanned_slips.scanned(desk, scanned).replaced == ""
    assert "30/12/2026" in scanned_slips.scanned(desk, payload(codes[1])).replaced
    assert scanned_slips.scanned(desk, payload(codes[2])).replaced == ""
    (slip,) = papers.draw(desk, codes[2], "slip80")
    assert "30/12/2026" in words(slip.pdf)
