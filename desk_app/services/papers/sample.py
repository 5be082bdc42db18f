"""A dossier of people who do not exist, to draw a form with when nobody is at the counter."""

from __future__ import annotations

from desk_app.documents.forms.form_records import Form, FormField
from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.dossiers.events import Defect, FormVersion, HandedIn, Office, Received, Recorded, StepTaken
from desk_app.domain.dossiers.fact_paths import FactPath
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Fee, LimitUnit, Procedure, TimeLimit

_AT = 1_767_576_000_000  # 05/01/2026 08:20, Vietnam
_DUE = 1_767_867_000_000

CITIZEN = Person(
    full_name="Nguyễn Thị Thử Nghiệm",
    id_number="001190000001",
    born_on="1990-01-15",
    sex="Nữ",
    residence="Thôn 1, xã Thử Nghiệm, thành phố Hà Nội",
    phone="0900000000",
    ethnicity="Kinh",
    nationality="Việt Nam",
    id_kind="Căn cước",
    id_issued_on="2024-08-20",
    id_issued_by="Bộ Công an",
)
"""Somebody who does not exist."""


def dossier(form: Form) -> tuple[Dossier, Procedure]:
    """A dossier that answers every question of `form` with its first choice, its default or its label."""
    fields = {}
    for field in form.fields:
        if field.ask and not _is_persons(field):
            fields[field.key] = _answer(field)
    roles = {field.role for field in form.fields if _is_persons(field)}
    received = Received(
        code="H26.99-260105-0001",
        procedure="0.000000",
        procedure_version="mẫu",
        people={"applicant": CITIZEN, **dict.fromkeys(roles, CITIZEN)},
        fields=fields,
        received_at=_AT,
        due_at=_DUE,
        office=Office(
            name="Trung tâm Phục vụ hành chính công xã Thử Nghiệm",
            commune="xã Thử Nghiệm",
            province="thành phố Hà Nội",
            superior="UBND thành phố Hà Nội",
            clerk="Trần Văn Mẫu",
            address="Số 1, thôn Trung Tâm, xã Thử Nghiệm",
            phone="0110 000 001",
        ),
        components=(HandedIn(component="to-khai", name="Tờ khai theo mẫu", originals=1),),
        fee=Fee(total=8000),
    )
    procedure = Procedure(
        code="0.000000",
        name="Thủ tục mẫu",
        version="mẫu",
        limit=TimeLimit(unit=LimitUnit.WORKING_DAY, amount=3),
    )
    return fold([_recorded(received, "received")]), procedure


def step(form: Form) -> Recorded | None:
    """The step that owes the form, with every answer; None for a form of a reception."""
    if form.owed is None:
        return None
    taken = StepTaken(
        action=form.owed.step,
        reason="Thiếu giấy tờ theo quy định",
        due_at=_DUE,
        to="Công chức Tư pháp - Hộ tịch",
        until=_DUE,
        defects=(Defect(component="to-khai", name="Tờ khai theo mẫu", wrong="Thiếu chữ ký của người yêu cầu"),),
        papers=(FormVersion(form=form.id, version=form.version),),
        number="12" if form.owed.numbered else "",
        fields={field.key: _answer(field) for field in form.fields if field.ask and not _is_persons(field)},
    )
    return _recorded(taken, "step")


def _recorded(payload: Received | StepTaken, kind: str) -> Recorded:
    return Recorded(
        log="",
        seq=1,
        dossier="mau",
        kind=kind,
        lamport=1,
        at=_AT,
        clock_offset=0,
        author="Trần Văn Mẫu",
        seen={},
        payload=payload,
    )


def _is_persons(field: FormField) -> bool:
    return FactPath.of_key(field.key).is_persons


def _answer(field: FormField) -> str:
    """Its first choice, its default, or a word of its kind."""
    by_kind = {"date": "2026-01-02", "number": "1", "yes_no": "Có"}
    return field.choices[0] if field.choices else field.default or by_kind.get(field.kind, "Thử nghiệm")
