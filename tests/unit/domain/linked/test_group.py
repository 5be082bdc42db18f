"""A part of a linked whole as an event keeps it: what it does not say is read as nothing."""

from __future__ import annotations

import msgspec

from desk_app.domain.linked.group import LinkedGroup, LinkedPart

SAID = b'{"id":"d1","code":"H26-261122-0001","procedure":"1.004873","version":"2026-01","title":"Khai sinh"}'


def test_a_part_without_a_day_to_be_due_has_none_and_is_written_as_it_was_read() -> None:
    part = msgspec.json.decode(SAID, type=LinkedPart)
    assert (part.due_at, part.fee, part.mark) == (0, 0, "")
    assert msgspec.json.encode(part) == SAID


def test_a_whole_that_says_no_place_and_no_day_is_led_by_its_first_part() -> None:
    part = msgspec.json.decode(SAID, type=LinkedPart)
    group = LinkedGroup(group="g", bundle="khai-sinh", version="1", title="Liên thông", parts=(part,))
    assert (group.place, group.due_at, group.leads, group.own) == (0, 0, True, part)
