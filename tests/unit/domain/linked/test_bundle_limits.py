"""Bundles at their limits: how many procedures, how big a file, when in force; whose papers are whose."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.steps import Status
from desk_app.domain.linked.bundle import DECLARATION, Bundle, LinkedMember, belongs, made_of, narrowed, parts_of
from desk_app.domain.linked.bundle_text import MOST_BYTES, bundle_of
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.linked.progress import WholeProgress, of_dossiers
from desk_app.domain.procedures.citation import Citation
from desk_app.domain.procedures.procedure import (
    MOST_LIMIT,
    Component,
    ComponentUse,
    LimitUnit,
    Procedure,
    TimeLimit,
)
from desk_app.errors.linked import BundleFileError
from tests.kit.paper import papers

HEAD = 'id = "thu"\ntitle = "Gói"\nversion = "1"\n'
LAW = '[citation]\nnumber = "1/2026/NĐ-CP"\n'
CITATION = Citation(number="1/2026/NĐ-CP")
PAPER = Component(id="k1", name="Giấy", form="to-khai")
OWN = Procedure(
    code="P1",
    name="Việc 1",
    version="a",
    limit=TimeLimit(unit=LimitUnit.SAME_DAY),
    components=(PAPER, Component(id="k2", name="Giấy hai"), Component(id="k3", name="Dặn", use=ComponentUse.NOTE)),
    forms=("to-khai",),
)
BUNDLE = Bundle(
    id="thu",
    title="Gói",
    version="1",
    members=(LinkedMember(procedure="P1"), LinkedMember(procedure="P2", name="Việc 2", when="x=Có")),
    citation=CITATION,
)


def refused(text: str) -> str:
    """The place at which the text is refused; "" where it is read."""
    try:
        bundle_of(text, file="thu.toml")
    except BundleFileError as error:
        return str(error.facts["place"])
    return ""


def members(count: int) -> str:
    return "".join(f'[[members]]\nprocedure = "P{n}"\nname = "Việc {n}"\n' for n in range(count))


@pytest.mark.parametrize(("count", "place"), [(1, "mục «members»"), (2, ""), (8, ""), (9, "mục «members»")])
def test_a_bundle_has_two_to_eight_procedures(count: int, place: str) -> None:
    assert refused(HEAD + LAW + members(count)) == place


def test_a_file_has_sixty_four_thousand_bytes_at_most() -> None:
    text = HEAD + LAW + members(2)
    full = text + "#" * (MOST_BYTES - len(text.encode()))
    assert (refused(full), refused(full + "#")) == ("", "tệp")
    with pytest.raises(BundleFileError, match="không quá 64 KB"):
        bundle_of(full + "#", file="thu.toml")


@pytest.mark.parametrize(
    ("limit", "place"),
    [
        ('{ unit = "working_day", amount = 1 }', ""),
        (f'{{ unit = "working_day", amount = {MOST_LIMIT} }}', ""),
        (f'{{ unit = "working_day", amount = {MOST_LIMIT + 1} }}', "mục «limit.amount»"),
        ('{ unit = "working_day", amount = 0 }', "mục «limit.amount»"),
        ('{ unit = "same_day" }', ""),
        ('{ unit = "same_day", cut_off = "23:59" }', ""),
        ('{ unit = "same_day", cut_off = "24:00" }', "mục «limit.cut_off»"),
    ],
)
def test_a_limit_of_the_whole_is_one_that_offices_have(limit: str, place: str) -> None:
    assert refused(f'{HEAD}total = "limit"\nlimit = {limit}\n{LAW}{members(2)}') == place


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ('in_force_to = "2026-11-31"\n', "mục «in_force_to»"),
        ('in_force_to = "2026-11-30"\n', ""),
        ('note = "a\\u0301"\n', "mục «note»"),
        ('note = "a\\u200b"\n', "mục «note»"),
        ('unsure = ["a\\u200b"]\n', "mục «unsure»"),
        ('unsure = ["á"]\n', ""),
    ],
)
def test_days_are_days_and_texts_have_no_hidden_marks(lines: str, place: str) -> None:
    assert refused(HEAD + lines + LAW + members(2)) == place


def test_the_first_procedure_is_always_handed_in_and_each_has_a_code() -> None:
    first, second = members(1), members(2).removeprefix(members(1))
    assert refused(HEAD + LAW + first + 'when = "x=Có"\n' + second) == "mục «members[0].when»"
    assert refused(HEAD + LAW + first + second + 'when = "x=Có"\n') == ""
    assert refused(HEAD + LAW + first + second.replace("P1", " ")) == "mục «members[1].procedure»"


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        ("", "", True),
        ("2026-11-20", "", True),
        ("2026-11-21", "", False),
        ("", "2026-11-20", True),
        ("", "2026-11-19", False),
    ],
)
def test_a_bundle_is_in_force_on_its_first_and_its_last_day(starts: str, ends: str, *, holds: bool) -> None:
    assert replace(BUNDLE, in_force_from=starts, in_force_to=ends).is_in_force("2026-11-20") is holds


def test_what_nobody_confirmed_is_said() -> None:
    assert BUNDLE.unsure_words == "Gói liên thông này chưa xác nhận: toàn bộ."
    assert replace(BUNDLE, verified=True).unsure_words == ""
    some = replace(BUNDLE, verified=True, unsure=("limit",))
    assert some.unsure_words == "Gói liên thông này chưa xác nhận: limit."
    assert (BUNDLE.key, replace(BUNDLE, code="9.9").key) == ("thu", "9.9")


def test_a_procedure_of_the_bundle_alone_says_what_of_it_is_unsure() -> None:
    _, second = made_of(BUNDLE, {"P1": OWN}).parts
    assert second.unsure == ("code", "limit")
    limited = replace(BUNDLE.members[1], limit=TimeLimit(unit=LimitUnit.DAY, amount=3))
    _, second = made_of(replace(BUNDLE, members=(BUNDLE.members[0], limited)), {"P1": OWN}).parts
    assert (second.unsure, second.limit.amount) == (("code",), 3)


def test_the_one_declaration_is_an_original_with_the_first_and_a_copy_with_the_others() -> None:
    whole = made_of(replace(BUNDLE, form="chung"), {"P1": OWN}, declaration="Tờ khai chung")
    first, second = whole.parts
    assert [each.id for each in first.components] == [DECLARATION, "k2", "k3"]  # its own declaration is not asked twice
    assert [(each.components[0].originals, each.components[0].copies) for each in (first, second)] == [(1, 0), (0, 1)]
    assert (first.components[0].name, first.forms) == ("Tờ khai chung", ("chung",))
    assert made_of(replace(BUNDLE, form="chung"), {"P1": OWN}).parts[0].components[0].name == "Gói"
    assert made_of(BUNDLE, {"P1": OWN}).parts[0] is OWN


def test_papers_of_other_forms_are_handed_in_beside_the_one_declaration() -> None:
    other = Component(id="k4", name="Giấy khác", form="khac")
    whole = made_of(replace(BUNDLE, form="chung"), {"P1": replace(OWN, components=(*OWN.components, other))})
    assert [each.id for each in whole.parts[0].components] == [DECLARATION, "k2", "k3", "k4"]


def test_the_whole_has_the_limit_of_the_bundle_or_is_for_the_same_day() -> None:
    limit = TimeLimit(unit=LimitUnit.WORKING_DAY, amount=5)
    assert made_of(replace(BUNDLE, limit=limit), {"P1": OWN}).limit == limit
    assert made_of(BUNDLE, {"P1": OWN}).limit == TimeLimit(unit=LimitUnit.SAME_DAY)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEAD.replace('title = "Gói"\n', "") + LAW + members(2), "thiếu mục «title»"),
        (HEAD.replace('"1"', "1") + LAW + members(2), "cần kiểu str, đang là int"),
    ],
)
def test_what_is_missing_or_of_another_kind_is_said_in_vietnamese(text: str, why: str) -> None:
    with pytest.raises(BundleFileError, match=why):
        bundle_of(text, file="thu.toml")


def test_where_nothing_is_wanted_the_first_is_handed_in_and_where_all_is_nothing_changes() -> None:
    whole = made_of(BUNDLE, {"P1": OWN})
    assert narrowed(whole, lambda _: True) is whole
    assert [part.code for part in narrowed(whole, lambda _: False).parts] == ["P1"]


def test_a_note_is_no_paper_that_was_handed_in() -> None:
    assert [belongs(OWN, component) for component in ("k1", "k2", "k3", "k4")] == [True, True, False, False]
    assert parts_of(OWN) == (OWN,)
    assert len(parts_of(made_of(BUNDLE, {"P1": OWN}))) == 2


def test_a_dossier_knows_its_own_part_and_whether_it_leads() -> None:
    parts = tuple(LinkedPart(id=name, code=name, procedure="p", version="1", title="t") for name in "ab")
    group = LinkedGroup(group="g", bundle="thu", version="1", title="Gói", parts=parts)
    assert [replace(group, place=place).own.id for place in (0, 1, 2)] == ["a", "b", "b"]
    assert [replace(group, place=place).leads for place in (0, 1)] == [True, False]


def test_the_whole_is_open_until_all_its_dossiers_are_done() -> None:
    dossiers = [replace(papers.dossier(), status=status) for status in (Status.RETURNED, Status.STOPPED)]
    here = replace(papers.dossier(), status=Status.RESULT_READY)
    assert of_dossiers([*dossiers, here], 3) == WholeProgress(2, 3)
    assert of_dossiers(dossiers, 3).is_open
    assert not of_dossiers(dossiers, 2).is_open
    assert of_dossiers(dossiers, 3).words == "liên thông: đã xong 2/3"
