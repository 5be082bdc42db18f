"""Every pair of a status and a step: allowed, or refused with a sentence; docs/steps.md is drawn from that table."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.dossier import take_step
from desk_app.domain.dossiers.dossier_state import Dossier, Handling
from desk_app.domain.dossiers.events import Defect, StepTaken
from desk_app.domain.dossiers.steps import ACTIONS, Action, Status, leads_to
from desk_app.domain.handling import step_diagram
from desk_app.domain.handling.step_table import is_allowed, refusal, refusal_of
from desk_app.domain.people.person import Person
from desk_app.errors import BadFactError, MissingFactError, StepRefusedError, WrongStatusError
from tests.kit.desk.step_ways import WAYS
from tests.unit.domain.dossiers.test_dossier import Desk, received

DOCS = Path(__file__).parents[4] / "docs" / "steps.md"


def at(status: Status) -> Desk:
    """A desk whose dossier stands there."""
    desk = received()
    for action in WAYS[status]:
        desk.write(take_step(desk.dossier, action, reason="Vì", due_at=9_000))
    assert desk.dossier.status is status
    return desk


@pytest.mark.parametrize("status", Status)
def test_every_step_is_taken_as_the_table_says_or_refused_with_its_sentence(status: Status) -> None:
    desk = at(status)
    for action in Action:
        said = refusal_of(status, action)
        if said:
            with pytest.raises(StepRefusedError, match=status.label) as refused:
                take_step(desk.dossier, action, reason="Vì", due_at=9_000)
            assert refused.value.remedy == said
            assert isinstance(refused.value, WrongStatusError)
            continue
        after = at(status)
        event = after.write(take_step(after.dossier, action, reason="Vì", due_at=9_000))
        assert event.stamp not in after.dossier.out_of_turn
        assert after.dossier.status is (leads_to(action) or status)


def test_a_refusal_is_a_whole_sentence_that_names_a_step_or_says_what_to_do() -> None:
    labels = {rule.label for rule in ACTIONS.values()}
    for status in Status:
        for action in Action:
            said = refusal_of(status, action)
            assert not said or said.endswith(".")
            assert not said or said.count('"') % 2 == 0
            named = said.split('"')[1::2]
            assert set(named) <= labels, said
            for label in named:  # what the sentence tells to do can be done where the dossier stands, or right after
                step = next(Action(name) for name, rule in ACTIONS.items() if rule.label == label)
                is_first = label == named[0]
                assert not is_first or not refusal_of(status, step), (status, action, label)


def test_the_docs_are_drawn_from_the_table() -> None:
    assert DOCS.read_text(encoding="utf-8") == step_diagram.document()


def test_the_diagram_has_an_arrow_for_each_pair_that_is_allowed_and_none_else() -> None:
    arrows = [line.strip() for line in step_diagram.document().splitlines() if "-->" in line and "[*]" not in line]
    allowed = {
        f"{status.value} --> {(leads_to(action) or status).value}: {ACTIONS[action].label}"
        for status in Status
        for action in Action
        if not refusal_of(status, action)
    }
    extra = {"draft --> received: tiếp nhận", "returned --> processing: hủy kết quả đã trả"}
    assert set(arrows) == allowed | extra
    assert len(arrows) == len(set(arrows))


@pytest.mark.parametrize(
    "decision",
    [{"result": "15/GXN"}, {"signer": "Chủ tịch thử"}, {"decided_on": "2026-11-20"}],
    ids=["no", "who", "day"],
)
def test_a_stop_is_refused_once_a_decision_is_recorded(decision: dict[str, str]) -> None:
    desk = at(Status.AWAITING_SIGNATURE)
    assert is_allowed(desk.dossier, "stop")
    desk.write(take_step(desk.dossier, "signed", **decision))
    assert desk.dossier.status is Status.PROCESSING
    with pytest.raises(StepRefusedError) as refused:
        take_step(desk.dossier, "stop", reason="Xin thôi")
    assert "Thông tư số 03/2025/TT-VPCP" in refused.value.remedy
    assert not is_allowed(desk.dossier, "stop")


def test_a_dossier_that_came_back_unsigned_may_still_be_stopped() -> None:
    desk = at(Status.AWAITING_SIGNATURE)
    desk.write(take_step(desk.dossier, "forward", to="Công chức thử", inner="appraisal"))
    step = take_step(desk.dossier, "stop", reason="Xin thôi")
    assert step.cause == "request"
    desk.write(step)
    assert (desk.dossier.status, desk.dossier.out_of_turn) == (Status.STOPPED, ())


def test_a_stop_that_crossed_a_decision_is_flagged_and_one_of_earlier_versions_reads_as_it_did() -> None:
    desk = at(Status.PROCESSING)
    stop = take_step(desk.dossier, "stop", reason="Xin thôi")
    desk.write(take_step(desk.dossier, "ready", result="15/GXN"))
    crossed = desk.write(stop)
    assert (desk.dossier.status, desk.dossier.out_of_turn) == (Status.STOPPED, (crossed.stamp,))
    old = at(Status.RESULT_READY)
    old.write(StepTaken(action="stop", reason="Vì"))
    assert (old.dossier.status, old.dossier.out_of_turn) == (Status.STOPPED, ())


def test_an_annulled_result_leaves_nothing_of_it_and_the_dossier_may_be_handled_anew() -> None:
    desk = at(Status.RESULT_READY)
    desk.write(take_step(desk.dossier, "return", result="15/GXN", signer="Chủ tịch thử", handed="counter"))
    ended, anew = Desk(desk.log), Desk(desk.log)
    ended.learn(desk)
    anew.learn(desk)
    ended.write(take_step(ended.dossier, "annul", reason="Sai tên", outcome="end"))
    assert (ended.dossier.status, ended.dossier.returned_at, ended.dossier.result) == (Status.STOPPED, 0, "")
    with pytest.raises(MissingFactError):
        take_step(anew.dossier, "annul", reason="Sai tên", outcome="redo")
    anew.write(take_step(anew.dossier, "annul", reason="Sai tên", outcome="redo", due_at=50_000))
    found: Dossier = anew.dossier
    assert (found.status, found.due_at, found.collector) == (Status.PROCESSING, 50_000, None)
    assert found.handling == replace(Handling(), annulments=1)
    assert not refusal(found, Action.STOP)


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ({"handed": "post"}, "item_code"),
        ({"handed": "authorised"}, "collector.full_name"),
        ({"handed": "authorised", "collector": Person(full_name="Lê Văn Mẫu")}, "paper_of_authority"),
        ({"handed": "home"}, "cause"),
    ],
    ids=["post", "nobody", "no-paper", "home"],
)
def test_a_result_leaves_only_with_what_its_way_needs(told: dict[str, object], missing: str) -> None:
    desk = at(Status.RESULT_READY)
    with pytest.raises(MissingFactError) as refused:
        take_step(desk.dossier, "return", **told)  # type: ignore[arg-type]
    assert refused.value.facts["field"] == missing
    given = {"item_code": "EX1VN", "paper_of_authority": "Giấy số 1", "cause": "policy"}
    collector = Person(full_name="Lê Văn Mẫu")
    needed = {missing: given[missing]} if missing in given else {"paper_of_authority": "Giấy số 1"}
    step = take_step(desk.dossier, "return", **{"collector": collector, **told, **needed})  # type: ignore[arg-type]
    desk.write(step)
    assert desk.dossier.handling.handed == told["handed"]


@pytest.mark.parametrize(
    "told",
    [
        {"handed": "bicycle"},
        {"item_code": "EX1VN"},
        {"handed": "counter", "paper_of_authority": "Giấy số 1"},
        {"defects": (Defect(name="Tờ khai", wrong="thiếu"),)},
        {"outcome": "redo"},
    ],
    ids=["way", "code", "paper", "defects", "outcome"],
)
def test_facts_of_another_step_are_refused(told: dict[str, object]) -> None:
    desk = at(Status.RESULT_READY)
    with pytest.raises(BadFactError):
        take_step(desk.dossier, "return", **told)  # type: ignore[arg-type]


def test_all_defects_stand_in_one_request_and_an_empty_one_is_refused() -> None:
    desk = at(Status.PROCESSING)
    both = (Defect(component="a", name="Tờ khai", wrong="chưa ký"), Defect(name="Ảnh", wrong="thiếu"))
    desk.write(take_step(desk.dossier, "request-completion", reason="Vì", defects=both))
    assert desk.dossier.handling.defects == both
    with pytest.raises(MissingFactError):
        take_step(
            at(Status.PROCESSING).dossier, "request-completion", reason="Vì", defects=(Defect(name="", wrong=""),)
        )
