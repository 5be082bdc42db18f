"""The report of an import as a workbook: every row that was refused or that somebody should know of, with the reason.

It says nothing of what the rows hold.
"""

from __future__ import annotations

from desk_app.documents.output.workbook import to_xlsx
from desk_app.domain.report import Column, Report
from desk_app.services.old_data.importing import ImportOutlook


def as_workbook(outlook: ImportOutlook) -> bytes:
    """The file's bytes: refused rows first, each by its number in the imported file."""
    told = [*((one, "từ chối") for one in outlook.refused), *((one, "lưu ý") for one in outlook.remarks)]
    return to_xlsx(
        Report(
            name="import",
            title="Báo cáo nhập dữ liệu cũ",
            columns=(
                Column(key="row", title="Dòng", kind="count"),
                Column(key="what", title="Việc"),
                Column(key="field", title="Mục"),
                Column(key="why", title="Lý do"),
            ),
            rows=tuple({"row": one.line, "what": what, "field": one.label, "why": one.why} for one, what in told),
            filters={
                "Tệp": outlook.file,
                "Nhập được": str(len(outlook.records)),
                "Từ chối": str(len(outlook.refused)),
            },
        )
    )
