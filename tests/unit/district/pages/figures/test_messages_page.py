"""The district's page of messages: numbers by commune, the list behind each, and nobody's telephone number."""

from __future__ import annotations

import re

from desk_app.district.admin import audit
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.messages import outbox, stored
from desk_app.district.storage.dossiers import MadeDossier
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.messages.kinds import Sending
from desk_app.domain.messages.message_events import MessageQueued
from desk_app.domain.messages.occasion import Message
from tests.kit.district import offices
from tests.kit.district.asgi import Browser, Page
from tests.kit.district.offices import MORNING, UNIT

DAY_MS = 86_400_000
ON = in_vietnam(MORNING).date().isoformat()
PHONE = "0912000111"
TRICK = "<img src=x onerror=alert(1)>"


def numbers(page: Page) -> list[str]:
    """The row of the commune: waiting, sent, failed, given up."""
    (row,) = re.findall(r"<tbody><tr>(.*?)</tr></tbody>", page.text)
    return [re.sub(r"<small>.*?</small>|<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>.*?</td>", row)][1:]


def test_a_message_goes_from_waiting_to_sent_to_failed_and_its_list_with_it(
    here: DistrictOffice, inside: Browser, tmp_path
) -> None:
    desk = offices.enrolled(here)
    code = desk.receives(1)
    for name in ("a" * 16, "b" * 16):
        queued = MessageQueued(id=name, about="ready", phone=PHONE, text="Đã có kết quả")
        desk.writes(queued, dossier="hoso000000000001", at=MORNING - 40 * DAY_MS if name[0] == "a" else MORNING)
    here.district.reply(desk.request())
    here.district.projection.catch_up()
    assert numbers(inside.get("/messages")) == ["2", "0", "0", "0"], "what waits is shown however old it is"
    folder = tmp_path / "cong"
    folder.mkdir()
    outbox.hand_over(here.district, folder)
    assert numbers(inside.get("/messages", day=ON)) == ["0", "1", "0", "0"]
    outbox.not_reached(here.district, "b" * 16, f"Sai số {TRICK}")
    assert numbers(inside.get("/messages", day=ON)) == ["0", "0", "1", "0"]
    failed = inside.get("/messages/list", day=ON, sending="failed", unit=UNIT)
    assert code in failed.words
    assert f"Sai số {TRICK}" in failed.words
    assert "<img" not in failed.text
    shown = [failed, *(inside.get("/messages/list", sending=each.value, days="31") for each in Sending)]
    assert all(PHONE not in page.text for page in shown), "who is called by telephone is the desk's to see"
    with here.district.storage.reading() as session:
        noted = [row.asked for row in audit.every(session) if row.deed == "messages"]
    assert noted[0] == f"gửi không được, ngày {in_vietnam(MORNING):%d/%m/%Y}, đơn vị {UNIT}, trang 1"
    assert len(noted) == len(shown)


def test_without_messages_the_page_says_so(inside: Browser) -> None:
    assert "Không có tin nào trong thời gian này" in inside.get("/messages").words
    assert "Không có tin nào như vậy" in inside.get("/messages/list", sending=TRICK, unit=TRICK).words
    assert inside.get("/messages", day=TRICK).status == 400


def test_a_thousand_messages_come_page_by_page(here: DistrictOffice, inside: Browser) -> None:
    one = Message(
        id="a" * 16,
        about="x",
        phone=PHONE,
        text="",
        template="",
        queued_at=MORNING,
        sending=Sending.SENT,
        sent_at=MORNING,
    )
    with here.district.storage.writing() as session:
        made = {n: MadeDossier(unit=UNIT, dossier=None, count=1, messages=(one,)) for n in range(1, 1002)}
        stored.put(session, made)
    assert numbers(inside.get("/messages", day=ON)) == ["0", "1.001", "0", "0"]
    last = inside.get("/messages/list", day=ON, sending="sent", page="20")
    assert last.text.count("a" * 16) == 1
    assert "Trang sau" not in last.words
