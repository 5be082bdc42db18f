from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desk_app.domain.procedures.procedure import ComponentUse, FeeKind, LimitUnit, Procedure
from desk_app.errors import NoCatalogueError
from desk_app.services.catalogue.national_catalogue import Import, read_national

BESIDE = Path(__file__).resolve().parents[5] / "shared" / "data" / "national-catalogue"


def listed(code: str = "9.000001", **changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": code,
        "name": "Thủ tục thử nghiệm",
        "categories": ["Hộ tịch"],
        "departments": ["Ủy ban nhân dân cấp  xã", ""],
        "departmentPromulgate": "Bộ Tư pháp",
        "formalityTargetType": ["Công dân Việt Nam"],
        "state": "UPDATED",
        "type": "STANDARD",
    }
    return row | changes


def fee(value: float | None = 0, text: str = "", kind: str = "FEE") -> dict[str, Any]:
    return {"type": kind, "value_vnd": value, "text": text}


def channel(qty: float | str = 3, unit: str = "WORKING_DAY", *fees: dict[str, Any], method: str = "DIRECT") -> Any:
    return {"method": method, "fees": list(fees), "processing": {"qty": qty, "unit": unit}, "note": ""}


def paper(name: str, originals: int = 1, copies: int = 0, code: str = "G15-KQ1") -> dict[str, Any]:
    return {"name": name, "original_qty": originals, "copy_qty": copies, "code": code, "attachments": []}


def detailed(code: str = "9.000001", **changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": code,
        "name": "Thủ tục thử nghiệm",
        "category": {"code": "G15-TP07", "name": "Hộ tịch"},
        "promulgating_agency": "Bộ Tư pháp",
        "executing_agency": "Ủy ban nhân dân cấp xã",
        "subject_types": [],
        "results": ["Giấy xác nhận"],
        "requirements": "",
        "channels": [channel()],
        "processing_cases": [{"case_code": f"{code}.01", "qty": 3, "unit": "WORKING_DAY"}],
        "legal_basis": [],
        "steps_raw": [],
        "checklist_raw": [{"group": "", "items": [paper("Tờ khai thử nghiệm")]}],
        "state": "UPDATED",
        "source": {"url": "", "updated_at": "2026-04-15T08:36:31.512Z", "created_at": "", "crawled_at": ""},
    }
    return row | changes


def written(folder: Path, *, catalogue: list[Any] | None = None, details: list[Any] | None = None) -> Path:
    for name, rows in (("catalogue", catalogue), ("details", details)):
        if rows is not None:
            lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
            (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def read(folder: Path, **changes: Any) -> Procedure:
    found = read_national(written(folder, catalogue=[listed()], details=[detailed(**changes)]))
    return found.procedures[0]


def reasons(found: Import) -> list[str]:
    return [each.why for each in found.not_understood]


# --- the real files, where they lie beside the project; otherwise made-up ones -------------


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if BESIDE.is_dir():
        return BESIDE
    rows = [listed(f"9.{number:06d}") for number in range(12)]
    return written(tmp_path_factory.mktemp("national"), catalogue=rows, details=[detailed("9.000003"), detailed("1.5")])


def test_every_row_becomes_a_procedure_or_is_told(national: Path) -> None:
    found = read_national(national)
    codes = {
        json.loads(line)["code"]
        for file in national.glob("*.jsonl")
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    }
    told = " ".join(each.row for each in found.not_understood)
    assert {each.code for each in found.procedures} | {code for code in codes if f"({code})" in told} == codes
    assert len({each.code for each in found.procedures}) == len(found.procedures)


def test_reading_twice_gives_the_same_versions(national: Path) -> None:
    assert read_national(national) == read_national(national)


def test_a_procedure_without_a_single_limit_is_never_given_one(national: Path) -> None:
    for procedure in read_national(national).procedures:
        assert ("limit" in procedure.unsure) == (procedure.limit.amount == 0)
        assert procedure.source == "national"
        assert len({part.id for part in procedure.components}) == len(procedure.components)


# --- limits -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channels", "cases", "unit", "amount"),
    [
        ([channel(3)], [], LimitUnit.WORKING_DAY, 3),
        ([channel(12, "DAY")], [(12, "DAY")], LimitUnit.DAY, 12),
        ([channel(10)], [(10, "WORKING_DAY"), (20, "WORKING_DAY")], LimitUnit.WORKING_DAY, 10),
        ([channel(3, "OTHER")], [(3, "WORKING_DAY")], LimitUnit.WORKING_DAY, 3),
        ([channel(0, "OTHER")], [(15, "DAY")], LimitUnit.DAY, 15),
        ([channel("Theo mô tả", "OTHER")], [(20, "WORKING_DAY")], LimitUnit.WORKING_DAY, 20),
        ([channel("Không quá 15 ngày.", "OTHER")], [], LimitUnit.DAY, 15),
        ([channel(7.5)], [], LimitUnit.WORKING_DAY, 8),
        ([channel(9, method="ONLINE"), channel(2)], [(2, "WORKING_DAY")], LimitUnit.WORKING_DAY, 2),
        ([channel(5, method="ONLINE")], [(5, "WORKING_DAY")], LimitUnit.WORKING_DAY, 5),
    ],
)
def test_one_limit_for_the_counter_is_taken(
    tmp_path: Path, channels: list[Any], cases: list[tuple[int, str]], unit: LimitUnit, amount: int
) -> None:
    raw = [{"case_code": "", "qty": qty, "unit": name} for qty, name in cases]
    procedure = read(tmp_path, channels=channels, processing_cases=raw)
    assert (procedure.limit.unit, procedure.limit.amount) == (unit, amount)
    assert "limit" not in procedure.unsure


@pytest.mark.parametrize(
    ("channels", "cases", "words"),
    [
        ([channel(5), channel(30)], [], "05 ngày làm việc; 30 ngày làm việc"),
        ([channel(10)], [(20, "DAY")], "10 ngày làm việc; 20 ngày"),
        ([channel(5, "OTHER")], [(25, "WORKING_DAY")], "5 (không rõ đơn vị); 25 ngày làm việc"),
        ([channel(1, "OTHER")], [(1, "DAY"), (1, "WORKING_DAY")], "1 (không rõ đơn vị); 01 ngày; 01 ngày làm việc"),
        ([channel("không quá 3 ngày, hoặc không quá 5 ngày", "OTHER")], [], "không quá 3 ngày, hoặc không quá 5 ngày"),
        ([], [], ""),
    ],
)
def test_a_contradiction_leaves_the_date_to_the_clerk_and_shows_what_was_said(
    tmp_path: Path, channels: list[Any], cases: list[tuple[int, str]], words: str
) -> None:
    raw = [{"case_code": "", "qty": qty, "unit": name} for qty, name in cases]
    folder = written(tmp_path, details=[detailed(channels=channels, processing_cases=raw)], catalogue=[])
    found = read_national(folder)
    assert "limit" in found.procedures[0].unsure
    assert found.procedures[0].limit_text == words
    assert [why for why in reasons(found) if why.startswith("chưa rõ thời hạn")]


# --- fees ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fees", "kinds"),
    [
        ([fee(50000)], [(FeeKind.FIXED, 50000)]),
        ([fee(10000, "Nộp trực tiếp thu 10.000 đồng/lần đăng ký;")], [(FeeKind.FIXED, 10000)]),
        ([fee(0, "Lệ phí: 15.000 đồng")], [(FeeKind.FIXED, 15000)]),
        ([fee(None, "8.000 đồng/bản sao")], [(FeeKind.PER_COPY, 8000)]),
        ([fee(0)], [(FeeKind.FREE, 0)]),
        ([fee(0, "Miễn lệ phí. Phí cấp bản sao theo Thông tư số 281/2016/TT-BTC.")], [(FeeKind.FREE, 0)]),
        ([fee(0, "Miễn lệ phí cho người thuộc hộ nghèo.")], [(FeeKind.UNKNOWN, 0)]),
        ([fee(0, "Do Hội đồng nhân dân cấp tỉnh quy định.")], [(FeeKind.UNKNOWN, 0)]),
        ([fee(None, "Chi tiết tại văn bản kèm theo")], [(FeeKind.UNKNOWN, 0)]),
        ([fee(0, "Cấp mới 25.000 đồng/GCN; cấp lại 20.000 đồng/GCN")], [(FeeKind.UNKNOWN, 0)]),
        ([fee(7000, "Thu 15.000 đồng/lần")], [(FeeKind.UNKNOWN, 0)]),
        ([fee(10000, "10.000 đồng/người/lần đăng ký")], [(FeeKind.UNKNOWN, 0)]),
        ([fee(7000, "cá nhân"), fee(5000, "theo danh sách")], [(FeeKind.UNKNOWN, 0), (FeeKind.UNKNOWN, 0)]),
        ([], [(FeeKind.UNKNOWN, 0)]),
    ],
)
def test_a_fee_is_a_number_only_where_there_is_exactly_one(
    tmp_path: Path, fees: list[Any], kinds: list[tuple[FeeKind, int]]
) -> None:
    procedure = read(tmp_path, channels=[channel(3, "WORKING_DAY", *fees)])
    assert [(rule.kind, rule.amount) for rule in procedure.fees] == kinds
    assert all(rule.text for rule in procedure.fees if rule.kind is FeeKind.UNKNOWN)
    assert not any(rule.verified for rule in procedure.fees)


def test_the_fee_of_the_counter_counts_not_that_of_the_network(tmp_path: Path) -> None:
    online = channel(3, "WORKING_DAY", fee(7000), method="ONLINE")
    procedure = read(tmp_path, channels=[online, channel(3, "WORKING_DAY", fee(15000), fee(15000))])
    assert [(rule.name, rule.amount) for rule in procedure.fees] == [("Phí", 15000)]


def test_a_bare_zero_is_free_but_not_sure(tmp_path: Path) -> None:
    assert "fees" in read(tmp_path, channels=[channel(3, "WORKING_DAY", fee(0))]).unsure
    assert "fees" not in read(tmp_path, channels=[channel(3, "WORKING_DAY", fee(0, "Không thu phí"))]).unsure


# --- papers -------------------------------------------------------------------------------


def test_headings_and_remarks_are_told_from_papers_handed_in_and_shown(tmp_path: Path) -> None:
    groups = [
        {"group": " * Giấy tờ phải xuất trình: ", "items": [paper("- Thẻ căn cước (gọi tắt là giấy tờ tùy thân);")]},
        {"group": "* Giấy tờ phải nộp:", "items": [paper("+ Giấy chứng sinh.", code="G15-KQ2")]},
        {"group": "* Lưu ý :", "items": [paper("Không được yêu cầu nộp thêm giấy tờ.", 0, code="G15-KQ3")]},
        {
            "group": "",
            "items": [
                paper("- Tờ khai theo mẫu;", code="G15-KQ4"),
                paper("* Ngoài giấy tờ nêu trên, nộp giấy tờ tương ứng sau đây:", code="G15-KQ5"),
                paper("3. Hai bộ bản vẽ thiết kế, mỗi bộ gồm:", 2, 2, code="G15-KQ6"),
                paper("- Mẫu hộ tịch điện tử tương tác (nếu nộp hồ sơ trực tuyến)", code="G15-KQ7"),
            ],
        },
    ]
    parts = read(tmp_path, checklist_raw=groups).components
    assert [(part.name, part.use, part.originals, part.copies, part.default) for part in parts] == [
        ("Thẻ căn cước (gọi tắt là giấy tờ tùy thân)", ComponentUse.SHOW, 1, 0, True),
        ("Giấy chứng sinh", ComponentUse.SUBMIT, 1, 0, False),
        ("Không được yêu cầu nộp thêm giấy tờ", ComponentUse.NOTE, 0, 0, False),
        ("Tờ khai theo mẫu", ComponentUse.SUBMIT, 1, 0, True),
        ("Ngoài giấy tờ nêu trên, nộp giấy tờ tương ứng sau đây", ComponentUse.NOTE, 0, 0, False),
        ("3. Hai bộ bản vẽ thiết kế, mỗi bộ gồm", ComponentUse.SUBMIT, 2, 2, False),
        ("Mẫu hộ tịch điện tử tương tác (nếu nộp hồ sơ trực tuyến)", ComponentUse.NOTE, 0, 0, False),
    ]
    assert not any(part.condition for part in parts)


def test_a_group_that_names_a_case_is_the_condition_of_its_papers(tmp_path: Path) -> None:
    groups = [
        {"group": "(1.7) Đối với nhà ở riêng lẻ:", "items": [paper("Đơn đề nghị", code="K")]},
        {"group": "Đối với công trình", "items": [paper("Đơn đề nghị", code="K"), paper("Đơn đề nghị", code="K")]},
    ]
    found = read_national(written(tmp_path, details=[detailed(checklist_raw=groups)], catalogue=[]))
    assert [(part.id, part.condition, part.default) for part in found.procedures[0].components] == [
        ("K", "(1.7) Đối với nhà ở riêng lẻ", False),
        ("K#2", "Đối với công trình", False),
    ]
    assert "giấy tờ ghi lặp: Đơn đề nghị" in reasons(found)


def test_a_nameless_paper_is_told(tmp_path: Path) -> None:
    groups = [{"group": "", "items": [paper(" - ")]}]
    found = read_national(written(tmp_path, details=[detailed(checklist_raw=groups)], catalogue=[]))
    assert "có giấy tờ không tên" in reasons(found)
    assert "components" in found.procedures[0].unsure


# --- rows ---------------------------------------------------------------------------------


def test_a_row_only_in_the_catalogue_becomes_a_procedure_without_details(tmp_path: Path) -> None:
    found = read_national(written(tmp_path, catalogue=[listed()], details=[]))
    procedure = found.procedures[0]
    assert procedure.unsure == ("limit", "fees", "components")
    assert (procedure.field_name, procedure.agency) == ("Hộ tịch", "Ủy ban nhân dân cấp xã")
    assert found.not_understood == []


def test_text_is_mended_before_it_is_kept(tmp_path: Path) -> None:
    name = "Thủ tục đăng k\N{LEFT-TO-RIGHT MARK}ý quyền sử dụng\nđất \N{ZERO WIDTH SPACE} Hòa"
    assert read(tmp_path, name=name).name == "Thủ tục đăng ký quyền sử dụng đất Hòa"


def test_a_provinces_own_procedure_says_whose_it_is(tmp_path: Path) -> None:
    procedure = read(tmp_path, promulgating_agency="UBND tỉnh Lạng Sơn")
    assert (procedure.name, procedure.title) == ("Thủ tục thử nghiệm", "Thủ tục thử nghiệm – UBND tỉnh Lạng Sơn")


def test_legal_texts_are_named_once_by_their_bare_number(tmp_path: Path) -> None:
    basis = [
        {"code": "Thông tư số 03/2023/TT-BTP", "name": "Thông tư"},
        {"code": "03/2023/TT-BTP", "name": "Một lần nữa"},
        {"code": "66.7/2025/NQ-CP", "name": "Nghị quyết"},
        {"code": "Luật Cư trú", "name": ""},
    ]
    assert [each.number for each in read(tmp_path, legal_basis=basis).legal_basis] == [
        "03/2023/TT-BTP",
        "66.7/2025/NQ-CP",
        "Luật Cư trú",
    ]


@pytest.mark.parametrize(
    ("line", "why", "kept"),
    [
        ('{"code": "9.000002", "name": "Dở', "không phải một dòng JSON trọn vẹn", False),
        ("[1, 2]", "không đúng dạng", False),
        (json.dumps(listed("9.000002", categories="Hộ tịch")), "không đúng dạng", False),
        (json.dumps({"name": "Không mã"}), "không đúng dạng", False),
        (json.dumps(listed("9.2")), "mã thủ tục «9.2»", False),
        (json.dumps(listed("9.000002", name=" ")), "không có tên", False),
        (json.dumps(listed("9.000002", state="DELETED")), "trạng thái «DELETED»", False),
        (json.dumps(listed("9.000002", colour="xanh")), "có mục lạ «colour»", True),
        (json.dumps(listed()), "lặp lại catalogue.jsonl, dòng 1 (9.000001)", False),
        (json.dumps(listed(name="Tên khác")), "khác nội dung", False),
    ],
)
def test_an_odd_line_is_told_by_its_place_and_the_others_are_read(
    tmp_path: Path, line: str, why: str, kept: bool
) -> None:
    found = read_national(written(tmp_path, catalogue=[listed(), line, listed("9.000003")], details=[]))
    assert [each.code for each in found.procedures] == ["9.000001", *(["9.000002"] if kept else []), "9.000003"]
    (told,) = found.not_understood
    assert why in told.why
    assert told.row.startswith("catalogue.jsonl, dòng 2")


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    written(tmp_path, catalogue=[listed()], details=[])
    file = tmp_path / "catalogue.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes() + b"\n\xff\xfe\n")
    found = read_national(tmp_path)
    assert len(found.procedures) == 1
    assert reasons(found) == ["không phải văn bản UTF-8"]


def test_a_strange_part_deep_in_a_row_is_told_once(tmp_path: Path) -> None:
    strange = paper("Tờ khai") | {"mau": 1}
    groups = [{"group": "", "items": [strange, strange | {"code": "K2"}]}]
    found = read_national(written(tmp_path, details=[detailed(checklist_raw=groups)], catalogue=[]))
    assert reasons(found) == ["có mục lạ «checklist_raw.items.mau»"]


def test_any_change_of_content_is_a_new_version_and_nothing_else_is(tmp_path: Path) -> None:
    first = read(tmp_path)
    assert read(tmp_path, source={"updated_at": "2026-11-22"}).version == first.version
    assert read(tmp_path, results=["Giấy khác"]).version != first.version
    assert first.version.startswith("qg-")


def test_a_folder_without_the_files_is_refused_and_one_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoCatalogueError):
        read_national(tmp_path)
    found = read_national(written(tmp_path, details=[detailed()]))
    assert len(found.procedures) == 1
    assert [each.row for each in found.not_understood] == ["catalogue.jsonl"]
