"""Somebody changes the own password: proves the old one, types the new one twice; every session ends."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk_app.district.admin import lockout, users
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.failures import PasswordsDifferError, SamePasswordError, WrongOldPasswordError
from desk_app.district.pages.context import DistrictPage, PageContext, PageRoute, form_of, html
from desk_app.district.pages.layout import PageFrame, notice, page, token_field, told_wrong
from desk_app.district.pages.markup import Markup, element
from desk_app.district.pages.password_door import address_of, wait_told
from desk_app.district.storage import Session
from desk_app.domain import passwords
from desk_app.errors import DeskError
from desk_app.password_rules import password_rules

_FIELDS = (
    ("old", "Mật khẩu đang dùng", "current-password"),
    ("new", "Mật khẩu mới", "new-password"),
    ("again", "Gõ lại mật khẩu mới", "new-password"),
)


def drawn(frame: PageFrame, *, problem: str = "", remedy: str = "", wrong: str = "") -> str:
    """The page; `wrong` is the field of which the problem speaks."""
    return page(
        frame,
        "Đổi mật khẩu",
        notice(problem, remedy, kind="error") if problem else None,
        element("div", _form(frame, wrong), class_="card padded"),
    )


def _form(frame: PageFrame, wrong: str) -> Markup:
    rules = password_rules()
    return element(
        "form",
        token_field(frame),
        element(
            "p",
            f"Ít nhất {rules.shortest} ký tự có chữ hoa, chữ thường, chữ số, ký hiệu; "
            f"hoặc một câu từ {rules.sentence} ký tự. Đổi xong, mọi nơi đang mở trang phải vào lại.",
            class_="soft",
        ),
        element(
            "div",
            (
                element(
                    "label",
                    text,
                    element(
                        "input",
                        name=name,
                        type="password",
                        autocomplete=kind,
                        required=True,
                        **told_wrong(is_wrong=name == wrong),
                    ),
                    class_="wide",
                )
                for name, text, kind in _FIELDS
            ),
            class_="fields",
        ),
        element("p"),
        element("button", "Đổi mật khẩu", type="submit", class_="main"),
        method="post",
        action="/password",
    )


async def _shown(_context: PageContext, _: Request, frame: PageFrame) -> Response:
    return html(drawn(frame))


def _refused(frame: PageFrame, problem: str, remedy: str, *, wrong: str = "old", status: int = 400) -> Response:
    return html(drawn(frame, problem=problem, remedy=remedy, wrong=wrong), status=status)


async def _change(context: PageContext, request: Request, frame: PageFrame) -> Response:
    form = await form_of(request)
    old, new, address = form.get("old", ""), form.get("new", ""), address_of(request)
    if passwords.plain(new) != passwords.plain(form.get("again", "")):
        return _refused(frame, PasswordsDifferError.message, PasswordsDifferError.remedy, wrong="again")
    proved = await context.door.prove(frame.user, old, address=address)
    if proved.locked:
        return _refused(frame, "Sai nhiều lần.", wait_told(proved.locked, context.district.clock()), status=429)
    if not proved.secret:
        return _refused(frame, WrongOldPasswordError.message, WrongOldPasswordError.remedy)

    def work(session: Session) -> None:
        if users.secret_of(session, frame.user) != proved.secret:
            raise WrongOldPasswordError
        if passwords.plain(new) in passwords.spellings(old):
            raise SamePasswordError
        users.set_password(session, frame.user, new, known=(context.district.identity.card.name,))
        context.door.entered(session, frame.user, AuditDeed.PASSWORD, address=address)

    try:
        await context.write(work)
    except DeskError as error:
        await context.write(lambda session: lockout.right(session, frame.user, address))
        wrong = "old" if isinstance(error, WrongOldPasswordError) else "new"
        return _refused(frame, str(error), error.remedy, wrong=wrong)
    return RedirectResponse("/sign-in?changed=1", status_code=303)


PAGE = DistrictPage(
    path="/password",
    title="Đổi mật khẩu",
    routes=[PageRoute("/password", _shown), PageRoute("/password", _change, "POST")],
)
