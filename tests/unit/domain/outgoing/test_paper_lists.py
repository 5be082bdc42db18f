"""Lists of many dossiers: who has each dossier, what its row says, and what is left of one that was erased."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.dossier_state import Dossier
from desk_app.domain.outgoing.list_events import PaperListRow
from desk_app.domain.outgoing.paper_lists import KINDS, cells, known_then, receiver_of, row_of
from desk_app.domain.procedures.procedure import Fee
from tests.kit.paper import papers, step_lives


def after(count: int) -> Dossier:
    """The dossier of `step_lives.life` after so many of its events."""
    return fold(step_lives.life()[:count])


@pytest.mark.parametrize(
    ("count", "holder"),
    [
        (1, ""),
        (2, "Công chức Tư pháp - Hộ tịch"),
        (4, "Công chức Tư pháp - Hộ tịch"),  # completion asked for and brought: who has it keeps it
        (5, "Phòng Văn hóa - Xã hội"),
        (6, "Phòng Văn hóa - Xã hội"),
        (7, "Phó Chủ tịch Ủy ban nhân dân xã"),
        (8, ""),
        (9, ""),
        (10, ""),
    ],
)
def test_who_has_the_dossier_is_whom_the_last_step_named(count: int, holder: str) -> None:
    assert receiver_of(after(count)) == holder


def test_a_row_says_what_is_known_and_leaves_out_the_rest() -> None:
    assert row_of(after(2), "Đăng ký khai sinh").said == {
        "procedure": "Đăng ký khai sinh",
        "received": "22/11/2026",
        "due": "16:30 25/11/2026",
        "until": "08:05 23/11/2026",
        "sets": "01",
        "holder": "Công chức Tư pháp - Hộ tịch",
        "fee": "X",
        "remark": "Đang xử lý",
    }


def test_a_row_of_a_dossier_just_received_names_no_holder_and_no_term() -> None:
    received = replace(after(1), fee=Fee(), return_by="post", sets=12)
    row = row_of(received, "Khai sinh")
    assert (row.dossier, row.code, row.version) == ("mau", papers.CODE, received.version)
    assert {key: row.said.get(key) for key in ("holder", "until", "fee", "by_post", "sets", "remark")} == {
        "holder": None,
        "until": None,
        "fee": None,
        "by_post": "X",
        "sets": "12",
        "remark": "Mới tiếp nhận",
    }


ROW = PaperListRow(dossier="mau", code="H1", version=(1, ""), said={"due": "25/11/2026"})


def test_the_cells_of_a_row_take_people_from_the_dossier_as_it_was() -> None:
    then = replace(after(1), result="Giấy khai sinh", people={"applicant": replace(papers.MOTHER, phone="0900000001")})
    assert cells(7, ROW, then) == {
        "n": "7",
        "code": "H1",
        "due": "25/11/2026",
        "applicant": papers.MOTHER.full_name,
        "residence": papers.MOTHER.residence,
        "phone": "0900000001",
        "result": "Giấy khai sinh",
    }


def test_of_an_erased_dossier_the_row_keeps_its_place_and_names_nobody() -> None:
    found = cells(7, ROW, None)
    assert (found["n"], found["code"], found["due"]) == ("7", "H1", "25/11/2026")
    assert {found[key] for key in ("applicant", "residence", "phone", "result")} == {""}


def test_a_list_knew_the_events_up_to_its_version_and_none_after() -> None:
    events = step_lives.life()
    assert known_then(events, events[3].stamp) == events[:4]


def test_closed_dossiers_are_handed_over_on_no_list() -> None:
    assert all(status.is_open for kind in KINDS.values() for status in kind.offered if kind.name == "hand-over")
