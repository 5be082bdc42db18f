"""How a result goes back, as agreed at reception; "home" is for the old, the sick and families of policy."""

from __future__ import annotations

WAYS_BACK = {"counter": "Tại quầy", "post": "Qua bưu chính", "home": "Tại nhà"}
