"""What an event says by leaving a field out: kept in journals for ever, so no default may ever change."""

from __future__ import annotations

import msgspec
import pytest

from desk_app.domain.dossiers import events
from desk_app.domain.payments.money_events import FeeReceipt, Paid, PaidBack, Receipted

PERSON = {"full_name": "A"}
OFFICE = {"name": "B", "commune": "C"}
LEAST = {
    events.HandedIn: {"component": "a", "name": "b"},
    events.Office: OFFICE,
    events.CardRead: {"kind": "qr"},
    events.Received: {
        "code": "1",
        "procedure": "2",
        "procedure_version": "3",
        "people": {"applicant": PERSON},
        "received_at": 5,
        "office": OFFICE,
    },
    events.Printed: {"papers": ["slip"]},
    events.ProcedureChosen: {"code": "1", "version": "2"},
    events.Corrected: {"changes": {}},
    events.StepTaken: {"action": "forward"},
    events.StepTakenBack: {"reason": "a"},
    events.ConflictSettled: {"path": "a", "value": "b"},
    events.Attached: {"sha": "a", "size": 7, "type": "b", "name": "c"},
    FeeReceipt: {},
    Paid: {"amount": 1, "way": "cash"},
    PaidBack: {"amount": 1, "way": "cash", "reason": "a"},
    Receipted: {"receipt": {}},
}
DEFAULTS = {
    events.HandedIn: {"originals": 0, "certified": 0, "copies": 0},
    events.Office: {"province": "", "superior": "", "clerk": "", "desk": 1},
    events.CardRead: {"fields": (), "rest": ()},
    events.Received: {
        "due_at": 0,
        "fields": {},
        "components": (),
        "documents": (),
        "forms": (),
        "sets": 1,
        "return_by": "counter",
        "note": "",
        "card": None,
        "prepared": (),
    },
    events.Printed: {"copies": 1, "printer": ""},
    events.ProcedureChosen: {"forms": ()},
    events.Corrected: {"reason": "", "fee": None},
    events.StepTaken: {
        "reason": "",
        "to": "",
        "due_at": 0,
        "result": "",
        "collector": None,
        "papers": (),
        "office": None,
        "number": "",
        "fields": {},
    },
    events.StepTakenBack: {"due_at": 0},
    events.ConflictSettled: {"fee": None},
    events.Attached: {"component": ""},
    FeeReceipt: {"kind": "electronic", "template": "", "series": "", "number": 0, "book": ""},
    Paid: {"receipt": None, "note": "", "desk": 0},
    PaidBack: {"is_mistake": False, "receipt": None, "desk": 0},
    Receipted: {"reason": ""},
}


@pytest.mark.parametrize("shape", LEAST, ids=lambda shape: shape.__name__)
def test_a_field_left_out_says_what_it_always_said(shape: type[msgspec.Struct]) -> None:
    event = msgspec.convert(LEAST[shape], shape)
    for name, value in DEFAULTS[shape].items():
        assert getattr(event, name) == value, name
    assert msgspec.json.decode(msgspec.json.encode(event)) == LEAST[shape]


def test_the_version_of_the_lines_is_one() -> None:
    assert events.SCHEMA_VERSION == 1
    office = msgspec.convert(OFFICE, events.Office)
    assert msgspec.structs.replace(office, desk=2).desk == 2


def test_a_stamp_is_the_lamport_and_the_first_four_bytes_of_the_log() -> None:
    event = events.Recorded(
        log="0123456789abcdef", seq=3, dossier="d", kind="step", lamport=7, at=0, clock_offset=0, author="", seen={},
        payload=None,
    )  # fmt: skip
    assert event.stamp == (7, "01234567")
