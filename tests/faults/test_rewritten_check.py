"""`check` finds what was rewritten without any line: by receipts, seals of day reports, signatures, orders to erase."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk_app.district.publishing import erasing
from desk_app.protocol.event_body import first_hash, hole, next_hash
from desk_app.services.reports import day_end
from desk_app.store.journal.check import check
from tests.kit.desk.rewriter import altered, at, rewrite, without, worked
from tests.kit.district.ledgers import desks_work_at
from tests.kit.wire.communes import Commune, Office, image


def problems(office: Office) -> str:
    return "\n".join(check(office.desk.db).problems)


@pytest.mark.parametrize(
    "change",
    [
        at(1, lambda line: altered(line, note="Khác")),
        at(7, lambda line: altered(line, t=1_700_000_000_000)),
        without(3),
        without(7),
    ],
    ids=["first", "last moment", "removed", "last removed"],
)
def test_the_newest_receipt_convicts(commune: Commune, change: Callable[[list[str]], list[str]]) -> None:
    _, one, two, _ = worked(commune)
    assert problems(one) == problems(two) == ""
    rewrite(one.desk.db, change)
    assert "khác biên nhận mà cấp trên ký" in problems(one)


def test_receipts_of_other_days_narrow_down_where_it_was(commune: Commune) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    for day in range(3):
        commune.moment += 86_400_000
        one.receive(2)
        assert one.sync().waiting == 0, day
    rewrite(one.desk.db, at(4, lambda line: altered(line, note="Khác")))
    assert "trong các việc số 3 đến 6" in problems(one)


def test_receipts_that_were_taken_away_are_missed(commune: Commune) -> None:
    _, one, _, _ = worked(commune)
    rewrite(one.desk.db, at(1, lambda line: altered(line, note="Khác")), forgets_receipts=True)
    assert "Biên nhận mới nhất của cấp trên đã bị lấy khỏi dữ liệu" in problems(one)


def test_the_seal_of_a_day_convicts_a_desk_that_never_sent_anything(commune: Commune) -> None:
    one = commune.office(commune.district(), 1)
    one.receive(3)
    day_end.close(one.desk)
    one.receive(1)
    assert problems(one) == ""
    rewrite(one.desk.db, at(2, lambda line: altered(line, note="Khác")))
    assert "khác dấu trên báo cáo kết thúc ngày 2026-11-" in problems(one)


def test_seals_and_receipts_accuse_nobody_who_was_put_back(commune: Commune) -> None:
    served = commune.district()
    one = commune.office(served, 1)
    one.receive(3)
    one.sync()
    day_end.close(one.desk)
    old = image(one, commune.folder / "old")
    one.receive(2)
    one.sync()
    put_back = commune.office(served, data=old, keys=one.member.keys)
    put_back.receive(3)
    day_end.close(put_back.desk)
    assert problems(put_back) == ""
    put_back.sync()
    assert problems(put_back) == ""


def test_a_body_left_out_without_an_order_shows_though_every_hash_fits(commune: Commune) -> None:
    """A hole names the hash that was there, so the chain behind it is the confirmed one again."""
    served, one, _, before = worked(commune)
    ((log, bodies),) = before.items()
    digest = first_hash(log)
    for body in bodies[:4]:
        digest = next_hash(digest, body)

    def change(lines: list[str]) -> list[str]:
        return [*lines[:2], altered(lines[2], note="Khác"), hole(digest).decode(), *lines[4:]]

    rewrite(one.desk.db, change)
    assert "việc số 4 bị bỏ nội dung mà không có lệnh xóa" in problems(one)
    assert desks_work_at(served.district.storage) == before


def test_what_stands_before_an_ordered_hole_is_compared_with_the_order(commune: Commune) -> None:
    served, one, _, before = worked(commune)
    (log,) = before
    with served.district.storage.writing() as session:
        erasing.erase(session, served.district.identity, log.hex(), 4, reason="theo yêu cầu", at=commune.moment)
    one.sync()
    assert problems(one) == ""
    rewrite(one.desk.db, at(2, lambda line: altered(line, note="Khác")), log=log)
    assert "có việc trước số 4 bị sửa: không khớp lệnh xóa" in problems(one)


def test_the_copy_of_a_colleagues_log_is_proved_by_its_writers_signature(commune: Commune) -> None:
    _, _, two, before = worked(commune)
    (log,) = before
    rewrite(two.desk.db, at(3, lambda line: altered(line, note="Khác")), log=log, forgets_receipts=True)
    assert "của nơi khác: có việc đến số 7 bị sửa trên máy này" in problems(two)
