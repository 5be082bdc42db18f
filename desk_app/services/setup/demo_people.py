"""People who do not exist, as many as are wanted and always the same: names with the surname shares of Vietnam.

ID numbers carry province codes that were never given out and phones a prefix nobody has, so none can be anybody's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers.events import Office, Received, StepTaken
from desk_app.domain.dossiers.numbering import DEFAULT_PATTERN, Pattern
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.people.person import Person
from desk_app.store.journal.bulk import NewEvent


def _names(*lines: str) -> tuple[str, ...]:
    return tuple(name for line in lines for name in line.split())


# Rounded shares in percent; the others share the rest.
_SURNAMES = {
    "Nguyễn": 31.5, "Trần": 10.9, "Lê": 8.9, "Phạm": 5.9, "Hoàng": 3.2, "Phan": 2.8, "Vũ": 2.6, "Võ": 2.3,
    "Trương": 2.2, "Bùi": 2.1, "Đặng": 1.9, "Đỗ": 1.9, "Huỳnh": 1.9, "Ngô": 1.7, "Hồ": 1.5, "Dương": 1.4, "Đinh": 1.0,
}  # fmt: skip
_RARE_SURNAMES = _names(
    "Đoàn Lâm Mai Trịnh Đào Cao Lý Hà Lưu Lương Thái Châu Tạ Phùng Tô Vương Văn Tăng Quách Lại Hứa Thạch Diệp Từ Chu",
    "La Đàm Tống Giang Chung Triệu Kiều Hồng Trang Đồng Danh Lư Lữ Thân Kim Mã Bạch Tiêu Dư Âu Tôn Khưu Giàng Vàng Lò",
    "Quàng Cầm Sùng Thào Mùa Hạng Nông Ma Tòng Lù Cà Bế Đường Khổng Nghiêm Mạc Doãn Phí Đậu Ninh Y Rmah K'Ho",
)
_MIDDLE = {
    "Nam": _names("Văn Văn Văn Văn Đức Minh Quốc Hữu Công Đình Bá Gia Hoàng Xuân Quang Trọng Thế Tấn Duy Nhật Tiến"),
    "Nữ": _names("Thị Thị Thị Thị Thị Thị Ngọc Thu Phương Kim Mỹ Bảo Như Diệu Cẩm Hồng Khánh Thùy Bích Thanh Xuân"),
}
_GIVEN = {
    "Nam": _names(
        "An Anh Bách Bảo Bắc Bình Cảnh Chiến Chính Chung Chương Công Cường Danh Doanh Dũng Duy Dương Đại Đạt Đăng Điệp",
        "Định Đoàn Đông Đức Giang Hải Hậu Hiếu Hòa Hoàn Hoàng Hùng Huy Hưng Khang Khánh Khiêm Khoa Khôi Kiên Kiệt Lâm",
        "Long Lộc Lợi Luân Lương Mạnh Minh Nam Nghĩa Nguyên Nhân Phát Phong Phú Phúc Phước Quân Quang Quốc Quý Quyết",
        "Sáng Sơn Tài Tâm Tân Tấn Tiến Toàn Toản Tú Tuấn Tùng Thạch Thái Thành Thắng Thế Thiện Thịnh Thuận Trí Trọng",
        "Trung Trường Ước Văn Việt Vinh Vũ Vương",
    ),
    "Nữ": _names(
        "An Anh Ánh Bích Chi Cúc Diễm Diệp Dung Duyên Đan Đào Giang Hà Hạnh Hân Hằng Hậu Hiên Hiền Hoa Hòa Hồng Huệ",
        "Huyền Hương Hường Khánh Kiều Lam Lan Lệ Liên Liễu Linh Loan Lụa Ly Mai Mẫn Minh My Nga Ngân Ngọc Nguyệt",
        "Nhàn Nhi Nhung Như Oanh Phương Phượng Quế Quyên Quỳnh Sương Tâm Tiên Tú Tuyền Tuyết Thanh Thảo Thắm Thi Thoa",
        "Thơ Thu Thúy Thùy Thủy Thư Thương Trà Trang Trâm Trinh Trúc Uyên Vân Vy Xuân Ý Yên Yến",
    ),
}
_HAMLETS = [
    f"{kind} {first} {second}"
    for kind in ("Thôn", "Tổ dân phố")
    for first in ("Đông", "Tây", "Thượng", "Hạ", "Phú", "Tân", "Xuân", "Vĩnh")
    for second in ("An", "Bình", "Hòa", "Lập", "Lộc", "Sơn", "Thịnh")
]
_PROVINCES = ("003", "005", "007", "009", "013", "016", "018", "021", "023", "028", "029", "032")
_PHONES = ("0110", "0113", "0116", "0119")
_CENTURY = {("Nam", 19): "0", ("Nữ", 19): "1", ("Nam", 20): "2", ("Nữ", 20): "3"}
_OFFICE = Office(name="Trung tâm Phục vụ hành chính công xã Thử Nghiệm", commune="xã Thử Nghiệm", clerk="Trần Thu Mẫu")
_PROCEDURES = {"2.000815": 62, "2.000635": 14, "1.001193": 12, "1.004873": 8, "1.000656": 4}
_OLDEST, _YOUNGEST = date(1938, 1, 1), date(2008, 1, 1)


def people(count: int, *, seed: int = 1, commune: str = "xã Thử Nghiệm") -> Iterator[Person]:
    """`count` different people; the same seed gives the same ones, and more of them begins with the same."""
    draw = random.Random(seed)
    surnames = [*_SURNAMES, *_RARE_SURNAMES]
    rest = (100 - sum(_SURNAMES.values())) / len(_RARE_SURNAMES)
    shares = _running([*_SURNAMES.values(), *[rest] * len(_RARE_SURNAMES)])
    days = (_YOUNGEST - _OLDEST).days
    for number in range(count):
        sex = "Nam" if draw.random() < 0.5 else "Nữ"
        given = _GIVEN[sex]
        names = [*draw.choices(surnames, cum_weights=shares), draw.choice(_MIDDLE[sex])]
        # Common given names come first in no list, so the square draws some far more often than others.
        if draw.random() < 0.25:
            names.append(given[int(draw.random() ** 2 * len(given))])
        names.append(given[int(draw.random() ** 2 * len(given))])
        born = _OLDEST + timedelta(days=draw.randrange(days))
        century = _CENTURY[sex, born.year // 100]
        yield Person(
            full_name=" ".join(names),
            # The running number makes it unique; a prime step keeps neighbours unlike each other.
            id_number=f"{draw.choice(_PROVINCES)}{century}{born:%y}{number * 700_001 % 1_000_000:06d}",
            born_on=born.isoformat(),
            sex=sex,
            residence=f"{draw.choice(_HAMLETS)}, {commune}",
            phone=f"{draw.choice(_PHONES)}{draw.randrange(1_000_000):06d}",
            ethnicity="Kinh",
            nationality="Việt Nam",
            id_kind="Căn cước",
        )


def dossiers(
    count: int, *, until: datetime, seed: int = 1, unit: str = "H26.99", a_day: int = 300, clerk: str = "Trần Thu Mẫu"
) -> Iterator[NewEvent]:
    """Events of `count` dossiers ending on the day of `until`, `a_day` on each working day before it.

    Each person comes about three times. All but those of the last days are finished; `store.bulk.load` takes them.
    """
    draw = random.Random(seed + 1)
    known = list(people(max(1, count // 3), seed=seed))
    codes, shares = list(_PROCEDURES), _running(list(_PROCEDURES.values()))
    pattern = Pattern(DEFAULT_PATTERN)
    today = until.astimezone(VIETNAM).date()
    days = _working_days(today, -(-count // a_day))
    for number in range(count):
        day, place = divmod(number, a_day)
        on, in_day, days_ago = days[day], place + 1, len(days) - 1 - day
        at = datetime(on.year, on.month, on.day, 7, 30, tzinfo=VIETNAM) + timedelta(minutes=in_day * 500 // a_day)
        at = min(at, until.astimezone(VIETNAM))
        received = milliseconds(at)
        due = milliseconds(at + timedelta(days=draw.choice((0, 1, 3, 5, 7)), hours=8))
        dossier = f"{draw.getrandbits(80):020x}"[:16]
        person = known[int(draw.random() ** 1.5 * len(known))]
        (procedure,) = draw.choices(codes, cum_weights=shares)
        yield NewEvent(
            dossier=dossier,
            payload=Received(
                code=pattern.code(unit, on, in_day),
                procedure=procedure,
                procedure_version="demo",
                people={"applicant": person},
                received_at=received,
                due_at=due,
                office=_OFFICE,
            ),
            at=received,
            author=clerk,
            numbered=(on.isoformat(), in_day),
        )
        for hour, step in enumerate(_steps(draw, days_ago), 1):
            moment = min(received + hour * 3_600_000, milliseconds(until))
            reason = "Thiếu giấy tờ" if step == Action.REQUEST_COMPLETION else ""
            yield NewEvent(dossier=dossier, payload=StepTaken(action=step, reason=reason), at=moment, author=clerk)


def _steps(draw: random.Random, days_ago: int) -> tuple[str, ...]:
    """What happened since: older dossiers are returned, but for one in two thousand that is still open and late."""
    chance = draw.random()
    if days_ago > 8:
        return (Action.FORWARD,) if chance < 0.0005 else (Action.READY, Action.RETURN)
    if chance < 0.1 * days_ago:
        return (Action.FORWARD, Action.READY, Action.RETURN)
    return ((Action.FORWARD,), (), (Action.READY,), (Action.REQUEST_COMPLETION,))[int(draw.random() * 4)]


def _working_days(last: date, count: int) -> list[date]:
    """`count` days up to `last`, oldest first; all but `last` are from Monday to Friday."""
    days = [last]
    while len(days) < count:
        before = days[-1] - timedelta(days=1)
        days.append(before - timedelta(days=max(0, before.weekday() - 4)))
    return days[::-1]


def _running(shares: list[float]) -> list[float]:
    total = 0.0
    sums = []
    for share in shares:
        total += share
        sums.append(total)
    return sums
