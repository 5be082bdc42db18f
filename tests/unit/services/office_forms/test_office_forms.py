"""Forms that an office makes: published, bound, added to a dossier, taken back; what hostile ones may not do."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.documents.forms.brought_forms import LargeFormError, NoFormThereError, ShippedFormError, WrongFormError
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.office_forms import MOST_BYTES, FormTexts, version_of
from desk_app.domain.people.person import Person
from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError, UnknownFormError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps
from desk_app.services.office_forms import office_forms
from desk_app.services.office_forms.office_forms import NotOfOfficeError
from desk_app.services.papers import papers
from desk_app.services.reception import reception
from desk_app.store.journal import rebuild

COPY, SINGLE = "2.000815", "1.004873"
HEAD = """\
title = "Đơn xin xác nhận"
in_force_from = "2020-01-01"

[citation]
number = "Quyết định 1/QĐ-UBND"

[[field]]
key = "pet"
label = "Thú nuôi"
section = "Nội dung"
ask = true
"""
TEXTS = FormTexts(head=HEAD, layout="# ĐƠN XIN XÁC NHẬN\nHọ tên: {applicant.full_name}\nThú nuôi: {pet}\n")
CHANGED = replace(TEXTS, layout=TEXTS.layout.replace("Thú nuôi:", "Con vật:"))


def received(desk: Desk, *, extra: tuple[str, ...] = (), **fields: str) -> Dossier:
    draft = reception.new_draft(COPY)
    draft = replace(draft, people={"applicant": Person(full_name="Thử")}, fields=fields, extra_forms=extra)
    return reception.receive(desk, draft).dossier


def forms_in(dossier: Dossier) -> list[str]:
    return [form.form for form in dossier.forms]


def test_a_published_form_is_added_to_a_dossier_asked_and_printed(desk: Desk) -> None:
    done = office_forms.publish(desk, "don-thu", TEXTS)
    draft = replace(reception.new_draft(COPY), extra_forms=("don-thu",))
    assert "pet" in {question.key for question in reception.outlook(desk, draft).questions}
    dossier = received(desk, extra=("don-thu",), pet="Mèo")
    assert (dossier.forms[0].form, dossier.forms[0].version) == ("don-thu", done.version)
    assert dossier.fields["pet"] == "Mèo"
    assert "don-thu" in [paper.form for paper in papers.draw(desk, dossier.code, "forms")]


def test_an_old_dossier_is_printed_again_with_its_own_version(desk: Desk) -> None:
    office_forms.publish(desk, "don-thu", TEXTS)
    old = received(desk, extra=("don-thu",), pet="Mèo")
    before = papers.draw(desk, old.code, "don-thu")[0].pdf
    newer = office_forms.publish(desk, "don-thu", CHANGED)
    assert newer.is_new
    new = received(desk, extra=("don-thu",), pet="Mèo")
    assert new.forms[0].version == newer.version != old.forms[0].version
    assert papers.draw(desk, old.code, "don-thu")[0].pdf == before
    office_forms.withdraw(desk, "don-thu")
    assert papers.draw(desk, old.code, "don-thu")[0].pdf == before


def test_another_procedure_for_a_dossier_leaves_it_the_forms_that_were_added(desk: Desk) -> None:
    dossier = received(desk, extra=("giay-uy-quyen",))
    changed = steps.correct(desk, dossier.code, {"procedure": SINGLE}, reason="nhầm thủ tục")
    assert "giay-uy-quyen" in forms_in(changed)


def test_the_same_form_again_changes_nothing(desk: Desk) -> None:
    first, again = (office_forms.publish(desk, "don-thu", TEXTS) for _ in range(2))
    assert (first.version, again.is_new) == (again.version, False)


def test_what_was_taken_back_is_offered_no_more_until_it_is_published_again(desk: Desk) -> None:
    office_forms.publish(desk, "don-thu", TEXTS)
    office_forms.bind(desk, COPY, ["don-thu"])
    assert "don-thu" in forms_in(received(desk))
    office_forms.withdraw(desk, "don-thu")
    assert "don-thu" not in forms_in(received(desk, extra=("don-thu",)))
    with pytest.raises(NotOfOfficeError):
        office_forms.withdraw(desk, "don-thu")
    assert office_forms.publish(desk, "don-thu", TEXTS).is_new
    assert "don-thu" in forms_in(received(desk))


def test_forms_bound_to_a_procedure_are_printed_with_it_shipped_ones_too(desk: Desk) -> None:
    office_forms.bind(desk, COPY, ["giay-uy-quyen"])
    assert "giay-uy-quyen" in forms_in(received(desk))
    office_forms.bind(desk, COPY, [])
    assert "giay-uy-quyen" not in forms_in(received(desk))
    for unfit in ("khong-co", "giay-tiep-nhan", "bao-cao-ngay"):
        with pytest.raises(UnknownFormError):
            office_forms.bind(desk, COPY, [unfit])


def test_forms_without_a_procedure_can_be_added_to_a_dossier(desk: Desk) -> None:
    wanted = (
        "giay-uy-quyen",
        "hop-dong-uy-quyen",
        "don-dang-ky-dat-dai-mau-15",
        "don-bien-dong-dat-dai-mau-18",
        "loi-chung-ban-sao",
    )
    assert set(wanted) <= set(forms_in(received(desk, extra=wanted)))


def test_a_form_of_the_program_cannot_be_overwritten(desk: Desk) -> None:
    with pytest.raises(ShippedFormError):
        office_forms.publish(desk, "to-khai-khai-sinh", TEXTS)
    _, texts = office_forms.texts_of(desk, "to-khai-khai-sinh")
    assert office_forms.publish(desk, "to-khai-khai-sinh-xa", texts).is_new


def test_the_journal_makes_the_forms_again(desk: Desk) -> None:
    version = office_forms.publish(desk, "don-thu", TEXTS).version
    office_forms.bind(desk, COPY, ["don-thu"])
    rebuild.rebuild(desk.db)
    desk.forget_law()
    assert desk.forms.exact("don-thu", version).title == "Đơn xin xác nhận"
    assert "don-thu" in forms_in(received(desk))


def test_a_form_goes_out_to_a_folder_and_comes_back_as_the_same(desk: Desk, tmp_path: Path) -> None:
    version = office_forms.publish(desk, "don-thu", TEXTS).version
    place = office_forms.write_out(desk, "don-thu", tmp_path / "usb")
    assert [each.is_new for each in office_forms.take_in(desk, place)] == [False]
    assert [each.version for each in office_forms.take_in(desk, tmp_path / "usb")] == [version]
    with pytest.raises(NoFormThereError):
        office_forms.take_in(desk, tmp_path)


@pytest.mark.parametrize(
    ("texts", "error"),
    [
        (replace(TEXTS, layout="{khong_co}\n"), WrongFormError),
        (replace(TEXTS, head="title = 1"), WrongFormError),
        (replace(TEXTS, layout="{when pet}\n" * 40 + "x\n" + "{end}\n" * 40), WrongFormError),
        (replace(TEXTS, layout="{table components at-least=99999999}\n|a|\n|--|\n|{name}|\n"), WrongFormError),
        (replace(TEXTS, layout="{space 1000000}\n{pet}\n"), WrongFormError),
        (replace(TEXTS, layout="{pet::9999999}\n"), WrongFormError),
        (replace(TEXTS, layout="{columns 0 0}\n{pet} | b\n{end}\n"), WrongFormError),
        (replace(TEXTS, head="size = 1e99\n" + HEAD), WrongFormError),
        (replace(TEXTS, head="margins = [1e9, 0, 0, 0]\n" + HEAD), WrongFormError),
        (replace(TEXTS, layout="{pet}\n" + "chữ " * MOST_BYTES), LargeFormError),
    ],
    ids=["unknown key", "no title", "nested", "long table", "space", "lines", "columns", "size", "margins", "large"],
)
def test_a_form_that_would_stop_a_desk_is_refused_with_a_sentence(
    desk: Desk, texts: FormTexts, error: type[DeskError]
) -> None:
    with pytest.raises(error) as refused:
        office_forms.publish(desk, "don-thu", texts)
    assert str(refused.value)
    assert not [row for row in office_forms.listed(desk) if row.origin == "office"]


def _said_by_a_member(desk: Desk, values: dict[str, str]) -> None:
    with session.deed(desk, Permission.LAW) as done:
        done.record(OfficeChanged(values=values), dossier="")
    desk.forget_law()


def test_what_a_member_says_of_forms_cannot_change_a_version_or_stop_the_desk(desk: Desk) -> None:
    version = office_forms.publish(desk, "don-thu", TEXTS).version
    nested = FormTexts(head=HEAD, layout="{when pet}\n" * 1000)
    slip = {"head": HEAD, "layout": TEXTS.layout}
    huge = FormTexts(head=HEAD, layout="x" * (MOST_BYTES + 1))
    _said_by_a_member(
        desk,
        {
            "form/don-thu/2020-01-01-0000000000000000": json.dumps({"head": HEAD, "layout": "giả\n"}),
            "form/don-thu/khong": "[1, 2",
            "form/../../x": "{}",
            f"form/lon/{version_of('2020-01-01', huge)}": json.dumps({"head": huge.head, "layout": huge.layout}),
            f"form/sau/{version_of('2020-01-01', nested)}": json.dumps({"head": HEAD, "layout": nested.layout}),
            f"form/giay-tiep-nhan/{version_of('2020-01-01', TEXTS)}": json.dumps(slip),
            "form_of/2.000815": '{"a": 1}',
            "form_of/1.001193": '["../../x", "khong-co"]',
        },
    )
    own = [row.version for row in office_forms.listed(desk) if row.origin == "office" and row.state == "in"]
    assert own == [version]
    assert "lồng nhau" in " ".join(desk.forms.problems)
    assert received(desk).forms[0].form == "giay-tiep-nhan"
    assert received(desk).forms[0].version != version_of("2020-01-01", TEXTS)


def test_the_list_says_whose_each_form_is(desk: Desk) -> None:
    office_forms.publish(desk, "don-thu", TEXTS)
    office_forms.bind(desk, COPY, ["don-thu"])
    rows = office_forms.listed(desk)
    assert (rows[0].id, rows[0].origin, rows[0].procedures) == ("don-thu", "office", (COPY,))
    assert {row.origin for row in rows[1:]} == {"program"}


_PIECES = (
    "{pet}",
    "{pet:1:3}",
    "{?pet}",
    "[pet=a]",
    "**",
    "{when pet}",
    "{else}",
    "{end}",
    "{columns 1 1}",
    "{table components at-least=2}",
    "|a|b|",
    "|--|--|",
    "|{name}|{n}|",
    "{space 20}",
    "{qr pet 20}",
    "{boxes pet 12}",
    "{page-break}",
    "{copy-mark}",
    "# t",
    "\\",
    "x" * 200,
)


@given(st.lists(st.sampled_from(_PIECES), max_size=6), st.sampled_from(["size = 5", "size = 60", 'paper = "80mm"', ""]))
def test_whatever_a_form_says_it_is_drawn_or_refused_with_a_sentence(pieces: list[str], extra: str) -> None:
    texts = FormTexts(
        head=HEAD.replace("\n\n[citation]", f"\n{extra}\n\n[citation]"), layout="\n".join([*pieces, "{pet}"])
    )
    drawn = b""
    with suppress(WrongFormError):
        drawn = office_forms.preview(texts, blank=True)
    assert drawn[:4] in {b"", b"%PDF"}
