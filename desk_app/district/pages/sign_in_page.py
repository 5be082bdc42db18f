"""The door: a name and a password. Says nothing of why one was not let in."""

from __future__ import annotations

from desk_app.district.pages.layout import document, notice, told_wrong
from desk_app.district.pages.markup import element


def drawn(district: str, *, problem: str = "", remedy: str = "", has_users: bool = True, is_error: bool = True) -> str:
    """The page; without any user it says how to make the first. `is_error`: what is told is wrong, not done."""
    if not has_users:
        problem, remedy = "Chưa có người dùng nào.", "Trên máy chủ, chạy: desk-district users add TÊN"
    is_wrong = has_users and is_error and bool(problem)
    form = element(
        "form",
        element("h1", district),
        element("p", "Bàn Một Cửa · trang của cấp trên", class_="soft"),
        notice(problem, remedy, kind=("error" if is_error else "ok") if has_users else "warn") if problem else None,
        element(
            "label",
            "Tên đăng nhập",
            element(
                "input",
                name="name",
                autocomplete="username",
                autocapitalize="none",
                required=True,
                **({"autofocus": True} | told_wrong(is_wrong=is_wrong)),
            ),
        ),
        element(
            "label",
            "Mật khẩu",
            element(
                "input",
                name="password",
                type="password",
                autocomplete="current-password",
                required=True,
                **(told_wrong(is_wrong=is_wrong) | {"autofocus": None}),
            ),
        ),
        element("button", "Vào", type="submit", class_="main"),
        method="post",
        action="/sign-in",
    )
    return document("Vào trang", element("main", form, class_="door"))
