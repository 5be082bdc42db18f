"""The colours of both themes, by what they are for. Every text colour keeps 4.5:1 on the grounds it stands on."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.dossiers.steps import Status

LATE = "late"


class Chip(Struct, frozen=True):
    """A status mark: text and ground."""

    text: str
    ground: str


class Palette(Struct, frozen=True, kw_only=True):
    """Colours as "#rrggbb"; `side_…` are the side bar's, which is dark in both themes."""

    ground: str
    surface: str
    surface_dim: str
    hover: str
    selected: str
    border: str
    border_strong: str
    text: str
    text_soft: str
    text_faint: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str
    link: str
    focus: str
    side: str
    side_raised: str
    side_text: str
    side_dim: str
    side_active: str
    badge: str
    desk_top: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    error: str
    error_soft: str
    strip: str
    strip_text: str
    chips: dict[str, Chip]


LIGHT = Palette(
    ground="#F3F5F9",
    surface="#FFFFFF",
    surface_dim="#F8FAFC",
    hover="#F1F5FB",
    selected="#E8F0FE",
    border="#DFE5EE",
    border_strong="#C9D2DF",
    text="#111927",
    text_soft="#46526A",
    text_faint="#5D6980",
    accent="#1257D0",
    accent_hover="#0E49B2",
    accent_pressed="#0B3B92",
    on_accent="#FFFFFF",
    accent_soft="#E8F0FE",
    link="#1257D0",
    focus="#84ABF5",
    side="#0D1B36",
    side_raised="#152748",
    side_text="#C6D2E8",
    side_dim="#8C9DBD",
    side_active="#1F57C9",
    badge="#D92D20",
    desk_top="#DDE3EC",
    ok="#0B7A4B",
    ok_soft="#E1F6EB",
    warn="#8A5000",
    warn_soft="#FDF1DB",
    error="#B42318",
    error_soft="#FDE8E6",
    strip="#0B2E20",
    strip_text="#FFFFFF",
    chips={
        Status.RECEIVED: Chip("#175CD3", "#E6EFFD"),
        Status.PROCESSING: Chip("#5925DC", "#EFEBFE"),
        Status.AWAITING_COMPLETION: Chip("#8A5000", "#FDF1DB"),
        Status.AWAITING_DUTY: Chip("#8A5000", "#FDF1DB"),
        Status.SUSPENDED: Chip("#8A5000", "#FDF1DB"),
        Status.AWAITING_SIGNATURE: Chip("#5925DC", "#EFEBFE"),
        Status.RESULT_READY: Chip("#0E6A88", "#E0F4FA"),
        Status.RETURNED: Chip("#067647", "#E1F6EB"),
        Status.REFUSED: Chip("#46526A", "#EAEEF4"),
        Status.WITHDRAWN: Chip("#46526A", "#EAEEF4"),
        Status.STOPPED: Chip("#46526A", "#EAEEF4"),
        LATE: Chip("#B42318", "#FDE8E6"),
    },
)

DARK = Palette(
    ground="#0E131B",
    surface="#161D28",
    surface_dim="#1A2230",
    hover="#1E2838",
    selected="#1C3054",
    border="#283346",
    border_strong="#3A475D",
    text="#E8ECF3",
    text_soft="#AEB9CA",
    text_faint="#93A0B5",
    accent="#2C66D4",
    accent_hover="#3672E0",
    accent_pressed="#2559BC",
    on_accent="#FFFFFF",
    accent_soft="#1B2E52",
    link="#8DB8FF",
    focus="#4F86E8",
    side="#0A0F18",
    side_raised="#141C2A",
    side_text="#C0CBDD",
    side_dim="#8392AA",
    side_active="#25509F",
    badge="#C9281B",
    desk_top="#0A0E14",
    ok="#45C98B",
    ok_soft="#0F3325",
    warn="#F0B654",
    warn_soft="#3A2B10",
    error="#FF8A80",
    error_soft="#43191A",
    strip="#14402E",
    strip_text="#FFFFFF",
    chips={
        Status.RECEIVED: Chip("#8DB8FF", "#17294A"),
        Status.PROCESSING: Chip("#B9A5FF", "#2A2150"),
        Status.AWAITING_COMPLETION: Chip("#F5C46B", "#3A2B10"),
        Status.AWAITING_DUTY: Chip("#F5C46B", "#3A2B10"),
        Status.SUSPENDED: Chip("#F5C46B", "#3A2B10"),
        Status.AWAITING_SIGNATURE: Chip("#B9A5FF", "#2A2150"),
        Status.RESULT_READY: Chip("#6FD0EA", "#0F303B"),
        Status.RETURNED: Chip("#5FD6A0", "#0F3325"),
        Status.REFUSED: Chip("#AEB9CA", "#252F40"),
        Status.WITHDRAWN: Chip("#AEB9CA", "#252F40"),
        Status.STOPPED: Chip("#AEB9CA", "#252F40"),
        LATE: Chip("#FF9A90", "#43191A"),
    },
)

LIGHT_TRAINING = replace(
    LIGHT,
    ground="#FBF1DF",
    side="#5A1F0A",
    side_raised="#74300F",
    side_text="#FBE7D3",
    side_dim="#E3B995",
    side_active="#A8480A",
    strip="#5A1F0A",
)
"""Training mode is brown where work is blue: nobody takes the one window for the other from across the room."""
DARK_TRAINING = replace(
    DARK,
    ground="#1E130A",
    side="#3A1405",
    side_raised="#4E1E0A",
    side_text="#F4DCC6",
    side_dim="#CFA27C",
    side_active="#8F3D0A",
    strip="#4E1E0A",
)

TEXT_PAIRS = (
    *(
        (text, ground)
        for text in ("text", "text_soft", "text_faint")
        for ground in ("ground", "surface", "surface_dim")
    ),
    ("text", "hover"),
    ("text", "selected"),
    ("text_soft", "selected"),
    ("text_faint", "selected"),
    ("text_faint", "hover"),
    ("text_soft", "hover"),
    ("link", "surface"),
    ("link", "selected"),
    ("link", "hover"),
    ("link", "accent_soft"),
    ("text", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("error", "surface"),
    ("error", "selected"),
    ("error", "hover"),
    ("error", "error_soft"),
    ("ok", "surface"),
    ("ok", "ok_soft"),
    ("warn", "warn_soft"),
    ("warn", "surface"),
    ("side_text", "side"),
    ("side_text", "side_raised"),
    ("side_dim", "side"),
    ("on_accent", "side_active"),
    ("on_accent", "badge"),
    ("strip_text", "strip"),
)
"""Which text colour stands on which ground; a test reckons the contrast of each."""
