"""A rewritten past is told from an honest one, item by item; whoever restored or cloned a desk is never accused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.domain.history import rewriting
from desk_app.domain.history.rewriting import HistoryLine, Rewriting, compared
from desk_app.domain.history.rewriting_words import differing, event_told, paths_told

KINDS = ("received", "corrected", "step", "printed")


def event(number: int, *, dossier: int = 0, kind: str = "step", at: int = 0, content: str = "") -> HistoryLine:
    """An event of a log whose writer's clock goes on with each event."""
    told = f"{dossier} {kind} {number} {at or number * 1000} {content}".encode()
    return HistoryLine(
        seq=0, hash=b"", line=told, told=told, dossier=str(dossier), kind=kind, lamport=number, at=at or number * 1000
    )


def chained(lines: Sequence[HistoryLine], *, first: int = 1, before: bytes = b"") -> list[HistoryLine]:
    """The lines as they stand in a log: numbered, each hash over all before."""
    made = []
    for seq, line in enumerate(lines, first):
        before = b"%d" % hash((before, line.line))
        made.append(replace(line, seq=seq, hash=before))
    return made


def seen(found: Rewriting) -> list[tuple[str, int]]:
    return [(one.what, one.confirmed or one.said) for one in found.items]


kinds = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 3)), min_size=2, max_size=12)


def history(chosen: Sequence[tuple[str, int]], *, first: int = 1) -> list[HistoryLine]:
    return [event(n, kind=kind, dossier=dossier) for n, (kind, dossier) in enumerate(chosen, first)]


@given(chosen=kinds, kept=st.integers(0, 12), new=kinds, later=st.integers(1, 10**6))
def test_a_desk_put_back_or_cloned_is_never_accused(
    chosen: list[tuple[str, int]], kept: int, new: list[tuple[str, int]], later: int
) -> None:
    """It writes its new events with the lamports that the lost ones had, and another moment of the clock."""
    lost = history(chosen)
    kept = min(kept, len(lost))
    fresh = [replace(one, at=one.at + later, told=one.told + b" new", line=one.line + b" new") for one in history(new)]
    fresh = [replace(one, lamport=kept + n) for n, one in enumerate(fresh, 1)]
    assert compared(chained([*lost[:kept], *fresh]), chained(lost)).items == ()
    assert compared(chained([*lost, *fresh]), chained(lost[:kept])).items == ()


CHANGES: dict[str, Callable[[list[HistoryLine], int], list[HistoryLine]]] = {
    rewriting.ALTERED: lambda lines, n: [*lines[:n], _other(lines[n]), *lines[n + 1 :]],
    rewriting.REMOVED: lambda lines, n: [*lines[:n], *lines[n + 1 :]],
    rewriting.INSERTED: lambda lines, n: [*lines[:n], event(10**9, dossier=9), *lines[n:]],
}


def _other(line: HistoryLine) -> HistoryLine:
    return replace(line, told=line.told + b" other", line=line.line + b" other")


@given(chosen=kinds, data=st.data(), what=st.sampled_from(sorted(CHANGES)), new=kinds)
def test_one_change_of_a_confirmed_event_is_found_and_nothing_else(
    chosen: list[tuple[str, int]], data: st.DataObject, what: str, new: list[tuple[str, int]]
) -> None:
    confirmed = history(chosen)
    place = data.draw(st.integers(0, len(confirmed) - 2))
    fresh = history(new, first=100)
    copy = chained([*CHANGES[what](confirmed, place), *fresh])
    found = compared(copy, chained(confirmed))
    assert seen(found) == [(what, place + 1)]
    assert found.last == len(copy) - len(fresh)
    assert all(one.said <= found.last for one in found.items)


@given(chosen=kinds, data=st.data(), moved=st.integers(-(10**9), 10**9).filter(bool))
def test_another_moment_alone_is_an_alteration(chosen: list[tuple[str, int]], data: st.DataObject, moved: int) -> None:
    confirmed = history(chosen)
    place = data.draw(st.integers(0, len(confirmed) - 2))
    changed = [replace(_other(line), at=line.at + moved) if n == place else line for n, line in enumerate(confirmed)]
    assert seen(compared(chained(changed), chained(confirmed))) == [(rewriting.ALTERED, place + 1)]


def test_other_citations_alone_are_an_alteration() -> None:
    confirmed = history([("received", 1), ("corrected", 1), ("step", 1)])
    changed = [confirmed[0], replace(confirmed[1], line=b"cites"), confirmed[2]]
    assert seen(compared(chained(changed), chained(confirmed))) == [(rewriting.ALTERED, 2)]


@pytest.mark.parametrize("last", [0, 2])
def test_events_in_another_order_are_told_with_the_fewest_that_moved(last: int) -> None:
    confirmed = history([("received", n) for n in range(4)])
    changed = [*confirmed[1:], confirmed[0]] if last else [confirmed[3], *confirmed[:3]]
    assert seen(compared(chained(changed), chained(confirmed))) == [(rewriting.SHIFTED, 1 if last else 4)]


def test_the_last_event_is_convicted_by_the_receipt_that_knew_it_and_new_work_behind_it_is_not() -> None:
    confirmed = history([("received", 1), ("step", 1), ("step", 1)])
    changed = [*confirmed[:2], replace(_other(confirmed[2]), at=5), event(4, kind="step", dossier=1)]
    found = compared(chained(changed), chained(confirmed), by_moment=False, until=3)
    assert (seen(found), found.last) == ([(rewriting.ALTERED, 3)], 3)
    assert compared(chained(changed), chained(confirmed), by_moment=False).items == ()


def test_an_end_cut_off_is_told_only_where_a_receipt_knew_it() -> None:
    confirmed = history([("received", 1), ("step", 1), ("step", 1)])
    new = event(9, kind="step", dossier=1)
    assert compared(chained([*confirmed[:2], new]), chained(confirmed)).items == ()
    found = compared(chained([*confirmed[:2], new]), chained(confirmed), until=3)
    assert (seen(found), found.last) == ([(rewriting.REMOVED, 3)], 0)
    assert seen(compared([], chained(confirmed[2:], first=3), until=3)) == [(rewriting.REMOVED, 3)]


def test_two_desks_that_carry_on_what_each_holds_are_not_accused_but_an_altered_event_is() -> None:
    confirmed = history([("received", 1), ("step", 1), ("step", 2), ("step", 3)])
    other = [confirmed[0], confirmed[2], event(7, kind="step", dossier=7), confirmed[3]]
    assert compared(chained(other), chained(confirmed), by_order=False).items == ()
    changed = [confirmed[0], _other(confirmed[2]), confirmed[3]]
    assert seen(compared(chained(changed), chained(confirmed), by_order=False)) == [(rewriting.ALTERED, 3)]


def test_what_cannot_be_read_and_what_was_erased_accuses_nobody_by_its_moment() -> None:
    nothing = HistoryLine(seq=0, hash=b"", line=b"{", told=b"{")
    hole = HistoryLine(seq=0, hash=b"", line=b"#1", told=b"#1", is_hole=True)
    confirmed = [*history([("received", 1)]), nothing, hole]
    copy = [confirmed[0], replace(nothing, told=b"[", line=b"["), replace(hole, told=b"#2", line=b"#2")]
    assert compared(chained(copy), chained(confirmed)).items == ()


def test_what_differs_is_named_without_what_it_says() -> None:
    one = '{"d":"x","k":"step","l":1,"t":5,"u":"an","v":{"action":"ready","reason":"bí mật"}}'.encode()
    other = '{"d":"x","k":"step","l":1,"t":6,"u":"an","v":{"action":"ready","result":"khác"}}'.encode()
    assert differing(one, other) == ("at", "reason", "result")
    assert paths_told(differing(one, other)) == "thời điểm, lý do, kết quả"
    assert differing(one, b"") == ()
    assert [event_told("step", "ready"), event_told("step", "?"), event_told("received"), event_told("?")] == [
        "báo có kết quả",
        "bước xử lý",
        "tiếp nhận",
        "việc",
    ]


def told(copy: Sequence[HistoryLine], confirmed: Sequence[HistoryLine], until: int = 0) -> list[tuple[object, ...]]:
    found = compared(chained(copy), chained(confirmed), until=until)
    return [(one.what, one.said, one.confirmed, one.dossier, one.kind) for one in found.items]


def test_several_changes_are_told_by_both_numbers_with_dossier_and_kind() -> None:
    first, second, third, fourth, fifth, sixth, *rest = [
        event(n, dossier=n, kind=KINDS[n % len(KINDS)]) for n in range(1, 9)
    ]
    strange, cites = event(10**9, dossier=9, kind="printed"), replace(fourth, line=b"cites")
    confirmed = [first, second, third, fourth, fifth, sixth, *rest]
    copy = [first, _other(second), strange, cites, sixth, fifth, *rest, event(20, dossier=1), event(21, dossier=2)]
    assert told(copy, confirmed) == [
        (rewriting.ALTERED, 2, 2, "2", "step"),
        (rewriting.REMOVED, 0, 3, "3", "printed"),
        (rewriting.INSERTED, 3, 0, "9", "printed"),
        (rewriting.ALTERED, 4, 4, "4", "received"),
        (rewriting.SHIFTED, 5, 6, "6", "step"),
    ]
    found = compared(chained(copy), chained(confirmed))
    assert (found.said, found.last) == ({2, 3, 4, 5}, 8)


FOUR = [event(n, dossier=n) for n in range(1, 5)]
MOVED_ON = replace(_other(FOUR[1]), at=7)


@pytest.mark.parametrize("until", [0, 4])
@pytest.mark.parametrize(
    ("copy", "items"),
    [
        # of the same dossier and kind at the same place: that event, altered
        ([FOUR[0], event(50, dossier=2), *FOUR[2:]], [(rewriting.ALTERED, 2, 2)]),
        # or of the same lamport
        ([FOUR[0], event(2, dossier=7, kind="printed", at=9), *FOUR[2:]], [(rewriting.ALTERED, 2, 2)]),
        (
            [FOUR[0], event(50, dossier=7, kind="printed"), *FOUR[2:]],
            [(rewriting.REMOVED, 0, 2), (rewriting.INSERTED, 2, 0)],
        ),
        # at another place only of the same moment
        ([FOUR[0], FOUR[2], MOVED_ON, FOUR[3]], [(rewriting.REMOVED, 0, 2), (rewriting.INSERTED, 3, 0)]),
        ([FOUR[0], FOUR[2], _other(FOUR[1]), FOUR[3]], [(rewriting.ALTERED, 3, 2), (rewriting.SHIFTED, 2, 3)]),
        # the last one that both have
        ([*FOUR[:3], replace(FOUR[3], line=b"cites")], [(rewriting.ALTERED, 4, 4)]),
    ],
)
def test_an_event_in_place_of_another_is_that_one_altered(
    copy: list[HistoryLine], items: list[tuple[str, int, int]], until: int
) -> None:
    assert [item[:3] for item in told(copy, FOUR, until)] == items


def test_the_last_event_that_was_altered_and_moved_is_both() -> None:
    items = [item[:3] for item in told([FOUR[0], FOUR[2], _other(FOUR[1])], FOUR[:3])]
    assert items == [(rewriting.ALTERED, 3, 2), (rewriting.SHIFTED, 2, 3)]
