"""The settings of printing, for each sheet and each kind of document."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.services.settings.kinds import InputKind, Scope, SettingGroup, SettingKind

SHEETS: Mapping[str, str] = {"A4": "giấy A4", "A5": "giấy A5", "80mm": "giấy nhiệt 80 mm"}
DOCUMENTS: Mapping[str, str] = {
    "slip": "Giấy tiếp nhận",
    "forms": "Tờ khai",
    "steps": "Giấy của các bước",
    "reports": "Báo cáo",
}
"""The kinds of documents that are printed each in a way of its own."""
DUPLEX: Mapping[str, str] = {
    "": "như máy in đang đặt",
    "one": "một mặt",
    "long": "hai mặt, lật theo cạnh dài",
    "short": "hai mặt, lật theo cạnh ngắn",
}
_MOST_COPIES = 20


def of_sheet(sheet: str) -> tuple[SettingKind, ...]:
    name = SHEETS[sheet]
    printer = SettingKind(
        key=f"printers.{sheet}",
        label=f"Máy in {name}",
        group=SettingGroup.PAPERS,
        told="Để trống thì dùng máy in mặc định của máy này.",
        scope=Scope.DESK,
        input=InputKind.PRINTER,
    )
    tray = SettingKind(
        key=f"trays.{sheet}",
        label=f"Khay {name}",
        group=SettingGroup.PAPERS,
        told="Để trống thì máy in tự chọn khay.",
        scope=Scope.DESK,
        input=InputKind.TRAY,
    )
    return (printer,) if sheet == "80mm" else (printer, tray)


def of_document(document: str) -> tuple[SettingKind, ...]:
    name = DOCUMENTS[document]
    return (
        SettingKind(
            key=f"documents.{document}.printer",
            label=f"{name}: máy in riêng",
            group=SettingGroup.DOCUMENTS,
            told="Để trống thì dùng máy in của khổ giấy.",
            scope=Scope.DESK,
            input=InputKind.PRINTER,
        ),
        SettingKind(
            key=f"documents.{document}.duplex",
            label=f"{name}: in hai mặt",
            group=SettingGroup.DOCUMENTS,
            told="Máy in không có bộ in hai mặt thì in một mặt.",
            scope=Scope.DESK,
            input=InputKind.CHOICE,
            choices=DUPLEX,
        ),
        SettingKind(
            key=f"documents.{document}.copies",
            label=f"{name}: số bản",
            group=SettingGroup.DOCUMENTS,
            told="Để trống thì in đủ số bản mẫu quy định.",
            scope=Scope.DESK,
            input=InputKind.NUMBER,
            least=1,
            most=_MOST_COPIES,
            unit="bản",
        ),
    )
