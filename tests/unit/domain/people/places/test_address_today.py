"""Old addresses as people write them, against the units of 2026: never a wrong unit called sure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from desk_app.domain.people.address import AddressSuggestion, parse, suggest
from desk_app.services.catalogue.imports import load_units

AUTUMN = load_units(date(2026, 11, 28))
KINDS = {
    "Phường ": "P. ",
    "Xã ": "X. ",
    "Thị trấn ": "TT. ",
    "Thành phố ": "TP. ",
    "Thị xã ": "TX. ",
    "Quận ": "Q. ",
    "Huyện ": "H. ",
    "Tỉnh ": "T. ",
    "Đặc khu ": "ĐK. ",
}


def found(text: str) -> tuple[AddressSuggestion, ...]:
    return suggest(parse(text), AUTUMN)


def short(name: str) -> str:
    kind = next(kind for kind in KINDS if name.lower().startswith(kind.lower()))
    return KINDS[kind] + name[len(kind) :]


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("Thôn Đông An Vĩnh, Huyện Lý Sơn, Quảng Ngãi", "Thôn Đông An Vĩnh, Đặc khu Lý Sơn, Tỉnh Quảng Ngãi"),
        ("Khu 1, Huyện Bạch Long Vĩ, Thành phố Hải Phòng", "Khu 1, Đặc khu Bạch Long Vĩ, Thành phố Hải Phòng"),
        ("Khu 1, Huyện Cồn Cỏ, Tỉnh Quảng Trị", "Khu 1, Đặc khu Cồn Cỏ, Tỉnh Quảng Trị"),
        ("Khu 1, Huyện Hoàng Sa, Thành phố Đà Nẵng", "Khu 1, Đặc khu Hoàng Sa, Thành phố Đà Nẵng"),
        ("Khu dân cư số 3, Huyện Côn Đảo, BRVT", "Khu dân cư số 3, Đặc khu Côn Đảo, Thành phố Hồ Chí Minh"),
        ("Huyện đảo Lý Sơn, tỉnh Quảng Ngãi", "Đặc khu Lý Sơn, Tỉnh Quảng Ngãi"),
        ("Khu 1, Huyện Vân Đồn, Quảng Ninh", "Khu 1, Đặc khu Vân Đồn, Thành phố Quảng Ninh"),
        ("Thị trấn Cô Tô, Huyện Cô Tô, Tỉnh Quảng Ninh", "Đặc khu Cô Tô, Thành phố Quảng Ninh"),
        ("Xã Hòn Tre, Huyện Kiên Hải, Kiên Giang", "Đặc khu Kiên Hải, Tỉnh An Giang"),
        ("Xã Thổ Châu, TP Phú Quốc, Kiên Giang", "Đặc khu Thổ Châu, Tỉnh An Giang"),
        ("Xã Tam Thanh, Huyện Phú Quý, Bình Thuận", "Đặc khu Phú Quý, Tỉnh Lâm Đồng"),
        ("Thị trấn Cát Bà, Huyện Cát Hải, Hải Phòng", "Đặc khu Cát Hải, Thành phố Hải Phòng"),
        ("Thôn 2, Phường Hạc Thành, Thanh Hóa, Việt Nam", "Thôn 2, Phường Hạc Thành, Thanh Hóa"),
        ("Thôn 1, Xã Ea Kao, Thành phố Buôn Ma Thuột, Đắk Lắk, VN", "Thôn 1, Phường Ea Kao, Tỉnh Đắk Lắk"),
        (
            "Xã Đông Tiến (nay là phường Đông Tiến), Thành phố Thanh Hóa, Thanh Hóa",
            "Phường Đông Tiến, Tỉnh Thanh Hóa",
        ),
        ("Phường 1, TP Vũng Tàu, BR-VT", "Phường Vũng Tàu, Thành phố Hồ Chí Minh"),
        ("Thôn Nà Ráo, Xã Đức Vân, Ngân Sơn, Bắc Cạn", "Thôn Nà Ráo, Xã Ngân Sơn, Tỉnh Thái Nguyên"),
        ("P Bến Nghé Q1 TP HCM", "Phường Sài Gòn, Thành phố Hồ Chí Minh"),
        ("Thôn 3. Xã Ia Băng. Huyện Đak Đoa. Gia Lai", "Thôn 3, Xã Ia Băng, Tỉnh Gia Lai"),
        ("Xã Suối Tọ, Huyện Phù Yên, Sơn La", "Xã Suối Tọ, Tỉnh Sơn La"),
        ("Xã Thạnh Phú, Huyện Vĩnh Cửu, Đồng Nai", "Phường Tân Triều, Thành phố Đồng Nai"),
        ("Xã Cẩm Bình; huyện Cẩm Thuỷ; Thanh Hoá", "Xã Cẩm Thạch, Tỉnh Thanh Hóa"),
        ("Phường 5 - Đà Lạt - Lâm Đồng", "Phường Cam Ly - Đà Lạt, Tỉnh Lâm Đồng"),
        ("Xã Chân Mây - Lăng Cô - Thành phố Huế", "Xã Chân Mây - Lăng Cô, Thành phố Huế"),
        ("Xã Lộc Ninh, Tỉnh Đồng Nai", "Phường Lộc Ninh, Thành phố Đồng Nai"),
        ("Phường Lạng Giang, Thành phố Bắc Ninh", "Phường Lạng Giang, Thành phố Bắc Ninh"),
        ("Ấp 3, xã Vĩnh Mĩ A, huyện Hòa Bình, Bạc Liêu", "Ấp 3, Xã Hòa Bình, Tỉnh Cà Mau"),
        ("Xã Thanh Hà, thôn Đông, huyện Thanh Liêm, Hà Nam", "thôn Đông, Xã Liêm Hà, Tỉnh Ninh Bình"),
    ],
)
def test_an_address_that_says_its_place_has_one_sure_answer(text: str, today: str) -> None:
    assert [(each.text, each.exact) for each in found(text)] == [(today, True)]


@pytest.mark.parametrize(
    ("text", "communes"),
    [
        ("Xã Kim Chung, Huyện Hoài Đức, Hà Tây", {"Phường Tây Tựu", "Xã Hoài Đức"}),
        ("Xã Cẩm Thanh, Hội An, Quảng Nam - Đà Nẵng", {"Phường Hội An Đông"}),
        ("59 nguyễn sỹ sách , p15, tan binh, hcm", {"Phường Tân Bình", "Phường Tân Sơn"}),
        ("F.15 Q.Tân Bình TP.HCM", {"Phường Tân Bình", "Phường Tân Sơn"}),
        ("P. Thắng Lợi, TP. Ban Mê Thuột, Daklak", {"Phường Buôn Ma Thuột"}),
        ("Xã Ea Tu, Buôn Mê Thuột, Đăk Lăk", {"Phường Tân An"}),
        ("Phường Vĩ Dạ, TP Huế, T.T.Huế", {"Phường Vỹ Dạ"}),
        ("Khu phố 1, Thành phố Phú Quốc, Kiên Giang", {"Đặc khu Phú Quốc"}),
        ("Phường Linh Trung, Quận Thủ Đức, TPHCM, Vietnam 700000", {"Phường Linh Xuân"}),
        ("xa quang oai huyen ba vi ha noi", {"Xã Quảng Oai"}),
        ("Tân Lập Bắc Sơn Lạng Sơn", {"Xã Vũ Lăng"}),
        ("Bến Nghé Quận 1 Hồ Chí Minh", {"Phường Sài Gòn"}),
        ("Xã Suối Tọ, Huyện Phù Yên", {"Xã Suối Tọ"}),
        ("Huyện Lý Sơn", {"Đặc khu Lý Sơn"}),
        # a name with other marks, another kind, an old district's name, or the ward of a city: likely, never sure
        ("Xã Tân Lạp, Huyện Bắc Sơn, Lạng Sơn", {"Xã Vũ Lăng"}),
        ("Phường Quảng Oai, Hà Nội", {"Xã Quảng Oai"}),
        ("Số 12 Lê Lợi, Ba Vì, Hà Nội", {"Xã Ba Vì"}),
        ("Xã An Hải, huyện đảo Lý Sơn, Quảng Ngãi", {"Đặc khu Lý Sơn"}),
    ],
)
def test_an_address_with_a_doubt_is_offered_and_not_called_sure(text: str, communes: set[str]) -> None:
    answers = found(text)
    assert {AUTUMN.communes[each.commune_code].name for each in answers} == communes
    assert not any(each.exact for each in answers)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        # a ward of today in a city of before: two times in one address
        (
            "Phường Xuân Hương - Đà Lạt, Thành phố Đà Lạt, Lâm Đồng",
            [("Phường Xuân Hương - Đà Lạt, Tỉnh Lâm Đồng", False)],
        ),
        ("Thuận Hóa Huế", [("Phường Thuận Hóa, Thành phố Huế", False)]),  # a province of one word
        ("Khu 1, Vân Đồn, Quảng Ninh", [("Khu 1, Vân Đồn, Quảng Ninh", True)]),
        ("Khu 2, Đông, Quảng Oai, Hà Nội", [("Khu 2, Đông, Quảng Oai, Hà Nội", False)]),
        ("Khu 1, Quận Ngũ Hành Sơn, Tỉnh Quảng Nam", []),  # a district of another part of today's province
        ("Hoàng Sa, Tỉnh Quảng Nam", [("Đặc khu Hoàng Sa, Thành phố Đà Nẵng", False)]),
        ("Thôn 1, Xã Đông, Quảng Oai, Hà Nội", []),  # the commune is named, and nobody knows it
        ("Khu phố 1, Thành phố Phú Quốc, Kiên Giang", [("Khu phố 1, Đặc khu Phú Quốc, Tỉnh An Giang", False)]),
    ],
)
def test_bare_names_are_read_as_what_they_can_be(text: str, answers: list[tuple[str, bool]]) -> None:
    assert [(each.text, each.exact) for each in found(text)] == answers


def test_a_ward_of_a_city_is_not_the_ward_of_that_name_in_the_province() -> None:
    (answer,) = found("Phường Đông Sơn, Thành phố Thanh Hóa")
    assert answer.text == "Phường Hạc Thành, Tỉnh Thanh Hóa"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 Huỳnh Tấn Phát, Q7, HCM", ("12 Huỳnh Tấn Phát", "", "Q7", "HCM")),
        ("Thôn Đông, Huyện Từ Liêm cũ, Hà Nội", ("Thôn Đông", "", "Huyện Từ Liêm", "Hà Nội")),
        ("Xã Cũ (cũ), Huyện Cũ (trước là Huyện Xa), Hà Nội", ("", "Xã Cũ", "Huyện Cũ", "Hà Nội")),
        ("Thôn 1, Xã Cũ, Hà Nội, nước CHXHCN Việt Nam", ("Thôn 1", "Xã Cũ", "", "Hà Nội")),
        ("Đường tỉnh lộ 8, Xã Cũ, Hà Nội", ("Đường tỉnh lộ 8", "Xã Cũ", "", "Hà Nội")),
        ("Phường Phường Đúc Thành phố Huế", ("", "Phường Phường Đúc", "", "Thành phố Huế")),
        ("Xã Cây Thị Huyện Đồng Hỷ", ("", "Xã Cây Thị", "", "Huyện Đồng Hỷ")),
        ("Lô Q 3, Xã Suối Tọ, Tỉnh Sơn La", ("Lô Q 3", "Xã Suối Tọ", "", "Tỉnh Sơn La")),
        ("Tổ 5 P Ba Đình Q Ba Đình Hà Nội", ("Tổ 5", "P Ba Đình", "", "Q Ba Đình Hà Nội")),
    ],
)
def test_what_is_no_name_of_a_unit_stays_out_of_the_parts(text: str, parts: tuple[str, str, str, str]) -> None:
    address = parse(text)
    assert (address.detail, address.commune, address.district, address.province) == parts


@pytest.mark.parametrize(
    "text", ["Thành phố Hồ Chí Minh", "Việt Nam", "12 Huỳnh Tấn Phát, Q7, HCM", "Huyện Cũ", "Khu 1, Lý Sơn"]
)
def test_where_no_commune_is_named_none_is_offered(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize("before", ["", "Tổ", "Thôn Đông", "Số 3 phố", "Số 3 phố Đông", "Số 3 phố Đông khu Tây"])
@pytest.mark.parametrize(
    ("names", "commune"),
    [
        ("5 Đà Lạt Lâm Đồng", "Phường Cam Ly - Đà Lạt"),
        ("Tân Lập Bắc Sơn Lạng Sơn", "Xã Vũ Lăng"),
        ("Vũ Lăng Lạng Sơn", "Xã Vũ Lăng"),
        ("Kép Bắc Ninh", "Phường Kép"),
    ],
)
def test_words_without_separators_are_cut_at_names_of_any_length_behind_any_detail(
    before: str, names: str, commune: str
) -> None:
    answers = found(f"{before} {names}".strip())
    assert {AUTUMN.communes[each.commune_code].name for each in answers} == {commune}
    assert [each.text.startswith(f"{before}, " if before else commune[-3:]) or not before for each in answers] == [True]
    assert not any(each.exact for each in answers)


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("Thôn 1, Xã Lạ, Huyện Xa, Tỉnh Lạng Sơn (nay thuộc xã Vũ Lăng)", "Thôn 1, xã Vũ Lăng, Tỉnh Lạng Sơn"),
        ("Xã Lạ, Huyện Xa, Hà Bắc (nay là xã Vũ Lăng, tỉnh Lạng Sơn)", "xã Vũ Lăng, tỉnh Lạng Sơn"),
    ],
)
def test_what_an_unknown_place_is_said_to_be_today_is_offered_and_never_sure(text: str, today: str) -> None:
    assert [(each.text, each.exact) for each in found(text)] == [(today, False)]
    assert found(text.partition(" (")[0]) == ()


def plainly(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


WAYS: tuple[Callable[..., str], ...] = (
    lambda *parts: "; ".join(part for part in parts if part),
    lambda *parts: ". ".join(part for part in parts if part),
    lambda *parts: " ".join(part for part in parts if part),
    lambda detail, *names: plainly(detail, *(short(name) for name in names if name)),
    lambda *parts: f"{plainly(*parts)}, Việt Nam",
    lambda *parts: plainly(*parts).upper(),
)


@pytest.mark.parametrize("province", [each.name for each in AUTUMN.all_old()])
def test_every_old_commune_written_in_six_ways_has_the_answers_of_the_plain_writing(
    province: str, pytestconfig: pytest.Config
) -> None:
    """A fifth of the communes in the usual run."""
    (old,) = [each for each in AUTUMN.all_old() if each.name == province]
    step = 1 if pytestconfig.getoption("every_place") else 5
    for at, commune in list(enumerate(each for each in old.communes if not each.is_former))[
        len(old.name) % step :: step
    ]:
        parts = ("Thôn 1", commune.name, commune.district, province)
        plain = found(plainly(*parts))
        assert [each.commune_code for each in plain] == list(commune.codes)
        for way in (WAYS[at % 6], WAYS[(at + 1 + at // 6) % 6]) if at > 6 else WAYS:
            written = way(*parts)
            answers = found(written)
            assert [(a.commune_code, a.exact) for a in answers] == [(p.commune_code, p.exact) for p in plain], written


def test_every_commune_of_autumn_2026_written_in_two_levels_is_itself(pytestconfig: pytest.Config) -> None:
    step = 1 if pytestconfig.getoption("every_place") else 3
    for commune in list(AUTUMN.communes.values())[::step]:
        text = f"Thôn Đông, {commune.name}, {AUTUMN.provinces[commune.province].name}"
        (answer,) = found(text)
        assert (answer.text, answer.commune_code, answer.exact) == (text, commune.code, True)
