"""What scanners read in the stories: people who do not exist, in letters every keyboard has."""

from __future__ import annotations

from dataclasses import dataclass

NUMBER = "001190000001"
ZONE = "IDVNM1900000015001190000001<<6\n9001158F3001156VNM<<<<<<<<<<<0\nNGUYEN<<THI<THU<NGHIEM<<<<<<<<"


@dataclass(frozen=True)
class Scan:
    """The text of a code, and what the reception page must show after it."""

    text: str
    id_number: str
    full_name: str
    born_on: str
    sex: str
    residence: str

    @property
    def shown(self) -> dict[str, str]:
        """Identifier to text."""
        facts = ("id_number", "full_name", "born_on", "residence")
        return {f"reception.{fact}": getattr(self, fact) for fact in facts} | {"reception.sex": self.sex}


QR_2021 = Scan(
    text=f"{NUMBER}|012345678|Nguyen Thi Thu Nghiem|15011990|Nu|Thon 1, Xa Cu, Ha Noi|20102021",
    id_number=NUMBER,
    full_name="Nguyen Thi Thu Nghiem",
    born_on="15/01/1990",
    sex="Nữ",
    residence="Thon 1, Xa Cu, Ha Noi",
)
QR_2024 = Scan(
    text="001085000002||Tran Van Mau|02031985|Nam|To 5, Xa Moi, Ha Noi|20082024|Le Thi Sau|Tran Van Bay|1",
    id_number="001085000002",
    full_name="Tran Van Mau",
    born_on="02/03/1985",
    sex="Nam",
    residence="To 5, Xa Moi, Ha Noi",
)
MRZ = Scan(
    text=ZONE.replace("\n", ""),
    id_number=NUMBER,
    full_name="NGUYEN THI THU NGHIEM",
    born_on="15/01/1990",
    sex="Nữ",
    residence="",
)
MRZ_IN_LINES = Scan(
    text=ZONE, id_number=NUMBER, full_name="NGUYEN THI THU NGHIEM", born_on="15/01/1990", sex="Nữ", residence=""
)
CARDS = (QR_2021, QR_2024, MRZ, MRZ_IN_LINES)
# Telex makes other words of these: "Thij" is Thị, "Moos" Mố, "Xoom" Xôm, "Doaif" Doài.
TELEX_TRAP = Scan(
    text=f"{NUMBER}|012345678|Nguyen Thij Moos|15011990|Nu|Thon 1, Xoom Doaif, Ha Noi|20102021",
    id_number=NUMBER,
    full_name="Nguyen Thij Moos",
    born_on="15/01/1990",
    sex="Nữ",
    residence="Thon 1, Xoom Doaif, Ha Noi",
)
