"""What papers say of the office. Pure."""

from __future__ import annotations

from desk_app.domain.dossiers.events import Office


def office_values(office: Office) -> dict[str, str]:
    """What the forms may take from the office ("office.province"), for prefilling before there is a dossier."""
    committee = f"Ủy ban nhân dân {office.commune}" if office.commune else ""
    values = {
        "office.name": office.name,
        "office.commune": office.commune,
        "office.province": office.province,
        "office.superior": office.superior or (f"UBND {office.commune}" if office.commune else ""),
        "office.clerk": office.clerk,
        "office.desk": str(office.desk),
        "office.committee": committee,
        "office.address": ", ".join(part for part in (committee, office.province) if part),
        "office.place": _bare(office.commune),
    }
    return {key: value for key, value in values.items() if value}


def _bare(commune: str) -> str:
    """The place name of a date line: "xã Đông Sơn" → "Đông Sơn"; a ward named by a number keeps its kind."""
    kind, _, name = commune.partition(" ")
    return name if kind.lower() in ("xã", "phường") and name and not name[0].isdigit() else commune
