"""Made-up dossiers whose papers the tests draw. Everybody here is invented."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from desk_app import places
from desk_app.documents.forms.form import Form, FormLibrary
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.marks import Page
from desk_app.documents.values import values_of
from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.dossiers.events import HandedIn, Office, Received, Recorded
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document, Fee, FeeLine, LimitUnit, Procedure, TimeLimit
from desk_app.services.papers import sample

RECEIVED_AT = 1_795_309_500_000  # 22/11/2026 08:05 in Vietnam
DUE_AT = 1_795_599_000_000  # 25/11/2026 16:30
CODE = "H56.21.08-261122-0043"
ON = "2026-11-22"

MOTHER = replace(
    sample.CITIZEN,
    residence="Số 27 ngách 12/45 ngõ Thử Nghiệm, tổ dân phố số 9, xã Đông Sơn, tỉnh Thanh Hóa",
)
FATHER = Person(
    full_name="Trần Quốc Mẫu",
    id_number="001088000002",
    born_on="1988",
    sex="Nam",
    residence="Thôn 5, xã Đông Sơn, tỉnh Thanh Hóa",
    ethnicity="Tày",
    nationality="Việt Nam",
    id_kind="Căn cước công dân",
    id_issued_on="2022-05-12",
    id_issued_by="Cục Cảnh sát quản lý hành chính về trật tự xã hội",
)
CHILD = Person(
    full_name="Trần Nguyễn Khánh Mẫu", born_on="2026-10-15", sex="Nữ", ethnicity="Kinh", nationality="Việt Nam"
)
PAPERS = (
    HandedIn(component="to-khai", name="Tờ khai đăng ký khai sinh", originals=1),
    HandedIn(component="chung-sinh", name="Giấy chứng sinh", originals=1, copies=1),
    HandedIn(
        component="tuy-than",
        name="Giấy tờ tùy thân (căn cước, hộ chiếu hoặc giấy tờ có ảnh còn giá trị), để đối chiếu",
        originals=1,
    ),
)
FIELDS = {
    "relation": "Mẹ đẻ",
    "birth_place": "Bệnh viện Phụ sản Thử Nghiệm, đường Mẫu, phường Hạc Thành, tỉnh Thanh Hóa",
    "hometown": "Xã Đông Sơn, tỉnh Thanh Hóa",
    "copies": "2",
    "marriage_number": "12/2020",
    "marriage_book": "01/2020",
    "marriage_on": "2020-02-02",
    "marriage_place": "Ủy ban nhân dân xã Đông Sơn",
    "marital_status": "Hiện tại chưa đăng ký kết hôn với ai",
    "purpose": "Vay vốn ngân hàng",
    "certificates": "1",
}
RECEIVED = Received(
    code=CODE,
    procedure="1.001193",
    procedure_version="2026-11-22",
    people={"applicant": MOTHER, "mother": MOTHER, "father": FATHER, "child": CHILD, "subject": MOTHER},
    received_at=RECEIVED_AT,
    due_at=DUE_AT,
    office=Office(
        name="Trung tâm Phục vụ hành chính công xã Đông Sơn",
        commune="xã Đông Sơn",
        province="tỉnh Thanh Hóa",
        clerk="Trần Thu Mẫu",
    ),
    fields=FIELDS,
    components=PAPERS,
    fee=Fee(total=16000, lines=(FeeLine(name="Bản sao", amount=16000, how="2 bản × 8.000 đ"),)),
)
PROCEDURE = Procedure(
    code="1.001193",
    name="Thủ tục đăng ký khai sinh",
    short_name="Đăng ký khai sinh",
    version="2026-11-22",
    limit=TimeLimit(unit=LimitUnit.SAME_DAY),
)

DAY = {
    "office.name": "Trung tâm Phục vụ hành chính công xã Đông Sơn",
    "office.superior": "UBND xã Đông Sơn",
    "office.place": "Đông Sơn",
    "office.clerk": "Trần Thu Mẫu",
    "office.desk": "1",
    "on": "20/11/2026",
    "on.day": "20",
    "on.month": "11",
    "on.year": "2026",
    "weekday": "Thứ Sáu",
    "made_at": "17 giờ 05 phút",
    "figures": (
        {"name": "Hồ sơ tiếp nhận", "ours": "42", "all": "97"},
        {"name": "Phí, lệ phí theo hồ sơ tiếp nhận (đồng)", "ours": "1.254.000", "all": "2.870.000"},
    ),
    "standing": "118 hồ sơ đang xử lý, 4 chờ bổ sung, 9 chờ trả kết quả, 2 quá hạn",
    "procedures": ({"n": "1", "name": "Đăng ký khai sinh", "received": "20", "returned": "15", "amount": "160.000"},),
    "unsent_events": "37",
    "unsent_dossiers": "12",
    "confirmed_at": "16 giờ 30 phút, ngày 20/11/2026",
    "district": "cấp trên Thử Nghiệm",
    "set_aside": "1",
    "undone": (
        {
            "n": "1",
            "code": "H56.21.08-261120-0040",
            "name": "Xác nhận tình trạng hôn nhân",
            "due": "25/11/2026",
            "why": "quá hạn, chưa in giấy",
        },
    ),
    "more": "7",
    "log": "3f9a21bc",
    "seq": "18.442",
    "head": "9f2a31c0 7d11e0aa 51bc93f2 0c77a1d4 e2b04f96 11aa30bd 88cd1f02 73e5c9a0",
    "seal": "MCN|H56.21.08|1|2026-11-20|3f9a21bc00112233445566778899aabb|18442|9f2a31c07d11e0aa51bc93f20c77a1d4",
}


def dossier(**changes: object) -> Dossier:
    """The birth dossier, with these parts of its reception changed."""
    payload = replace(RECEIVED, **changes)
    return fold(
        [
            Recorded(
                log="",
                seq=1,
                dossier="mau",
                kind="received",
                lamport=1,
                at=RECEIVED_AT,
                clock_offset=0,
                author="Trần Thu Mẫu",
                seen={},
                payload=payload,
            )
        ]
    )


def certified_copy() -> Dossier:
    """A dossier of the certification kind: documents with pages and copies, no components."""
    documents = (
        Document(name="Bằng tốt nghiệp trung học phổ thông", pages=2, copies=3),
        Document(name="Sổ hộ chiếu", pages=48, copies=1),
    )
    return dossier(procedure="2.000815", components=(), documents=documents, fields={}, fee=Fee(total=62000))


def with_contact() -> Dossier:
    """A dossier of an office that prints where it is and its telephone."""
    return dossier(
        office=replace(
            RECEIVED.office, address="Số 1, đường Thử Nghiệm, xã Đông Sơn, tỉnh Thanh Hóa", phone="0237 000 001"
        )
    )


@cache
def library() -> FormLibrary:
    return FormLibrary.load([places.forms()])


def form(form_id: str) -> Form:
    return library().in_force(form_id, ON)


def pages_of(form_id: str, received: Dossier | None = None, *, version: str = "") -> tuple[Page, ...]:
    received = received or dossier()
    chosen = library().exact(form_id, version) if version else form(form_id)
    return lay_out(chosen, values_of(received, PROCEDURE), code=received.code)


def pages_of_step(form_id: str) -> tuple[Page, ...]:
    """The paper of a step, with the program's own sample."""
    received = dossier()
    return lay_out(form(form_id), values_of(received, PROCEDURE, sample.step(form(form_id))), code=received.code)
