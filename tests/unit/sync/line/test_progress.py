"""What a person is told of a round under way."""

from __future__ import annotations

from desk_app.sync.line.progress import Gauge, Progress


def test_what_was_sent_and_is_not_answered_yet_is_not_told_as_received() -> None:
    told: list[Progress] = []
    gauge = Gauge(told.append)
    gauge.begin(1000, expected=200, later=5000)
    for sent, received in ((400, 0), (1000, 0), (1000, 50), (1000, 200)):
        gauge.look(sent, received)
    assert [each.stage for each in told] == ["connecting", "sending", "waiting", "receiving"]
    assert (told[2].bytes_done, told[2].bytes_total) == (1000, 6200)


def test_the_next_question_is_sent_again_and_files_are_told_as_such() -> None:
    told: list[Progress] = []
    gauge = Gauge(told.append)
    gauge.begin(10, expected=1, later=10)
    gauge.look(10, 1)
    gauge.end(1)
    gauge.begin(10, expected=1, later=0)
    gauge.begin(10, expected=1, later=0, is_files=True)
    assert [each.stage for each in told] == ["connecting", "receiving", "sending", "files"]
