"""What desks of these tests say: receptions and whatever else, in the log of a `Writer`."""

from __future__ import annotations

from desk_app.domain.dossiers.events import Office, Payload, Received, Recorded
from desk_app.domain.people.person import Person
from desk_app.protocol.event_body import body_of, kind_of
from tests.kit.district.writers import MORNING, Writer


def say(desk: Writer, dossier: str, payload: Payload, lamport: int = 0) -> None:
    """Add an event to a desk's log."""
    number = len(desk.bodies) + 1
    event = Recorded(
        log=desk.log.hex(),
        seq=number,
        dossier=dossier,
        kind=kind_of(payload),
        lamport=lamport or number,
        at=MORNING + number,
        clock_offset=0,
        author="thu",
        seen={},
        payload=payload,
    )
    desk.bodies.append(body_of(event, payload))


def reception(code: str = "H61.37-261120-0001", name: str = "Nguyễn Thị Thử") -> Received:
    return Received(
        code=code,
        procedure="2.000815",
        procedure_version="1",
        people={"applicant": Person(full_name=name, id_number="001190000001")},
        received_at=MORNING,
        due_at=MORNING + 3_600_000,
        office=Office(name="x", commune="y"),
    )
