"""Numbers and zones of cards of people who do not exist."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

TODAY = date(2026, 11, 22)
ADDRESS = "Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội"
SAMPLE = f"001190000001|012345678|Nguyễn Thị Thử Nghiệm|15011990|Nữ|{ADDRESS}|20102021"
MRZ = "IDVNM1900000015001190000001<<6\n9001158F3001156VNM<<<<<<<<<<<0\nNGUYEN<<THI<THU<NGHIEM<<<<<<<<"
birthdays = st.dates(date(1920, 1, 1), date(2025, 12, 31))
issues = st.dates(date(2021, 1, 1), date(2026, 11, 22))
serials = st.integers(0, 999_999)
sexes = st.sampled_from(["Nam", "Nữ"])


def number_of(born: date, sex: str, serial: int) -> str:
    century = 2 * (born.year // 100 - 19) + (sex == "Nữ")
    return f"001{century}{born.year % 100:02d}{serial:06d}"


def misread(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in text.encode())


def check(text: str) -> str:
    values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return str(sum((731, 7, 3, 1)[1 + n % 3] * values.find(mark.replace("<", "0")) for n, mark in enumerate(text)) % 10)


def mrz_of(
    number: str, *, born: str, sex: str, ends: str, name: str = "NGUYEN<<THI<THU", extra: str = "<<"
) -> list[str]:
    first = "IDVNM" + number[3:] + check(number[3:]) + number + extra
    first += check(number + extra)
    second = born + check(born) + sex + ends + check(ends) + "VNM" + "<" * 11
    second += check(first[5:] + second[:7] + second[8:15] + second[18:29])
    return [first, second, name.ljust(30, "<")]
