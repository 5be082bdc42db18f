from __future__ import annotations

from pathlib import Path

import pytest

from desk_app import places
from desk_app.domain.procedures.procedure import ComponentUse, Document, FeeKind, LimitUnit, Procedure, fee_of
from desk_app.errors import CatalogueFileError
from desk_app.services.setup import shipped_catalogue

NINE = {
    "1.000656": (LimitUnit.SAME_DAY, 0),
    "1.000894": (LimitUnit.SAME_DAY, 0),
    "1.001193": (LimitUnit.SAME_DAY, 0),
    "1.001653": (LimitUnit.WORKING_DAY, 5),
    "1.004873": (LimitUnit.WORKING_DAY, 3),
    "2.000635": (LimitUnit.SAME_DAY, 0),
    "2.000815": (LimitUnit.SAME_DAY, 0),
    "2.000908": (LimitUnit.SAME_DAY, 0),
    "2.001016": (LimitUnit.WORKING_DAY, 2),
}


@pytest.fixture(scope="module")
def procedures() -> dict[str, Procedure]:
    return {procedure.code: procedure for procedure in shipped_catalogue.shipped()}


def test_the_nine_procedures_ship_with_their_limits(procedures: dict[str, Procedure]) -> None:
    assert {code: (found.limit.unit, found.limit.amount) for code, found in procedures.items()} == NINE
    assert {found.limit.cut_off for found in procedures.values()} == {"15:00"}


def test_every_shipped_procedure_says_where_it_comes_from(procedures: dict[str, Procedure]) -> None:
    for procedure in procedures.values():
        assert procedure.source == "program"
        assert procedure.legal_basis and procedure.results and procedure.field_name and procedure.limit_text
        assert procedure.version and procedure.in_force_from <= procedure.version
        for rule in procedure.fees:
            assert rule.citation or not rule.verified


def test_what_is_ticked_when_reception_opens_carries_no_condition_of_a_rare_case(
    procedures: dict[str, Procedure],
) -> None:
    for procedure in procedures.values():
        ticked = [component for component in procedure.components if component.default]
        assert ticked, procedure.code
        assert len({component.id for component in procedure.components}) == len(procedure.components)
        assert not [component for component in ticked if component.condition.startswith(("Khi ", "Chỉ khi "))]


def test_declaration_forms_are_named_by_exactly_one_component(procedures: dict[str, Procedure]) -> None:
    assert procedures["1.001193"].forms == ("to-khai-khai-sinh",)
    assert procedures["1.004873"].forms == ("to-khai-xntthn",)
    for procedure in procedures.values():
        assert sorted(part.form for part in procedure.components if part.form) == sorted(procedure.forms)


def test_every_declaration_form_a_procedure_names_ships_too(procedures: dict[str, Procedure]) -> None:
    named = {form for procedure in procedures.values() for form in procedure.forms}
    assert {form for form in named if not (places.forms() / form).is_dir()} == set()


def test_both_parties_must_come_for_marriage_and_for_refusing_an_inheritance(
    procedures: dict[str, Procedure],
) -> None:
    assert {code for code, found in procedures.items() if found.in_person} == {"1.000894", "2.001016"}


@pytest.mark.parametrize(
    ("code", "pages", "copies", "total"),
    [("2.000815", 1, 1, 2000), ("2.000815", 2, 2, 8000), ("2.000815", 5, 3, 21000), ("2.000815", 500, 1, 200000)],
)
def test_certifying_copies_costs_what_circular_226_says(
    procedures: dict[str, Procedure], code: str, pages: int, copies: int, total: int
) -> None:
    document = Document(name="Bằng tốt nghiệp", pages=pages, copies=copies)
    assert fee_of(procedures[code], documents=(document,)).total == total


def test_a_copy_of_an_extract_costs_eight_thousand_each(procedures: dict[str, Procedure]) -> None:
    assert fee_of(procedures["2.000635"], copies=3).total == 24000
    assert fee_of(procedures["1.001193"]).total == 0
    assert fee_of(procedures["2.001016"]).total == 50000


def test_a_fee_the_province_sets_is_left_to_the_clerk(procedures: dict[str, Procedure]) -> None:
    unknown = {code for code, found in procedures.items() if any(fee.kind is FeeKind.UNKNOWN for fee in found.fees)}
    assert unknown == {"1.000656", "1.004873"}
    assert fee_of(procedures["1.004873"]).decided_by_clerk


def test_certified_copies_may_be_handed_over_at_once_and_the_original_goes_back(
    procedures: dict[str, Procedure],
) -> None:
    procedure = procedures["2.000815"]
    assert procedure.at_once and procedure.document_list
    assert procedure.components[0].use is ComponentUse.SHOW


GOOD = """
code = "9.000001"
name = "Thủ tục thử"
version = "1"
[limit]
unit = "working_day"
amount = 3
"""


def read(folder: Path, text: str) -> Procedure:
    path = folder / "9.000001.toml"
    path.write_text(text, encoding="utf-8")
    return shipped_catalogue.read_file(path, source="office")


def test_a_small_office_file_is_enough(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD).source == "office"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('version = "1"', "version =", "dòng 4"),
        ('version = "1"', "", "thiếu mục «version»"),
        ('version = "1"', 'version = ""', "«version»"),
        ('version = "1"', 'version = "1"\nsource = "office"', "«source»"),
        ('version = "1"', 'version = "1"\nshort_nane = "Thử"', "«short_nane»"),
        ("amount = 3", "amount = 0", "«limit.amount»"),
        ("amount = 3", 'amount = "3"', "cần kiểu int"),
        ("amount = 3", "amount = 3\ncutoff = 1", "«limit.cutoff»"),
        ("amount = 3", 'amount = 3\ncut_off = "15h"', "«limit.cut_off»"),
        ('"working_day"', '"month"', "month"),
        ('"9.000001"', '"9.000002"', "trùng với tên tệp"),
        ('version = "1"', 'version = "1"\nin_force_from = "22/11/2026"', "«in_force_from»"),
        ("amount = 3", 'amount = 3\n[[fees]]\nkind = "fixed"', "phải có số tiền"),
        ("amount = 3", 'amount = 3\n[[fees]]\nkind = "free"\namount = 5', "không có số tiền"),
        ("amount = 3", 'amount = 3\n[[fees]]\nkind = "per_page"\namount = 5', "fees[0].first_pages"),
        ("amount = 3", 'amount = 3\n[[fees]]\nkind = "free"\nnote = "x"', "fees[0].note"),
        ("amount = 3", 'amount = 3\n[[components]]\nid="a"\nname="A"\n[[components]]\nid="a"\nname="B"', "2 lần"),
        ("Thủ tục thử", "Thu\N{COMBINING HOOK ABOVE} tục", "NFC"),
        ("Thủ tục thử", "Thủ\N{ZERO WIDTH SPACE} tục", "ký tự ẩn"),
    ],
)
def test_a_mistake_in_a_file_is_told_by_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(CatalogueFileError) as refused:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert told in str(refused.value)
    assert "9.000001.toml" in str(refused.value)


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "9.000001.toml"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(CatalogueFileError, match="UTF-8"):
        shipped_catalogue.read_file(path, source="office")
