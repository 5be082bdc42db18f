"""Settings of what citizens wait for: the limits of the worklists, and which messages are sent in which words."""

from __future__ import annotations

from desk_app.domain.messages import message_text
from desk_app.domain.messages.kinds import SENT_ABOUT, About
from desk_app.services.settings.kinds import InputKind, SettingGroup, SettingKind


def _limit(key: str, label: str, least: int, most: int, told: str, unit: str) -> SettingKind:
    return SettingKind(
        key=key,
        label=label,
        group=SettingGroup.LATENESS,
        told=told,
        input=InputKind.NUMBER,
        least=least,
        most=most,
        unit=unit,
        needed=True,
    )


LATENESS = (
    _limit("suspended_days", "Tạm dừng lâu: quá", 1, 250, "Ngày làm việc, từ ngày tạm dừng.", "ngày"),
    _limit("ready_days", "Có kết quả, chưa trả: quá", 1, 250, "Ngày làm việc, từ ngày có kết quả.", "ngày"),
    _limit("late_warn", "Tỉ lệ trễ hạn phải nhắc", 0, 100, "Của thủ tục, bộ phận và cán bộ.", "%"),
    _limit("late_most", "Tỉ lệ trễ hạn cao nhất", 0, 100, "Trên mức này là vượt.", "%"),
    SettingKind(
        key="late_citation",
        label="Văn bản đặt mức trễ hạn",
        group=SettingGroup.LATENESS,
        told="Số, ngày và cơ quan ban hành; in trên báo cáo.",
    ),
)


def _switch(about: About) -> SettingKind:
    return SettingKind(
        key=f"message_{about.value}",
        label=f"Tin nhắn: {about.label}",
        group=SettingGroup.MESSAGES,
        input=InputKind.CHOICE,
        choices={"off": "không gửi", "on": "gửi qua cấp trên"},
    )


def _text(about: About) -> SettingKind:
    return SettingKind(
        key=f"message_{about.value}_text",
        label=f"Lời tin nhắn: {about.label}",
        group=SettingGroup.MESSAGES,
        told="Để trống thì theo lời của chương trình. Dùng {office}, {code}, {due}.",
        check=message_text.problem_of,
    )


MESSAGES = (
    SettingKind(
        key="message_consent",
        label="Hỏi người dân có nhận tin nhắn không",
        group=SettingGroup.MESSAGES,
        told="Có hỏi thì chỉ gửi cho người đã đồng ý.",
        input=InputKind.CHOICE,
        choices={"on": "có hỏi", "off": "không hỏi"},
    ),
    *(_switch(about) for about in SENT_ABOUT),
    *(_text(about) for about in SENT_ABOUT),
)
