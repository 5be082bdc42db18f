"""Service days and held procedures of the district: what stands, forms to set more, buttons that end them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk_app.district.admin import register
from desk_app.district.pages.context import DistrictPage, PageContext, PageRoute, form_of
from desk_app.district.pages.layout import PageFrame, notice, page, table, token_field, told_wrong, unseen
from desk_app.district.pages.markup import Markup, element
from desk_app.district.publishing import office_rules
from desk_app.district.publishing.office_rules import SaidDay, SaidHold
from desk_app.district.storage import Session
from desk_app.domain.calendar.dates import shown
from desk_app.domain.holds.hold import Hold, HoldWeight
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind, weekday_name
from desk_app.errors import DeskError

_PATH = "/rules"
_WEEK = range(1, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What stands in the fields, and the error of which form ("day", "hold", "" for none)."""

    fields: Mapping[str, str]
    form: str = ""
    error: DeskError | None = None

    def of(self, form: str) -> Mapping[str, str]:
        return self.fields if form == self.form else {}

    def wrong(self, form: str) -> str:
        """The field of which the error speaks."""
        if self.error is None or form != self.form:
            return ""
        return str(self.error.facts.get("field", "scope"))


def drawn(
    frame: PageFrame,
    days: Sequence[SaidDay],
    holds: Sequence[SaidHold],
    units: Sequence[tuple[str, str]],
    typed: _Typed,
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
        element("div", _hold_form(frame, units, typed), class_="card padded"),
    )


def _day_row(frame: PageFrame, said: SaidDay, names: Mapping[str, str]) -> tuple[object, ...]:
    day = said.day
    over = "đã thôi" if day.called_off else day.span
    deed = None if day.called_off or day.in_force_to else _end(frame, "/rules/end-day", day.id, "Ngừng", day.title)
    return day.title, f"{day.when}; {over}", day.citation, _whom(said.scope, names), deed


def _hold_row(frame: PageFrame, said: SaidHold, names: Mapping[str, str]) -> tuple[object, ...]:
    hold = said.hold
    what = ", ".join(hold.procedures) or "mọi thủ tục"
    why = hold.reason + (f" — đã kết thúc {shown(hold.ended_on)}: {hold.ended_why}" if hold.ended_on else "")
    deed = None if hold.ended_on else _end(frame, "/rules/end-hold", hold.id, "Kết thúc", what, asks="Lý do kết thúc")
    return what, f"{why} ({hold.weight.label})", hold.span, _whom(said.scope, names), deed


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


def _day_form(frame: PageFrame, units: Sequence[tuple[str, str]], typed: _Typed) -> Markup:
    said, wrong = typed.of("day"), typed.wrong("day")
    kinds = [(kind.value, kind.label) for kind in ServiceDayKind]
    week = [element("label", _box(f"weekday{day}", said), weekday_name(day), class_="check") for day in _WEEK]
    fields = (
        _choice("kind", "Loại ngày", kinds, said, wrong),
        _text("name", "Tên gọi", said, wrong),
        element(
            "fieldset", element("legend", "Các ngày trong tuần (không chọn: mọi ngày làm việc)"), week, class_="wide"
        ),
        _text("starts", "Từ giờ (để trống: cả ngày)", said, wrong, kind="time"),
        _text("ends", "Đến giờ", said, wrong, kind="time"),
        _text("procedures", "Mã thủ tục, cách nhau bằng dấu phẩy (để trống: mọi thủ tục)", said, wrong),
        _text("number", "Số văn bản", said, wrong, is_needed=True),
        _text("decided_on", "Ngày ký", said, wrong, kind="date", is_needed=True),
        _text("in_force_from", "Áp dụng từ ngày", said, wrong, kind="date", is_needed=True),
        _text("in_force_to", "Đến hết ngày", said, wrong, kind="date"),
        _scope(units, said, wrong),
        element("label", _box("at_once", said), "Mọi kết quả trả ngay trong ngày", class_="check"),
        element("label", _box("on_make_up", said), "Giữ cả vào ngày làm bù", class_="check"),
    )
    return _form(frame, "/rules/day", fields, "Đặt ngày phục vụ")


def _hold_form(frame: PageFrame, units: Sequence[tuple[str, str]], typed: _Typed) -> Markup:
    said, wrong = typed.of("hold"), typed.wrong("hold")
    weights = [(weight.value, weight.label) for weight in HoldWeight]
    fields = (
        _text("procedures", "Mã thủ tục, cách nhau bằng dấu phẩy (để trống: mọi thủ tục)", said, wrong),
        _choice("weight", "Quầy làm gì", weights, said, wrong),
        _text("starts", "Từ ngày (để trống: hôm nay)", said, wrong, kind="date"),
        _text("until", "Đến hết ngày (để trống: đến khi kết thúc)", said, wrong, kind="date"),
        _text("reason", "Lý do", said, wrong, is_needed=True),
        _text("remedy", "Trong lúc đó làm gì", said, wrong),
        _text("number", "Số văn bản (nếu có)", said, wrong),
        _scope(units, said, wrong),
    )
    return _form(frame, "/rules/hold", fields, "Tạm dừng tiếp nhận")


def _form(frame: PageFrame, action: str, fields: Sequence[Markup], text: str) -> Markup:
    return element(
        "form",
        token_field(frame),
        element("div", fields, class_="fields"),
        element("p"),
        element("button", text, type="submit", class_="main"),
        method="post",
        action=action,
    )


def _text(
    name: str, text: str, said: Mapping[str, str], wrong: str, *, kind: str = "text", is_needed: bool = False
) -> Markup:
    facts: dict[str, str | int | None] = {"name": name, "type": kind, "value": said.get(name, ""), "maxlength": 400}
    return element("label", text, element("input", required=is_needed, **facts, **told_wrong(is_wrong=name == wrong)))


def _choice(name: str, text: str, entries: Sequence[tuple[str, str]], said: Mapping[str, str], wrong: str) -> Markup:
    options = [element("option", told, value=value, selected=value == said.get(name)) for value, told in entries]
    return element("label", text, element("select", options, name=name, **told_wrong(is_wrong=name == wrong)))


def _scope(units: Sequence[tuple[str, str]], said: Mapping[str, str], wrong: str) -> Markup:
    entries = [("*", "Tất cả các xã"), *((code, f"{name} ({code})") for code, name in units)]
    return _choice("scope", "Nơi áp dụng", entries, said, wrong)


def _box(name: str, said: Mapping[str, str]) -> Markup:
    return element("input", type="checkbox", name=name, value="1", checked=bool(said.get(name)))


def _whom(scope: str, names: Mapping[str, str]) -> str:
    return "Tất cả các xã" if scope == "*" else names.get(scope, scope)


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


def _add_hold(context: PageContext, session: Session, said: Mapping[str, str]) -> object:
    hold = Hold(
        procedures=_codes(said),
        starts=said.get("starts", ""),
        until=said.get("until", ""),
        reason=said.get("reason", ""),
        weight=HoldWeight(said["weight"]) if said.get("weight") in set(HoldWeight) else HoldWeight.WARN,
        remedy=said.get("remedy", ""),
        number=said.get("number", ""),
    )
    at = context.district.clock()
    return office_rules.add_hold(session, context.district.identity, hold, scope=said.get("scope", ""), at=at)


def _end_hold(context: PageContext, session: Session, said: Mapping[str, str]) -> object:
    identity, at = context.district.identity, context.district.clock()
    return office_rules.end_hold(session, identity, said.get("id", ""), why=said.get("why", ""), at=at)


def _codes(said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said.get("procedures", "").replace(",", " ").split()))


async def _shown(context: PageContext, _: Request, frame: PageFrame) -> Response:
    return await _told(context, frame, _Typed(fields={}))


_Work = Callable[[PageContext, Session, Mapping[str, str]], object]


def _route(path: str, form: str, work: _Work) -> PageRoute:
    """Does the work with what was typed; a refusal shows the page again, with it."""

    async def answered(context: PageContext, request: Request, frame: PageFrame) -> Response:
        said = await form_of(request)
        try:
            await context.write(lambda session: work(context, session, said))
        except DeskError as error:
            return await _told(context, frame, _Typed(fields=said, form=form, error=error))
        return RedirectResponse(_PATH, status_code=303)

    return PageRoute(path, answered, "POST")


async def _told(context: PageContext, frame: PageFrame, typed: _Typed) -> Response:
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
    path=_PATH,
    title="Ngày phục vụ, tạm dừng",
    routes=[
        PageRoute(_PATH, _shown),
        _route("/rules/day", "day", _put_day),
        _route("/rules/end-day", "", _end_day),
        _route("/rules/hold", "hold", _add_hold),
        _route("/rules/end-hold", "", _end_hold),
    ],
)
