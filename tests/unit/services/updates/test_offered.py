"""A new version over the line: fetched in pieces, gone on with after a cut, proven, and never in the way of a round."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from desk_app.district.cli import main as district_main
from desk_app.district.publishing import update_shelf
from desk_app.district.transport import update_routes
from desk_app.errors.updates import DamagedUpdateError, NoUpdateFileError
from desk_app.protocol.update import offers
from desk_app.services.updates import fetched_files, offered
from desk_app.sync.rounds import updates_lane
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import Root
from tests.kit.updates.stand_ins import KEYS, update

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the files made here are for Linux")
TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("district")


@pytest.fixture(scope="module")
def district(shelf: Path) -> Iterator[Served]:
    with served(shelf / "district.db", Root(), pages=lambda _: update_routes.routes(shelf)) as running:
        yield running


@pytest.fixture
def file(shelf: Path, tmp_path: Path) -> Iterator[Path]:
    """An update file that the district offers."""
    made = update(tmp_path, "9.6.0")
    update_shelf.add(shelf, made, keys=KEYS)
    yield made
    update_shelf.remove(shelf, "9.6.0")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


def fetch(data: Path, district: Served, *, today: date = TODAY, again: bool = False) -> Path | None:
    return offered.fetch(data, district.url, "", stop=Event(), today=today, keys=KEYS, again=again)


def test_it_is_fetched_whole_and_offered_as_from_a_stick(data: Path, district: Served, file: Path) -> None:
    found = fetch(data, district)
    assert found is not None
    assert found.read_bytes() == file.read_bytes()
    assert fetched_files.newest(data) == found
    assert fetch(data, district, again=True) is None  # it is here already
    assert fetched_files.newest(data) == found


def test_it_goes_on_where_it_stood_after_a_day_that_had_its_share(
    data: Path, district: Served, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = file.stat().st_size // 3
    monkeypatch.setattr(offered, "DAY_BYTES", share)
    monkeypatch.setattr(updates_lane, "_FIRST", 200)
    asked: list[str] = []
    call = updates_lane.Line.call
    monkeypatch.setattr(updates_lane.Line, "call", lambda line, path, body=None: asked.append(path) or call(line, path))
    assert fetch(data, district) is None
    assert fetch(data, district) is None  # the day has had its share
    assert sum(path.startswith(f"{offers.UPDATES_PATH}?") for path in asked) == 1
    days = [TODAY.replace(month=12, day=day) for day in (1, 2, 3)]
    found = [fetch(data, district, today=day) for day in days]
    whole = [one for one in found if one is not None]
    assert [one.read_bytes() for one in whole] == [file.read_bytes()]
    pieces = [path for path in asked if f"{offers.UPDATES_PATH}/" in path]
    assert len(pieces) == len(set(pieces))  # no byte was asked for twice


def test_a_piece_lost_on_a_cut_is_asked_for_again_and_what_was_torn_is_written_over(
    data: Path, district: Served, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates_lane, "_FIRST", 300)
    call, left = updates_lane.Line.call, [4]

    def dying(line: updates_lane.Line, path: str, body: bytes | None = None) -> bytes:
        left[0] -= 1
        if left[0] == 0:
            raise OSError("the line is gone")
        return call(line, path)

    monkeypatch.setattr(updates_lane.Line, "call", dying)
    assert fetch(data, district) is None
    (part,) = (data / fetched_files.FOLDER).glob("*.part")
    assert 0 < part.stat().st_size < file.stat().st_size
    found = fetch(data, district)
    assert found is not None
    assert found.read_bytes() == file.read_bytes()


def test_what_was_altered_at_the_district_is_not_kept(
    data: Path, district: Served, file: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kept,) = (shelf / update_shelf.FOLDER).iterdir()
    told = bytearray(kept.read_bytes())
    told[-5] ^= 1
    kept.write_bytes(told)
    assert fetch(data, district) is None
    assert fetched_files.newest(data) is None
    with pytest.raises(DamagedUpdateError):
        update_shelf.add(shelf, kept, keys=KEYS)


def test_a_district_that_knows_no_updates_is_left_in_peace(data: Path, tmp_path: Path) -> None:
    with served(tmp_path / "district.db", Root()) as old:
        assert fetch(data, old) is None
    assert list(data.rglob("*.capnhat")) == []


def test_the_shelf_keeps_the_highest_of_each_system_and_refuses_a_foreign_file(tmp_path: Path) -> None:
    for version in ("9.6.0", "9.10.0", "9.7.0"):
        (tmp_path / version).mkdir()
        update_shelf.add(tmp_path, update(tmp_path / version, version), keys=KEYS)
    assert [offer.version for offer in update_shelf.offered(tmp_path, platform="linux-amd64")] == ["9.10.0"]
    assert update_shelf.offered(tmp_path, platform="windows-amd64") == []
    with pytest.raises(NoUpdateFileError):
        update_shelf.remove(tmp_path, "1.2.3")


@pytest.mark.parametrize(
    "path", ["/x", f"/{'0' * 64}", "/..%2f..%2fdesk", f"/{'0' * 64}?from=-1", f"/{'0' * 64}?most=x"]
)
def test_strange_questions_for_a_piece_get_nothing(district: Served, path: str) -> None:
    line = updates_lane.Line(district.url, "", stop=Event())
    line.call(f"{offers.UPDATES_PATH}{path}")
    line.close()
    assert line.status in (400, 404)


def test_the_keeper_is_told_where_there_is_no_district(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert district_main(["updates", "list", "--data", str(tmp_path)]) == 1
    assert "desk-district init" in capsys.readouterr().err
