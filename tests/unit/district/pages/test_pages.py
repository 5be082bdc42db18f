from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest

from desk_app.district import pages
from desk_app.district.admin import status
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.pages.markup import Markup, element
from desk_app.district.publishing import decisions
from desk_app.district.storage import devices
from desk_app.district.transport import http_app
from desk_app.domain.dossiers.events import Corrected, StepTaken
from desk_app.domain.notices import Announced
from tests.kit.district import offices
from tests.kit.district.asgi import Browser
from tests.kit.district.offices import MORNING, Clock, Device
from tests.kit.fixtures.visitor import SECRET

# --- the door -----------------------------------------------------------------------------


def paths(method: str) -> list[str]:
    return [route.path for page in pages.PAGES for route in page.routes if route.method == method]


def test_every_page_can_be_reached_from_the_side_bar(inside: Browser) -> None:
    home = inside.get("/").text
    assert [page.path for page in pages.PAGES] == re.findall(r'href="(/[a-z]*)"', home.partition("<main>")[0])
    assert all(inside.get(page.path).status == 200 for page in pages.PAGES)


@pytest.mark.parametrize("path", sorted({*paths("GET"), "/", "/dossiers", "/quarantine", "/announcements"}))
def test_nobody_sees_a_page_without_signing_in(outside: Browser, path: str) -> None:
    for cookies in ({}, {"visit": "x" * 43}):
        outside.cookies = cookies
        page = outside.get(path)
        assert (page.status, page.headers["location"], page.text) == (303, "/sign-in", "")


@pytest.mark.parametrize("path", sorted({*paths("POST"), "/announcements", "/quarantine/settle", "/sign-out"}))
def test_nobody_changes_anything_without_signing_in(outside: Browser, path: str) -> None:
    assert outside.post(path, title="x", text="x", scope="*").headers["location"] == "/sign-in"


def test_the_door_opens_to_the_right_password_and_closes_again(outside: Browser) -> None:
    page = outside.post("/sign-in", name=" LAN ", password=SECRET)
    assert (page.status, page.headers["location"]) == (303, "/")
    for mark in ("HttpOnly", "SameSite=strict", "Secure"):
        assert mark in page.headers["set-cookie"]
    kept = dict(outside.cookies)
    page = outside.get("/")
    assert page.status == 200
    assert outside.post("/sign-out", token=page.token).headers["location"] == "/sign-in"
    outside.cookies = kept
    assert outside.get("/").status == 303


def test_the_door_says_the_same_of_a_wrong_name_and_a_wrong_password(outside: Browser) -> None:
    one = outside.post("/sign-in", name="lan", password="sai mất rồi")
    other = outside.post("/sign-in", name="minh", password=SECRET)
    assert one.status == other.status == 403
    assert one.text == other.text
    assert "lan" not in one.words.split()


def test_five_wrong_passwords_close_the_door_for_five_minutes_from_there(outside: Browser, clock: Clock) -> None:
    for _ in range(5):
        assert outside.post("/sign-in", name="lan", password="sai").status == 403
    assert outside.post("/sign-in", name="lan", password=SECRET).status == 429
    elsewhere = Browser(outside.app, address="192.0.2.8")
    assert elsewhere.post("/sign-in", name="lan", password=SECRET).status == 303
    clock.at += 5 * 60_000
    assert outside.post("/sign-in", name="lan", password=SECRET).status == 303


def test_a_form_that_another_page_drew_changes_nothing(inside: Browser, here: DistrictOffice) -> None:
    for told in ("", "0" * 64):
        page = inside.post("/announcements", title="x", text="x", scope="*", token=told)
        assert page.status == 403
    assert inside.get("/").status == 200
    assert "Chưa có thông báo nào" in inside.get("/announcements").words


def test_a_form_that_is_too_long_is_dropped(inside: Browser) -> None:
    good = inside.get("/announcements").token
    assert inside.post("/announcements", title="x", text="x" * 70_000, scope="*", token=good).status == 403


def test_without_users_the_door_says_how_to_make_one(here: DistrictOffice) -> None:
    browser = Browser(http_app.build(here.district, pages=pages.routes(here.district, folder=here.folder)))
    assert "desk-district users add" in browser.get("/sign-in").words


def test_pages_are_kept_by_nobody_and_reach_out_to_nothing(inside: Browser, outside: Browser) -> None:
    for path in ("/", "/dossiers", "/quarantine", "/announcements", "/sign-in"):
        page = inside.get(path)
        assert page.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert not re.search(r"<script|https?://| style=| on[a-z]+=", page.text)


def test_the_style_and_the_letters_are_the_programs_own(outside: Browser) -> None:
    style = outside.get("/assets/district.css")
    assert style.headers["content-type"].startswith("text/css")
    for url in re.findall(r'url\("(.*?)"\)', style.text):
        assert url.startswith("/assets/")
    for name in ("district.toml", "keys.json", "..%2fkeys.json", "Inter-LICENSE.txt"):
        assert outside.get(f"/assets/{name}").status == 404


# --- what the pages say -------------------------------------------------------------------


@pytest.fixture
def desk(here: DistrictOffice) -> Device:
    made = offices.enrolled(here)
    made.receives(1, name="Lò Thị <b>Đậm</b>", due_at=MORNING + 86_400_000)
    made.receives(2, name="Đặng Ước")
    made.writes(StepTaken(action="forward"), dossier="hoso000000000002")
    here.district.reply(made.request(clock=MORNING - 3_600_000))
    here.district.projection.catch_up()
    return made


def test_the_first_page_shows_each_desk_its_digits_and_its_troubles(
    inside: Browser, here: DistrictOffice, desk: Device, clock: Clock
) -> None:
    offices.code_for(here, 2)
    page = inside.get("/").words
    with here.district.storage.reading() as session:
        ((digits,),) = session.all("SELECT digits FROM device")
    for text in (
        "xã Thử Nghiệm",
        "H26.99",
        digits,
        "QUAY-1",
        "đồng hồ chậm 60 phút",
        "Chờ quầy nhập mã",
        "Chưa sao lưu",
    ):
        assert text in page
    clock.at += 4 * 86_400_000
    inside.cookies = {}
    inside.post("/sign-in", name="lan", password=SECRET)
    assert "4 ngày không thấy" in inside.get("/").words


def test_dossiers_are_found_by_code_by_name_without_marks_and_by_status(inside: Browser, desk: Device) -> None:
    def codes(**query: str) -> list[str]:
        return re.findall(r"H26\.99-261122-\d{4}", inside.get("/dossiers", **query).words)

    one, two = "H26.99-261122-0001", "H26.99-261122-0002"
    assert sorted(codes()) == [one, two]
    assert codes(text="-0002") == [two]
    assert codes(text="h26.99-261122-0001") == [one]
    assert codes(text="dang uoc") == [two]
    assert codes(text="ƯỚC") == [two]
    assert codes(text="dang") == [two]
    assert codes(text="ang") == []
    assert codes(status="processing") == [two]
    assert codes(status="returned") == []
    assert codes(unit="H26.17") == []
    assert sorted(codes(unit="H26.99", status="'; DROP", page="-1")) == [one, two]
    assert codes(page="7") == []


@pytest.mark.parametrize("text", ["%1%", "_1", "0\\1", "1'"])
def test_signs_of_a_search_language_are_only_signs(inside: Browser, desk: Device, text: str) -> None:
    page = inside.get("/dossiers", text=text)
    assert page.status == 200
    assert "0 hồ sơ" in page.words


def test_what_a_desk_wrote_never_becomes_markup(inside: Browser, desk: Device) -> None:
    page = inside.get("/dossiers")
    assert "<b>Đậm" not in page.text
    assert "Lò Thị <b>Đậm</b>" in html.unescape(page.text)
    assert "001******345" in page.text
    assert "001190012345" not in page.text


def test_a_late_dossier_and_one_that_two_desks_changed_are_marked(
    inside: Browser, here: DistrictOffice, desk: Device, clock: Clock
) -> None:
    colleague = offices.enrolled(here, 2)
    for writer, value in ((desk, "a"), (colleague, "b")):
        writer.writes(Corrected(changes={"note": value}), dossier="hoso000000000001", lamport=50)
    here.district.reply(desk.request(first=4))
    here.district.reply(colleague.request())
    here.district.projection.catch_up()
    clock.at += 2 * 3_600_000
    assert "Quá hạn" not in inside.get("/dossiers").words
    assert "hai quầy cùng sửa" in inside.get("/dossiers").words
    clock.at += 86_400_000
    inside.cookies = {}
    inside.post("/sign-in", name="lan", password=SECRET)
    assert inside.get("/dossiers").words.count("Quá hạn") == 1
    decisions.decide(here.district, "H26.99-261122-0001", "ready")
    assert "Quá hạn" not in inside.get("/dossiers").words, "a result that waits for the citizen is not late"


def test_a_desk_that_never_called_says_so_and_nothing_else(inside: Browser, here: DistrictOffice) -> None:
    offices.enrolled(here)
    with here.district.storage.reading() as session:
        (desk,) = status.desks(session)
    assert desk.concerns(MORNING) == ("chưa gửi lần nào",)


def test_many_dossiers_come_in_pages(inside: Browser, here: DistrictOffice) -> None:
    desk = offices.enrolled(here)
    for number in range(1, 121):
        desk.receives(number, at=MORNING + number, name="Lò Thị Thử" if number % 2 else "Vàng A Páo")
    here.district.reply(desk.request())
    here.district.projection.catch_up()
    seen: list[str] = []
    for number in range(3):
        page = inside.get("/dossiers", page=str(number))
        seen += re.findall(r"H26\.99-261122-\d{4}", page.words)
        assert ("Trang sau" in page.text) == (number < 2)
    assert seen == [f"H26.99-261122-{number:04d}" for number in range(120, 0, -1)]
    named = [
        code
        for number in range(2)
        for code in re.findall(r"H26\.99-261122-\d{4}", inside.get("/dossiers", text="lo thi", page=str(number)).words)
    ]
    assert named == [f"H26.99-261122-{number:04d}" for number in range(119, 0, -2)]
    assert "60 hồ sơ" in inside.get("/dossiers", text="lo thi").words


def test_what_is_set_aside_is_told_and_can_be_settled(inside: Browser, here: DistrictOffice, desk: Device) -> None:
    desk.bodies[0] = desk.bodies[0].replace(b"thu", b"hai")
    here.district.reply(desk.request())
    page = inside.get("/quarantine")
    assert "hai nội dung khác nhau" in page.words.lower()
    assert 'class="badge">1<' in page.text
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page.text)
    assert digest
    for wrong in ("", "zz", "0" * 64, "z" * 64):
        assert inside.post("/quarantine/settle", digest=wrong, token=page.token).status == 303
    assert 'class="badge">1<' in inside.get("/quarantine").text
    inside.post("/quarantine/settle", digest=digest[1], token=page.token)
    assert "Không có lô nào" in inside.get("/quarantine").words
    with here.district.storage.reading() as session:
        assert session.all("SELECT COUNT(*) FROM quarantine") == [(1,)]


def test_work_of_a_revoked_desk_is_taken_in_when_a_person_vouches(
    inside: Browser, here: DistrictOffice, desk: Device
) -> None:
    with here.district.storage.writing() as session:
        devices.revoke(session, desk.keys.kid, reason="mất máy")
    desk.receives(3)
    here.district.reply(desk.request(first=4))
    page = inside.get("/quarantine")
    assert "thu hồi" in page.words
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page.text)
    assert digest
    inside.post("/quarantine/take", digest=digest[1], token=page.token)
    assert "Không có lô nào" in inside.get("/quarantine").words
    here.district.projection.catch_up()
    assert "3 hồ sơ" in inside.get("/dossiers").words


def test_an_announcement_from_the_page_reaches_the_desk(inside: Browser, here: DistrictOffice, desk: Device) -> None:
    told = inside.get("/announcements").token
    sent = inside.post(
        "/announcements", token=told, scope="*", title="Họp <i>giao ban</i>", text="8 giờ\nthứ hai", until="2026-12-01"
    )
    assert (sent.status, sent.headers["location"]) == (303, "/announcements")
    events = desk.events(here.district.reply(desk.request(first=99, pull=1 << 16)).body)
    (said,) = [event.payload for event in events if isinstance(event.payload, Announced)]
    assert said == Announced(title="Họp <i>giao ban</i>", text="8 giờ\nthứ hai", until="2026-12-01")
    page = inside.get("/announcements")
    assert "đến hết 01/12/2026" in page.words
    assert "<i>giao ban" not in page.text


def test_a_refused_announcement_says_why(inside: Browser, desk: Device) -> None:
    told = inside.get("/announcements").token
    page = inside.post("/announcements", token=told, scope="H26.55", title="x", text="x", until="")
    assert page.status == 400
    assert "Không có đơn vị nào mang mã H26.55" in page.words


# --- markup -------------------------------------------------------------------------------


def test_text_and_attributes_are_escaped_and_elements_are_not() -> None:
    made = element("p", "<&>", element("b", 1), None, ["a", element("i")], class_="x", title='"<', hidden=True)
    assert made == '<p class="x" title="&quot;&lt;" hidden>&lt;&amp;&gt;<b>1</b>a<i></i></p>'
    assert element("input", name="n", required=False, value=None) == '<input name="n">'
    assert isinstance(made, Markup)


def test_what_is_no_text_is_a_bug() -> None:
    with pytest.raises(TypeError):
        element("p", 1.5)


def test_every_page_is_well_formed(inside: Browser, here: DistrictOffice, desk: Device) -> None:
    offices.code_for(here, 2)
    for path in ("/", "/dossiers", "/quarantine", "/announcements", "/sign-in"):
        page = _Balanced()
        page.feed(inside.get(path).text)
        assert page.open == [], path


class _Balanced(HTMLParser):
    """Complains of an element that is not closed where it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("input", "link", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
