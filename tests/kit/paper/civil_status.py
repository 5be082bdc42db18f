"""Made-up dossiers of the civil status, one for each declaration. Everybody here is invented."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from desk_app.documents.forms.form import Form
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.layout.marks import Page
from desk_app.documents.values import values_of
from desk_app.domain.people.person import Person
from tests.kit.paper import papers

DECLARATIONS = (
    "to-khai-khai-sinh",
    "to-khai-khai-tu",
    "to-khai-ket-hon",
    "to-khai-xntthn",
    "to-khai-trich-luc",
    "to-khai-thay-doi-ho-tich",
    "to-khai-nhan-cha-me-con",
    "to-khai-dang-ky-lai-khai-sinh",
    "to-khai-dang-ky-lai-ket-hon",
    "to-khai-dang-ky-lai-khai-tu",
    "to-khai-giam-ho",
    "to-khai-cham-dut-giam-ho",
    "to-khai-xac-nhan-ho-tich",
    "to-khai-ghi-chu-ket-hon",
)
ISSUED = {"id_kind": "Căn cước công dân", "id_issued_on": "2021-11-20", "id_issued_by": "Cục Cảnh sát QLHC về TTXH"}
NUMBERED = Person(full_name="Nguyễn Thị Thử Nghiệm", id_number="001190000001", born_on="1990-01-15", sex="Nữ", **ISSUED)
"""The card has told name, number, birth and sex; note (2) frees her from the rest."""
UNNUMBERED = Person(
    full_name="Giàng A Thử",
    id_number="B1234567",
    born_on="1956",
    sex="Nam",
    residence="Bản Nậm Mẫu, xã Mường Thử, tỉnh Lai Châu",
    ethnicity="Mông",
    nationality="Việt Nam",
    id_kind="Hộ chiếu",
    id_issued_on="2019-03-02",
    id_issued_by="Cục Quản lý xuất nhập cảnh",
)
CHILD = replace(papers.CHILD, ethnicity="Ê-đê", full_name="H'Thử Ê-ban")
_LONG = (
    "Số 27 ngách 12/45/6 ngõ 128 đường Thử Nghiệm Kéo Dài, tổ dân phố số 9, thôn Đông Hòa Thượng, xã Đông Sơn, tỉnh Mẫu"
)
OVERFULL = replace(
    UNNUMBERED,
    full_name="Công Tằng Tôn Nữ Nguyễn Phúc Thử Nghiệm Thị Hoàng Anh Mẫu Tự Dài",
    residence=_LONG,
    id_issued_by="Cục Cảnh sát quản lý hành chính về trật tự xã hội thuộc Bộ Công an nước Cộng hòa Thử Nghiệm",
)
ROLES = {
    "mother": NUMBERED,
    "father": UNNUMBERED,
    "child": CHILD,
    "subject": UNNUMBERED,
    "deceased": UNNUMBERED,
    "bride": NUMBERED,
    "groom": UNNUMBERED,
    "wife": NUMBERED,
    "husband": UNNUMBERED,
    "spouse": replace(UNNUMBERED, full_name="Lò Văn Thử", born_on="1988-07-09"),
    "recognised": CHILD,
    "recognising": UNNUMBERED,
    "guardian": NUMBERED,
    "ward": CHILD,
}
ANSWERS = {
    "relation": "Con",
    "birth_place": "Bệnh viện Phụ sản Thử Nghiệm, đường Mẫu, phường Hạc Thành, tỉnh Thanh Hóa",
    "hometown": "Xã Đông Sơn, tỉnh Thanh Hóa",
    "copies": "2",
    "marriage_number": "12/2020",
    "marriage_book": "01/2020",
    "marriage_on": "2020-02-02",
    "marriage_place": "Ủy ban nhân dân xã Đông Sơn",
    "died_on": "2026-11-01",
    "died_hour": "5",
    "died_minute": "10",
    "death_place": "Tại nhà, bản Thử, xã Mẫu, tỉnh Lai Châu",
    "death_cause": "Già yếu",
    "death_paper": "Giấy báo tử",
    "death_paper_number": "15/GBT",
    "death_paper_by": "Trạm y tế xã Mẫu",
    "death_paper_on": "2026-11-02",
    "bride_marriage_count": "Lần thứ nhất",
    "groom_marriage_count": "Lần thứ hai",
    "marital_status": "Đã đăng ký kết hôn nhưng đã ly hôn; hiện tại chưa đăng ký kết hôn với ai",
    "divorce_number": "01/2020/QĐST-HNGĐ",
    "divorce_on": "2020-05-06",
    "divorce_court": "khu vực 3 - Lai Châu",
    "purpose": "Để kết hôn",
    "marriage_office": "Ủy ban nhân dân xã Đông Sơn, tỉnh Thanh Hóa",
    "registered_kind": "khai sinh",
    "registered_at": "Ủy ban nhân dân xã Mường Thử, tỉnh Lai Châu",
    "registered_on": "1985-06-07",
    "registered_number": "10",
    "registered_book": "01/1985",
    "change_kind": "cải chính phần khai về năm sinh của người cha",
    "change_content": "Được cải chính năm sinh từ 1975 thành 1976.",
    "change_reason": "Ghi sai so với Giấy khai sinh bản gốc.",
    "applicant_is": "Người khác",
    "recognising_relation": "Em ruột",
    "recognised_as": "con",
    "recognised_birth_paper": "số 01/2014, quyển số 02 do UBND xã Mẫu, tỉnh Lai Châu cấp ngày 15/11/2014",
    "ward_birth_paper": "số 01/2014, quyển số 02 do UBND xã Mẫu, tỉnh Lai Châu cấp ngày 15/11/2014",
    "guardianship_reason": "Cha, mẹ đều đã chết.",
    "guardianship_end_reason": "Người được giám hộ đã đủ 18 tuổi.",
    "requester_kind": "Cơ quan, tổ chức",
    "organisation_name": "Công ty trách nhiệm hữu hạn Thử Nghiệm",
    "organisation_address": "Số 1 đường Mẫu, phường Hạc Thành, tỉnh Thanh Hóa",
    "confirm_reason": "Đối chiếu hồ sơ nhân sự.",
    "confirm_content": "Việc thay đổi tên ngày 05/01/2015.",
    "result_by": "bưu chính",
    "result_address": "Số 1 đường Mẫu, phường Hạc Thành, tỉnh Thanh Hóa",
    "marriage_paper": "Giấy chứng nhận kết hôn",
    "marriage_before": "Chưa từng kết hôn",
}
"""An answer to every question that a declaration may ask, of no person."""
_SHORT = {"copies", "died_hour", "died_minute", "registered_number", "registered_book", "recognised_as", "purpose"}
_KEPT = {"death_paper", "marital_status", "applicant_is", "result_by", "requester_kind"}


def full(form: Form) -> dict[str, object]:
    """The values of a dossier that answers everything the form may ask."""
    return _values(form, ROLES, ANSWERS)


def overfull(form: Form) -> dict[str, object]:
    """As `full`, every name, residence and answer as long as life makes them."""
    known = {
        role: replace(OVERFULL, sex=person.sex, born_on=person.born_on or "1990-01-15")
        for role, person in ROLES.items()
    }
    dates = {field.key for field in form.fields if field.kind == "date"}
    answers = {
        key: answer if key in _SHORT | _KEPT | dates else f"{answer} ({_LONG})" for key, answer in ANSWERS.items()
    }
    return _values(form, known, answers)


def pages_of(form_id: str, values: Mapping[str, object], version: str = "") -> tuple[Page, ...]:
    form = papers.library().exact(form_id, version) if version else papers.form(form_id)
    return lay_out(form, values, code=papers.CODE)


def _values(form: Form, people: Mapping[str, Person], answers: Mapping[str, str]) -> dict[str, object]:
    roles = {field.role for field in form.fields if field.role}
    keys = {field.key for field in form.fields}
    applicant = next(iter(people.values())) if people is not ROLES else replace(papers.MOTHER, **ISSUED)
    received = papers.dossier(
        people={"applicant": applicant, **{role: people[role] for role in roles}},
        fields={key: answer for key, answer in answers.items() if key in keys},
    )
    return values_of(received, papers.PROCEDURE)
