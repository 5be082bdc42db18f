"""What papers say of the office. Pure."""

from __future__ import annotations

from desk_app.domain.dossiers.events import Office


def office_values(office: Office) -> dict[str, str]:
    """What the forms may take from the office ("office.province"), for prefilling before there is a dossier.

    "office.address" is whom a paper is addressed to; where the office is, is "office.street".
    """
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
        "office.province_name": _bare(office.province),
        "office.street": office.address,
        "office.phone": office.phone,
        "office.contact": _contact(office),
    }
    return {key: value for key, value in values.items() if value}


def _contact(office: Office) -> str:
    """Where the office is and its telephone, as far as they are known, for one line of a paper."""
    said = (("Địa chỉ", office.address), ("Điện thoại", office.phone))
    return ". ".join(f"{name}: {text.rstrip(' .')}" for name, text in said if text)


def _bare(unit: str) -> str:
    """The name alone: "xã Đông Sơn" → "Đông Sơn", "thành phố Huế" → "Huế"; a ward named by a number keeps its kind."""
    for kind in ("xã ", "phường ", "tỉnh ", "thành phố "):
        name = unit[len(kind) :]
        if unit.lower().startswith(kind) and name and not name[0].isdigit():
            return name
    return unit
