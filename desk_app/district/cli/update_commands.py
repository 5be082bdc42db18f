"""updates add, list, remove: the versions of the program that this district offers to its desks."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app.district.admin import settings
from desk_app.district.cli.opening import data_folder
from desk_app.district.publishing import update_shelf
from desk_app.protocol.update.offers import UpdateOffer
from desk_app.terminal import Answer


def add(chosen: argparse.Namespace) -> Answer:
    offer, manifest = update_shelf.add(_folder(chosen), Path(chosen.file))
    line = f"{_line(offer)} Các quầy tải dần ở những lần gửi nhận tới và được hỏi cài lúc kết thúc ngày."
    return Answer({**_data(offer), "news": manifest.news}, (line, *manifest.news.splitlines()))


def listed(chosen: argparse.Namespace) -> Answer:
    found = update_shelf.offered(_folder(chosen))
    return Answer([_data(offer) for offer in found], tuple(map(_line, found)) or ("Không phát bản cập nhật nào.",))


def remove(chosen: argparse.Namespace) -> Answer:
    gone = update_shelf.remove(_folder(chosen), chosen.version_number)
    return Answer([_data(offer) for offer in gone], tuple(f"Thôi phát: {_line(offer)}" for offer in gone))


def _folder(chosen: argparse.Namespace) -> Path:
    folder = data_folder(chosen)
    settings.read(folder)  # says where there is no district
    return folder


def _data(offer: UpdateOffer) -> dict[str, object]:
    return {"version": offer.version, "platform": offer.platform, "size": offer.size, "sha256": offer.sha256}


def _line(offer: UpdateOffer) -> str:
    return f"Bản {offer.version} cho {offer.platform}, {offer.size / 1e6:.1f} MB."
