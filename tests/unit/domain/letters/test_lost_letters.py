"""Cards whose letters were lost, exchanged or turned on the way. Everybody here is made up."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.letters.lost_letters import in_name, in_place, in_sex, turned_back
from desk_app.domain.letters.syllables import is_possible
from desk_app.domain.people.identity_card import Card, read
from desk_app.errors import DeskError, GarbledCardError, UnreadableCardError
from desk_app.services.catalogue import imports
from desk_app.services.setup import demo_people
from tests.kit.desk.vietnamese import SPECIAL_NAMES, names, texts

ETHNIC_NAMES = [
    *SPECIAL_NAMES,
    "Giàng A Thử", "Lò Văn Thử", "H'Thử Ê-ban", "H' Blin Niê Kđăm", "H’Mer Êban", "Y Blô Êñuôl", "K'Brối", "K’ Bres",
    "Ka Să Ha Thương", "Rơ Châm Phiơt", "Siu H'Phen", "Ksor Krơn", "Nay Đức", "Kpă Thị Thử", "Rahlan Bin", "Ya Đương",
    "Touneh Hàn Thử", "Kơ Să Ha Tang", "Liêng Hot Ha Brin", "Cil Múp Ha Kim", "Bríu Thị Nem", "Alăng Mai",
    "Pơloong Sơn",
    "Zơrâm Bình", "Hôih Dũng", "Chamaléa Thị Thử", "Pinăng Thị Hoa", "Katơr Thị Sinh", "Néang Sóc Kha", "Chau Kim",
    "Thạch Sóc Khênh", "Điểu K'Ré", "Thào Seo Páo", "Vừ Bá Xồng", "Lỳ Phì Cà", "Pờ Dần Xinh", "Moong Thị Mai", "A Ngưi",
    "H'Ƀlĭ Ayŭn", "Y Hĭn Mlô", "Sùng Thị Mỷ", "Quàng Thị Pịt",
]  # fmt: skip


def card(name: str, residence: str, sex: str = "Nam") -> str:
    return f"038085012345|173456789|{name}|17031985|{sex}|{residence}|22122021"


SOUND = card("Trần Văn Hùng", "Xã Đông Sơn, Thanh Hóa")


def in_page(page: str) -> Callable[[str], str]:
    return lambda text: text.encode().decode(page, "replace")


def keep(is_kept: Callable[[str], bool], other: str = "") -> Callable[[str], str]:
    return lambda text: "".join(mark if mark == "|" or is_kept(mark) else other for mark in text)


def bare(text: str) -> str:
    plain = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return plain.replace("đ", "d").replace("Đ", "D")


def vni(text: str) -> str:
    signs = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "\u0302": "â", "\u0306": "ê"}
    text = text.replace("đ", "ñ").replace("Đ", "Ñ").replace("ơ", "ô").replace("ư", "ö")
    return "".join(signs.get(mark, mark) for mark in unicodedata.normalize("NFD", text))


DAMAGES: dict[str, Callable[[str], str]] = {
    "letters dropped": keep(str.isascii),
    "latin-1 only": keep(lambda mark: ord(mark) < 256),
    "blank for a letter": keep(str.isascii, " "),
    "control character for a letter": keep(str.isascii, "\x01"),
    "capitals turned": str.swapcase,
    "small letters": str.lower,
    "no marks": bare,
    "vni": vni,
    "entities": lambda text: html.unescape(text).encode("ascii", "xmlcharrefreplace").decode(),
    "per cent": lambda text: quote(text, safe="|, "),
    "utf-8 in cp1258": in_page("cp1258"),
    "legacy cp1258 read as cp1252": lambda text: "".join(
        mark.encode("cp1258", "replace").decode("cp1252", "replace") for mark in unicodedata.normalize("NFD", text)
    ),
} | {
    page: in_page(page)
    for page in (
        *("gbk", "gb18030", "shift_jis", "cp932", "big5", "euc_kr", "cp949", "euc_jp"),
        *("cp437", "cp850", "cp866", "cp1250", "cp1251", "koi8_r", "mac_roman", "cp1252", "latin-1", "iso8859_15"),
    )
}


@pytest.mark.parametrize("damage", DAMAGES)
@given(number=st.integers(0, 400))
def test_a_damaged_card_of_a_man_is_asked_about_or_refused(damage: str, number: int) -> None:
    person = PEOPLE[number]
    residence = f"Tổ 5, {person.residence}, Thanh Hóa"
    damaged = DAMAGES[damage](card(person.full_name, residence))
    try:
        found = read(damaged)
    except (GarbledCardError, UnreadableCardError):
        return
    assert {"full_name", "residence"} <= found.suspect
    assert found.warnings


PEOPLE = list(demo_people.people(401))


@given(name=texts, home=texts)
@pytest.mark.parametrize("damage", ["gbk", "cp437", "cp1251", "cp1258", "latin-1", "entities"])
def test_letters_of_any_kind_that_came_damaged_are_never_read_in_silence(damage: str, name: str, home: str) -> None:
    sent = card(name, home)
    damaged = (DAMAGES | {"cp1258": in_page("cp1258")})[damage](sent)
    if damaged == sent:
        return
    try:
        found = read(damaged)
    except DeskError:
        return
    assert {"full_name", "residence"} <= found.suspect


@given(number=st.integers(0, 400), sex=st.sampled_from(["Nam", "Nữ"]))
def test_a_sound_card_is_never_asked_about(number: int, sex: str) -> None:
    person = PEOPLE[number]
    for name in (person.full_name, person.full_name.upper()):
        assert not in_name(name, sex=sex)
        assert "full_name" not in read(card(name, person.residence, sex)).suspect
    assert not in_place(person.residence)


@given(names)
def test_sound_names_are_never_asked_about(name: str) -> None:
    assert not in_name(name, sex="Nữ")
    assert not in_name(unicodedata.normalize("NFD", name), sex="Nữ")


@pytest.mark.parametrize("name", ETHNIC_NAMES)
def test_names_of_other_peoples_of_vietnam_are_never_asked_about(name: str) -> None:
    assert not in_name(name, sex="Nữ")
    assert not in_name(name.upper(), sex="Nữ")


def test_no_place_of_today_is_asked_about() -> None:
    units = imports.load_units()
    marked = [each.name for each in (*units.communes.values(), *units.provinces.values()) if in_place(each.name)]
    assert marked == []


@pytest.mark.parametrize(
    "place",
    [
        "Tổ 12A1, Khu A5, Đắk Lắk",
        "Số 5B ngõ 12/3 đường Xuân Thuỷ",
        "TDP5, Phường Bình Trưng",
        "Xóm Xoong, xã Ia O",
        "LK5-12, CT2A, Km5, QL32, KP3, KĐT",
        "Ấp B, Thị Trấn C, H. Củ Chi, TP.HCM",
        "Ia Kha, Ia Grai, Gia Lai",
        "THÔN 1, XÃ ĐÔNG SƠN, THANH HÓA",
        "số 5, p. 3, q. Gò Vấp",
        "Buôn Ea Sút, Ea Pốk, Cư M'gar, Đắk Lắk",
        "Khóm IV, tt. Khe Sanh",
        "",
    ],
)
def test_numbers_and_abbreviations_of_addresses_are_not_asked_about(place: str) -> None:
    assert not in_place(place)


@pytest.mark.parametrize("word", ["Nu", "nu", "N", "nAM", "nỮ", "NÆ°"])
def test_a_sex_without_its_mark_proves_the_loss(word: str) -> None:
    assert in_sex(word)
    assert {"full_name", "residence"} <= read(card("Mai Lan", "Sơn La", word)).suspect


@pytest.mark.parametrize("word", ["Nam", "Nữ", "NAM", "NỮ", "M", "F", ""])
def test_a_sound_sex_proves_nothing(word: str) -> None:
    assert not in_sex(word)


@pytest.mark.parametrize("name", ["Trn Vn Hng", "Leâ Minh Ñöùc", "TrÇn V¨n Hïng", "Tran Van Hung", "H Tun"])
def test_one_lost_word_is_enough(name: str) -> None:
    assert {"full_name", "residence"} <= read(card(name, "Xã Đông Sơn, Thanh Hóa")).suspect


def test_capitals_that_were_turned_are_turned_back_and_still_asked_about() -> None:
    found = read(SOUND.swapcase().replace("nAM", "Nam"))
    assert (found.full_name, found.residence) == ("Trần Văn Hùng", "Xã Đông Sơn, Thanh Hóa")
    assert {"full_name", "residence"} <= found.suspect


@pytest.mark.parametrize(
    ("turned", "name"),
    [
        ("tRẦN vĂN hÙNG", "Trần Văn Hùng"),
        ("lÊ vĂN aN", "Lê Văn An"),  # words of two letters
        ("hÙNG Trần", ""),
        ("hùng tRẦN", ""),  # a word of small letters is not turned
        ("lÊ a hÙNG", "Lê A Hùng"),
        ("trẦN vĂN hÙNG", ""),
        ("tRAN vAN hUNG", ""),  # a name that lost its marks too
        ("ıA lÊ", ""),  # no letter whose capital is another letter's
        ("Trần Văn Hùng", ""),
        ("", ""),
    ],
)
def test_only_a_name_of_which_every_word_is_turned_is_turned_back(turned: str, name: str) -> None:
    assert turned_back(turned) == name


@pytest.mark.parametrize("page", ["cp932", "cp949", "cp437", "iso8859_15", "latin-1", "koi8_r", "cp1251"])
def test_what_can_be_undone_exactly_is_undone_and_asked_about(page: str) -> None:
    found = read(SOUND.encode().decode(page))
    assert (found.full_name, found.residence) == ("Trần Văn Hùng", "Xã Đông Sơn, Thanh Hóa")
    assert {"full_name", "residence"} <= found.suspect


@pytest.mark.parametrize(
    "escaped", [r"Tr\u1ea7n V\u0103n H\u00f9ng", "Tr%u1EA7n V%u0103n H%u00F9ng", "Tr=E1=BA=A7n V=C4=83n H=C3=B9ng"]
)
def test_other_escapes_are_undone_too(escaped: str) -> None:
    assert read(card(escaped, "Sơn La")).full_name == "Trần Văn Hùng"


@pytest.mark.parametrize(
    "text", [card("Trần " * 1000, "Sơn La"), card("Trần Văn Hùng", "Sơn La " * 60), card("An" * 60, "Sơn La")]
)
def test_a_name_or_an_address_no_card_has_room_for_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCardError):
        read(text)


@given(st.text())
def test_any_text_can_be_judged(text: str) -> None:
    assert in_name(text, sex="Nam") in (True, False)
    assert in_place(text) in (True, False)
    assert in_sex(text) in (True, False)
    assert is_possible(text) in (True, False)


def test_an_old_number_may_have_blanks() -> None:
    found: Card = read(SOUND.replace("173456789", "173 456 789"))
    assert (found.old_id_number, found.suspect) == ("173456789", frozenset())


def test_a_single_h_is_the_prefix_of_women_and_no_other_letter_is() -> None:
    assert not in_name("H Yến Niê", sex="Nữ")
    assert in_name("H Hùng Niê", sex="Nam")
    assert in_name("Nguyễn T Hoa", sex="Nữ")
    assert in_name("Nguyễn T Hoa", sex="Nam")


@pytest.mark.parametrize(("name", "is_sign"), [("Tran Van Hung", True), ("Nguyen Thi Hoa", True), ("Y Van", False)])
def test_names_wholly_without_marks_are_a_sign_where_nobody_bears_them_so(name: str, *, is_sign: bool) -> None:
    assert in_name(name) == is_sign


@pytest.mark.parametrize(
    ("name", "is_sign"),
    [
        ("nguyễn văn an", True),
        ("NGUYỄN VĂN AN", False),
        ("Nguyễn văn An", True),
        ("NguyỄn Văn An", True),
        ("NGuyễn Văn An", True),
        ("hà Văn An", True),
        ("Lê_An", True),
    ],
)
def test_small_letters_where_capitals_stand_are_a_sign(name: str, *, is_sign: bool) -> None:
    assert in_name(name) == is_sign


@pytest.mark.parametrize(
    ("place", "is_sign"),
    [
        ("thôn đông, xã cũ", True),
        ("đông", False),
        ("đông cũ", True),
        ("Thôn hÀ", True),
        ("Thôn Đông, xÃ Cũ", True),
        ("Thôn Đng, Xã Cũ", True),
        ("THÔN ĐNG, XÃ CŨ", True),
        ("Thôn Đông n, Xã Cũ", True),
        ("Thôn Đông, KTX, Xã Cũ", False),
        ("Thôn II, Xã Cũ", False),
        ("Thôn A, Xã Cũ", False),
        ("Thôn Đông*", True),
    ],
)
def test_signs_of_loss_in_a_place(place: str, *, is_sign: bool) -> None:
    assert in_place(place) == is_sign


@pytest.mark.parametrize(
    ("name", "is_sign"),
    [
        ("Lo Van An", True),
        ("Ha Van An", True),
        ("Ha Kim Van An", True),
        ("Ha Van Kim An", True),
        ("Ha An Van", False),
        ("Ha An Thi", False),
        ("Van Ha An", False),
        ("Ha", False),
        ("Tran", False),
        ("Tran Hung", True),
    ],
)
def test_a_middle_name_without_marks_is_a_sign_wherever_between_it_stands(name: str, *, is_sign: bool) -> None:
    assert in_name(name) is is_sign
