"""What is recorded of telling the citizen: what shall be sent, what became of it, who spoke with the citizen."""

from __future__ import annotations

from msgspec import Struct


class MessageQueued(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The citizen is to be told something by the district, which sends it once, whoever queued it and however often it
    arrives: `id` (16 hex digits) is the same for the same occasion at every desk (`occasion.message_id`).

    `about` is a `kinds.About` or a later program's. `text` names no person; `template` is the text it
    was made of. Cites under "step" the step it tells of: taken back, nothing is sent.
    """

    id: str
    about: str
    phone: str
    text: str
    template: str = ""


class MessageSent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The district gave the message `message` to be sent; `failed` says why it did not reach the citizen, "" for sent.

    The district counts its own word alone. Of several the last holds.
    """

    message: str
    failed: str = ""


class Contacted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody at the desk spoke with the citizen, or tried: `about` as in `MessageQueued`, `outcome` a
    `kinds.ContactOutcome` or a later program's.
    """

    about: str
    outcome: str
    note: str = ""


MessageEvent = MessageQueued | MessageSent | Contacted
MESSAGE_KINDS: dict[str, type[MessageEvent]] = {
    "message": MessageQueued,
    "message_sent": MessageSent,
    "contacted": Contacted,
}
