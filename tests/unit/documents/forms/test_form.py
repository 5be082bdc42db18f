import pytest

from desk_app import places
from desk_app.documents.forms.form import FormLibrary, check
from desk_app.documents.forms.form_records import FieldSuggestion, FormField
from desk_app.documents.forms.questions import prefill
from desk_app.errors import DamagedFormError, UnknownFormError

HEAD = """
title = "Đơn thử"
in_force_from = "{start}"
in_force_to = "{end}"
[citation]
number = "Thử 1"
[[field]]
key = "reason"
label = "Lý do"
section = "Đơn"
ask = true
"""


SHIPPED = """
bang-ke-thu-phi
bang-tong-hop-bien-lai
bao-cao-cach-nop
bao-cao-ngay
bao-cao-ngay-phuc-vu
bao-cao-phi
bao-cao-qua-han
bao-cao-ti-le-tre
bao-cao-tra-tai-nha
danh-sach-ban-giao
danh-sach-goi-dien
danh-sach-tra-tai-nha
danh-sach-trinh-ky
de-nghi-huu-tri-xa-hoi
don-bien-dong-dat-dai-mau-18
don-dang-ky-dat-dai-mau-15
don-khuyet-tat
giay-bien-nhan-tra-ket-qua
giay-de-nghi-ho-kinh-doanh
giay-de-nghi-thay-doi-ho-kinh-doanh
giay-tiep-nhan
giay-tiep-nhan-80
giay-tiep-nhan-lien-thong
giay-tiep-nhan-lien-thong-80
giay-uy-quyen
hop-dong-uy-quyen
loi-chung-ban-sao
loi-chung-chu-ky
loi-chung-giao-dich
loi-chung-phan-chia-di-san
loi-chung-tu-choi-nhan-di-san
phieu-ban-giao-ket-qua
phieu-kiem-soat
phieu-tu-choi
phieu-xin-loi
phieu-yeu-cau-bo-sung
so-theo-doi
thong-bao-dung
to-khai-cham-dut-giam-ho
to-khai-cu-tru-ct01
to-khai-dang-ky-lai-ket-hon
to-khai-dang-ky-lai-khai-sinh
to-khai-dang-ky-lai-khai-tu
to-khai-ghi-chu-ket-hon
to-khai-giam-ho
to-khai-ket-hon
to-khai-khai-sinh
to-khai-khai-tu
to-khai-lien-thong-khai-sinh
to-khai-lien-thong-khai-tu
to-khai-mai-tang-phi
to-khai-nhan-cha-me-con
to-khai-thay-doi-ho-tich
to-khai-trich-luc
to-khai-tro-giup-xa-hoi
to-khai-xac-nhan-ho-tich
to-khai-xntthn
van-ban-tu-choi-nhan-di-san
"""
"""One a line: forms made side by side must not collide here."""


def make(root, form="don", version="v1", *, start="2026-01-01", end="", head="", layout="Lý do: {reason}\n"):
    folder = root / form / version
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "form.toml").write_text((head or HEAD).format(start=start, end=end), "utf-8")
    (folder / "layout.txt").write_text(layout, "utf-8")
    return folder


def test_the_newest_version_in_force_on_the_day_wins(tmp_path):
    make(tmp_path, version="a", start="2020-01-01")
    make(tmp_path, version="b", start="2024-06-06", end="2026-12-31")
    make(tmp_path, version="c", start="2027-03-01")
    forms = FormLibrary.load([tmp_path])
    assert forms.in_force("don", "2023-01-01").version == "a"
    assert forms.in_force("don", "2026-12-31").version == "b"
    assert forms.in_force("don", "2027-01-01").version == "a"
    assert forms.in_force("don", "2027-03-01").version == "c"


def test_a_form_the_office_made_wins_over_the_programs_of_the_same_date(tmp_path):
    make(tmp_path / "program", version="z")
    make(tmp_path / "office", version="a")
    forms = FormLibrary.load([tmp_path / "program", tmp_path / "office"])
    assert forms.in_force("don", "2026-11-22").version == "a"


def test_the_same_version_in_the_office_folder_replaces_the_programs(tmp_path):
    make(tmp_path / "program", layout="A {reason}")
    make(tmp_path / "office", layout="B {reason}")
    forms = FormLibrary.load([tmp_path / "program", tmp_path / "office"])
    assert forms.exact("don", "v1").folder.startswith(str(tmp_path / "office"))


def test_what_ships_is_read_once_and_the_offices_forms_and_lists_each_time(tmp_path):
    chosen = HEAD + 'kind = "choice"\nchoices_from = "nghe"'
    program, office = tmp_path / "program", tmp_path / "office"
    for root, job in ((program, "Thợ"), (office / "later", "Lái đò")):
        (root / "_lists").mkdir(parents=True)
        (root / "_lists" / "nghe.txt").write_text(job, "utf-8")

    def read(form="don"):
        forms = FormLibrary.load([program, office], shipped=program)
        return next(field.choices for field in forms.exact(form, "v1").fields if field.key == "reason")

    make(program, head=chosen)
    make(office, form="rieng", head=chosen)
    assert (read(), read("rieng")) == (("Thợ",), ("Thợ",))
    (program / "_lists" / "nghe.txt").write_text("Thợ rèn", "utf-8")
    assert (read(), read("rieng")) == (("Thợ",), ("Thợ rèn",))
    (office / "later" / "_lists").rename(office / "_lists")
    assert (read(), read("rieng")) == (("Lái đò",), ("Lái đò",))
    assert FormLibrary.load([program]).exact("don", "v1").fields[0].choices == ("Thợ rèn",)


def test_a_form_that_is_not_there_is_refused(tmp_path):
    make(tmp_path)
    forms = FormLibrary.load([tmp_path, tmp_path / "missing"])
    with pytest.raises(UnknownFormError):
        forms.in_force("don", "2025-12-31")
    with pytest.raises(UnknownFormError):
        forms.exact("don", "v9")


def test_a_broken_form_is_named_and_the_others_still_work(tmp_path):
    make(tmp_path, form="tot")
    make(tmp_path, form="hong", layout="A\n**B")
    forms = FormLibrary.load([tmp_path])
    assert forms.ids() == ("tot",)
    (problem,) = forms.problems
    assert "hong" in problem
    assert "dòng 2" in problem


def test_the_forms_that_ship_are_whole():
    forms = FormLibrary.load([places.forms()])
    assert forms.problems == ()
    assert check([places.forms()]) == []
    assert forms.ids() == tuple(SHIPPED.split())


def test_a_procedure_prints_what_it_names_and_what_names_it_each_once(tmp_path):
    named = HEAD.replace("[citation]", 'procedures = ["1.004859", "1.000656"]\n[citation]', 1)
    make(tmp_path, form="c", head=named)
    make(tmp_path, form="b", head=named)
    make(tmp_path, form="a")
    forms = FormLibrary.load([tmp_path])
    assert [form.id for form in forms.of_procedure("1.004859", ("c", "a"), "2026-11-22")] == ["c", "a", "b"]
    assert [form.id for form in forms.of_procedure("1.000656", (), "2026-11-22")] == ["b", "c"]
    assert forms.of_procedure("1.000657", (), "2026-11-22") == []
    with pytest.raises(UnknownFormError):
        forms.of_procedure("1.004859", ("d",), "2026-11-22")


def test_only_the_version_of_the_day_says_which_procedures_it_is_for(tmp_path):
    named = HEAD.replace("[citation]", 'procedures = ["1.004859"]\n[citation]', 1)
    make(tmp_path, version="a", start="2024-01-01", head=named)
    make(tmp_path, version="b", start="2026-01-01")
    forms = FormLibrary.load([tmp_path])
    assert [form.version for form in forms.of_procedure("1.004859", (), "2025-12-31")] == ["a"]
    assert forms.of_procedure("1.004859", (), "2026-01-01") == []


def test_the_paper_of_a_step_is_no_declaration(tmp_path):
    head = HEAD.replace("[citation]", 'procedures = ["1.004859"]\n[owed]\nstep = "refuse"\n[citation]', 1)
    make(tmp_path, head=head)
    assert FormLibrary.load([tmp_path]).of_procedure("1.004859", (), "2026-11-22") == []


def test_a_step_owes_the_papers_of_all_dossiers_and_those_of_its_own_procedure(tmp_path):
    owed = HEAD.replace("[citation]", '[owed]\nstep = "ready"\n[citation]', 1)
    make(tmp_path, form="moi", head=owed)
    make(tmp_path, form="rieng", head=owed.replace("[owed]", 'procedures = ["2.001016"]\n[owed]', 1))
    forms = FormLibrary.load([tmp_path])
    assert check([tmp_path]) == []
    assert [form.id for form in forms.owed_by("ready", "2026-11-22", procedure="2.001016")] == ["moi", "rieng"]
    assert [form.id for form in forms.owed_by("ready", "2026-11-22", procedure="2.000815")] == ["moi"]
    assert forms.owed_by("return", "2026-11-22", procedure="2.001016") == []


def test_every_shipped_form_cites_its_law_and_says_whether_it_was_compared():
    for form in FormLibrary.load([places.forms()]).all():
        assert form.head.citation.number
        assert form.head.citation.verified or form.head.citation.note


def test_a_question_takes_its_choices_from_a_shared_list():
    form = FormLibrary.load([places.forms()]).in_force("to-khai-khai-sinh", "2026-11-22")
    ethnicity = next(field for field in form.fields if field.key == "mother.ethnicity")
    assert (len(ethnicity.choices), ethnicity.choices[0], ethnicity.role) == (54, "Kinh", "mother")


@pytest.mark.parametrize(
    ("head", "layout", "file", "said"),
    [
        ("title =", "A", "form.toml", "line 1"),
        ('title = "a"\n[citation]\nnumber = "1"', "A", "form.toml", "in_force_from"),
        (HEAD.replace('key = "reason"', 'key = "reason"\nkind = "chon"'), "{reason}", "form.toml", "chon"),
        (HEAD + "unknown = 1", "{reason}", "form.toml", "unknown"),
        (HEAD.replace("{start}", "2026-31-01"), "{reason}", "form.toml", "in_force_from"),
        (HEAD.replace("{end}", "2025-01-01"), "{reason}", "form.toml", "sớm hơn"),
        (HEAD + HEAD[HEAD.index("[[field]]") :], "{reason}", "form.toml", "hai lần"),
        (HEAD.replace('section = "Đơn"', ""), "{reason}", "form.toml", "section"),
        (HEAD + 'kind = "choice"', "{reason}", "form.toml", "choices"),
        (HEAD + 'kind = "choice"\nchoices_from = "khong-co"', "{reason}", "form.toml", "khong-co"),
        (HEAD + 'kind = "choice"\nchoices = ["a"]\ndefault = "b"', "{reason}", "form.toml", "«b»"),
        (HEAD + 'when = "nobody=1"', "{reason}", "form.toml", "nobody"),
        (HEAD + 'sources = ["nobody.name"]', "{reason}", "form.toml", "nobody.name"),
        (HEAD, "Không in gì", "form.toml", "không in ở đâu"),
        (HEAD, "{reason}\n\n{reasons}", "layout.txt", "«reasons»"),
        (HEAD, "{reason}\n{applicant.name}", "layout.txt", "applicant.name"),
        (HEAD, "{reason} 漢", "layout.txt", "漢"),
        (HEAD, "{reason}\n{table components}\n| a |\n|---|\n| {pagse} |", "layout.txt", "pagse"),
        (HEAD.replace("[citation]", 'procedures = ["1.4859"]\n[citation]'), "{reason}", "form.toml", "«1.4859»"),
        (HEAD.replace("[citation]", 'copy_marks = ["Liên 1"]\n[citation]'), "{reason}", "layout.txt", "copy-mark"),
    ],
)
def test_every_mistake_of_a_form_is_told_by_file(tmp_path, head, layout, file, said):
    folder = make(tmp_path)
    (folder / "form.toml").write_text(head.replace("{start}", "2026-01-01").replace("{end}", ""), "utf-8")
    (folder / "layout.txt").write_text(layout, "utf-8")
    problems = check([tmp_path])
    assert [problem.file for problem in problems] == [str(folder / file)]
    assert said in problems[0].problem or said == f"line {problems[0].line}"


def test_a_file_that_is_no_text_is_told(tmp_path):
    folder = make(tmp_path)
    (folder / "layout.txt").write_bytes(b"\xff\xfe\x00A")
    assert "UTF-8" in check([tmp_path])[0].problem
    (folder / "layout.txt").unlink()
    assert check([tmp_path])[0].problem == "không có tệp này"


def test_problems_name_the_line(tmp_path):
    make(tmp_path, layout="Lý do: {reason}\n\nSai: {reson}\n")
    assert [(problem.line, problem.problem) for problem in check([tmp_path])] == [
        (3, "không có mục nào mang khóa «reson»")
    ]


def test_reading_a_broken_head_names_its_line(tmp_path):
    folder = make(tmp_path)
    (folder / "form.toml").write_text('title = "a"\nin_force = = 1\n', "utf-8")
    (problem,) = FormLibrary.load([tmp_path]).problems
    assert "dòng 2" in problem
    assert DamagedFormError.remedy


def test_a_caption_is_checked_for_words_that_no_line_has_letters_and_a_second_one_in_its_language(tmp_path):
    folder = tmp_path / "thu" / "1"
    folder.mkdir(parents=True)
    caption = '[[caption]]\nlanguage = "ede"\nname = "Ê Đê"\nwords = { "%s" = "%s" }\n'
    head = 'title = "Thử"\nin_force_from = "2026-01-01"\n[citation]\nnumber = "1"\n'
    (folder / "layout.txt").write_text("Họ tên:\n", "utf-8")
    (folder / "form.toml").write_text(head + caption % ("Họ tên", "Anăn"), "utf-8")
    assert check([tmp_path]) == []
    (folder / "form.toml").write_text(head + caption % ("Họ tên", "漢") + caption % ("Nơi sinh", "Anôk"), "utf-8")
    assert [(problem.line, problem.problem) for problem in check([tmp_path])] == [
        (8, "phông chữ không có ký tự 漢"),
        (6, "tiếng «ede» khai hai lần"),
        (12, "không dòng nào của layout.txt có chữ «Nơi sinh»"),
    ]


def test_a_suggestion_takes_what_stands_elsewhere_and_is_none_where_nothing_does():
    said = FormField(
        key="place",
        label="Nơi",
        suggestions=(FieldSuggestion(when="", value="Tại nhà, {dead.residence}"), FieldSuggestion(when="", value="Xa")),
    )
    assert prefill(said, {"dead.residence": "Thôn 2"}) == ("Tại nhà, Thôn 2", "default")
    assert prefill(said, {"dead.residence": "{place}"}).value == "Tại nhà, {place}"  # what people say is no key
    assert prefill(said, {}).value == "Xa"
