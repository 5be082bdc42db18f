"""How the keys begin under which a desk keeps service days among the facts of its commune."""

from __future__ import annotations

SERVICE_DAYS = "service_day/"
"""Those of `OfficeChanged` that hold a service day."""
OF_DISTRICT = "district_"
"""Before the keys of the district's own rules, whatever they are."""
