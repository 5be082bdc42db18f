"""Makes words-1.zdict: the words that answers of a declaration are deflated with, the usual ones last.

Run by hand: `python resources/prepared/make_dictionary.py`. A number that was handed out is never made again, because
pages saved on telephones keep it: add words-2.zdict and raise `NEWEST` in desk_app/documents/prepared/dictionaries.py.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
_MOST_SYLLABLES = 700
_MOST_NAMES = 420
COUNTRIES = ("Lào", "Campuchia", "Trung Quốc", "Hoa Kỳ", "Hàn Quốc", "Nhật Bản", "Đài Loan", "Pháp", "Đức", "Úc")
_KINDS = ("Thành phố ", "Tỉnh ", "Phường ", "Xã ", "Đặc khu ", "Thị trấn ")

FAMILY = (
    "Ksor Rcom Siu Nay Y H’ Rơ Kpă Ka K’ Sầm Vàng Giàng Sùng Thào Lò Lường Quàng Cầm Hà Hứa Nông Hoàng Ma Chu "
    "Triệu Bàn Đặng Phùng Thạch Kim Sơn Danh Lâm Quách Tạ Thái Tăng Tô Tôn Trịnh Trương Từ Ưng Văn Viên Vương "
    "Châu Chử Cao Doãn Diệp Đàm Đào Đậu Đinh Đoàn Giáp Hồ Kiều La Lại Lương Lưu Mạc Mai Nghiêm Ngô Ông Phí Phó "
    "Phương Quan Dương Lý Đỗ Bùi Võ Vũ Phan Huỳnh Phạm Lê Trần Nguyễn"
)
MIDDLE_AND_GIVEN = (
    "An Anh Ánh Bách Bảo Bích Bình Bảy Cẩm Chi Chiến Chung Công Cường Cúc Danh Diễm Diệu Dung Dũng Duy Duyên Đại "
    "Đăng Đạt Điệp Đình Đông Đức Gia Giang Hạ Hạnh Hằng Hảo Hậu Hiền Hiếu Hiệp Hoa Hòa Hoài Hoan Hồng Huệ Hưng "
    "Hữu Huy Huyền Kiên Kiệt Khanh Khang Khánh Khoa Khôi Khuê Lan Lành Liên Linh Loan Lộc Lợi Long Luận Ly Mạnh "
    "Mẫn Mỹ My Nam Nga Ngân Nghĩa Ngọc Nguyên Nguyệt Nhân Nhật Nhi Nhung Như Oanh Phát Phong Phú Phúc Phước "
    "Phượng Quang Quân Quốc Quý Quyên Quyết Quỳnh Sang Sáng Sơn Tài Tâm Tân Tấn Thắm Thắng Thành Thảo Thắng Thi "
    "Thiên Thiện Thịnh Thoa Thơ Thu Thuận Thục Thúy Thủy Thùy Thư Thương Tiến Tín Toàn Trang Trâm Trân Trí Trinh "
    "Trọng Trúc Trung Tú Tuấn Tùng Tuyền Tuyết Tường Uyên Vân Việt Vinh Vy Xuân Yến Hương Hải Hùng Khôi Minh "
    "Thanh Văn Thị "
)
PHRASES = (
    "Đã chết", "Chưa xác định", "Không", "Có", "Nam", "Nữ", "một", "Độc thân", "Hộ chiếu", "Căn cước",
    "Căn cước công dân", "Chứng minh nhân dân", "Bộ Công an", "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    "Cục Quản lý xuất nhập cảnh", "Bệnh viện Phụ sản", "Bệnh viện Phụ sản Trung ương", "Bệnh viện Sản Nhi tỉnh ",
    "Bệnh viện Nhi", "Bệnh viện Từ Dũ", "Bệnh viện Hùng Vương", "Bệnh viện Bạch Mai", "Bệnh viện Quân y 103",
    "Phòng khám đa khoa khu vực ", "Nhà hộ sinh ", "Trung tâm Y tế khu vực ", "Trung tâm Y tế huyện ",
    "Trạm Y tế phường ", "Trạm Y tế xã ", "Bệnh viện Đa khoa khu vực ", "Bệnh viện Đa khoa tỉnh ",
    "Bệnh viện Đa khoa ", "Tại nhà", "Ông nội", "Bà ngoại", "vợ", "chồng", "con", "cháu", "Trường Tiểu học ",
    "Trường Trung học cơ sở ", "bệnh già", "Già yếu", "Ung thư", "Tai nạn giao thông", "Đột quỵ",
    "Nghĩa trang nhân dân ", "Giấy báo tử", "Giấy chứng sinh số ", "Giấy khai sinh", "Giấy chứng nhận kết hôn",
    "Sai sót khi đăng ký", "xin cấp lại do bị mất", "Bổ sung hồ sơ", "để làm hồ sơ xin việc", "để kết hôn với ",
    "để vay vốn ngân hàng", "bổ sung hồ sơ đất đai", "Làm ruộng", "Làm nông", "Công nhân", "Giáo viên", "Buôn bán",
    "Nội trợ", "Hưu trí", "ngày ", " tháng ", " năm ", "Quyển số 01/", "số 01/", "/2020", "/2021", "/2022", "/2023",
    "/2024", "/2025", "/2026", "Số nhà ", "đường ", "ngõ ", "hẻm ", "Tổ dân phố số ", "Tổ dân phố ", "Tổ ",
    "Khu phố ", "Khu ", "Khóm ", "Ấp ", "Buôn ", "Bản ", "Làng ", "Xóm ", "Thôn ", "Đội ", "huyện ", "thị xã ",
    "thị trấn ", "quận ", "Ủy ban nhân dân phường ", "Ủy ban nhân dân xã ", "UBND phường ", "UBND xã ", "Phường ",
    "phường ", "Xã ",
)  # fmt: skip


def dictionary() -> bytes:
    """Words nobody can do without stand last: a short way back costs fewer bits."""
    units = json.loads((ROOT / "resources" / "units" / "communes.json").read_text("utf-8"))
    communes = [_bare(name) for found in units["communes"].values() for name in found.values()]
    provinces = list(units["provinces"].values())
    before = json.loads((ROOT / "resources" / "units" / "before-july-2025.json").read_text("utf-8"))
    ethnic = (ROOT / "forms" / "_lists" / "dan-toc.txt").read_text("utf-8").split("\n")
    lines = [
        ", ".join(COUNTRIES),
        " ".join(_usual(syllable for name in communes for syllable in name.split())[_MOST_SYLLABLES::-1]),
        ", ".join(_usual(communes)[_MOST_NAMES::-1]),
        ", ".join(each for each in ethnic if each),
        "".join(f", tỉnh {_bare(name)}" for name in before["provinces"]),
        FAMILY,
        MIDDLE_AND_GIVEN,
        "\x1f".join(PHRASES),
        "".join(f", {_lowered(name)}\x1f" for name in reversed(provinces)),
        "Nguyễn Thị \x1fTrần Văn \x1fNguyễn Văn \x1fKinh\x1fViệt Nam\x1f, xã ",
    ]
    return "\n".join(lines).encode()


def _bare(name: str) -> str:
    for kind in _KINDS:
        name = name.removeprefix(kind)
    return name


def _usual(words: Iterable[str]) -> list[str]:
    """The commonest first; of equal ones in the order of letters, so that two runs agree."""
    return [word for word, _ in sorted(Counter(words).items(), key=lambda each: (-each[1], each[0]))]


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


if __name__ == "__main__":
    (HERE / "words-1.zdict").write_bytes(dictionary())
