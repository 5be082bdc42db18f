"""A made-up official text with blanks of every kind, as plain text and as a Word file."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

TEXT = """\
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
ĐƠN ĐỀ NGHỊ XÁC NHẬN NƠI GIỮ THÚ NUÔI
Kính gửi: (1)...........................
Họ, chữ đệm, tên người yêu cầu: ...........................
Ngày, tháng, năm sinh: ...........................
Nơi cư trú: (2) ...........................
Giấy tờ tùy thân: (3)...........................
Quan hệ với người được xác nhận: ...........................
Đề nghị cơ quan xác nhận cho người có tên dưới đây:
Họ, chữ đệm, tên: ___________________________
Sinh ngày ..... tháng ..... năm ..........  Giới tính: ........ Dân tộc: (2).........
Số căn cước: .................... cấp ngày ............... Nơi cấp ...............
Số điện thoại: ………………… Thư điện tử (nếu có): ………………
II. Thông tin về thú nuôi
1. Loài thú (Ghi cụ thể): ...........................
2. Nuôi trong nhà không? □ Có □ Không
3. Màu lông: □ Trắng □ Đen □ Khác
<table>
STT | Tên thú | Số con | Ghi chú
 |  |  |
 |  |  |
</table>
Đề nghị cấp bản sao(4): Có , Không ; số lượng: ........ bản
Tôi cam đoan những nội dung khai trên đây là đúng sự thật.
Làm tại: ..............., ngày ..... tháng ..... năm ..........
<table>
XÁC NHẬN / Ngày ... tháng ... năm ... / CHỦ TỊCH / (Ký, đóng dấu) | Người yêu cầu / (Ký, ghi rõ họ tên) / ..........
</table>
Chú thích:
(1) Ghi rõ tên cơ quan.
(2) Chỉ ghi trong trường hợp chưa có số định danh cá nhân.
(3) Ghi số định danh (ví dụ: Căn cước số ..., hộ chiếu...).
(4) Đánh dấu X vào ô.
"""
"""Nobody's law."""


def word_file(text: str = TEXT, *, before: str = "") -> bytes:
    """The text as a Word file; `before` is put into the body as it is."""
    body, rows = before, ""
    for line in text.splitlines():
        if line == "<table>":
            rows = "<w:tbl>"
        elif line == "</table>":
            body += f"{rows}</w:tbl>"
            rows = ""
        elif rows:
            cells = "".join(
                f"<w:tc>{''.join(_paragraph(part) for part in cell.strip().split(' / '))}</w:tc>"
                for cell in line.split("|")
            )
            rows += f"<w:tr>{cells}</w:tr>"
        else:
            body += _paragraph(line)
    return packed(f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr>{_SHEET}</w:sectPr></w:body></w:document>')


def packed(document: str, **parts: str) -> bytes:
    """A Word file around this document part; `parts` are others by their name, "footnotes", "header1" …"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
    return buffer.getvalue()


_SHEET = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/>'
_LEADS = '<w:pPr><w:tabs><w:tab w:val="left" w:leader="dot" w:pos="9000"/></w:tabs></w:pPr>'


def _paragraph(text: str) -> str:
    """Dots at the end of a line as the leader of a tab, as Word's own forms have them."""
    led = re.sub(r"[.…]{20,}$", "\t", text)
    runs = "".join(
        "<w:r><w:tab/></w:r>" if part == "\t" else f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in re.split("(\t)", led)
        if part
    )
    return f"<w:p>{_LEADS if led != text else ''}{runs}</w:p>"
