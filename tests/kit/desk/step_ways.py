"""The steps that bring a new dossier into each status, in their order."""

from __future__ import annotations

from desk_app.domain.dossiers.steps import Status

WAYS = {
    Status.RECEIVED: (),
    Status.PROCESSING: ("forward",),
    Status.AWAITING_COMPLETION: ("request-completion",),
    Status.AWAITING_DUTY: ("ask-duty",),
    Status.SUSPENDED: ("suspend",),
    Status.AWAITING_SIGNATURE: ("submit",),
    Status.RESULT_READY: ("ready",),
    Status.RETURNED: ("ready", "return"),
    Status.REFUSED: ("refuse",),
    Status.WITHDRAWN: ("withdraw",),
    Status.STOPPED: ("stop",),
}
