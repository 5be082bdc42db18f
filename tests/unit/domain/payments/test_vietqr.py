"""The bank's payment code: published examples, and what no bank takes."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.payments import vietqr
from desk_app.errors import BadFactError

TO = "00020101021238570010A00000072701270006"
NAPAS_STATIC = b"00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304"


def test_the_checksum_is_that_of_the_published_rule():
    assert vietqr.checksum(b"123456789") == 0x29B1  # the check value of CRC-16/CCITT-FALSE
    assert vietqr.checksum(NAPAS_STATIC) == 0xF4E5  # NAPAS, example 6.1.1


@pytest.mark.parametrize(
    ("bank", "account", "amount", "note", "payload"),
    [
        (
            "970415",
            "0011001932418",
            120_000,
            "ủng hộ lũ lụt",
            f"{TO}970415011300110019324180208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304C15C",
        ),
        (
            "970436",
            "0071001234567",
            850_000,
            "DH482113",
            f"{TO}970436011300710012345670208QRIBFTTA530370454068500005802VN62120808DH4821136304E529",
        ),
    ],
    ids=["words without diacritics", "a code"],
)
def test_the_code_says_what_other_makers_say(bank, account, amount, note, payload):
    made = vietqr.payload(bank=bank, account=account, amount=amount, note=note)
    assert made == payload
    said = objects(made)
    assert said["54"] == str(amount)
    assert objects(objects(said["38"])["01"]) == {"00": bank, "01": account}
    assert said["63"] == f"{vietqr.checksum(made[:-4].encode()):04X}"


def objects(text: str) -> dict[str, str]:
    """The objects of a payload by name, read by their lengths alone."""
    found = {}
    while text:
        size = int(text[2:4])
        found[text[:2]], text = text[4 : 4 + size], text[4 + size :]
    return found


_CODES = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{1,4}){0,4}-[0-9]{6}-[0-9]{4,5}", fullmatch=True)


@given(
    bank=st.from_regex(r"[0-9]{6}", fullmatch=True),
    account=st.from_regex(r"[0-9A-Za-z]{4,19}", fullmatch=True),
    amount=st.integers(1, 10**12),
    note=_CODES | st.text(max_size=60),
)
def test_every_payload_can_be_taken_apart_again(bank, account, amount, note):
    made = vietqr.payload(bank=bank, account=account, amount=amount, note=note)
    said = objects(made)
    assert made.isascii()
    assert list(said) == ["00", "01", "38", "53", "54", "58", *(["62"] if "62" in said else []), "63"]
    assert objects(said["38"]) == {
        "00": "A000000727",
        "01": f"0006{bank}01{len(account):02d}{account}",
        "02": "QRIBFTTA",
    }
    assert int(said["54"]) == amount
    assert vietqr.checksum(made[:-4].encode()) == int(said["63"], 16)
    if "62" in said:
        assert 0 < len(objects(said["62"])["08"]) <= vietqr.MOST_NOTE


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Đặng đ Ə", "Dang d E"),
        ("A-" * 12 + "B", "A-" * 12 + "B"),  # 25 letters
        ("A-" * 12 + "BC", "A" * 12 + "BC"),
        ("1" + "A" * 25, "A" * 25),
    ],
)
def test_a_note_has_plain_letters_and_twenty_five_at_most(text: str, note: str) -> None:
    assert vietqr.transfer_note(text) == note


@given(code=_CODES)
def test_a_transfer_names_its_dossier(code):
    told = vietqr.transfer_note(code)
    day, number = code.rsplit("-", 2)[1:]
    assert told == code or told.endswith(day + number)


def test_the_code_that_is_drawn_can_be_read():
    made = vietqr.payload(bank="970436", account="0071001234567", amount=8000, note="H26.99-261129-0001")
    drawn = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(made, zxingcpp.BarcodeFormat.QRCode), scale=4)
    assert [read.text for read in zxingcpp.read_barcodes(drawn)] == [made]


@pytest.mark.parametrize(
    ("bank", "account", "amount"),
    [
        ("97043", "0071001234567", 1),
        ("970436", "00 71", 1),
        ("970436", "1" * 20, 1),
        ("970436", "0071", 0),
        ("970436", "0071", 10**13),
    ],
)
def test_what_no_bank_takes_is_refused(bank, account, amount):
    with pytest.raises(BadFactError):
        vietqr.payload(bank=bank, account=account, amount=amount, note="x")


def test_an_amount_has_thirteen_figures_at_most():
    made = vietqr.payload(bank="970436", account="0071", amount=10**13 - 1, note="x")
    assert objects(made)["54"] == "9" * 13
