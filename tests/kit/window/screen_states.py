"""Every screen in each state it has, reached by keys."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from desk_app.services.sync.enrolling import EnrolmentOffer
from desk_app.ui.services.backup_services import RestoreWays
from desk_app.ui.setup.first_run import FirstRunNeeds
from tests.kit.desk.desks import CARD
from tests.kit.window.known_states import CONFLICT, NOW, show_enrolled
from tests.ui.hand import Hand

FIRST_RUN_NEEDS = FirstRunNeeds(
    provinces=lambda: ["tỉnh Thử Nghiệm"],
    communes=lambda: [("xã Thử Nghiệm", "tỉnh Thử Nghiệm")],
    left=dict,
    keep=lambda _: None,
    restoring=RestoreWays(points_apart=lambda _: [], restore_apart=lambda *_: None, now=lambda: NOW),
)

KEY = Qt.Key
CODE = "7K3M9P2X4T8V6Q15N0RBABCDEFG"
COPY, BIRTH = "2.000815", "1.001193"
OFFER = EnrolmentOffer(
    district="Sở Thử Nghiệm",
    url="https://sync.example",
    unit="H26.99",
    desk=1,
    numbers="0001–1999",
    six_digits="123456",
)


def codes_by_status(hand: Hand) -> dict[str, str]:
    rows = hand.program.view._tools.services.find_apart("H26.99", 60)
    return dict(sorted((row.status, row.code) for row in rows))


def steps_of(hand: Hand) -> list[str]:
    return [each.action for each in hand.program.view.dossier._steps._offered]


def of_the_list(hand: Hand, _every: bool) -> Iterator[str]:
    yield "list"
    hand.press(KEY.Key_F3)
    hand.fill("không có ai tên như thế")
    hand.until(lambda: hand.text("dossiers.count") == "0 hồ sơ")
    yield "nothing found"


def of_the_reception(hand: Hand, every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F2)
    form = hand.program.view.reception.form
    if every:
        yield "empty"
        hand.press(KEY.Key_F9)
        yield "refused"
    hand.scan(CARD)
    listed = [each.code for each in hand.program.view._tools.services.choices()]
    for code in listed if every else [BIRTH]:
        form.procedure.choose(code)
        hand.settle()
        yield code


def of_a_reception_saved(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.program.view.reception.form.procedure.choose(COPY)
    hand.press(KEY.Key_N, ctrl=True)
    hand.scan(CARD)
    hand.settle()
    yield "beside a page put off"
    for _ in range(3):
        if not hand.program.view.reception.saved_code:
            hand.press(KEY.Key_F10)
    yield "handed over"


def of_the_dossiers(hand: Hand, every: bool) -> Iterator[str]:
    view = hand.program.view
    for number, (status, code) in enumerate(codes_by_status(hand).items()):
        view.open_dossier(code)
        hand.settle()
        yield status
        offered = steps_of(hand)
        for step in offered if every else offered[number % len(offered) :][:1] if offered else []:
            view.dossier._steps.choose(step)
            hand.settle()
            yield f"{status}, {step}"
            hand.press(KEY.Key_Escape)


def of_the_question_that_ends_a_dossier(hand: Hand, _every: bool) -> Iterator[str]:
    hand.program.view.open_dossier(codes_by_status(hand)["processing"])
    hand.program.view.dossier._steps.choose("refuse")
    hand.press(KEY.Key_Return)
    yield "a reason is lacking"
    hand.widget("dossier.step.reason").setFocus()  # the walk may have ended elsewhere
    hand.fill("không thuộc thẩm quyền")
    hand.press(KEY.Key_Return)
    hand.until(hand.program.view.dossier._steps.panel._sure.isVisible)
    yield "asked once more"


def of_the_corrections(hand: Hand, every: bool) -> Iterator[str]:
    view = hand.program.view
    view.open_dossier(codes_by_status(hand)["received"])
    hand.press(KEY.Key_E, ctrl=True)
    yield "nothing chosen"
    card = view.dossier._correction
    for path in list(card._found)[:: 1 if every else 12]:
        card.which.put(path)
        card._show_input()
        hand.settle()
        yield path
    hand.press(KEY.Key_Escape)
    view.dossier._conflicts.show_conflicts((CONFLICT,), NOW)
    hand.settle()
    yield "two desks disagree"


def of_the_enrolment(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F7)
    hand.until(lambda: hand.widget("enrol.code").isVisible())
    yield "asked"
    hand.program.view.sync._enrolment._show_offer(OFFER)
    hand.settle()
    yield "compared"


def of_the_sync_page(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F7)
    show_enrolled(hand)
    hand.program.notices.warn("Chưa gửi được.", "Thử lại sau.", offer="Thử lại", act=lambda: None)
    hand.settle()
    yield "with a warning"


def of_the_day_end(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F8)
    hand.until(lambda: hand.widget("day_end.head").isVisible() and not hand.program.jobs._jobs)
    hand.settle()
    yield "day end"


def of_the_law(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F12)
    hand.settle()
    yield "law"


SCREENS = {
    "list": of_the_list,
    "reception": of_the_reception,
    "saved": of_a_reception_saved,
    "dossiers": of_the_dossiers,
    "question": of_the_question_that_ends_a_dossier,
    "corrections": of_the_corrections,
    "enrolment": of_the_enrolment,
    "sync": of_the_sync_page,
    "day end": of_the_day_end,
    "law": of_the_law,
}
