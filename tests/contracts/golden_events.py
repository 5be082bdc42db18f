"""Events of every kind with made-up people, as each version brought them; the golden frames hold them."""

from __future__ import annotations

import msgspec

from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.dossiers.changes import text_of
from desk_app.domain.dossiers.dossier_state import STEP
from desk_app.domain.dossiers.events import (
    Corrected,
    Defect,
    FormVersion,
    HandedIn,
    Noted,
    Office,
    OldRecordsBrought,
    OldRecordsTakenBack,
    Payload,
    ProcedureChosen,
    Received,
    Stamp,
    StepTaken,
    StepTakenBack,
)
from desk_app.domain.dossiers.fact_paths import COMPONENTS, DOCUMENTS, DUE, FEE, PROCEDURE, SETS
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.messages.message_events import Contacted, MessageQueued, MessageSent
from desk_app.domain.organisations.organisation import Organisation
from desk_app.domain.outgoing.list_events import PaperListMade, PaperListPrinted, PaperListRow
from desk_app.domain.payments.money_events import PAID, FeeReceipt, Paid, PaidBack, Receipted
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document, Fee, FeeLine

AT = 1_795_134_600_000


def set_right() -> list[tuple[str, Payload]]:
    """What 0.3.0 brought, each with what it cites: weighty corrections, a fee reckoned anew, a step taken back."""
    forms = (FormVersion(form="giay-tiep-nhan", version="tt-03-2025"),)
    original = Document(name="Bằng tốt nghiệp", pages=4, copies=3)
    changes = {
        COMPONENTS: text_of((HandedIn(component="giay-to", name="Giấy tờ tùy thân", originals=1),)),
        DOCUMENTS: text_of((original,)),
        PROCEDURE: text_of(ProcedureChosen(code="2.000815", version="2026-07", forms=forms)),
        DUE: str(AT),
        SETS: "2",
        FEE: "18000",
    }
    fee = Fee(total=18_000, lines=(FeeLine(name="Bằng tốt nghiệp", amount=18_000, how="4 trang × 3 bản"),))
    return [
        (DUE, Corrected(changes=changes, reason="Chọn nhầm thủ tục", fee=fee)),
        (STEP, StepTakenBack(reason="Nhầm hồ sơ", due_at=AT)),
    ]


def owed() -> StepTaken:
    """What 0.4.0 brought: a step that owes a paper, with its office, number and answers."""
    return StepTaken(
        action="refuse",
        reason="Không thuộc thẩm quyền",
        papers=(FormVersion(form="phieu-tu-choi", version="tt-03-2025"),),
        office=Office(
            name="Trung tâm Phục vụ hành chính công xã Thử Nghiệm",
            commune="xã Thử Nghiệm",
            address="Số 1, thôn Thử Nghiệm",
            phone="0110 000 001",
        ),
        number="15/PTC",
        fields={"still_missing": "Giấy chứng sinh"},
    )


def of_a_whole_life() -> list[Payload]:
    """What 0.5.0 brought: who has the dossier inside, all defects at once, a signed result, how it left, a note."""
    return [
        StepTaken(action="forward", inner="appraisal", to="Công chức thử", until=AT),
        StepTaken(
            action="request-completion",
            reason="Thiếu giấy tờ",
            defects=(Defect(component="giay-to", name="Giấy tờ tùy thân", wrong="mờ, không đọc được"),),
        ),
        StepTaken(action="suspend", reason="Mất điện", cause="outage"),
        StepTaken(action="signed", result="15/GXN", signer="Chủ tịch thử", decided_on="2026-11-20", file="0" * 64),
        StepTaken(action="return", handed="authorised", paper_of_authority="Giấy ủy quyền số 1"),
        StepTaken(action="return", handed="post", item_code="EX000000000VN"),
        StepTaken(action="annul", reason="Ghi sai tên", outcome="redo", due_at=AT),
        Noted(text="Người nộp hẹn gọi lại buổi chiều"),
    ]


def prepared() -> Received:
    """What 0.4.0 brought: who was helped to file elsewhere, prepared at home, for an organisation."""
    return Received(
        code="H26.99-261120-0099",
        procedure="1.001193",
        procedure_version="2026-07",
        people={"applicant": Person(full_name="Nguyễn Thị Thử Nghiệm"), "child": Person(full_name="Lê Thử Nghiệm An")},
        received_at=AT,
        office=Office(name="Trung tâm Phục vụ hành chính công xã Thử Nghiệm", commune="xã Thử Nghiệm"),
        fields={"birth_place": "Trạm y tế xã Thử Nghiệm"},
        channel="helped",
        organisations={"organisation": Organisation(name="Trại trẻ Thử", number="0101234567", head="Lê Văn Mẫu")},
        prepared=("birth_place", "child.full_name"),
    )


def linked() -> Received:
    """What 0.5.0 brought: a dossier received with others as one."""
    parts = tuple(
        LinkedPart(id=letter * 16, code=f"H26.99-261120-{number:04d}", procedure=code, version="2026-07", title=title)
        for letter, number, code, title in (
            ("d", 101, "1.001193", "Đăng ký khai sinh"),
            ("e", 102, "1.004222", "Đăng ký thường trú"),
        )
    )
    group = LinkedGroup(
        group="d" * 16, bundle="khai-sinh", version="2026-11", title="Liên thông khai sinh", due_at=AT, parts=parts
    )
    return msgspec.structs.replace(prepared(), code="H26.99-261120-0101", linked=group)


def listed() -> list[Payload]:
    """What 0.5.0 brought: a list of many dossiers, and that it was printed."""
    made = PaperListMade(
        list_id="d" * 16,
        what="hand-over",
        receiver="Phòng Thử Nghiệm",
        giver="Trung tâm, quầy số 1",
        number="01/BG",
        form=FormVersion(form="danh-sach-ban-giao", version="2026-11"),
        office=Office(name="Trung tâm Phục vụ hành chính công xã Thử Nghiệm", commune="xã Thử Nghiệm"),
        rows=(PaperListRow(dossier="e" * 32, code="H26.99-261120-0001", version=(7, "00010203"), said={"sets": "01"}),),
    )
    return [made, PaperListPrinted(list_id="d" * 16, copies=2, printer="A4")]


def between_desks() -> list[Payload]:
    """What 0.5.0 brought: the papers go from one desk to another."""
    given = GivenToDesk(giver=1, to=2, papers=("Giấy chứng sinh",), note="Người nộp đợi ở quầy 2")
    return [given, TakenAtDesk(desk=2)]


def of_before() -> list[Payload]:
    """What 0.4.0 brought: records of the time before the program, and an import that is taken back."""
    row = ("2", "Nguyễn Thị Thử Nghiệm", "1956")
    columns = ("line", "full_name", "born_on")
    brought = OldRecordsBrought(
        import_id="c" * 16, what="people", source="so-cu.xlsx", total=1, columns=columns, rows=(row,)
    )
    return [brought, OldRecordsTakenBack(import_id="c" * 16)]


def money() -> list[tuple[Payload, dict[str, tuple[Stamp, ...]]]]:
    """What 0.5.0 brought: money taken, its receipt named later, given back; a fee from which somebody is exempt."""
    cited: dict[str, tuple[Stamp, ...]] = {PAID: ((50, "00010203"),)}
    receipt = FeeReceipt(template="EBL01", series="26TAA", number=12)
    paper = FeeReceipt(kind="paper", template="01BLP2-001", series="AA-22T", number=345, book="d" * 16)
    freed = Fee(
        exemption="người thuộc hộ nghèo",
        exemption_id="ho-tich-ho-ngheo",
        exemption_law="60/2014/QH13",
        exemption_proof="Giấy xác nhận hộ nghèo số 00",
        exempted=8000,
    )
    return [
        (Paid(amount=8000, way="cash", note="Đưa tờ 10.000", desk=2), {}),
        (Paid(amount=16_000, way="transfer", receipt=paper, desk=2), {}),
        (Receipted(receipt=receipt, reason="Biên lai lập sau"), cited),
        (PaidBack(amount=3000, way="cash", reason="Thu thừa một bản", desk=2), cited),
        (PaidBack(amount=8000, way="cash", reason="Ghi nhầm hồ sơ", is_mistake=True, receipt=receipt, desk=2), cited),
        (Corrected(changes={FEE: "0"}, reason="Được miễn", fee=freed), {}),
    ]


def told() -> list[Payload]:
    """What 0.5.0 brought: a message to the citizen, what became of it, and who telephoned."""
    text = "Hồ sơ H26.99-261120-0001 đã có kết quả."
    return [
        MessageQueued(id="0123456789abcdef", about="ready", phone="0110 000 001", text=text, template="ready/2026-11"),
        MessageSent(message="0123456789abcdef", failed="số không liên lạc được"),
        Contacted(about="ready", outcome="not-reached", note="máy bận"),
    ]
