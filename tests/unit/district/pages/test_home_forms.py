"""What anybody may fetch: pages to prepare declarations at home, which ask nothing of the district's books."""

from __future__ import annotations

import re

import pytest

from desk_app.district import pages
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.transport import http_app
from tests.kit.district.asgi import Browser


@pytest.fixture
def stranger(here: DistrictOffice) -> Browser:
    return Browser(http_app.build(here.district, pages=pages.routes(here.district, folder=here.folder)))


def test_a_stranger_gets_the_list_and_every_page_of_it(stranger: Browser) -> None:
    listed = stranger.get("/khai")
    assert listed.status == 200
    links = re.findall(r'href="(/khai/[a-z0-9-]+\.html)"', listed.text)
    assert len(links) > 25
    assert "/khai/to-khai-khai-sinh.html" in links
    for link in links[:3]:
        assert 'id="data"' in stranger.get(link).text


def test_a_page_may_be_kept_and_reaches_nowhere(stranger: Browser) -> None:
    page = stranger.get("/khai/to-khai-khai-sinh.html")
    assert page.headers["cache-control"] == "public, max-age=3600"
    rules = page.headers["content-security-policy"]
    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules
    assert "set-cookie" not in page.headers


def test_what_a_browser_has_already_is_not_sent_again(stranger: Browser) -> None:
    stranger.has = stranger.get("/khai/to-khai-khai-sinh.html").headers["etag"]
    again = stranger.get("/khai/to-khai-khai-sinh.html")
    assert (again.status, again.text) == (304, "")


@pytest.mark.parametrize("name", ["giay-tiep-nhan", "khong-co", "..%2f..%2fetc", "bao-cao-ngay"])
def test_nothing_else_is_handed_out(stranger: Browser, name: str) -> None:
    assert stranger.get(f"/khai/{name}.html").status == 404
