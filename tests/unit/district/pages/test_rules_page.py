"""The district's page of service days and held procedures: set, refused with the field, ended, kept."""

from __future__ import annotations

import html
import re

import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.own_log import writer
from desk_app.district.publishing import office_rules
from tests.kit.district.asgi import Browser

DAY = {
    "kind": "fast",
    "name": "Ngày thứ Ba nhanh",
    "weekday2": "1",
    "procedures": "2.000815, 2.000635",
    "number": "12/QĐ-UBND",
    "decided_on": "2026-10-01",
    "in_force_from": "2026-11-01",
    "scope": "*",
}
HOLD = {
    "weight": "refuse",
    "procedures": "1.001193",
    "reason": "Chờ hướng dẫn mới",
    "starts": "2026-11-20",
    "scope": "*",
}


def test_a_day_and_a_hold_are_set_and_ended_on_the_page(inside: Browser, here: DistrictOffice) -> None:
    assert inside.post("/rules/day", token=inside.get("/rules").token, **DAY).status == 303
    assert inside.post("/rules/hold", token=inside.get("/rules").token, **HOLD).status == 303
    shown = inside.get("/rules").words
    assert "Ngày thứ Ba nhanh" in shown
    assert "Quyết định 12/QĐ-UBND ngày 01/10/2026" in shown
    assert "Chờ hướng dẫn mới (không tiếp nhận)" in shown
    with here.district.storage.reading() as session:
        (day,) = office_rules.service_days(session, here.district.identity)
        (hold,) = office_rules.holds(session, here.district.identity)
    assert (day.day.id, day.day.weekdays, day.day.procedures) == ("fast-0-1", (2,), ("2.000815", "2.000635"))
    assert hold.hold.by == here.district.identity.card.name
    inside.post("/rules/end-day", token=inside.get("/rules").token, id=day.day.id)
    inside.post("/rules/end-hold", token=inside.get("/rules").token, id=hold.hold.id, why="Đã có")
    with here.district.storage.reading() as session:
        assert office_rules.service_days(session, here.district.identity)[0].day.in_force_to
        assert office_rules.holds(session, here.district.identity)[0].hold.ended_why == "Đã có"
    assert "đã kết thúc" in inside.get("/rules").words


def test_a_hold_is_changed_in_place_for_whom_it_was_set(inside: Browser, here: DistrictOffice) -> None:
    inside.post("/rules/hold", token=inside.get("/rules").token, **HOLD)
    with here.district.storage.reading() as session:
        (set_first,) = office_rules.holds(session, here.district.identity)
        told = len(list(writer.own_events(session, here.district.identity)))
    id_ = set_first.hold.id
    (link,) = re.findall(r'href="(/rules[?]hold=[^"]+)"', inside.get("/rules").text)
    assert link == f"/rules?hold={id_}#hold"
    page = inside.get("/rules", hold=id_)
    assert 'value="Chờ hướng dẫn mới"' in page.text, "what stands is in the fields"
    assert re.search(rf'name="id" value="{id_}"', page.text)
    form = {name: value for name, value in HOLD.items() if name != "scope"} | {"id": id_, "until": "2026-10-01"}
    refused = inside.post("/rules/change-hold", token=page.token, **form)
    assert refused.status == 400
    assert re.search(r'<input[^>]*name="until"[^>]*aria-invalid|aria-invalid[^>]*name="until"', refused.text)
    assert 'action="/rules/change-hold"' in refused.text
    changed = form | {"until": "2026-12-04", "reason": "Chờ hướng dẫn của Bộ", "scope": "H99"}
    assert inside.post("/rules/change-hold", token=page.token, **changed).status == 303
    with here.district.storage.reading() as session:
        (said,) = office_rules.holds(session, here.district.identity)
        assert len(list(writer.own_events(session, here.district.identity))) == told + 1
    assert (said.scope, said.hold.until, said.hold.reason) == ("*", "2026-12-04", "Chờ hướng dẫn của Bộ")
    assert said.hold.changed_by == here.district.identity.card.name
    assert (said.hold.id, said.hold.set_on) == (id_, set_first.hold.set_on)
    assert "đã sửa" in inside.get("/rules").words
    inside.post("/rules/change-hold", token=page.token, **changed)  # says nothing new
    with here.district.storage.reading() as session:
        assert len(list(writer.own_events(session, here.district.identity))) == told + 1
    inside.post("/rules/end-hold", token=page.token, id=id_, why="Đã có")
    over = inside.post("/rules/change-hold", token=page.token, **form)
    assert (over.status, "không sửa được nữa" in over.words) == (400, True)
    assert "hold=" not in inside.get("/rules").text


@pytest.mark.parametrize(
    ("path", "facts", "field"),
    [
        ("/rules/day", DAY | {"number": ""}, "number"),
        ("/rules/day", DAY | {"in_force_to": "2026-10-01"}, "in_force_to"),
        ("/rules/hold", HOLD | {"reason": " "}, "reason"),
        ("/rules/hold", HOLD | {"scope": "H99"}, "scope"),
    ],
)
def test_what_is_refused_keeps_what_was_typed_and_marks_its_field(
    inside: Browser, path: str, facts: dict[str, str], field: str
) -> None:
    page = inside.post(path, token=inside.get("/rules").token, **facts)
    assert page.status == 400
    assert re.search(
        rf'<(?:input|select)[^>]*name="{field}"[^>]*aria-invalid|aria-invalid[^>]*name="{field}"', page.text
    )
    assert html.escape(facts["scope"]) in page.text


def test_without_the_token_nothing_is_set(inside: Browser, here: DistrictOffice) -> None:
    inside.post("/rules/hold", token="0" * 64, **HOLD)
    with here.district.storage.reading() as session:
        assert office_rules.holds(session, here.district.identity) == []
