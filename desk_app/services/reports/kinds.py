"""Every report there is; a new one is a module with its form, and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.services.reports.calls import CALLS
from desk_app.services.reports.channels import CHANNELS
from desk_app.services.reports.day_fees import DAY_FEES
from desk_app.services.reports.followed import FOLLOWED
from desk_app.services.reports.kind import ReportKind
from desk_app.services.reports.late import LATE
from desk_app.services.reports.late_ratios import LATE_RATIOS
from desk_app.services.reports.money_lists import DAY_MONEY, DAY_RECEIPTS
from desk_app.services.reports.service_days import SERVICE_DAYS
from desk_app.services.reports.visits import VISITS

_EVERY = (CHANNELS, LATE, LATE_RATIOS, CALLS, DAY_FEES, DAY_MONEY, DAY_RECEIPTS, SERVICE_DAYS, VISITS, FOLLOWED)
KINDS: Mapping[str, ReportKind] = {kind.name: kind for kind in _EVERY}
