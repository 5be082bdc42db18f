"""What the law says of official receipts on a day: whether paper ones may still be given. The dates are data. Pure."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.procedures.citation import Citation
from desk_app.errors import DeskError


class PaperReceiptsEndedError(DeskError):
    message = "Từ ngày {after} không dùng biên lai giấy nữa ({law})."
    remedy = "Lập biên lai điện tử rồi ghi ký hiệu và số của biên lai đó."


class ReceiptRules(Struct, frozen=True, kw_only=True):
    """What holds from `in_force_from` (ISO): `paper_until` is the last day of paper receipts, `template` the usual one
    of electronic receipts.
    """

    in_force_from: str
    paper_until: str
    template: str
    citation: Citation
    verified: bool = False
    note: str = ""

    def paper_holds(self, on: str) -> bool:
        return on <= self.paper_until

    def check_paper(self, on: str) -> None:
        """Raises `PaperReceiptsEndedError` where a paper receipt may be given no more on the day (ISO)."""
        if not self.paper_holds(on):
            year, month, day = self.paper_until.split("-")
            raise PaperReceiptsEndedError(after=f"sau {day}/{month}/{year}", law=self.citation.number)
