"""Every (status, action) pair: allowed, or the sentence that refuses it and says what to do instead. Pure.

The one table of desk, district, window, terminal and docs/steps.md. Names of steps stand in double quotes, as the
buttons of the card *Bước tiếp theo* have them.
"""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.dossiers.dossier_state import Dossier
from desk_app.domain.dossiers.steps import ACTIONS, Action, Status

_DECIDED = (
    "Đã có quyết định hoặc kết quả nên không dừng theo yêu cầu được nữa (Thông tư số 03/2025/TT-VPCP, Điều 7). "
    'Làm tiếp để trả kết quả, hoặc ghi "cho rút hồ sơ" nếu người nộp không nhận.'
)
_SECOND_APOLOGY = (
    "Mỗi hồ sơ chỉ được xin lỗi và hẹn lại một lần (Nghị định số 61/2018/NĐ-CP, Điều 19). "
    'Báo lãnh đạo, rồi ghi "báo có kết quả" ngay khi xong.'
)

# What stands in the way of every other step, and the step that clears it.
_OBSTACLE = {
    Status.RECEIVED: 'Hồ sơ mới tiếp nhận. Ghi "chuyển xử lý" trước.',
    Status.PROCESSING: 'Hồ sơ đang được xử lý. Xong thì ghi "báo có kết quả".',
    Status.AWAITING_COMPLETION: 'Hồ sơ đang chờ người nộp bổ sung. Ghi "nhận bổ sung" trước.',
    Status.AWAITING_DUTY: 'Hồ sơ đang chờ nghĩa vụ tài chính. Ghi "đã thực hiện nghĩa vụ tài chính" trước.',
    Status.SUSPENDED: 'Hồ sơ đang tạm dừng. Ghi "tiếp tục" trước.',
    Status.AWAITING_SIGNATURE: (
        'Hồ sơ đang ở lãnh đạo. Ghi "đã ký, nhận lại" trước; lãnh đạo trả lại chưa ký thì ghi "chuyển xử lý".'
    ),
    Status.RESULT_READY: ('Kết quả đã sẵn sàng. Ghi "trả kết quả"; báo có kết quả nhầm thì rút lại bước đó trước.'),
    Status.RETURNED: (
        'Kết quả đã trả. Kết quả sai thì ghi "hủy kết quả đã trả"; ghi nhầm bước trả thì rút lại bước đó.'
    ),
    Status.REFUSED: "Hồ sơ đã bị từ chối. Ghi nhầm thì rút lại bước đó; người nộp đến lại thì tiếp nhận hồ sơ mới.",
    Status.WITHDRAWN: "Hồ sơ đã được rút. Ghi nhầm thì rút lại bước đó; người nộp đến lại thì tiếp nhận hồ sơ mới.",
    Status.STOPPED: "Hồ sơ đã dừng. Ghi nhầm thì rút lại bước đó; người nộp đến lại thì tiếp nhận hồ sơ mới.",
}

# What a step follows on, where that is no longer, or not yet, so: said before the obstacle.
_FOLLOWS_ON = {
    Action.COMPLETE: "Không có yêu cầu bổ sung nào đang chờ.",
    Action.LAPSE: "Không có yêu cầu bổ sung nào đang chờ.",
    Action.DUTY_DONE: "Không có yêu cầu nghĩa vụ tài chính nào đang chờ.",
    Action.SIGNED: "Hồ sơ không ở lãnh đạo chờ ký.",
    Action.RESUME: "Hồ sơ không bị tạm dừng.",
    Action.RETURN: "Chưa có kết quả để trả.",
    Action.ANNUL: "Chưa có kết quả nào đã trả để hủy.",
    Action.HAND_OVER: "Chỉ trả ngay được khi hồ sơ vừa tiếp nhận.",
}

# Pairs that have a sentence of their own.
_OWN: Mapping[tuple[Status, Action], str] = {
    (Status.RESULT_READY, Action.STOP): _DECIDED,
    (Status.RECEIVED, Action.RETURN): (
        'Chưa có kết quả để trả. Ghi "báo có kết quả" trước; thủ tục trả ngay thì ghi "trả kết quả ngay".'
    ),
    (Status.PROCESSING, Action.RETURN): 'Chưa có kết quả để trả. Ghi "báo có kết quả" trước.',
    (Status.RECEIVED, Action.SIGNED): 'Hồ sơ không ở lãnh đạo chờ ký. Ghi "trình ký" trước.',
    (Status.PROCESSING, Action.SIGNED): 'Hồ sơ không ở lãnh đạo chờ ký. Ghi "trình ký" trước.',
    (Status.RECEIVED, Action.DUTY_DONE): (
        "Không có yêu cầu nghĩa vụ tài chính nào đang chờ. "
        'Ghi "yêu cầu thực hiện nghĩa vụ tài chính" trước; chỉ thu phí thì không cần bước này.'
    ),
    (Status.AWAITING_COMPLETION, Action.REQUEST_COMPLETION): (
        "Đã yêu cầu bổ sung và đang chờ. Còn thiếu giấy tờ thì rút lại bước đó và ghi một lần tất cả."
    ),
    (Status.AWAITING_COMPLETION, Action.SUSPEND): (
        "Hồ sơ đang chờ người nộp bổ sung, thời hạn đã ngừng tính: không cần tạm dừng."
    ),
    (Status.AWAITING_DUTY, Action.SUSPEND): (
        "Hồ sơ đang chờ nghĩa vụ tài chính, thời hạn đã ngừng tính: không cần tạm dừng."
    ),
    (Status.AWAITING_COMPLETION, Action.APOLOGISE): (
        'Hồ sơ đang chờ người nộp bổ sung, chưa trễ hẹn. Ghi "nhận bổ sung" với ngày hẹn mới.'
    ),
    (Status.AWAITING_DUTY, Action.APOLOGISE): (
        'Hồ sơ đang chờ nghĩa vụ tài chính, chưa trễ hẹn. Ghi "đã thực hiện nghĩa vụ tài chính" với ngày hẹn mới.'
    ),
    (Status.SUSPENDED, Action.APOLOGISE): (
        'Hồ sơ đang tạm dừng và thời hạn đã ngừng tính, chưa trễ hẹn. Ghi "tiếp tục" với ngày hẹn mới; '
        "chỉ khi tạm dừng vì lý do của cơ quan mới xin lỗi ngay lúc đang tạm dừng."
    ),
    (Status.SUSPENDED, Action.SUSPEND): 'Hồ sơ đã tạm dừng rồi. Ghi "tiếp tục" khi xử lý lại.',
    (Status.AWAITING_SIGNATURE, Action.SUBMIT): ('Hồ sơ đã trình ký rồi. Ghi "đã ký, nhận lại" khi lãnh đạo ký xong.'),
    (Status.RESULT_READY, Action.READY): 'Đã báo có kết quả rồi. Ghi "trả kết quả" khi người nộp đến.',
    (Status.RESULT_READY, Action.REFUSE): (
        "Đã có kết quả nên không từ chối được. Kết quả ghi nhầm thì rút lại bước báo có kết quả trước."
    ),
    (Status.RESULT_READY, Action.APOLOGISE): 'Kết quả đã sẵn sàng, không trễ nữa. Ghi "trả kết quả".',
    (Status.RETURNED, Action.RETURN): (
        'Kết quả đã trả rồi. Trả nhầm người thì rút lại bước đó; kết quả sai thì ghi "hủy kết quả đã trả".'
    ),
}


def refusal_of(status: Status, action: Action) -> str:
    """Why a dossier of this status does not take this step, and what to do instead; "" where it may be taken."""
    own = _OWN.get((status, action), "")
    if own or status in ACTIONS[action].allowed:
        return own
    return " ".join(filter(None, (_FOLLOWS_ON.get(action, ""), _OBSTACLE[status])))


def refusal(dossier: Dossier, action: Action) -> str:
    """As `refusal_of`, also for what this dossier has behind it: a decision, an apology.

    While it is suspended for the office's own reasons it can be late, so the apology is owed then too.
    """
    said = refusal_of(dossier.status, action)
    if said and not (action is Action.APOLOGISE and dossier.time_runs):
        return said
    if action is Action.STOP and dossier.has_decision:
        return _DECIDED
    return _SECOND_APOLOGY if action is Action.APOLOGISE and dossier.apologies else ""


def is_allowed(dossier: Dossier, action: str) -> bool:
    """Whether this dossier may take the step now, as far as statuses and steps behind it say."""
    return action in ACTIONS and not refusal(dossier, Action(action))
