"""A card or a passport from its machine-readable zone."""

from __future__ import annotations

from dataclasses import replace

from desk_app.domain.people import mrz
from desk_app.domain.people.card import Card, Doubts, doubted, read_date, read_sex


def from_card_zone(zone: mrz.Zone) -> Card:
    doubts = Doubts()
    doubts.about("full_name", "Họ tên đọc từ mặt sau thẻ không có dấu: gõ lại cho đúng.")
    if not zone.id_number.endswith(zone.document_number):
        doubts.about("id_number", "Số thẻ và số định danh ở mặt sau không khớp nhau.")
    return _from_zone(Card(kind="mrz", id_number=zone.id_number, full_name=zone.name), zone, doubts)


def from_passport(zone: mrz.Zone) -> Card:
    """A Vietnamese passport names its holder by the twelve digits, any other by its own number."""
    doubts = Doubts()
    if zone.nationality == mrz.VIETNAM:
        doubts.about("full_name", "Họ tên đọc từ hộ chiếu không có dấu: gõ lại cho đúng.")
    if zone.is_number_mended:
        key = "document_number" if zone.id_number else "id_number"
        doubts.about(key, "Số hộ chiếu có chữ đọc nhầm, đã sửa theo số kiểm tra: đối chiếu với hộ chiếu.")
    card = Card(
        kind="mrz_td3",
        id_number=zone.id_number or zone.document_number,
        old_id_number=zone.old_id_number,
        full_name=zone.name,
        document_number=zone.document_number,
        issuing_state=zone.issuing_state,
        nationality=zone.nationality,
    )
    return _from_zone(card, zone, doubts)


def _from_zone(card: Card, zone: mrz.Zone, doubts: Doubts) -> Card:
    """The card with what every machine-readable zone says."""
    if zone.is_cut:
        doubts.warnings.append("Họ tên trong dòng mã có thể bị cắt bớt.")
    if not zone.century_is_known:
        doubts.about("born_on", "Dòng mã chỉ có hai số cuối của năm sinh: xem lại.")
    born_on = read_date("born_on", "Ngày sinh", zone.born_on, doubts)
    expires_on = zone.expires_on
    if expires_on != mrz.NO_END:
        expires_on = read_date("expires_on", "Ngày hết hạn", expires_on, doubts)
    return doubted(
        replace(card, born_on=born_on, sex=zone.sex or read_sex("", doubts), expires_on=expires_on),
        doubts,
    )
