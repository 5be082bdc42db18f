"""Reports: each declares itself in a module of its own; `kinds` lists them, `NAMES` names them for who asks."""

NAMES = ("channels", "day-fees", "day-money", "day-receipts", "late", "service-days", "visits")
