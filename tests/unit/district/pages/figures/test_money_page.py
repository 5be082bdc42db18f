"""The district's page of money: every figure is the sum of the list behind it, whoever looks at a list is noted."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from desk_app.district.admin import audit
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.money import stored
from desk_app.district.storage.dossiers import MadeDossier
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.payments.cash_count import CashCount
from desk_app.domain.payments.money_events import FeeReceipt, Paid, PaidBack
from desk_app.domain.payments.payment import MoneyLine
from tests.kit.district import offices
from tests.kit.district.asgi import Browser, Page
from tests.kit.district.offices import MORNING, UNIT

DAY = in_vietnam(MORNING).date()
ON = DAY.isoformat()
DOSSIER = "hoso000000000001"
TRICK = "<script>alert(1)</script>"


@pytest.fixture
def paid(here: DistrictOffice) -> DistrictOffice:
    """Two desks of a commune with money of every way, a drawer that lacks 1.000 đ, and one that nobody counted."""
    first, second = offices.enrolled(here), offices.enrolled(here, 2)
    first.receives(1, name=f"Lò Thị {TRICK}")
    receipt = FeeReceipt(template="EBL01", series="26TAA", number=7)
    first.writes(Paid(amount=8000, way="cash", desk=1, receipt=receipt), dossier=DOSSIER)
    first.writes(Paid(amount=5000, way="online", desk=1, note=TRICK), dossier=DOSSIER)
    first.writes(Paid(amount=2000, way="ví lạ", desk=1), dossier=DOSSIER)
    first.writes(PaidBack(amount=3000, way="cash", reason=TRICK, desk=1, receipt=receipt), dossier=DOSSIER)
    count = CashCount(day=ON, desk=1, notes={1000: 4}, expected=5000, reason=TRICK, author="Hà")
    first.writes(OfficeChanged(values={f"cash_count/{ON}/1": msgspec.json.encode(count).decode()}), dossier="")
    second.writes(Paid(amount=7000, way="cash", desk=2), dossier=DOSSIER)
    for device in (first, second):
        here.district.reply(device.request())
    here.district.projection.catch_up()
    return here


def links(page: Page) -> list[tuple[str, int]]:
    """Every figure with a list behind it: its address, the figure."""
    found = re.findall(r'<a href="(/money/list[^"]*)"[^>]*>(-?[0-9.]+)</a>', page.text)
    return [(html.unescape(address), int(figure.replace(".", ""))) for address, figure in found]


def listed(page: Page) -> list[int]:
    """The amounts of the list."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.text.partition("Từng khoản</h2>")[2])
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]
    return [int(row[5].replace(".", "")) for row in cells if len(row) > 5]


def asked(browser: Browser, address: str) -> Page:
    parts = urlsplit(address)
    return browser.get(parts.path, **dict(parse_qsl(parts.query)))


def test_each_figure_is_the_sum_of_the_list_behind_it(paid: DistrictOffice, inside: Browser) -> None:
    page = inside.get("/money", day=ON)
    figures = dict(links(page))
    assert sorted(figures.values()) == [2000, 5000, 12000, 19000]
    for address, figure in figures.items():
        shown = asked(inside, address)
        assert sum(listed(shown)) == figure, address
    told = page.words
    assert "quầy 1 thiếu 1.000 đ" in told
    assert "quầy 2 chưa đếm" in told
    assert "2 dòng, 5.000 đ" in told
    assert "mới 1: 8.000 đ" in told
    assert "điều chỉnh giảm 1: -3.000 đ" in told


def test_the_list_tells_each_desk_and_why_its_drawer_does_not_balance(paid: DistrictOffice, inside: Browser) -> None:
    told = inside.get("/money/list", day=ON, unit=UNIT).words
    assert f"Tiền mặt thiếu 1.000 đ so với 5.000 đ đã thu (lý do: {TRICK})" in told
    assert "người đếm: Hà" in told
    assert "biên lai EBL01 26TAA số 7" in told
    summary = inside.get("/money/list", day=ON, unit=UNIT, receipts="1").words
    assert "2 lần thu, trả lại, biên lai điện tử (01/TH-BLĐT): 5.000 đồng" in summary


def test_what_people_typed_is_only_text(paid: DistrictOffice, inside: Browser) -> None:
    for page in (
        inside.get("/money", day=ON, unit=TRICK),
        inside.get("/money/list", day=ON),
        inside.get("/money/list", day=ON, unit=UNIT),
        inside.get("/money/list", day=TRICK, unit=TRICK, way=TRICK),
    ):
        assert "<script" not in page.text
        assert not re.search(r' on[a-z]+="', page.text)
    assert TRICK in inside.get("/money/list", day=ON).words


def test_who_looks_at_a_list_is_noted_and_what_was_typed_is_masked(paid: DistrictOffice, inside: Browser) -> None:
    inside.get("/money", day=ON)
    inside.get("/money/list", day=ON, unit=UNIT)
    inside.get("/money/list", unit="Lò Thị Thử")
    with paid.district.storage.reading() as session:
        found = [row for row in audit.every(session) if row.deed == "money"]
    assert [(row.account, row.asked) for row in found] == [
        ("lan", f"ngày {DAY:%d/%m/%Y}, đơn vị {UNIT}, trang 1"),
        ("lan", "hôm nay, đơn vị L… T… T…, trang 1"),
    ]


@pytest.mark.parametrize("day", ["hôm qua", "1.1.1", "9999-12-31", "0001-01-01", "\0"])
def test_a_day_that_nobody_can_read_is_told_at_its_field(inside: Browser, day: str) -> None:
    page = inside.get("/money", day=day, days="31", page="x")
    assert page.status == 400
    assert re.search(r'<input[^>]*name="day"[^>]*aria-invalid', page.text)
    assert "Không có khoản thu nào" in page.words


def test_a_thousand_movements_come_page_by_page(here: DistrictOffice, inside: Browser) -> None:
    line = MoneyLine(stamp=(1, "aa"), at=MORNING, amount=1000, way="cash", desk=1, author="thu")
    with here.district.storage.writing() as session:
        made = {n: MadeDossier(unit=UNIT, dossier=None, count=1, money=(line,)) for n in range(1, 1001)}
        stored.put(session, made)
    assert dict(links(inside.get("/money", day=ON)))
    first, last = inside.get("/money/list", day=ON, unit=UNIT), inside.get("/money/list", day=ON, unit=UNIT, page="19")
    assert "1.000 lần thu, trả lại: 1.000.000 đồng" in first.words
    assert (len(listed(first)), len(listed(last))) == (50, 50)
    assert "page=1" in first.text
    assert "page=20" not in last.text
    assert "chưa có phiếu tiếp nhận" in first.words
    assert len(first.text) < 60_000
