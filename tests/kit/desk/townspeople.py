"""Who comes to the counter in the trials: people of a commune that does not exist.

Other names, hamlets and remarks than the program's own made-up people, on which a dictionary may have been trained:
what travels must be small for strangers too. ID numbers carry province codes never given out, phones a prefix nobody
has.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from desk_app.domain.people.person import Person

COMMUNE, PROVINCE = "xã Ea Thử", "tỉnh Đắk Thử"


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


_SURNAMES = _words(
    "Niê Mlô Êban Hwing Kbuôr Ayun Adrơng Ksơr Byă Kpơr Hdơk Buôn Krông Văn Nguyễn Trần Lê Phạm Thạch Bá Lưu"
)
_MIDDLES = _words("Bảo Thị Hữu Xuân Mỹ Kim Trung Nhật Đăng Thanh Hồng Phúc Quỳnh Yến Chí Vĩnh Thiên Tường")
_GIVEN = _words(
    "Ngân Blơn Khuyên Hrim Toại Dlăm Nhuần Krễ Thoả Siêng Vượng Thuần Lượm Nhạn Hoạch Khải Liêm Thịnh Trác Uy Vỹ",
    "Nhiên Thắm Vinh Rơi Wăn Dung Kiểm Y-Thơ Hà Lịch Bút Đoan Sen Chuyên Diệu Thuyết Bằng Ninh Trí Quế Sa Tiệp",
)
_HAMLETS = tuple(
    f"{kind} {name}"
    for kind in ("Buôn", "Làng", "Xóm")
    for name in _words(
        "Dur Kmăn Tơng Jú Ea Pốk Sah Alê Cuôr Đăng Kang Tiêu Hra Ktla Jung Đrai Sí Kô Siêr Mblơt",
    )
)
_REMARKS = _words(
    "đã hẹn qua điện thoại người nhà mang thêm bản gốc đối chiếu chữ viết tay khó đọc xin nhận sớm vì sắp đi rẫy xa",
    "gửi con trai lấy thay khi có giấy tờ cũ rách mép trái nhờ trưởng buôn xác nhận chưa thống nhất ngày sinh hai giấy",
    "khác nhau một chữ lót cần hỏi lại cán bộ tư pháp trước thứ năm không cư trú thường xuyên làm công nhân ở",
)
_PROVINCES = ("039", "041", "043", "047", "053", "057")
_PAPERS = (
    "Bằng lái xe hạng A1",
    "Hợp đồng thuê rẫy",
    "Học bạ trung học cơ sở",
    "Sổ tiêm chủng",
    "Giấy ra viện",
    "Quyết định nghỉ hưu",
    "Chứng chỉ sơ cấp nghề xây",
    "Giấy xác nhận thương binh",
    "Bằng tốt nghiệp trung học phổ thông",
    "Giấy phép kinh doanh",
)


def person(draw: Random, *, sex: str = "") -> Person:
    """Somebody who has shown a card."""
    sex = sex or draw.choice(("Nam", "Nữ"))
    born = born_on(draw, 1941, 2007)
    century = {("Nam", 19): "0", ("Nữ", 19): "1", ("Nam", 20): "2", ("Nữ", 20): "3"}[sex, born.year // 100]
    return Person(
        full_name=name(draw),
        id_number=f"{draw.choice(_PROVINCES)}{century}{born:%y}{draw.randrange(1_000_000):06d}",
        born_on=born.isoformat(),
        sex=sex,
        residence=residence(draw),
        phone=phone(draw),
        ethnicity=draw.choice(("Ê-đê", "Ê-đê", "Gia-rai", "Mnông", "Kinh")),
        nationality="Việt Nam",
        id_kind="Căn cước",
        id_issued_on=born_on(draw, 2021, 2025).isoformat(),
        id_issued_by="Bộ Công an",
    )


def name(draw: Random) -> str:
    words = [draw.choice(_SURNAMES), draw.choice(_MIDDLES), draw.choice(_GIVEN)]
    if draw.random() < 0.3:
        words.insert(2, draw.choice(_GIVEN))
    return " ".join(words)


def residence(draw: Random) -> str:
    return f"{draw.choice(_HAMLETS)}, {COMMUNE}, {PROVINCE}"


def phone(draw: Random) -> str:
    return f"{draw.choice(('0112', '0114', '0117', '0118'))}{draw.randrange(1_000_000):06d}"


def born_on(draw: Random, first: int, last: int) -> date:
    return date(first, 1, 1) + timedelta(days=draw.randrange((last - first + 1) * 365))


def remark(draw: Random) -> str:
    """What a clerk adds by hand: words in no order that a compressor could know."""
    words = [draw.choice(_REMARKS) for _ in range(draw.randint(4, 14))]
    return " ".join(words).capitalize() + "."


def paper(draw: Random) -> str:
    return draw.choice(_PAPERS)
