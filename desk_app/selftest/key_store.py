"""The system's key store, by name, with a scratch secret written, read back and taken away."""

from __future__ import annotations

import secrets

from desk_app import keyrings
from desk_app.errors import KeyStoreLockedError, NoKeyStoreError
from desk_app.selftest.trial import ItemOutcome, Trial, TrialError

_NONE = ("fail", "null")
"""What `keyring` calls the back ends that keep nothing."""
_SERVICE = "ban-mot-cua-selftest"
_WITHOUT = "Vẫn dùng được: lúc cài đặt quầy đặt một mật khẩu, mỗi lần mở chương trình gõ mật khẩu đó."


def key_store() -> Trial:
    """Names the store; a machine without one works with a passphrase, which is said."""
    try:
        store = keyrings.trusted(service=_SERVICE)
    except NoKeyStoreError as error:
        why = str(error.facts.get("why", ""))
        state = "máy này không có kho khóa" if why in _NONE else f"không dùng được ({why})"
        return Trial(state=state, outcome=ItemOutcome.NOTE, remedy=_WITHOUT)
    except KeyStoreLockedError as error:
        return Trial(state=f"đang khóa: {error}", outcome=ItemOutcome.NOTE, remedy=f"{error.remedy} {_WITHOUT}".strip())
    name, secret = f"thu-{secrets.token_hex(4)}", secrets.token_hex(16)
    store.put(name, secret)
    try:
        if store.get(name) != secret:
            raise TrialError(f"{store.label} trả lại khóa khác với khóa đã cất")
    finally:
        store.forget(name)
    if store.get(name) is not None:
        raise TrialError(f"{store.label} không xóa được khóa thử")
    return Trial(state=f"{store.label}: cất, lấy lại, xóa được")
