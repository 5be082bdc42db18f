"""Service days and held procedures of the district: what stands, forms to set more, buttons that end them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk_app.district.admin import register
from desk_app.district.pages.context import DistrictPage, PageContext, PageRoute, form_of
from desk_app.district.pages.layout import PageFrame, notice, page, table, token_field, unseen
from desk_app.district.pages.markup import Markup, element
from desk_app.district.pages.rules.hold_forms import hold_card
from desk_app.district.pages.rules.rule_fields import (
    PATH,
    TypedRule,
    box,
    choice,
    for_whom,
    form,
    scope_choice,
    text_field,
)
from desk_app.district.publishing import office_rules
from desk_app.district.publishing.office_rules import SaidDay, SaidHold
from desk_app.district.storage import Session
from desk_app.domain.calendar.dates import shown
from desk_app.domain.holds.hold import Hold, HoldWeight
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind, weekday_name
from desk_app.errors import DeskError

_WEEK = range(1, 8)


def drawn(
    frame: PageFrame,
    days: Sequence[SaidDay],
    holds: Sequence[SaidHold],
    units: Sequence[tuple[str, str]],
    typed: TypedRule,
) -> str:
    """The page; `units` are codes with names."""
    names = dict(units)
    error = typed.error
    return page(
        frame,
        "Ngày phục vụ, tạm dừng",
        notice(str(error), error.remedy, kind="error") if error else None,
        element("h2", "Ngày phục vụ"),
        table(
            "Ngày phục vụ",
            ("Ngày", "Khi nào", "Văn bản", "Nơi áp dụng", "Việc"),
            [_day_row(frame, each, names) for each in days],
            empty="Chưa đặt ngày phục vụ nào.",
        ),
        element("div", _day_form(frame, units, typed), class_="card padded"),
        element("h2", "Thủ tục tạm dừng tiếp nhận"),
        table(
            "Thủ tục tạm dừng tiếp nhận",
            ("Thủ tục", "Lý do", "Thời gian", "Nơi áp dụng", "Việc"),
            [_hold_row(frame, each, names) for each in holds],
            empty="Chưa tạm dừng thủ tục nào.",
        ),
        element("div", hold_card(frame, holds, units, names, typed), class_="card padded", id="hold"),
    )


def _day_row(frame: PageFrame, said: SaidDay, names: Mapping[str, str]) -> tuple[object, ...]:
    day = said.day
    over = "đã thôi" if day.called_off else day.span
    deed = None if day.called_off or day.in_force_to else _end(frame, "/rules/end-day", day.id, "Ngừng", day.title)
    return day.title, f"{day.when}; {over}", day.citation, for_whom(said.scope, names), deed


def _hold_row(frame: PageFrame, said: SaidHold, names: Mapping[str, str]) -> tuple[object, ...]:
    hold = said.hold
    what = ", ".join(hold.procedures) or "mọi thủ tục"
    why = hold.reason + (f" — đã kết thúc {shown(hold.ended_on)}: {hold.ended_why}" if hold.ended_on else "")
    if hold.changed_on and not hold.ended_on:
        why += f" — đã sửa {shown(hold.changed_on)}"
    deed = None if hold.ended_on else _hold_deeds(frame, hold, what)
    return what, f"{why} ({hold.weight.label})", hold.span, for_whom(said.scope, names), deed


def _hold_deeds(frame: PageFrame, hold: Hold, what: str) -> Markup:
    change = element("a", "Sửa", unseen(f": {what}"), href=f"{PATH}?{urlencode({'hold': hold.id})}#hold")
    return element("div", change, _end(frame, "/rules/end-hold", hold.id, "Kết thúc", what, asks="Lý do kết thúc"))


def _end(frame: PageFrame, action: str, id_: str, text: str, what: str, *, asks: str = "") -> Markup:
    return element(
        "form",
        token_field(frame),
        element("input", type="hidden", name="id", value=id_),
        element("label", asks, element("input", name="why", required=True, maxlength=400)) if asks else None,
        element("button", text, unseen(f": {what}"), type="submit", class_="plain"),
        method="post",
        action=action,
    )


def _day_form(frame: PageFrame, units: Sequence[tuple[str, str]], typed: TypedRule) -> Markup:
    said, wrong = typed.of("day"), typed.wrong("day")
    kinds = [(kind.value, kind.label) for kind in ServiceDayKind]
    week = [element("label", box(f"weekday{day}", said), weekday_name(day), class_="check") for day in _WEEK]
    fields = (
        choice("kind", "Loại ngày", kinds, said, wrong),
        text_field("name", "Tên gọi", said, wrong),
        element(
            "fieldset", element("legend", "Các ngày trong tuần (không chọn: mọi ngày làm việc)"), week, class_="wide"
        ),
        text_field("starts", "Từ giờ (để trống: cả ngày)", said, wrong, kind="time"),
        text_field("ends", "Đến giờ", said, wrong, kind="time"),
        text_field("procedures", "Mã thủ tục, cách nhau bằng dấu phẩy (để trống: mọi thủ tục)", said, wrong),
        text_field("number", "Số văn bản", said, wrong, is_needed=True),
        text_field("decided_on", "Ngày ký", said, wrong, kind="date", is_needed=True),
        text_field("in_force_from", "Áp dụng từ ngày", said, wrong, kind="date", is_needed=True),
        text_field("in_force_to", "Đến hết ngày", said, wrong, kind="date"),
        scope_choice(units, said, wrong),
        element("label", box("at_once", said), "Mọi kết quả trả ngay trong ngày", class_="check"),
        element("label", box("on_make_up", said), "Giữ cả vào ngày làm bù", class_="check"),
    )
    return form(frame, "/rules/day", fields, "Đặt ngày phục vụ")


# --- what is asked ---------------------------------------------------------------------------------------------------


def _put_day(context: PageContext, session: Session, said: Mapping[str, str]) -> object:
    identity = context.district.identity
    kind = ServiceDayKind(said["kind"]) if said.get("kind") in set(ServiceDayKind) else ServiceDayKind.NO_WRITING
    day = ServiceDay(
        id=office_rules.new_day_id(session, identity, kind.value),
        kind=kind,
        name=said.get("name", ""),
        weekdays=tuple(day for day in _WEEK if said.get(f"weekday{day}")),
        starts=said.get("starts", ""),
        ends=said.get("ends", ""),
        procedures=_codes(said),
        number=said.get("number", ""),
        decided_on=said.get("decided_on", ""),
        in_force_from=said.get("in_force_from", ""),
        in_force_to=said.get("in_force_to", ""),
        at_once=bool(said.get("at_once")),
        on_make_up=bool(said.get("on_make_up")),
    )
    return office_rules.put_day(session, identity, day, scope=said.get("scope", ""), at=context.district.clock())


def _end_day(context: PageContext, session: Session, said: Mapping[str, str]) -> object:
    return office_rules.end_day(session, context.district.identity, said.get("id", ""), at=context.district.clock())


def _hold(said: Mapping[str, str]) -> Hold:
    return Hold(
        procedures=_codes(said),
        starts=said.get("starts", ""),
        until=said.get("until", ""),
        reason=said.get("reason", ""),
        weight=HoldWeight(said["weight"]) if said.get("weight") in set(HoldWeight) else HoldWeight.WARN,
        remedy=said.get("remedy", ""),
        number=said.get("number", ""),
    )


def _add_hold(context: PageContext, session: Session, said: Mapping[str, str]) -> object:
    at, scope = context.district.clock(), said.get("scope", "")
    return office_rules.add_hold(session, context.district.identity, _hold(said), scope=scope, at=at)


def _change_hold(context: PageContext, session: Session, said: Mapping[str, str]) -> object:
    identity, at = context.district.identity, context.district.clock()
    return office_rules.change_hold(session, identity, said.get("id", ""), _hold(said), at=at)


def _end_hold(context: PageContext, session: Session, said: Mapping[str, str]) -> object:
    identity, at = context.district.identity, context.district.clock()
    return office_rules.end_hold(session, identity, said.get("id", ""), why=said.get("why", ""), at=at)


def _codes(said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said.get("procedures", "").replace(",", " ").split()))


async def _shown(context: PageContext, request: Request, frame: PageFrame) -> Response:
    return await _told(context, frame, TypedRule(fields={}, change=request.query_params.get("hold", "")))


_Work = Callable[[PageContext, Session, Mapping[str, str]], object]


def _route(path: str, of: str, work: _Work) -> PageRoute:
    """Does the work with what was typed; a refusal shows the page again, with it."""

    async def answered(context: PageContext, request: Request, frame: PageFrame) -> Response:
        said = await form_of(request)
        try:
            await context.write(lambda session: work(context, session, said))
        except DeskError as error:
            change = said.get("id", "") if of == "change" else ""
            return await _told(context, frame, TypedRule(fields=said, form=of, change=change, error=error))
        return RedirectResponse(PATH, status_code=303)

    return PageRoute(path, answered, "POST")


async def _told(context: PageContext, frame: PageFrame, typed: TypedRule) -> Response:
    def draw(session: Session) -> str:
        identity = context.district.identity
        return drawn(
            frame,
            office_rules.service_days(session, identity),
            office_rules.holds(session, identity),
            register.units(session),
            typed,
        )

    return await context.drawn(draw, status=400 if typed.error else 200)


PAGE = DistrictPage(
    path=PATH,
    title="Ngày phục vụ, tạm dừng",
    routes=[
        PageRoute(PATH, _shown),
        _route("/rules/day", "day", _put_day),
        _route("/rules/end-day", "", _end_day),
        _route("/rules/hold", "hold", _add_hold),
        _route("/rules/change-hold", "change", _change_hold),
        _route("/rules/end-hold", "", _end_hold),
    ],
)
