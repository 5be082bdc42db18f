"""A made-up dossier through all its steps, with the longest values that real offices have: what its papers show."""

from __future__ import annotations

from msgspec.structs import replace

from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.marks import Page
from desk_app.documents.values import office_values, values_of
from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.dossiers.events import KIND_OF, Defect, FormVersion, Office, Payload, Recorded, StepTaken
from desk_app.domain.outgoing import list_scans
from desk_app.domain.papers import USUAL, PaperManner
from desk_app.domain.people.person import Person
from tests.kit.paper import papers

HOUR, DAY = 3_600_000, 86_400_000
OFFICE = Office(
    name="Trung tâm Phục vụ hành chính công xã Nam Trung Yên Thượng Hòa Bình Thịnh",
    commune="xã Nam Trung Yên Thượng Hòa Bình Thịnh",
    province="tỉnh Bà Rịa - Vũng Tàu Thử Nghiệm",
    superior="UBND xã Nam Trung Yên Thượng Hòa Bình Thịnh",
    clerk="Nguyễn Hoàng Phương Thảo Nguyên Thử",
    address="Số 1, đường Thử Nghiệm, thôn Trung Tâm",
    phone="0254 000 001",
)
REASON = (
    "Hồ sơ cần xác minh tại nơi cư trú cũ của người yêu cầu ở ba xã khác nhau; hai nơi chưa trả lời văn bản xác minh, "
    "một nơi trả lời không còn lưu sổ hộ tịch các năm trước 1990"
)
DEFECTS = (
    Defect(component="to-khai", name="Tờ khai đăng ký khai sinh", wrong="Thiếu chữ ký của người yêu cầu ở trang 2"),
    Defect(
        component="chung-sinh", name="Giấy chứng sinh", wrong="Bản chụp mờ, không đọc được ngày sinh; nộp bản chính"
    ),
    Defect(
        component="tuy-than",
        name="Giấy tờ tùy thân (căn cước, hộ chiếu hoặc giấy tờ có ảnh còn giá trị), để đối chiếu",
        wrong="Căn cước công dân của người cha đã hết hạn ngày 01/11/2026; xuất trình căn cước mới hoặc giấy hẹn trả",
    ),
    Defect(name="Văn bản cam đoan về việc sinh", wrong="Chưa có; viết theo hướng dẫn, có người làm chứng"),
    Defect(name="Giấy ủy quyền", wrong="Chưa được chứng thực chữ ký"),
)
COLLECTOR = Person(
    full_name="Công Tằng Tôn Nữ Nguyễn Phương Thảo Mẫu",
    id_number="001190000003",
    phone="0900000003",
    residence="Thôn 1, xã Thử Nghiệm",
)


def life(office: Office = OFFICE) -> list[Recorded]:
    """The events, in their order; each step names the papers it owes by `owed`."""
    at = papers.RECEIVED_AT
    due = papers.DUE_AT
    steps = [
        StepTaken(action="forward", to="Công chức Tư pháp - Hộ tịch", until=at + DAY),
        StepTaken(action="request-completion", reason=REASON, number="05/HDHS", defects=DEFECTS, until=at + 9 * DAY),
        StepTaken(action="complete", due_at=due + 4 * DAY),
        StepTaken(action="forward", to="Phòng Văn hóa - Xã hội", until=at + 4 * DAY + HOUR),
        StepTaken(action="apologise", reason=REASON, number="07/XL", due_at=due + 7 * DAY),
        StepTaken(action="submit", to="Phó Chủ tịch Ủy ban nhân dân xã", until=at + 6 * DAY),
        StepTaken(action="signed"),
        StepTaken(
            action="ready",
            result="Giấy khai sinh",
            number="112/2026",
            signer="Lê Thị Thanh Hà Mẫu",
            decided_on="2026-11-28",
        ),
        StepTaken(
            action="return",
            number="31/TKQ",
            handed="authorised",
            paper_of_authority="Giấy ủy quyền số 12/2026, chứng thực ngày 27/11/2026",
            collector=COLLECTOR,
        ),
    ]
    received = replace(papers.RECEIVED, office=office)
    events = [_event(1, at, received)]
    for number, step in enumerate(steps, 2):
        events.append(_event(number, at + (number - 1) * (DAY - 2 * HOUR), replace(step, office=office)))
    return events


def _event(number: int, at: int, payload: Payload) -> Recorded:
    return Recorded(
        log="aaaa0000",
        seq=number,
        dossier="mau",
        kind=KIND_OF[type(payload)],
        lamport=number,
        at=at,
        clock_offset=0,
        author="Trần Thu Mẫu",
        seen={},
        payload=payload,
    )


def with_step(taken: StepTaken) -> tuple[Dossier, Recorded]:
    """The dossier just received, and this step of it."""
    event = _event(2, papers.RECEIVED_AT + DAY, replace(taken, office=OFFICE))
    return fold([_event(1, papers.RECEIVED_AT, replace(papers.RECEIVED, office=OFFICE)), event]), event


STOPPED = StepTaken(action="stop", reason="Người yêu cầu xin dừng vì đã làm thủ tục tại nơi khác", number="02/TB")
LAPSED = StepTaken(action="lapse", reason="Quá thời hạn bổ sung", number="03/TB")
POSTED = StepTaken(action="return", number="32/TKQ", handed="post", item_code="RA123456789VN")


def step_of(action: str) -> tuple[Dossier, Recorded]:
    """The whole life's dossier, and its last step of this kind."""
    for name, taken in (("stop", STOPPED), ("lapse", LAPSED)):
        if action == name:
            return with_step(taken)
    events = life()
    found = [one for one in events if isinstance(one.payload, StepTaken) and one.payload.action == action]
    return fold(events), found[-1]


def pages(form: FormVersion, action: str, *, mark: str = "", manner: PaperManner = USUAL) -> tuple[Page, ...]:
    """The paper of a form that the step owes."""
    dossier, event = step_of(action)
    chosen = papers.library().exact(form.form, form.version)
    return lay_out(chosen, values_of(dossier, papers.PROCEDURE, event), code=dossier.code, mark=mark, manner=manner)


def list_values(count: int) -> dict[str, object]:
    """What a list of so many dossiers says, each row as long as rows of real communes are."""
    row = {
        "procedure": "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con có yếu tố nước ngoài",
        "applicant": COLLECTOR.full_name,
        "received": "22/11/2026",
        "due": "16:30 25/11/2026",
        "until": "11:30 24/11/2026",
        "sets": "01",
        "remark": "Đang xử lý",
        "result": "Giấy khai sinh, trích lục đăng ký nhận cha, mẹ, con",
        "residence": papers.MOTHER.residence,
        "phone": "0900000003",
        "fee": "X",
        "by_post": "X",
        "holder": "Công chức Tư pháp - Hộ tịch",
    }
    return {
        **office_values(OFFICE),
        "number": "12/BG",
        "receiver": "Phòng Văn hóa - Xã hội xã Nam Trung Yên Thượng Hòa Bình Thịnh",
        "giver": f"{OFFICE.name}, quầy số 1, {OFFICE.clerk}",
        "count": str(count),
        "barcode": list_scans.barcode("0123456789abcdef"),
        "made_at": "16 giờ 05 phút, ngày 22/11/2026",
        "made_at.day": "22",
        "made_at.month": "11",
        "made_at.year": "2026",
        "rows": tuple({"n": str(n), "code": f"H56.21.08-261122-{n:04d}", **row} for n in range(1, count + 1)),
    }


def register_values(count: int) -> dict[str, object]:
    """A page or more of the register of dossiers."""
    row = {
        "procedure": "Đăng ký khai sinh",
        "sets": "01",
        "applicant": COLLECTOR.full_name,
        "contact": f"{papers.FATHER.residence}; 0900000003",
        "office": OFFICE.name,
        "received": "22/11/2026",
        "due": "25/11/2026",
        "forwarded": "22/11/2026",
        "ready": "24/11/2026",
        "returned": "25/11/2026",
        "how": "Tại Bộ phận Một cửa",
    }
    return {
        **office_values(OFFICE),
        "on": "30/11/2026",
        "on.day": "30",
        "on.month": "11",
        "on.year": "2026",
        "filters": "Từ ngày 01/11/2026; đến ngày 30/11/2026",
        "count": str(count),
        "rows": tuple({"n": str(n), "code": f"H56.21.08-261122-{n:04d}", **row} for n in range(1, count + 1)),
    }
