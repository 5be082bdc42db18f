"""The line: pieces, kept connections, hedged questions, portals, and stopping in the middle."""

from __future__ import annotations

import gzip
import threading
import time

import pytest

from desk_app.errors import (
    LineLostError,
    NoDistrictError,
    OfflineError,
    StoppedError,
)
from desk_app.sync.line import connection, district_client
from desk_app.sync.line.district_client import Line
from tests.kit.wire.ears import TRUE, Ear, Ears, ask
from tests.kit.wire.servers import serving


def test_an_answer_comes_whole_and_the_bytes_are_counted() -> None:
    def answer(talk):
        talk.answer(TRUE + talk.request())

    with serving(answer) as talks:
        whole, ears, traffic = ask(talks.url, b"x" * 5000)
    assert whole
    assert ears.heard == TRUE + b"x" * 5000
    assert (traffic.sent, traffic.received, traffic.asked) == (5000, 5000 + len(TRUE), 1)


def test_two_questions_go_over_one_connection() -> None:
    def answer(talk):
        while body := talk.request():
            talk.answer(TRUE + body)

    with serving(answer) as talks:
        made = Line(talks.url, "", stop=threading.Event())
        for question in (b"one", b"two"):
            assert made.ask(question, again=lambda: b"again", listen=Ears())
        made.close()
    assert [talk.requests for talk in talks] == [[b"one", b"two"]]


def test_what_is_heard_is_fed_before_the_answer_ends() -> None:
    fed = threading.Event()

    class Early(Ear):
        def feed(self, data: bytes) -> bool:
            found = super().feed(data)
            if found:
                fed.set()
            return found

    def answer(talk):
        talk.request()
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + TRUE)
        assert fed.wait(10)
        talk.send(b"y" * (20000 - len(TRUE)))

    with serving(answer) as talks:
        made = Line(talks.url, "", stop=threading.Event())
        assert made.ask(b"q", again=lambda: b"again", listen=Early)
        made.close()
    assert fed.is_set()


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        ("200 OK", "Content-Type: text/html\r\n", b"<html>Welcome to Free WiFi</html>"),
        ("302 Found", "Location: http://127.0.0.1:9/login\r\n", b""),
        ("200 OK", "", b""),
        ("511 Network Authentication Required", "", b"log in"),
        ("200 OK", "Content-Encoding: gzip\r\n", b"not gzip at all"),
        ("200 OK", "Content-Encoding: gzip\r\n", gzip.compress(b"<html>", mtime=0)),
        ("200 OK", "", b"\0" * 100),
        ("503 Service Unavailable", "Retry-After: 999999\r\n", b""),
    ],
)
def test_whoever_is_not_the_district_is_told_as_nobody(status: str, headers: str, body: bytes) -> None:
    def answer(talk):
        while talk.request():
            talk.answer(body, status=status, headers=headers)

    with serving(answer) as talks, pytest.raises(NoDistrictError):
        ask(talks.url)
    assert [len(talk.requests) for talk in talks] == [1]


def test_an_answer_in_another_language_than_http_is_nobody() -> None:
    def answer(talk):
        talk.request()
        talk.send(b"220 mail.example ESMTP\r\n")

    with serving(answer) as talks, pytest.raises((NoDistrictError, LineLostError)):
        ask(talks.url)


def test_a_proxy_that_packs_the_answer_is_no_obstacle() -> None:
    def answer(talk):
        talk.request()
        talk.answer(gzip.compress(TRUE + b"z" * 50_000, mtime=0), headers="Content-Encoding: gzip\r\n")

    with serving(answer) as talks:
        whole, ears, _ = ask(talks.url)
    assert whole
    assert ears.heard == TRUE + b"z" * 50_000


def test_an_answer_shorter_than_it_says_is_broken_off_behind_what_was_certain() -> None:
    def answer(talk):
        talk.request()
        talk.answer(TRUE + b"half", length=1000)
        talk.sock.close()

    with serving(answer) as talks:
        whole, ears, traffic = ask(talks.url)
    assert not whole
    assert ears.heard == TRUE + b"half"
    assert traffic.cuts == 1


def test_a_bomb_in_gzip_is_not_unpacked_beyond_the_limit(monkeypatch) -> None:
    monkeypatch.setattr(district_client, "MOST_BYTES", 1 << 20)

    def answer(talk):
        talk.request()
        talk.answer(gzip.compress(TRUE + b"\0" * (64 << 20)), headers="Content-Encoding: gzip\r\n")

    with serving(answer) as talks:
        whole, _, traffic = ask(talks.url)
    assert not whole
    assert traffic.received < (1 << 20) + 3 * connection.READ


def test_nobody_there_is_told_as_offline() -> None:
    with serving(lambda talk: None) as talks:
        url = talks.url
    with pytest.raises(OfflineError):
        ask(url)


def test_a_line_that_dies_before_the_answer_is_asked_again_with_the_short_question() -> None:
    def answer(talk):
        body = talk.request()
        if talk.number < 2:
            talk.sock.close()
        else:
            talk.answer(TRUE + body)

    with serving(answer) as talks:
        whole, _, traffic = ask(talks.url, b"long question")
    assert whole
    assert [talk.requests for talk in talks] == [[b"long question"], [b"again"], [b"again"]]
    assert traffic.cuts == 2


def test_a_line_that_dies_every_time_is_given_up() -> None:
    def answer(talk):
        talk.request()

    with serving(answer) as talks, pytest.raises(LineLostError):
        ask(talks.url)
    assert len(talks) == 3


def test_no_answer_in_time_is_asked_anew_and_the_first_good_answer_counts(monkeypatch) -> None:
    monkeypatch.setattr(district_client, "PATIENCE_S", 0.3)

    def answer(talk):
        body = talk.request()
        if talk.number == 2:
            talk.answer(TRUE + body)
        else:
            talk.is_over.wait(20)

    with serving(answer) as talks:
        whole, ears, traffic = ask(talks.url, b"long question")
    assert whole
    assert ears.heard == TRUE + b"again"
    assert traffic.asked == 3


def test_at_most_four_questions_are_open_and_then_the_line_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(district_client, "PATIENCE_S", 0.1)
    monkeypatch.setattr(district_client, "MOST_S", 2.0)

    def answer(talk):
        talk.request()
        talk.is_over.wait(20)

    with serving(answer) as talks, pytest.raises(LineLostError):
        ask(talks.url)
    assert len(talks) == 4


def test_an_answer_of_a_byte_a_second_is_not_waited_for_forever(monkeypatch) -> None:
    monkeypatch.setattr(district_client, "SLOW_S", 0.5)
    monkeypatch.setattr(district_client, "SLOW_RATE", 1000)

    def answer(talk):
        talk.request()
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + TRUE)
        while not talk.is_over.wait(0.05):
            talk.send(b"y")

    with serving(answer) as talks:
        whole, _, _ = ask(talks.url)
    assert not whole


def test_an_answer_that_stalls_is_not_waited_for_forever(monkeypatch) -> None:
    monkeypatch.setattr(district_client, "STALL_S", 0.5)

    def answer(talk):
        talk.request()
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + TRUE)
        talk.is_over.wait(20)

    with serving(answer) as talks:
        whole, _, _ = ask(talks.url)
    assert not whole


def test_stopping_does_not_wait_for_the_line() -> None:
    stop = threading.Event()

    def answer(talk):
        talk.request()
        stop.set()
        talk.is_over.wait(60)

    with serving(answer) as talks:
        begun = time.monotonic()
        with pytest.raises(StoppedError):
            ask(talks.url, stop=stop)
    assert time.monotonic() - begun < 30  # not the minutes that a socket would wait


def test_a_bug_in_taking_the_answer_in_is_not_taken_for_a_bad_line() -> None:
    class Broken(Ear):
        def feed(self, data: bytes) -> bool:
            raise ZeroDivisionError

    with serving(lambda talk: talk.answer(TRUE + talk.request())) as talks:
        made = Line(talks.url, "", stop=threading.Event())
        with pytest.raises(ZeroDivisionError):
            made.ask(b"q", again=lambda: b"", listen=Broken)


# --- proxies ------------------------------------------------------------------------------


def test_the_proxy_of_the_office_is_taken_from_the_settings_of_the_machine(monkeypatch) -> None:
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "proxy.example:3128")
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert connection.proxy_of("http://district.example") == "http://proxy.example:3128"
    assert connection.proxy_of("https://district.example:8443") == "http://proxy.example:3128"
    assert connection.proxy_of("http://127.0.0.1:8080") == ""
    monkeypatch.setenv("no_proxy", "district.example")
    assert connection.proxy_of("https://district.example:8443") == ""


def test_a_question_goes_through_the_proxy(monkeypatch) -> None:
    seen = []

    def proxy(talk):
        seen.append(talk.sock.recv(65536))
        talk.answer(TRUE)

    with serving(proxy) as talks:
        monkeypatch.setattr(connection, "proxy_of", lambda url: talks.url)
        whole, _, _ = ask("http://district.example:8080")
    assert whole
    assert seen[0].startswith(b"POST http://district.example:8080/v1/sync HTTP/1.1\r\n")
