"""Reports: each declares itself in a module of its own; `kinds` lists them, `NAMES` names them for who asks."""

NAMES = (
    "calls",
    "channels",
    "day-fees",
    "day-money",
    "day-receipts",
    "late",
    "late-ratios",
    "register",
    "service-days",
    "visits",
)
