"""The settings about money: the commune's account for fees, the template and series of its electronic receipts."""

from __future__ import annotations

import re

from desk_app.domain.payments import receipt_words, vietqr
from desk_app.services.settings.kinds import SettingGroup, SettingKind

_TAX_CODE = re.compile(r"[0-9]{10}(-?[0-9]{3})?|[0-9]{12}", re.ASCII)


def _tax_code_problem(text: str) -> str:
    return "" if not text or _TAX_CODE.fullmatch(text) else "cần 10 chữ số, hoặc 10 chữ số, gạch nối và 3 chữ số"


def _bin_problem(text: str) -> str:
    return vietqr.bin_problem(text) if text else ""


def _account_problem(text: str) -> str:
    return vietqr.account_problem(text) if text else ""


def _series_problem(text: str) -> str:
    return receipt_words.series_problem(text) if text else ""


PAYMENT = (
    SettingKind(
        key="bank_bin",
        label="Mã ngân hàng (BIN)",
        group=SettingGroup.PAYMENT,
        told="6 chữ số: Vietcombank 970436, Agribank 970405, BIDV 970418, VietinBank 970415.",
        check=_bin_problem,
    ),
    SettingKind(
        key="bank_account",
        label="Số tài khoản thu phí",
        group=SettingGroup.PAYMENT,
        told="Có cả mã ngân hàng thì giấy và màn hình có mã chuyển khoản VietQR.",
        check=_account_problem,
    ),
    SettingKind(
        key="bank_holder",
        label="Tên chủ tài khoản",
        group=SettingGroup.PAYMENT,
        told="Người nộp so với tên ngân hàng hiện.",
    ),
    SettingKind(
        key="receipt_template",
        label="Ký hiệu mẫu biên lai điện tử",
        group=SettingGroup.PAYMENT,
        needed=True,
        check=receipt_words.template_problem,
    ),
    SettingKind(
        key="receipt_series",
        label="Ký hiệu biên lai điện tử",
        group=SettingGroup.PAYMENT,
        told="Của năm nay, như 26TAA; sang năm đổi ký hiệu mới.",
        check=_series_problem,
    ),
    SettingKind(
        key="tax_code",
        label="Mã số thuế của cơ quan thu",
        group=SettingGroup.PAYMENT,
        told="Ghi trên bảng tổng hợp biên lai.",
        check=_tax_code_problem,
    ),
)
